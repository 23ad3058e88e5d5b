"""The argument on the page: the form of doubt, and what must be read together."""
