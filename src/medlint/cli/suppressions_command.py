"""``medlint suppressions``: the register that an editor signs: rule, place, reason, until."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from typing import Annotated

import typer

EPILOG = "Example: medlint suppressions content --format csv > register.csv"


def command(
    paths: Annotated[list[str], typer.Argument(help="Files and folders.")] = ["."],  # noqa: B006
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or csv.")] = "text",
) -> int:
    from medlint import suppress
    from medlint.errors import ReadError
    from medlint.readers import read
    from medlint.report.terminal import safe
    from medlint.run import Plan, prepare

    today = date.today()
    prepared = prepare(Plan(tuple(paths), today), stdin=sys.stdin.buffer.read)
    rows: list[dict[str, str | int]] = []
    problems = [f"{file.path}: {finding.message}" for file in prepared.failed for finding in file.findings]
    for work in prepared.work:
        try:
            document = read(work.source())
        except ReadError as error:
            problems.append(str(error))
            continue
        for item in suppress.register(document).suppressions:
            at = document.source.position(item.span.start)
            rows += [
                {
                    "path": work.name, "line": at.line, "rule": rule, "kind": item.kind, "reason": item.reason,
                    "until": str(item.until or ""), "expired": "yes" if item.expired(today) else "",
                }
                for rule in item.rules
            ]  # fmt: skip
    if format == "json":
        print(json.dumps(rows, ensure_ascii=True, indent=1))
    elif format == "csv":
        print(_csv(rows), end="")
    elif format == "text":
        for row in rows:
            until = f"  until {row['until']}" if row["until"] else ""
            mark = " (expired)" if row["expired"] else ""
            print(safe(f"{row['path']}:{row['line']}  {row['rule']}{until}{mark}  {row['reason']}"))
        print(f"{len(rows)} suppression{'' if len(rows) == 1 else 's'}.")
    else:
        raise typer.BadParameter(f"{format!r} is none of text, json, csv", param_hint="--format")
    for problem in problems:
        typer.echo(f"medlint: {safe(problem)}", err=True)
    return 2 if problems else 0


def _csv(rows: list[dict[str, str | int]]) -> str:
    from medlint.report.csv import harmless

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = ("path", "line", "rule", "kind", "reason", "until", "expired")
    writer.writerow(columns)
    writer.writerows([harmless(str(row[column])) for column in columns] for row in rows)
    return out.getvalue()
