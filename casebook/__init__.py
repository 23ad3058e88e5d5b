"""The mechanism behind *Returned*: how a chapter reads, computes, publishes and cites.

A chapter needs few names::

    from casebook import in_force, law_at, publish, style, table

``table`` reads a table of the data package with its types, ``publish`` registers
a number, a figure or a table so that any page can quote it, ``style`` draws in
the house style, and ``in_force`` and ``law_at`` say what law stood on a day or at an event.
"""

from importlib import import_module

# Loaded at first use: what asks for nothing of them starts in a moment
HOMES = {"in_force": "analysis.law", "law_at": "analysis.law", "row": "data.tables", "table": "data.tables"}
MODULES = {"publish": "publishing.publish", "style": "publishing.style"}
__all__ = [*HOMES, *MODULES]


def __getattr__(name: str):
    if name == "__version__":  # a chapter that does not ask for it does not depend on it
        return import_module("casebook.project").version()
    if name in MODULES:
        return import_module(f"casebook.{MODULES[name]}")
    if name not in HOMES:
        raise AttributeError(f"module 'casebook' has no attribute {name!r}")
    return getattr(import_module(f"casebook.{HOMES[name]}"), name)
