"""A run: many links in, one verdict for each out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from medlint.fetch import archive
from medlint.fetch.cache import Cache
from medlint.fetch.clock import Clock
from medlint.fetch.guard import Dialer, Resolver, system_resolver
from medlint.fetch.identifiers import Identifier, recognise
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.result import Failure, LinkResult, Outcome, plain
from medlint.fetch.sweep import OutOfTime, Task, sweep
from medlint.fetch.target import Refusal, Target, parse
from medlint.fetch.verdict import Evidence, Verdict, judge, judge_identifier

if TYPE_CHECKING:
    from medlint.fetch.client import Client, Visit

Progress = Callable[[int, int], None]

INTERRUPTED = "Not checked: the run was stopped."
"""The reason of every link that Ctrl-C left open."""

_NAMELESS = frozenset({Failure.no_such_name, Failure.lookup_failed})
_NO_NETWORK = _NAMELESS | {Failure.no_route, Failure.no_connection, Failure.refused}
_CONTROL_SECONDS = 5.0


def check_links(
    urls: Iterable[str],
    policy: LinkPolicy | None = None,
    *,
    resolver: Resolver = system_resolver,
    progress: Progress | None = None,
    now: Callable[[], float] = time.time,
) -> dict[str, LinkResult]:
    """One verdict for each distinct string of ``urls``, in their order. Never raises for any string.

    A page is asked for once, however often and with however many fragments it is cited. ``progress`` is called with
    the numbers of pages done and to do; ``now`` gives the seconds since 1970 that the cache goes by. On Ctrl-C, what is
    known is returned, and the rest is skipped with ``INTERRUPTED``.
    """
    policy = policy or LinkPolicy()
    links = tuple(dict.fromkeys(urls))
    cache = Cache(policy, now)
    try:
        results, jobs = _plan(links, policy, cache)
        if jobs:
            results |= _Run(jobs, policy, resolver, progress).results(cache)
    finally:
        cache.close()
    return {link: results[link] for link in links}


def network_seems_down(results: Mapping[str, LinkResult]) -> bool:
    """Did every link that was asked for in this run fail for want of a network? Then one line says more than many."""
    asked = [
        result
        for result in results.values()
        if not result.cached and result.outcome not in (Outcome.invalid, Outcome.refused, Outcome.skipped)
    ]
    return bool(asked) and all(
        result.outcome is Outcome.unreachable and result.failure in _NO_NETWORK for result in asked
    )


@dataclass
class _Job:
    """One thing to ask for, all links that cite it, and what was seen, in at most two visits."""

    target: Target
    identifier: Identifier | None
    cited: list[tuple[str, Target]] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def visit(self, client: Client, *, head: bool) -> Visit:
        """Ask. Never raises: what nobody foresaw of a server's answer is one answer that cannot be read."""
        from medlint.fetch.client import Answer, Visit

        try:
            if self.identifier:
                return client.look_up(self.target)
            return client.visit(self.target, head=head, anchors=any(asked.fragment for _, asked in self.cited))
        except Exception as error:
            return Visit(self.target, Answer(failure=Failure.garbled, detail=type(error).__name__))


def _plan(links: Iterable[str], policy: LinkPolicy, cache: Cache) -> tuple[dict[str, LinkResult], dict[str, _Job]]:
    """What can be said at once, and what must be asked, by the URL to ask."""
    results: dict[str, LinkResult] = {}
    jobs: dict[str, _Job] = {}

    def skip(link: str, reason: str) -> None:
        results[link] = LinkResult(link, Outcome.skipped, reason)

    for link in links:
        if policy.excludes(link):
            skip(link, "Excluded by the configuration.")
            continue
        try:
            identifier = recognise(link)
            target = parse(identifier.question(policy.endpoints) if identifier else link, policy)
        except Refusal as refusal:
            results[link] = LinkResult(link, refusal.outcome, refusal.reason)
            continue
        if policy.offline:
            skip(link, "Not checked: offline.")
        elif known := cache.get(_cache_key(target)):
            results[link] = replace(known, url=link)
        elif target.url in jobs or len(jobs) < policy.max_links:
            jobs.setdefault(target.url, _Job(target, identifier)).cited.append((link, target))
        else:
            skip(link, f"Not checked: one run checks at most {policy.max_links} links.")
    return results, jobs


def _cache_key(target: Target) -> str:
    return f"{target.url}#{target.fragment}"


class _Run:
    """Two rounds over the network, and what they showed."""

    def __init__(
        self, jobs: Mapping[str, _Job], policy: LinkPolicy, resolver: Resolver, progress: Progress | None
    ) -> None:
        self._jobs = jobs
        self._policy = policy
        self._progress = progress
        self._dialer = Dialer(policy, resolver)
        self._stop = threading.Event()
        self._end = time.monotonic() + policy.timeout_run
        self._cut_short = ""
        """Why some links stay open, if the run ended early."""
        self._names_resolve = False
        self._copies: dict[str, str | None] = {}

    def results(self, cache: Cache) -> dict[str, LinkResult]:
        """Ask, ask again where it failed, and judge."""
        from medlint.fetch.client import Client

        client = Client(self._policy, self._dialer, self._stop)
        try:
            self._ask(client, self._jobs.values(), first=True)
            failed = [job for job in self._jobs.values() if self._has_failed(job)]
            self._names_resolve = self._do_names_resolve(failed)
            if self._is_worth_another_round(failed):
                self._pause_before_another_round(failed)
                self._dialer.forget_failures()
                self._ask(client, failed, first=False)
            self._seek_copies(client)
        except KeyboardInterrupt:
            self._cut_short = INTERRUPTED
        except OutOfTime:
            self._cut_short = f"Not checked: the run took longer than {self._policy.timeout_run:g} seconds."
        finally:
            self._stop.set()
            client.close()
        found = {}
        for job in self._jobs.values():
            for link, asked in job.cited:
                found[link] = self._result(job, link, asked)
                cache.put(_cache_key(asked), found[link])
        return found

    def _ask(self, client: Client, jobs: Collection[_Job], *, first: bool) -> None:
        settled = len(self._jobs) - len(jobs)
        tasks = [Task(job.target.origin, job.target.url, partial(job.visit, client, head=first)) for job in jobs]
        for key, visit in self._sweep(tasks):
            job = self._jobs[key]
            job.visits.append(visit)
            settled += not (first and self._has_failed(job))
            if self._progress:
                self._progress(settled, len(self._jobs))

    def _sweep(self, tasks: Sequence[Task[Visit]]) -> Iterator[tuple[str, Visit]]:
        return sweep(tasks, workers=self._policy.max_total, interval=self._interval, stop=self._stop, end=self._end)

    def _interval(self, origin: str, visit: Visit) -> float:
        """None for hosts that the user allowed, which are the user's own, and for one that was never reached."""
        if visit.answer.failure in _NO_NETWORK and not visit.chain:
            return 0.0
        host, _, port = origin.rpartition(":")
        own = self._policy.allows(host, int(port)) if host and port.isdigit() else self._policy.allows(origin, 443)
        return 0.0 if own else self._policy.host_interval

    def _has_failed(self, job: _Job) -> bool:
        """Is the last visit one that another could correct?"""
        outcome = self._verdict(job, job.target, Evidence()).outcome
        return outcome in (Outcome.broken, Outcome.unreachable) or job.visits[-1].answer.status == 429

    def _do_names_resolve(self, failed: Sequence[_Job]) -> bool:
        """Asked only where it matters: a missing name is a site's fault only where others are found."""
        if not any(job.visits[-1].answer.failure in _NAMELESS for job in failed):
            return True
        return self._dialer.names_resolve(Clock(min(_CONTROL_SECONDS, self._policy.timeout_link), self._stop))

    def _is_worth_another_round(self, failed: Sequence[_Job]) -> bool:
        online = self._names_resolve or self._dialer.connected
        return online or any(job.visits[-1].answer.failure not in _NO_NETWORK - {Failure.refused} for job in failed)

    def _pause_before_another_round(self, failed: Sequence[_Job]) -> None:
        if any(job.visits[-1].answer.status not in (404, 410) for job in failed):
            self._stop.wait(min(self._policy.retry_pause, max(0.0, self._end - time.monotonic())))

    def _seek_copies(self, client: Client) -> None:
        if not self._policy.suggest_archive:
            return
        tasks = []
        for job in self._jobs.values():
            if not job.identifier and self._verdict(job, job.target, self._evidence()).outcome is Outcome.broken:
                question = archive.question(job.target.url, self._policy.endpoints)
                with suppress(Refusal):
                    target = parse(question, self._policy)
                    tasks.append(Task(target.origin, job.target.url, partial(client.look_up, target)))
        for key, visit in self._sweep(tasks):
            self._copies[key] = archive.copy_in(visit.answer.body) if visit.answer.success else None

    def _evidence(self) -> Evidence:
        return Evidence(self._names_resolve, self._dialer.connected)

    def _verdict(self, job: _Job, asked: Target, evidence: Evidence) -> Verdict:
        visit = job.visits[-1]
        if job.identifier:
            return judge_identifier(visit, job.identifier, self._policy, evidence)
        return judge(visit, asked, self._policy, evidence)

    def _result(self, job: _Job, link: str, asked: Target) -> LinkResult:
        if not job.visits or (self._cut_short and len(job.visits) == 1 and self._has_failed(job)):
            return LinkResult(link, Outcome.skipped, self._cut_short)
        first, last = job.visits[0], job.visits[-1]
        outcome, reason = self._verdict(job, asked, self._evidence())
        if outcome is Outcome.broken and last.answer.failure and last.answer.failure != first.answer.failure:
            outcome, reason = Outcome.unreachable, f"The host {plain(last.target.origin)} could not be reached twice."
        page = not job.identifier and last.answer.status is not None
        return LinkResult(
            url=link,
            outcome=outcome,
            reason=reason,
            status=last.answer.status,
            final_url=last.target.with_fragment(asked.fragment) if page else None,
            chain=last.chain,
            tried=tuple(step for visit in job.visits for step in visit.tried),
            archive=self._copies.get(job.target.url) if outcome is Outcome.broken else None,
            failure=last.answer.failure,
        )
