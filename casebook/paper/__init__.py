"""The book on paper: the built pages put together, set, and bound as a PDF."""
