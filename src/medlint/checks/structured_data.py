"""Whether machines can use what the page says of itself: front matter that parses, JSON-LD that search engines accept."""

from collections.abc import Iterable

import msgspec

from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """None so far."""


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield a hit at each place that cannot be used, with the variant of its kind of fault."""
    for problem in facts.document.metadata.problems:
        yield Hit(problem.span, {"words": problem.words}, "" if problem.kind == "json-ld" else problem.kind)
