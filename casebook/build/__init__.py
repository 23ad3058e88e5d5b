"""The environment, and the book made in four steps."""
