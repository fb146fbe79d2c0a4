"""``medlint cache``: where medlint keeps link results, compiled rules and compiled patterns, and how to clear them."""

from __future__ import annotations

from typing import Annotated

import typer


def command(action: Annotated[str, typer.Argument(help="clear or show.")] = "show") -> int:
    from medlint import cache

    folder = cache.folder()
    if action == "show":
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
        print(f"{folder} ({size:,} bytes)")
        return 0
    if action != "clear":
        raise typer.BadParameter(f"{action!r} is none of clear, show", param_hint="ACTION")
    from medlint.fetch import clear_cache

    clear_cache()
    for path in (*folder.glob("rules*.msgpack"), *folder.glob("kept-*")):
        path.unlink(missing_ok=True)
    print(f"Cleared {folder}.")
    return 0
