"""The figures of the chapters, one module a chapter: frames in, a drawing out, nothing computed anew."""
