"""What ``medlint check`` does with a request, whoever read it from the command line."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple


class Request(NamedTuple):
    """The arguments and options of ``medlint check``, by the names that ``check_command`` explains."""

    paths: Sequence[str] = (".",)
    format: str = ""
    output_file: str = ""
    report: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    exclude: Sequence[str] = ()
    no_exclude: bool = False
    fail_on: str = ""
    offline: bool = False
    region: str = ""
    audience: str = ""
    config: Path | None = None
    config_from_ref: str = ""
    isolated: bool = False
    preview: bool = False
    suppressions: bool = True
    baseline: str = ""
    stdin_filename: str = ""
    today: str = ""
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    since: str = ""
    no_new_suppressions: bool = False
    jobs: int = 0
    cache: bool = True
    statistics: bool = False
    show_undetermined: bool = False
    allow_empty: bool = False
    exit_zero: bool = False
    quiet: bool = False

    @property
    def settings(self) -> dict[str, Any]:
        """What the request sets, nested as in a configuration file."""
        values: dict[str, Any] = {"select": _names(self.select), "fail-on": self.fail_on, "baseline": self.baseline}
        values |= {"ignore": _names(self.ignore), "exclude": list(self.exclude), "preview": self.preview}
        values["profile"] = _given({"region": self.region, "audience": self.audience})
        values["links"] = ({"offline": True} if self.offline else {}) | ({} if self.cache else {"cache": False})
        return _given(values)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _names(values: Sequence[str]) -> list[str]:
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def check(request: Request) -> int:
    """Check what is asked for, write the reports, and return the exit code."""
    from medlint import report as reports
    from medlint.cli import output
    from medlint.run import Plan, examine, prepare

    output.check_formats(request.format, request.report)
    plan = Plan(
        tuple(request.paths),
        day(request.today),
        request.config,
        request.isolated,
        tuple(request.settings.items()),
        request.stdin_filename,
        request.suppressions,
        request.statistics,
        request.allow_empty,
        not request.offline,
        request.since,
        request.jobs,
        config_ref=request.config_from_ref,
        refuse_new=request.no_new_suppressions,
        exclude=not request.no_exclude,
        keep_passages="html" in (request.format, *(wanted.partition("=")[0] for wanted in request.report)),
    )
    prepared = prepare(plan, stdin=sys.stdin.buffer.read, progress=output.progress())
    if request.diff:
        return output.diff(prepared, request.unsafe_fixes)
    mended = True
    if request.fix:
        prepared, mended = output.mend(prepared, request.unsafe_fixes)
    result = examine(prepared, progress=output.progress())
    if request.output_file:
        output.to_file(result, request.format or "text", Path(request.output_file))
    elif not request.quiet:
        through = request.fix and any(item.path is None for item in prepared.work)
        output.show(result, request.format, sys.stderr if through else sys.stdout)
    for wanted in request.report:
        name, _, path = wanted.partition("=")
        output.to_file(result, name, Path(path))
    if request.show_undetermined:
        output.undetermined(result)
    if request.statistics:
        output.statistics(result)
    code = reports.exit_code(result, result.gate)
    if not mended and code in (0, 1):
        return 2
    return 0 if request.exit_zero and code == 1 else code


def day(text: str) -> date:
    """The day that ``text`` says, or today. Raises typer.BadParameter."""
    if not text:
        return date.today()
    try:
        stated = date.fromisoformat(text)
    except ValueError:
        stated = None
    if stated is None or stated.isoformat() != text:
        from medlint.cli.output import usage_error

        raise usage_error(f"{text!r} is not a date like 2026-11-23", "--today")
    return stated
