"""A run: the files at some paths through the pipeline, and the report of them all. Joins disk, network and pipeline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from medlint import files, git, since, suppress, workers
from medlint import fix as fixes
from medlint.baseline import Baseline
from medlint.config import LinksSection, Loaded, find, load
from medlint.errors import ReadError
from medlint.finding import Safety
from medlint.pipeline import Settings
from medlint.report import FileReport, Report
from medlint.work import Work, check_file, unreadable

if TYPE_CHECKING:
    from medlint.fetch import LinkPolicy


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
    online: bool = False
    since: str = ""
    jobs: int = 0
    config_ref: str = ""
    refuse_new: bool = False
    keep_passages: bool = False


Progress = Callable[[int, int], None]


class Configurations:
    """The configuration of each folder, found once: in the tree, or in the commit ``Plan.config_ref``."""

    def __init__(self, plan: Plan) -> None:
        self._ref = plan.config_ref
        self._known: dict[Path, Loaded] = {}
        self._overrides: dict[str, object] = dict(plan.overrides)
        self._fixed = load(plan.config, self._overrides) if plan.config or plan.isolated else None

    def of(self, path: Path) -> Loaded:
        """The configuration for the file at ``path``. Raises ConfigError."""
        if self._fixed is not None:
            return self._fixed
        folder = path.parent
        if folder not in self._known:
            self._known[folder] = self._trusted(folder) if self._ref else load(find(folder), self._overrides)
        return self._known[folder]

    def _trusted(self, folder: Path) -> Loaded:
        """The configuration that the commit has for ``folder``, with the rules and baseline of the commit."""
        while not folder.is_dir():
            folder = folder.parent
        mirror, root = git.configuration_at(folder.resolve(), self._ref)
        loaded = load(find(mirror / folder.resolve().relative_to(root.resolve())), self._overrides)
        if loaded.root is None:
            return loaded
        config = msgspec.structs.replace(
            loaded.config,
            rule_folders=tuple(str(loaded.root / name) for name in loaded.config.rule_folders),
            baseline=str(loaded.root / loaded.config.baseline) if loaded.config.baseline else "",
        )
        return msgspec.structs.replace(loaded, config=config, root=root / loaded.root.relative_to(mirror))


def gather(plan: Plan, configurations: Configurations) -> Iterator[Work | FileReport]:
    """The work of a plan, and reports of what could not be found. Raises ConfigError."""
    for name in plan.paths:
        if name == "-":
            loaded = configurations.of(Path(plan.stdin_name or "stdin"))
            yield _work(plan.stdin_name or "<stdin>", None, loaded, plan)
            continue
        try:
            exclude = configurations.of(Path(name) / "x" if Path(name).is_dir() else Path(name)).config.exclude
            for candidate in files.discover([Path(name)], exclude=exclude):
                loaded = configurations.of(candidate.path)
                yield _work(candidate.path.as_posix(), candidate.path, loaded, plan)
        except ReadError as error:
            yield unreadable(name, error)


def _work(name: str, path: Path | None, loaded: Loaded, plan: Plan) -> Work:
    settings = _settings(loaded, plan, name)
    if path is not None and (ref := plan.since or plan.config_ref):
        lines = git.changed_lines(path, ref)
        everything = (range(1, sys.maxsize),)  # a file that the commit does not have is all new
        newness = suppress.Newness(everything if lines is None else tuple(lines), plan.refuse_new)
        settings = settings._replace(newness=newness)
    return Work(name, path, settings, loaded.config.max_bytes, loaded.config.links)


def _settings(loaded: Loaded, plan: Plan, name: str) -> Settings:
    baseline = _baseline(loaded, plan)[0] if loaded.config.baseline else None
    settings = loaded.config.settings(
        plan.today, name, root=loaded.root, baseline=baseline, suppressions=plan.suppressions, timed=plan.timed
    )
    return settings._replace(keep_passages=plan.keep_passages)


def _baseline(loaded: Loaded, plan: Plan) -> tuple[Baseline, int]:
    """The baseline to obey, and how many of its entries the change under check adds."""
    path = (loaded.root or Path()) / loaded.config.baseline
    known = Baseline.parse(files.read_bytes(path), str(path)) if path.is_file() else Baseline()
    if not plan.since:
        return known, 0
    before = Baseline.parse(git.file_at(path, plan.since) or Baseline().to_json(), str(path))
    added = sum(entry not in before.files.get(name, ()) for name, entries in known.files.items() for entry in entries)
    return (before if plan.refuse_new else known), added


def run(plan: Plan, *, stdin: Callable[[], bytes], progress: Progress | None = None) -> Report:
    """Check everything a plan names. Raises ConfigError or RuleError before the first file, nothing after."""
    items = list(planned(plan, stdin))
    work = [item for item in items if isinstance(item, Work)]
    reports = [item for item in items if isinstance(item, FileReport)]
    notes: list[str] = []
    if plan.online and work and not work[0].links.offline:
        work, notes = _with_links(work, progress)
    jobs = plan.jobs or workers.useful(work)
    for file in workers.check_all(work, jobs) if jobs > 1 else map(check_file, work):
        reports.append(file)
        if progress:
            progress(len(reports), len(items))
    if plan.since:
        reports, hidden = since.changed_only(reports, plan.since)
        notes += [f"{hidden} findings on lines unchanged since {plan.since} are not listed."] if hidden else []
    notes += _baseline_notes(plan, work)
    settings = work[0].settings if work else None
    return Report(
        reports,
        today=plan.today.isoformat(),
        ruleset=settings.rules.digest if settings else "",
        rules={rule.name: rule for rule in settings.rules.rules} if settings else {},
        notes=notes,
        gate=Configurations(plan).of(Path(plan.paths[0]) / "x").config.fail_on,
    )


def _baseline_notes(plan: Plan, work: Sequence[Work]) -> list[str]:
    """What to say of baseline entries that the change under check adds."""
    if not plan.since or not work:
        return []
    loaded = Configurations(plan).of(work[0].path or Path())
    added = _baseline(loaded, plan)[1] if loaded.config.baseline else 0
    refused = ", and are not obeyed" if plan.refuse_new else ""
    return [f"{added} baseline entries were added since {plan.since}{refused}."] if added else []


def planned(plan: Plan, stdin: Callable[[], bytes]) -> Iterator[Work | FileReport]:
    """The work of a plan, each file once, and reports of what could not be found. Raises ConfigError."""
    configurations = Configurations(plan)
    seen: set[str] = set()
    empty = True
    for item in gather(plan, configurations):
        empty = False
        name = item.name if isinstance(item, Work) else item.path
        if name not in seen:
            seen.add(name)
            yield item._replace(data=stdin()) if isinstance(item, Work) and item.path is None else item
    if empty and not plan.allow_empty:
        where = ", ".join(plan.paths)
        remedy = "Name a file or folder that has one, or allow it with --allow-empty."
        yield unreadable(where, ReadError(where, "there is no HTML or Markdown article here", remedy=remedy))


def _with_links(work: Sequence[Work], progress: Progress | None) -> tuple[list[Work], list[str]]:
    """The work with what the network says of the links that its articles cite, each asked for once."""
    from medlint import fetch
    from medlint.facts import Facts
    from medlint.facts.links import wanted
    from medlint.readers import read

    settings = work[0].settings
    urls: dict[str, None] = {}
    for item in work:
        try:
            source = item.source()
        except ReadError:
            continue
        facts = Facts(read(source), item.settings.profile, item.settings.today)
        urls |= dict.fromkeys(wanted(facts))
    if not urls or not any(rule.name == "source-link-broken" for rule in settings.rules.rules):
        return list(work), []
    results = fetch.check_links(urls, _policy(work[0].links), progress=progress)
    notes = []
    if fetch.network_seems_down(results):
        unknown = [url for url, result in results.items() if result.outcome is fetch.Outcome.unreachable]
        notes.append(f"{len(unknown)} links could not be verified: there is no network.")
        results = {url: result for url, result in results.items() if url not in set(unknown)}
    if any(result.reason == fetch.INTERRUPTED for result in results.values()):
        notes.append("The check of links was interrupted; what was known by then is reported.")
    return [item._replace(settings=item.settings._replace(links=results)) for item in work], notes


def _policy(links: LinksSection) -> LinkPolicy:
    from medlint.fetch import LinkPolicy

    return LinkPolicy(
        allow_hosts=links.allow_hosts,
        exclude=links.exclude,
        accept=links.accept,
        timeout_link=links.timeout,
        timeout_run=links.deadline,
        max_total=links.workers,
        suggest_archive=links.archive,
        cache=links.cache,
    )


class Mended(NamedTuple):
    """A file after its fixes: its name, the diff, and what was refused."""

    name: str
    diff: str
    applied: int
    refused: tuple[fixes.Refused, ...]


def mend(plan: Plan, allowed: Collection[Safety], *, stdin: Callable[[], bytes], write: bool) -> Iterator[Mended]:
    """Apply the ``allowed`` fixes to everything a plan names; the files themselves change only if ``write``.

    Raises OSError for a file that cannot be written, and then it is what it was; a file that changed since it was read
    is left alone.
    """
    for item in planned(plan, stdin):
        if isinstance(item, FileReport):
            continue
        try:
            source = item.source()
        except ReadError:
            continue
        fixed = fixes.fix(source, item.settings, allowed)
        if fixed.text != source.text and write and item.path is not None:
            before = source.encode(source.text)
            if files.read_bytes(item.path, item.limit) != before:
                raise ReadError(item.name, "the file changed while it was being mended", remedy="Run it again.")
            files.write_atomically(item.path, source.encode(fixed.text), mode=item.path.stat().st_mode & 0o7777)
        yield Mended(item.name, fixes.diff(source, fixed.text), len(fixed.applied), fixed.refused)
