"""Chapters executed, each output kept under the digest of what it depends on."""
