"""``python -m casebook build | check | dist | serve``: what the Makefile calls."""

import argparse
import functools
import http.server
import sys

from casebook.build import SITE, BuildError, build, check, say
from casebook.dist import dist
from casebook.package import tables


def check_only() -> None:
    check()
    rows = sum(resource.descriptor["rows"] for resource in tables())
    say(f"The data are sound: {len(tables())} tables, {rows:,} rows.")


def serve(port: int = 8000) -> None:
    """Show the built book to this machine only."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        say(f"The book is at http://127.0.0.1:{port}/ - stop with Ctrl-C.")
        server.serve_forever()


COMMANDS = {"build": build, "check": check_only, "dist": dist, "serve": serve}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="casebook", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    try:
        COMMANDS[parser.parse_args(arguments).command]()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
