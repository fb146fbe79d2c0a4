"""``medlint readability``: grade a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(file: Annotated[Path, typer.Argument(help="An article.")]) -> int:
    from medlint.files import read_bytes
    from medlint.panel import show
    from medlint.readers import read
    from medlint.source import Source

    show(read(Source.decode(read_bytes(file), file.as_posix())))
    return 0
