"""``medlint baseline``: accept today's findings, drop what is mended, or show what is accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EPILOG = """\b
Examples:
  medlint baseline write content
  medlint baseline prune content
  medlint baseline show"""


def command(
    action: Annotated[str, typer.Argument(help="write, prune or show.")],
    paths: Annotated[list[str], typer.Argument(help="Files and folders.")] = ["."],  # noqa: B006
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="The baseline file. Default: what the configuration says, or medlint-baseline.json."
        ),
    ] = None,
    include_safety: Annotated[
        bool, typer.Option("--include-safety", help="Accept errors of medication, crisis and suicide rules too.")
    ] = False,
    today: Annotated[str, typer.Option("--today", help="YYYY-MM-DD: the clock.")] = "",
) -> int:
    from medlint.baseline import Baseline, is_safety_error, path_from
    from medlint.cli.check import day
    from medlint.config import find, load
    from medlint.errors import ConfigError
    from medlint.files import write_atomically
    from medlint.finding import State
    from medlint.report.terminal import safe
    from medlint.run import Plan, run

    if action not in ("write", "prune", "show"):
        raise typer.BadParameter(f"{action!r} is none of write, prune, show", param_hint="ACTION")
    loaded = load(find(Path()))
    configured = loaded.named(loaded.config.baseline) if loaded.config.baseline else None
    file = file or configured or Path("medlint-baseline.json")
    if action != "write" and not file.is_file():
        raise ConfigError(str(file), "there is no such baseline", remedy="Make it with 'medlint baseline write'.")
    if action == "show":
        known = Baseline.read(file)
        for path, entries in known.files.items():
            for entry in entries:
                print(safe(f"{path}  {entry.rule}  {entry.text}"))
        print(f"{sum(map(len, known.files.values()))} accepted in {len(known.files)} files.")
        return 0
    plan = Plan(tuple(paths), day(today), overrides=(("links", {"offline": True}), ("baseline", "")))
    report = run(plan, stdin=lambda: b"")
    findings = {path_from(file, item.path): item.findings for item in report.files}
    if action == "write":
        baseline = Baseline.of(findings, include_safety=include_safety)
        left = sum(
            is_safety_error(f) and f.state is State.OPEN and not include_safety
            for found in findings.values()
            for f in found
        )
    else:
        baseline, left = Baseline.read(file).pruned(findings), 0
    write_atomically(file, baseline.to_json())
    print(f"Wrote {file}: {sum(map(len, baseline.files.values()))} accepted in {len(baseline.files)} files.")
    if left:
        print(f"{left} error{'' if left == 1 else 's'} of safety rules stay open; --include-safety accepts them too.")
    if configured is None:
        print(f"'medlint check' obeys it with --baseline {file}, or with baseline = \"{file.name}\" in medlint.toml.")
    return 2 if report.failed else 0
