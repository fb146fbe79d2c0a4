"""``medlint rules``: list the rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def command(
    category: Annotated[list[str], typer.Argument(help="Only these categories.")] = [],  # noqa: B006
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> int:
    import msgspec

    from medlint.catalog import select
    from medlint.config import rules_at
    from medlint.report.terminal import Paint, coloured

    rules = select(rules_at(Path()), select=category, preview=True).rules
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
