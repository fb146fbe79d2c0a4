"""Links that pay the publisher, on a page that does not say so before the first of them."""

from collections.abc import Iterable

import msgspec

from medlint.facts import Facts, paid_links
from medlint.finding import Hit, Related
from medlint.rule import Rule

_SHOWN = 5


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """No options."""


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield one hit at the first paid link, if nothing before it tells of payment."""
    found = tuple(paid_links.find(facts.document))
    if not found:
        return
    first = found[0].link
    assert first.block is not None
    told = next(paid_links.disclosures(facts.document), None)
    if told is not None and told.index <= first.block.index:
        return
    others = tuple(Related(paid.link.span, "paid") for paid in found[1 : _SHOWN + 1])
    late = (Related(told.span(), "told"),) if told is not None else ()
    span = first.block.span(first.start, first.end) if first.end > first.start else first.span
    yield Hit(
        span, {"count": str(len(found))}, variant="late" if told is not None else found[0].sign, related=late + others
    )
