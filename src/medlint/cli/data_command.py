"""``medlint data``: the dated tables: how old each is, and what it rests on."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

STALE_DAYS = 180


def command(
    table: Annotated[str, typer.Argument(help="One table, whole; default: a line for each.")] = "",
    today: Annotated[str, typer.Option("--today", help="YYYY-MM-DD: the clock.")] = "",
) -> int:
    import json

    from medlint import data
    from medlint.cli.check import day
    from medlint.errors import ConfigError
    from medlint.report.terminal import Paint, coloured

    if table:
        if table not in data.names():
            raise ConfigError(table, "there is no such table", remedy=f"There are: {', '.join(data.names())}.")
        print(json.dumps(data.raw(table), indent=1, ensure_ascii=False))
        return 0
    paint = Paint(coloured(sys.stdout))
    clock = day(today)
    for name in data.names():
        content = data.raw(name)
        age = (clock - date.fromisoformat(content["verified"])).days
        words = f"verified {content['verified']}, {age} days ago"
        mark = paint("warning", f"{words}: verify again") if age > STALE_DAYS else words
        print(f"{paint('bold', f'{name:24}')} {content['title']}\n{'':25}{mark}; {len(content['sources'])} sources")
    return 0
