"""The console script. ``--version`` is answered before anything is imported, and only the command asked for is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run medlint with ``arguments`` and exit with its code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words in (["--version"], ["-V"]):
        from medlint._version import __version__

        print(f"medlint {__version__}")
        return
    from medlint.regex_cache import kept

    with kept():
        from medlint.cli import invoke

        code = invoke(words)
    sys.exit(code)
