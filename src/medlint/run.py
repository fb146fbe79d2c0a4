"""A run: the files at some paths through the pipeline, and the report of them all. Joins disk, network and pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from medlint import engine, files
from medlint.config import Loaded, find, load
from medlint.errors import MedlintError, ReadError
from medlint.finding import Finding
from medlint.pipeline import Settings, check_source
from medlint.report import UNREADABLE, FileReport, Report
from medlint.source import Source


class Plan(NamedTuple):
    """What to run: paths (``-`` is standard input, called ``stdin_name``), and settings given on the command line."""

    paths: tuple[str, ...]
    today: date
    config: Path | None = None
    isolated: bool = False
    overrides: tuple[tuple[str, object], ...] = ()
    stdin_name: str = ""
    suppressions: bool = True
    timed: bool = False
    allow_empty: bool = False


class Work(NamedTuple):
    """One article to check: its name in the report, and where its bytes come from (None: they could not be had)."""

    name: str
    path: Path | None
    settings: Settings
    limit: int


def unreadable(name: str, error: MedlintError) -> FileReport:
    """The file report of a file that could not be read."""
    fields = {"problem": error.problem, "remedy": error.remedy}
    return FileReport(
        name, Source("", name), UNREADABLE, (engine.engine_finding("file-unreadable", fields),), failed=True
    )


def check_file(work: Work, data: bytes | None = None) -> FileReport:
    """Read and check one file. Never raises for the file: one that cannot be read is reported so."""
    try:
        if data is None:
            data = files.read_bytes(work.path or Path(work.name), work.limit)
        source = Source.decode(data, work.name)
    except ReadError as error:
        return unreadable(work.name, error)
    return check_source(source, work.settings)


Findings = dict[str, tuple[Finding, ...]]
Progress = Callable[[int, int], None]


class Configurations:
    """The configuration of each folder, found once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[Path, Loaded] = {}
        self._overrides: dict[str, object] = dict(plan.overrides)
        self._fixed = load(plan.config, self._overrides) if plan.config or plan.isolated else None

    def of(self, path: Path) -> Loaded:
        """The configuration for the file at ``path``. Raises ConfigError."""
        if self._fixed is not None:
            return self._fixed
        folder = path.parent
        if folder not in self._known:
            self._known[folder] = load(find(folder), self._overrides)
        return self._known[folder]


def gather(plan: Plan, configurations: Configurations) -> Iterator[Work | FileReport]:
    """The work of a plan, and reports of what could not be found. Raises ConfigError."""
    for name in plan.paths:
        if name == "-":
            loaded = configurations.of(Path(plan.stdin_name or "stdin"))
            yield Work(
                plan.stdin_name or "<stdin>", None, _settings(loaded, plan, plan.stdin_name), loaded.config.max_bytes
            )
            continue
        try:
            exclude = configurations.of(Path(name) / "x" if Path(name).is_dir() else Path(name)).config.exclude
            for candidate in files.discover([Path(name)], exclude=exclude):
                loaded = configurations.of(candidate.path)
                shown = candidate.path.as_posix()
                yield Work(shown, candidate.path, _settings(loaded, plan, shown), loaded.config.max_bytes)
        except ReadError as error:
            yield unreadable(name, error)


def _settings(loaded: Loaded, plan: Plan, name: str) -> Settings:
    from medlint.baseline import Baseline

    baseline = None
    if loaded.config.baseline:
        path = (loaded.root or Path()) / loaded.config.baseline
        baseline = Baseline.parse(files.read_bytes(path), str(path)) if path.is_file() else Baseline()
    return loaded.config.settings(
        plan.today, name, root=loaded.root, baseline=baseline, suppressions=plan.suppressions, timed=plan.timed
    )


def run(plan: Plan, *, stdin: Callable[[], bytes], progress: Progress | None = None) -> Report:
    """Check everything a plan names. Raises ConfigError or RuleError before the first file, nothing after."""
    configurations = Configurations(plan)
    work = list(gather(plan, configurations))
    reports: list[FileReport] = []
    seen: set[str] = set()
    for number, item in enumerate(work):
        if progress:
            progress(number, len(work))
        if isinstance(item, FileReport):
            reports.append(item)
        elif item.name not in seen:
            seen.add(item.name)
            reports.append(check_file(item, stdin() if item.path is None else None))
    if not reports and not plan.allow_empty:
        where = ", ".join(plan.paths)
        reports.append(
            unreadable(
                where,
                ReadError(
                    where, "there is no HTML or Markdown article here", remedy="Name a file or folder that has one."
                ),
            )
        )
    return _report(reports, work, plan)


def _report(reports: Sequence[FileReport], work: Iterable[Work | FileReport], plan: Plan) -> Report:
    settings = next((item.settings for item in work if isinstance(item, Work)), None)
    return Report(
        reports,
        today=plan.today.isoformat(),
        ruleset=settings.rules.digest if settings else "",
        rules={rule.name: rule for rule in settings.rules.rules} if settings else {},
    )
