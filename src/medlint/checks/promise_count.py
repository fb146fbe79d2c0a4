"""Headings that promise a number of things the article does not have, and numbered headings that lose count."""

from collections.abc import Iterable

import msgspec

from medlint.facts import Facts, promise
from medlint.facts.promise import NUMBERS, Promise
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.rule import Rule

_WORDS = {number: word for word, number in NUMBERS.items()}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``numbering``: whether numbered headings that skip or repeat a number are found too."""

    numbering: bool = True


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield each promise that is not kept, and each heading out of number."""
    promises = list(promise.in_sections(facts.document))
    if facts.promise:
        promises.insert(0, facts.promise)
    yield from (_broken(found) for found in promises if not found.kept)
    if options.numbering:
        for slip in promise.slips(facts.document):
            fields = {"number": str(slip.number), "expected": str(slip.expected)}
            yield Hit(slip.block.span(slip.start, slip.end), fields, variant="numbering")


def _broken(found: Promise) -> Hit:
    block, actual = found.block, found.actual or 0
    old = block.text[found.start : found.end].split()[0]
    end = found.start + len(old)
    new = str(actual) if old.isdigit() else _WORDS.get(actual, str(actual))
    new = new.capitalize() if old[0].isupper() else new
    safety = Safety.UNSAFE if block.editable(found.start, end) else Safety.DISPLAY
    fix = Fix((Edit(block.span(found.start, end), new),), safety)
    fields = {"claimed": str(found.claimed), "actual": str(actual)}
    return Hit(block.span(found.start, found.end), fields, variant="" if found.numbered else "counted", fix=fix)
