"""The argument on the page: the outline, the form of doubt, and what must be read together."""
