"""An account of one line of an article: which rules looked at it, which fired, which were silenced, and by what."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from medlint import catalog
from medlint.config import COMMAND_LINE, Loaded, available, line_of
from medlint.document import Block
from medlint.engine import Doubt
from medlint.finding import Finding
from medlint.readers import read
from medlint.rule import Rule
from medlint.source import Source, Span
from medlint.work import Work, check_file


class Account(msgspec.Struct, frozen=True):
    """What became of a line. ``quiet`` rules looked and found nothing, ``apart`` ones look at other parts of a page.

    ``off`` are the rules that do not run, each with the reason: a setting and where it stands.
    """

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    quiet: tuple[str, ...]
    apart: tuple[str, ...]
    off: tuple[tuple[str, str], ...]
    undetermined: tuple[Doubt, ...]


def account(work: Work, loaded: Loaded, line: int) -> Account:
    """The account of ``line`` (from 1) of an article under its configuration. Raises ReadError."""
    source = work.source()
    blocks = tuple(block for block in read(source).blocks if block.segments and _touches(source, block.span(), line))
    report = check_file(work)
    here = tuple(finding for finding in report.findings if _touches(source, finding.span, line))
    fired = {finding.rule for finding in here}
    zones = {block.zone for block in blocks if not block.hidden}
    running = [rule for rule in work.settings.rules.rules if rule.check != catalog.ENGINE]
    looking = [rule for rule in running if not rule.zones or zones & set(rule.zones)]
    return Account(
        blocks,
        here,
        tuple(rule.name for rule in looking if rule.name not in fired),
        tuple(rule.name for rule in running if rule not in looking and rule.name not in fired),
        tuple(_off(loaded, {rule.name for rule in running})),
        report.undetermined,
    )


def _touches(source: Source, span: Span, line: int) -> bool:
    first = source.position(span.start).line
    return first <= line <= source.position(max(span.end - 1, span.start)).line


def _off(loaded: Loaded, running: set[str]) -> Iterator[tuple[str, str]]:
    for rule in available(loaded.config, loaded.named("")):
        if rule.check != catalog.ENGINE and rule.name not in running:
            yield rule.name, _reason(rule, loaded)


def _reason(rule: Rule, loaded: Loaded) -> str:
    """The setting that keeps ``rule`` from running, and where it stands."""
    config = loaded.config
    names = {rule.name, rule.category, "all", *rule.aliases}
    if not names.isdisjoint(config.ignore):
        return f"ignored by {_origin(loaded, 'ignore')}"
    if config.select and names.isdisjoint(config.select):
        return f"not selected by {_origin(loaded, 'select')}"
    if any(config.rules.get(name, {}).get("severity") == "off" for name in (rule.name, *rule.aliases)):
        return f"turned off by {_origin(loaded, f'rules.{rule.name}.severity')}"
    if rule.status == "preview":
        return "in preview; --preview runs it"
    return f"later than rules-version, in {_origin(loaded, 'rules-version')}"


def _origin(loaded: Loaded, place: str) -> str:
    origin = loaded.origins.get(place, (COMMAND_LINE,))[-1]
    line = line_of(Path(origin), place)
    return f"{origin}:{line}" if line else origin
