"""The console script. ``--version`` is answered before anything is imported, and only the command asked for is loaded."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # the standard library's own constant would cost an import
    from collections.abc import Sequence
    from typing import Any

_OBJECTS = 500_000
"""New objects after which the collector looks for circles. An article leaves none (``tests/test_cost.py``), and what is
loaded to check it stays, so at its usual 700 the collector takes a tenth of a run and finds nothing."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run medlint with ``arguments`` and exit with its code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words in (["--version"], ["-V"]):
        from medlint._version import __version__

        print(f"medlint {__version__}")
        return
    gc.set_threshold(_OBJECTS)
    _load_msgspec()
    from medlint import kept, regex_cache

    with kept.between_runs() as store, regex_cache.kept(store):
        from medlint.cli import invoke

        code = invoke(words)
    if arguments is None:
        _leave(code)
    sys.exit(code)


def _load_msgspec() -> None:
    """Import msgspec without what comes with it for nothing that an article needs.

    It takes a function from typing_extensions where that is installed, and from typing where it is not: its import brings
    in the tokenizer and the syntax tree of Python. And it imports uuid, which asks the module platform for the system's
    name, for which that compiles eight patterns first.
    """
    import types

    stand_ins: dict[str, Any] = {"typing_extensions": None}
    if hasattr(os, "uname"):
        stand_ins["platform"] = types.SimpleNamespace(system=lambda: os.uname().sysname)
    stand_ins = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    import msgspec  # noqa: F401

    for name in stand_ins:
        del sys.modules[name]


def _leave(code: int) -> None:
    """End the process at once, if nothing is left to do: to free what nobody will use again takes a tenth of a run."""
    threading = sys.modules.get("threading")
    if threading and threading.active_count() > 1:
        return
    import atexit

    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
