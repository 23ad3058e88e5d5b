"""The parts of the book as one PDF: pages, links, bookmarks, and the structure for those who listen.

WeasyPrint writes each part as a whole document. pikepdf copies pages between documents, but knows nothing
of what the parts say of each other; that is put together here.
"""

from collections.abc import Iterable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

Places = dict[str, pikepdf.Object]  # what a link can lead to: page and point, by name
ELSEWHERE = "book:"  # in a part, before the anchor of a place in another one


def join(parts: Iterable[tuple[Path, int]], path: Path) -> None:
    """Write one PDF.

    Args:
        parts: the file of each part, and the level of its first bookmark.
        path: of the whole.
    """
    (first, level), *others = parts
    with Pdf.open(first) as book:
        places, marks = destinations(book), [(level, bookmarks(book))]
        for number, (part, level) in enumerate(others, start=1):
            with Pdf.open(part) as source:
                marks.append((level, add(book, source, number, places)))
        book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(flat(sorted(places.items())))))
        for page in book.pages:
            lead_to_places(page)
        write_bookmarks(book, marks)
        settings = {"deterministic_id": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate}
        book.save(path, **settings)


def flat(pairs: Iterable[tuple[str, pikepdf.Object]]) -> list:
    return [each for name, place in pairs for each in (String(name), place)]


def add(book: Pdf, source: Pdf, number: int, places: Places) -> list[tuple]:
    """Append a part, and its places to those of the book; its bookmarks."""
    before, own, marks = len(book.pages), destinations(source), bookmarks(source)
    numbers: dict = {page.objgen: at for at, page in enumerate(source.pages)}
    make_unique(source, number, len(book.Root.StructTreeRoot.ParentTree.Nums) // 2)
    book.add_pages_from(source, layers="ignore", outlines="ignore")

    def moved(place: pikepdf.Object) -> Array:
        page = book.pages[before + numbers[place[0].objgen]].obj
        return Array([page, *list(place)[1:]])

    places |= {name: moved(place) for name, place in own.items()}
    add_structure(book, source)
    return [(depth, title, moved(place), closed) for depth, title, place, closed in marks]


def make_unique(source: Pdf, number: int, shift: int) -> None:
    """Number anew what each part counts for itself: elements of a page, and headers of a cell."""
    for page in source.pages:
        page.StructParents += shift
        for link in page.get("/Annots", []):
            link.StructParent += shift
    numbers = source.Root.StructTreeRoot.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        numbers[at] += shift
    for element in source.objects:
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            if "/ID" in element:
                element.ID = in_part(number, element.ID)
            if "/A" in element and "/Headers" in element.A:
                element.A.Headers = Array([in_part(number, name) for name in element.A.Headers])


def in_part(number: int, name: pikepdf.Object) -> String:
    return String(f"{number}-{name}")


def add_structure(book: Pdf, source: Pdf) -> None:
    """Append the elements of a part, whose pages are already in the book."""
    tree, added = book.Root.StructTreeRoot, book.copy_foreign(source.Root.StructTreeRoot)
    document = tree.K[0]
    for element in added.K[0].K:
        element.P = document
        document.K.append(element)
    tree.ParentTree.Nums.extend(added.ParentTree.Nums)


def destinations(source: Pdf) -> Places:
    """What a link can lead to, by its name."""
    held = list(source.Root.Names.Dests.Names) if "/Names" in source.Root else []
    return {str(name): place for name, place in zip(held[::2], held[1::2], strict=True)}


def lead_to_places(page: pikepdf.Page) -> None:
    """Let links to another part lead into the book."""
    for link in page.get("/Annots", []):
        address = str(link.A.get("/URI", "")) if "/A" in link else ""
        if address.startswith(ELSEWHERE):
            link.Dest = String(address.removeprefix(ELSEWHERE))
            del link.A


def bookmarks(source: Pdf) -> list[tuple]:
    """Depth, title, place, and whether it is closed, of each bookmark."""
    found: list[tuple] = []

    def take(items: Iterable[OutlineItem], depth: int) -> None:
        for item in items:
            found.append((depth, item.title, item.destination, item.is_closed))
            take(item.children, depth + 1)

    with source.open_outline() as outline:
        take(outline.root, 0)
    return found


def write_bookmarks(book: Pdf, parts: list[tuple[int, list[tuple]]]) -> None:
    """One outline for the book: what a part holds stands below what was said at a higher level before it."""
    with book.open_outline() as outline:
        outline.root.clear()
        for level, marks in parts:
            for depth, title, place, closed in marks:
                items = outline.root
                for _ in range(level - 1 + depth):
                    items = items[-1].children if items else items
                items.append(OutlineItem(title, place))
                items[-1].is_closed = closed
