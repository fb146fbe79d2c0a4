"""``medlint check``: lint articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medlint.cli import completion
from medlint.cli.check import Request, check

EPILOG = """Exit codes: 0 nothing at or above --fail-on; 1 such findings; 2 something could not be checked; 130 interrupted.

\b
Examples:
  medlint check article.html
  medlint check content --offline --fail-on warning
  medlint check content --fix
  medlint check content --since origin/main --report sarif=medlint.sarif
  medlint check - --stdin-filename draft.md < draft.md"""


def command(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; - reads standard input.", show_default="the current folder")] = ["."],  # noqa: B006
    format: Annotated[str, typer.Option("--format", "-f", help="text, concise, json, jsonl, github, sarif, junit, gitlab, rdjson, markdown or html. Default: text on a terminal, concise in a pipe.", autocompletion=completion.formats)] = "",
    output_file: Annotated[str, typer.Option("--output-file", "-o", help="Write the report here instead of to standard output.")] = "",
    report: Annotated[list[str], typer.Option("--report", help="FORMAT=PATH: write one more report; can be repeated.")] = [],  # noqa: B006
    select: Annotated[list[str], typer.Option("--select", help="Only these rules or categories (comma or repeated).", autocompletion=completion.rules)] = [],  # noqa: B006
    ignore: Annotated[list[str], typer.Option("--ignore", help="Without these rules or categories.", autocompletion=completion.rules)] = [],  # noqa: B006
    exclude: Annotated[list[str], typer.Option("--exclude", help="Leave out files that match this gitignore pattern too; can be repeated.")] = [],  # noqa: B006
    no_exclude: Annotated[bool, typer.Option("--no-exclude", help="Check what the configuration excludes as well.")] = False,
    fail_on: Annotated[str, typer.Option("--fail-on", help="error, warning, info or never.")] = "",
    offline: Annotated[bool, typer.Option("--offline", envvar="MEDLINT_OFFLINE", help="Make no network request.")] = False,
    region: Annotated[str, typer.Option("--region", help="The readers' country: us, uk, ca, au ...")] = "",
    audience: Annotated[str, typer.Option("--audience", help="patient, carer or clinician.")] = "",
    config: Annotated[Path | None, typer.Option("--config", help="Use this configuration file.")] = None,
    config_from_ref: Annotated[str, typer.Option("--config-from-ref", help="Take configuration, house rules and baseline from this commit, not from the tree.")] = "",
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Run rules still in preview too.")] = False,
    suppressions: Annotated[bool, typer.Option("--suppressions/--no-suppressions", help="Obey suppressions in articles.")] = True,
    baseline: Annotated[str, typer.Option("--baseline", help="Accept the findings this file lists.")] = "",
    stdin_filename: Annotated[str, typer.Option("--stdin-filename", help="What to call standard input; tells its format.")] = "",
    today: Annotated[str, typer.Option("--today", help="YYYY-MM-DD: the clock, so that a report can be made again.")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes to the files.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: apply fixes that may change meaning too.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what --fix would change, and change nothing.")] = False,
    since: Annotated[str, typer.Option("--since", help="Only findings on lines changed since this commit, those that the change brings about elsewhere, and those about the whole page.")] = "",
    no_new_suppressions: Annotated[bool, typer.Option("--no-new-suppressions", help="With --since or --config-from-ref: do not obey suppressions and baseline entries that the change adds.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes to use; 0: as many as pay.")] = 0,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help="Remember conclusive link results.")] = True,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count findings by rule, with what each rule cost.")] = False,
    show_undetermined: Annotated[bool, typer.Option("--show-undetermined", help="List what could not be decided, and why.")] = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="No article to check is a success.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 even where there are findings.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write no report to standard output.")] = False,
) -> int:  # fmt: skip
    return check(Request(**locals()))
