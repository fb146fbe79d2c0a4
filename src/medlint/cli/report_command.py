"""``medlint report``: the editors' report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

EPILOG = "Exit codes: 0 the report is written; 2 something could not be checked, and the report says what."


def command(
    paths: Annotated[list[str], typer.Argument(help="Articles and folders of articles.", show_default="the current folder")] = ["."],  # noqa: B006
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")] = Path("medlint-report"),
    show: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
    offline: Annotated[bool, typer.Option("--offline", envvar="MEDLINT_OFFLINE", help="Do not follow the articles' links.")] = False,
    region: Annotated[str, typer.Option("--region", help="The readers' country: us, uk, ca, au ...")] = "",
    audience: Annotated[str, typer.Option("--audience", help="patient, carer or clinician.")] = "",
    config: Annotated[Path | None, typer.Option("--config", help="Use this configuration file.")] = None,
    baseline: Annotated[str, typer.Option("--baseline", help="Set aside the findings this file lists.")] = "",
    earlier: Annotated[list[Path], typer.Option("--history", help="An earlier JSON report to compare with; can be repeated.")] = [],  # noqa: B006
    today: Annotated[str, typer.Option("--today", help="YYYY-MM-DD: the clock, so that a report can be made again.")] = "",
) -> int:  # fmt: skip
    from medlint.cli.check import day
    from medlint.cli.output import progress
    from medlint.files import read_bytes
    from medlint.report import exit_code
    from medlint.report.html import history, write_folder
    from medlint.report.terminal import safe
    from medlint.run import Plan, run

    values: dict[str, Any] = {"baseline": baseline} if baseline else {}
    if profile := {key: value for key, value in (("region", region), ("audience", audience)) if value}:
        values["profile"] = profile
    if offline:
        values["links"] = {"offline": True}
    plan = Plan(
        tuple(paths), day(today), config, overrides=tuple(values.items()), online=not offline, keep_passages=True
    )
    runs = [history.read(read_bytes(path), str(path)) for path in earlier]
    result = run(plan, stdin=sys.stdin.buffer.read, progress=progress())
    page = write_folder(result, output, runs)
    print(safe(str(page)))
    if show:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    return 2 if exit_code(result) == 2 else 0
