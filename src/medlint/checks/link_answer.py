"""What came back for the links that were asked for: gone, moved, empty, or nobody knows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from medlint.facts import Facts, hosts, links
from medlint.finding import Edit, Fix, Hit, Safety, Undetermined
from medlint.rule import Rule

if TYPE_CHECKING:
    from medlint.fetch import LinkResult

_TOLD = ("broken", "invalid", "soft-404", "moved")
_UNKNOWN = ("blocked", "unreachable")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``ignore``: outcomes that are not reported (``moved``, for one)."""

    ignore: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:
    """Yield a hit for each link that does not lead to its page, and a doubt for each that nobody could ask."""
    for asked in links.find(facts) if facts.links else ():
        result = facts.links.get(asked.url)
        if result is None or result.outcome in options.ignore:
            continue
        fields = {
            "url": asked.url,
            "reason": result.reason.rstrip("."),
            "final_url": result.final_url or "",
            "archive": result.archive or "",
            "history": _history(result),
        }
        if result.outcome in _UNKNOWN:
            yield Undetermined(rule.notes[str(result.outcome)].format(**fields))
        elif result.outcome in _TOLD:
            variant = str(result.outcome)
            if result.outcome == "broken" and result.archive:
                variant = "archived"
            fix = _move(facts, asked, result.final_url) if result.outcome == "moved" and result.final_url else None
            yield Hit(asked.span, fields, variant=variant, fix=fix)


def _history(result: "LinkResult") -> str:
    """What was tried and by way of which redirects, as a sentence; empty where nothing is known."""
    tried = f" Tried: {', '.join(result.tried)}" if result.tried else ""
    by_way = f", by way of {' and '.join(result.chain)}" if result.chain else ""
    return f"{tried}{by_way}." if tried else ""


def _move(facts: Facts, asked: links.Asked, url: str) -> Fix | None:
    """The new address in the place of the old one."""
    written = hosts.written(facts.document, asked.element, asked.url, url) if asked.element else None
    return Fix((Edit(*written),), Safety.UNSAFE) if written else None
