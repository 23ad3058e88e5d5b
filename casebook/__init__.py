"""The mechanism behind *Returned*: how a chapter reads, computes, publishes and cites.

A chapter needs few names::

    from casebook import in_force, law_at, publish, style, table

``table`` reads a table of the data package with its types, ``publish`` registers
a number, a figure or a table so that any page can quote it, ``style`` draws in
the house style, and ``in_force`` and ``law_at`` say what law stood on a day or at an event.
"""

from casebook.law import in_force, law_at
from casebook.project import version
from casebook.tables import row, table

__version__ = version()

__all__ = ["in_force", "law_at", "row", "table"]
