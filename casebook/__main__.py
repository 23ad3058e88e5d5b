"""``python -m casebook build``, ``check``, ``serve`` and the rest: what the Makefile calls."""

import argparse
import functools
import sys

from casebook.build.book import HTML, BuildError, build, check, execute_chapters, say


def check_only() -> None:
    from casebook.checks.package import counts

    check()
    say(f"The data are sound: {len(counts())} tables, {sum(counts().values()):,} rows.")


def execute_only() -> None:
    """Execute the chapters without making pages; the Sphinx extension calls this."""
    execute_chapters()


def serve(port: int = 8000) -> None:
    """Show the built book to this machine only."""
    import http.server

    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(HTML))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        say(f"The book is at http://127.0.0.1:{port}/ - stop with Ctrl-C.")
        server.serve_forever()


def status() -> None:
    """Say how long each chapter took, which outputs hold, and whether the book is that of the edition."""
    from casebook.execution.chapters import places
    from casebook.execution.outputs import chapter_name, kept
    from casebook.project import published, version
    from casebook.release.archive import site_digest

    for path, place in places().items():
        output = kept(place)
        say(f"{output.seconds:6.1f} s  {output.chapter}" if output else f"   due    {chapter_name(path)}")
    if HTML.is_dir():
        same = "is byte for byte" if site_digest() == published("site") else "differs from"
        say(f"The book in {HTML} {same} that of edition {version()}.")


def dist() -> None:
    """Write everything that can be taken away into ``dist``."""
    from casebook.release.dist import dist as write

    write()


def edition() -> None:
    """Declare what lies here the edition of its version."""
    from casebook.release.edition import seal

    check()
    seal()


def moves(since: str = "HEAD") -> None:
    """Say what the changes since a commit move: conclusions, claims, values, figures, tables."""
    from casebook.release.moves import moves as tell

    check()
    tell(since)


def brief() -> None:
    """Set the brief as a PDF in each language, from the book as it was built."""
    from casebook.project import BUILD
    from casebook.release.dist import briefs

    for path in briefs(BUILD):
        say(f"The brief is in {path}.")


COMMANDS = {
    "brief": brief, "build": build, "check": check_only, "dist": dist, "edition": edition,
    "execute": execute_only, "moves": moves, "serve": serve, "status": status,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="casebook", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("since", nargs="?", help="with moves: the commit, tag or branch to compare with")
    asked = parser.parse_args(arguments)
    try:
        COMMANDS[asked.command](*filter(None, [asked.since]))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
