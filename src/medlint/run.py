"""A run: the files at some paths through the pipeline, and the report of them all. Joins disk, network and pipeline."""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from medlint import files, git, limits, since, suppress, workers
from medlint import fix as fixes
from medlint.baseline import Baseline, path_from
from medlint.config import LinksSection, Loaded, find, load
from medlint.errors import ConfigError, ReadError
from medlint.finding import Safety
from medlint.report import FileReport, Report
from medlint.source import Source
from medlint.work import Work, check_file, unreadable

if TYPE_CHECKING:
    from medlint.fetch import LinkPolicy


class Plan(msgspec.Struct, frozen=True):
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
    exclude: bool = True


Progress = Callable[[int, int], None]


class Configurations:
    """The configuration of each folder, found once: in the tree, or in the commit ``Plan.config_ref``."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[Path, Loaded] = {}
        self._overrides: dict[str, object] = dict(plan.overrides)
        self._fixed = load(plan.config, self._overrides) if plan.config or plan.isolated else None
        self._baselines: dict[Path, tuple[Baseline, Baseline]] = {}
        self.changes = git.Changes(plan.since or plan.config_ref, "--since" if plan.since else "--config-from-ref")

    def of(self, path: Path) -> Loaded:
        """The configuration for the file at ``path``. Raises ConfigError."""
        if self._fixed is not None:
            return self._fixed
        folder = path.parent
        if folder not in self._known:
            trusted = bool(self._plan.config_ref)
            self._known[folder] = self._trusted(folder) if trusted else load(find(folder), self._overrides)
        return self._known[folder]

    def _trusted(self, folder: Path) -> Loaded:
        """The configuration that the commit has for ``folder``, with the rules and baseline of the commit."""
        while not folder.is_dir():
            folder = folder.parent
        mirror, root = git.configuration_at(folder.resolve(), self._plan.config_ref)
        loaded = load(find(mirror / folder.resolve().relative_to(root.resolve())), self._overrides)
        if loaded.root is None:
            return loaded
        return replace(loaded, root=root / loaded.root.relative_to(mirror), mirror=loaded.root)

    def skips(self, path: Path, folder: bool) -> bool:
        """Whether the configuration of ``path`` excludes it."""
        return self._plan.exclude and self.of(path).excludes(path, folder=folder)

    def renamed(self) -> list[str]:
        """What to say of rules that the configurations call by an old name."""
        return sorted({note for loaded in (self._fixed, *self._known.values()) if loaded for note in loaded.renamed()})

    def accepted(self, loaded: Loaded, name: str) -> frozenset[tuple[str, str]]:
        """The findings that the baseline accepts for the article ``name``. Raises ConfigError."""
        if not loaded.config.baseline:
            return frozenset()
        now, before = self._baseline(loaded)
        return (before if self._plan.refuse_new else now).accepted(path_from(self._place(loaded), name))

    def added(self, loaded: Loaded) -> int:
        """How many entries of the baseline the change under check adds."""
        if not loaded.config.baseline or not self._plan.since:
            return 0
        now, before = self._baseline(loaded)
        return sum(entry not in before.files.get(name, ()) for name, entries in now.files.items() for entry in entries)

    def _baseline(self, loaded: Loaded) -> tuple[Baseline, Baseline]:
        """The baseline, and what it was in the commit ``Plan.since``; without one, the baseline again."""
        place = self._place(loaded)
        if place not in self._baselines:
            path = loaded.named(loaded.config.baseline)
            if not path.is_file():
                problem = f"there is no baseline {loaded.config.baseline!r}"
                remedy = "Make it with 'medlint baseline write', or correct the path."
                raise loaded.located(ConfigError("baseline", problem, remedy=remedy))
            now = before = Baseline.read(path)
            if self._plan.since:
                before = Baseline.parse(self.changes.before(place) or Baseline().to_json(), str(place))
            self._baselines[place] = now, before
        return self._baselines[place]

    @staticmethod
    def _place(loaded: Loaded) -> Path:
        return (loaded.root or Path()) / loaded.config.baseline


class Prepared(msgspec.Struct, frozen=True):
    """A plan ready to run: its articles, reports of what can be none, what there is to say, and the gate."""

    plan: Plan
    work: tuple[Work, ...]
    failed: tuple[FileReport, ...]
    notes: tuple[str, ...]
    gate: str
    changes: git.Changes
    interrupted: bool = False


def prepare(plan: Plan, *, stdin: Callable[[], bytes], progress: Progress | None = None) -> Prepared:
    """Find the articles of a plan, each once, and ask for the links that they cite. Raises ConfigError or RuleError."""
    configurations = Configurations(plan)
    items: dict[str, Work | FileReport] = {}
    notes: list[str] = []
    for item in _gather(plan, configurations):
        if isinstance(item, str):
            notes.append(item)
        elif isinstance(item, Work):
            if item.name not in items:
                items[item.name] = replace(item, data=stdin()) if item.path is None else item
        else:
            items.setdefault(item.path, item)
    if not items and not plan.allow_empty:
        where = ", ".join(plan.paths)
        remedy = "Name a file or folder that has one, or allow it with --allow-empty."
        items[where] = unreadable(
            where, ReadError(where, "there is no HTML or Markdown article to check here", remedy=remedy)
        )
    work = [item for item in items.values() if isinstance(item, Work)]
    failed = tuple(item for item in items.values() if isinstance(item, FileReport))
    interrupted = False
    if plan.online and work and not work[0].links.offline:
        work, found, interrupted = _with_links(work, progress)
        notes += found
    notes += configurations.renamed()
    home = configurations.of(Path(plan.paths[0]) / "x")
    if added := configurations.added(home):
        refused = ", and are not obeyed" if plan.refuse_new else ""
        notes.append(
            f"{added} baseline {'entry was' if added == 1 else 'entries were'} added since {plan.since}{refused}."
        )
    return Prepared(plan, tuple(work), failed, tuple(notes), home.config.fail_on, configurations.changes, interrupted)


def _gather(plan: Plan, configurations: Configurations) -> Iterator[Work | FileReport | str]:
    """The work of a plan, reports of what could not be found, and words on what was named and is left out."""
    for name in plan.paths:
        path = Path(plan.stdin_name or "stdin") if name == "-" else Path(name)
        if configurations.skips(path, path.is_dir()):
            yield f"{path.as_posix()} is left out, because 'exclude' says so; --no-exclude checks it all the same."
        elif name == "-":
            yield _work(plan.stdin_name or "<stdin>", None, path, plan, configurations)
        elif "://" in name:
            remedy = "Save the page as a file and check that, or check its source."
            yield unreadable(name, ReadError(name, "medlint reads files, and fetches no page to check", remedy=remedy))
        else:
            try:
                for found in files.discover(path, configurations.skips):
                    yield _work(found.as_posix(), found, found, plan, configurations)
            except ReadError as error:
                yield unreadable(name, error)


def _work(name: str, path: Path | None, place: Path, plan: Plan, configurations: Configurations) -> Work:
    """The work on the article ``name``: a file at ``path``, or standard input that would lie at ``place``."""
    loaded = configurations.of(place)
    settings = replace(
        loaded.settings(plan.today, place.as_posix()),
        suppressions=plan.suppressions,
        accepted=configurations.accepted(loaded, place.as_posix()),
        timed=plan.timed,
        keep_passages=plan.keep_passages,
    )
    if path is not None and (plan.since or plan.config_ref):
        lines = configurations.changes.lines(path)
        everything = (range(1, sys.maxsize),)  # a file that the commit does not have is all new
        newness = suppress.Newness(everything if lines is None else lines, plan.refuse_new)
        settings = replace(settings, newness=newness)
    links = loaded.config.links
    if links.ca_file:
        links = replace(links, ca_file=str(loaded.named(links.ca_file)))
    return Work(name, path, settings, loaded.config.max_bytes, links)


def run(plan: Plan, *, stdin: Callable[[], bytes], progress: Progress | None = None) -> Report:
    """Check everything a plan names. Raises ConfigError or RuleError before the first file, nothing after."""
    return examine(prepare(plan, stdin=stdin, progress=progress), progress=progress)


def examine(prepared: Prepared, *, progress: Progress | None = None) -> Report:
    """Check what was prepared."""
    plan, work = prepared.plan, prepared.work
    reports = list(prepared.failed)
    notes = list(prepared.notes)
    jobs = plan.jobs or workers.useful(work)
    # Code of another package may take its process with it, or end it with a code that would pass for a clean run.
    apart = jobs > 1 or not limits.TIMERS or any(item.settings.rules.foreign for item in work)
    for file in workers.check_all(work, jobs) if apart else map(check_file, work):
        reports.append(file)
        if progress:
            progress(len(reports), len(work) + len(prepared.failed))
    if plan.since:
        earlier = {item.name: replace(item, settings=replace(item.settings, newness=None)) for item in work}
        reports, hidden = since.changed_only(
            reports, prepared.changes, lambda name, data: check_file(earlier[name], data)
        )
        if hidden:
            them = "1 finding is" if hidden == 1 else f"{hidden} findings are"
            notes.append(f"{them} not listed, being on lines unchanged since {plan.since}.")
    settings = work[0].settings if work else None
    return Report(
        reports,
        today=plan.today.isoformat(),
        ruleset=settings.rules.digest if settings else "",
        rules={rule.name: rule for rule in settings.rules.rules} if settings else {},
        notes=notes,
        gate=prepared.gate,
        interrupted=prepared.interrupted,
    )


def _with_links(work: Sequence[Work], progress: Progress | None) -> tuple[list[Work], list[str], bool]:
    """The work with what the network says of the links that its articles cite, each asked for once.

    Also notes on what it could not say, and whether somebody stopped it.
    """
    from medlint import fetch

    settings = work[0].settings
    if not any(rule.name == "source-link-broken" for rule in settings.rules.rules):
        return list(work), [], False
    urls: dict[str, None] = {}
    for item in work:
        urls |= dict.fromkeys(_cited(item))
    if not urls:
        return list(work), [], False
    results = fetch.check_links(urls, _policy(work[0].links), progress=progress)
    notes = []
    if fetch.network_seems_down(results):
        unknown = [url for url, result in results.items() if result.outcome is fetch.Outcome.unreachable]
        notes.append(f"{len(unknown)} links could not be verified: there is no network.")
        results = {url: result for url, result in results.items() if url not in set(unknown)}
    interrupted = any(result.reason == fetch.INTERRUPTED for result in results.values())
    if interrupted:
        notes.append("The check of links was interrupted; what was known by then is reported.")
    mended = [replace(item, settings=replace(item.settings, links=results)) for item in work]
    return mended, notes, interrupted


def _cited(item: Work) -> Iterable[str]:
    """The links of an article that are to be asked for; none of one that cannot be read, which its check will report."""
    from medlint.facts import Facts
    from medlint.facts.links import wanted
    from medlint.readers import read

    try:
        with limits.clock(item.seconds):
            return tuple(wanted(Facts(read(item.source()), item.settings.profile, item.settings.today)))
    except (Exception, limits.Expired):
        return ()


def _policy(links: LinksSection) -> "LinkPolicy":
    from medlint.fetch import LinkPolicy

    return LinkPolicy(
        allow_hosts=links.allow_hosts,
        exclude=links.exclude,
        accept=links.accept,
        timeout_link=links.timeout,
        timeout_run=links.deadline,
        max_total=links.workers,
        host_interval=links.host_interval,
        max_links=links.max_links,
        ca_file=Path(links.ca_file) if links.ca_file else None,
        suggest_archive=links.archive,
        cache=links.cache,
    )


class Mended(NamedTuple):
    """An article after its fixes: the work that it is now, the diff, how many were applied, and what was refused.

    ``error`` says why an article was left alone.
    """

    work: Work
    error: ReadError | None = None
    diff: str = ""
    applied: int = 0
    refused: tuple[fixes.Refused, ...] = ()


def mend(prepared: Prepared, allowed: Collection[Safety], *, write: bool) -> Iterator[Mended]:
    """Apply the ``allowed`` fixes to what was prepared; the files themselves change only if ``write``.

    A file that cannot be read or written, or that changed since it was read, is left alone and yielded with its error.
    """
    for item in prepared.work:
        try:
            before = item.content()
            source = Source.decode(before, item.name)
            with limits.clock(item.seconds):
                fixed = fixes.fix(source, item.settings, allowed)
            after = _encoded(source, fixed.text, before)
        except ReadError as error:
            yield Mended(item, error)
            continue
        except limits.Expired:
            problem = f"mending it takes longer than {item.seconds:.0f} seconds"
            yield Mended(item, ReadError(item.name, problem, remedy="Mend it by hand."))
            continue
        if after != before and write and item.path is not None:
            try:
                if item.content() != before:
                    raise ReadError(item.name, "the file changed while it was being mended", remedy="Run it again.")
                files.write_atomically(item.path, after)
            except ReadError as error:
                yield Mended(item, error)
                continue
            except OSError as error:
                remedy = "Check its permissions and the disk."
                yield Mended(item, ReadError(item.name, f"it cannot be written: {error.strerror}", remedy=remedy))
                continue
        mended = item if item.path else replace(item, data=after)
        yield Mended(mended, None, fixes.diff(source, fixed.text), len(fixed.applied), fixed.refused)


def _encoded(source: Source, text: str, before: bytes) -> bytes:
    """``text`` in the encoding of ``source``, which was read from ``before``. Raises ReadError where that would change
    more than the text."""
    try:
        if source.encode(source.text) == before:
            return source.encode(text)
    except UnicodeEncodeError:
        pass
    if text == source.text:
        return before
    problem = f"it cannot be written back as {source.encoding} without changing other characters"
    raise ReadError(source.name, problem, remedy="Save it as UTF-8 first.")
