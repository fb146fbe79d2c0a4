"""``medlint rules``: list the rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def command(
    category: Annotated[list[str], typer.Argument(help="Only these categories.")] = [],  # noqa: B006
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    stale: Annotated[
        int,
        typer.Option("--stale", min=0, help="Only rules none of whose sources was read in the last so many months."),
    ] = 0,
    today: Annotated[str, typer.Option("--today", help="YYYY-MM-DD: the clock.")] = "",
) -> int:
    import msgspec

    from medlint.catalog import select
    from medlint.cli.check import day
    from medlint.config import rules_at
    from medlint.report.terminal import Paint, coloured

    rules = select(rules_at(Path()), select=category, preview=True).rules
    if stale:
        from dateutil.relativedelta import relativedelta

        limit = (day(today) - relativedelta(months=stale)).isoformat()
        rules = tuple(rule for rule in rules if max(source.accessed for source in rule.sources) < limit)
    if format not in ("text", "json"):
        raise typer.BadParameter(f"{format!r} is none of text, json", param_hint="--format")
    if format == "json":
        print(msgspec.json.encode([{**msgspec.to_builtins(rule), "path": ""} for rule in rules]).decode())
        return 0
    paint = Paint(coloured(sys.stdout))
    last = ""
    for rule in rules:
        if rule.category != last:
            print(f"{'' if not last else chr(10)}{paint('bold', rule.category)}")
            last = rule.category
        mark = "" if rule.status == "stable" else f" ({rule.status})"
        print(f"  {paint(str(rule.severity), f'{rule.severity:8}')} {rule.name:42} {rule.summary}{mark}")
    return 0
