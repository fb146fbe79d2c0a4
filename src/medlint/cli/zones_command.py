"""``medlint zones``: what medlint saw in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def command(file: Annotated[Path, typer.Argument(help="An article.")]) -> int:
    from medlint.files import read_bytes
    from medlint.readers import read
    from medlint.report.terminal import Paint, coloured, columns, safe
    from medlint.source import Source

    source = Source.decode(read_bytes(file), file.as_posix())
    paint = Paint(coloured(sys.stdout))
    room = max(columns(120) - 64, 30)
    for block in read(source).blocks:
        line = source.position(block.span().start).line
        kind = f"{block.kind} {block.level}" if block.level else str(block.kind)
        text = safe(block.text)
        shown = text if len(text) <= room else text[: room - 1] + "…"
        hidden = " (hidden)" if block.hidden else ""
        print(
            f"{line:5} {paint(str(block.zone), f'{block.zone:10}')} {kind:11} {shown:{room}}  {paint('dim', block.why + hidden)}"
        )
    return 0
