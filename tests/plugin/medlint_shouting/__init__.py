"""A check from outside medlint: words in capitals."""

import re
from collections.abc import Iterable

import msgspec

from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """``words``: how many words in capitals in a row are shouting."""

    words: int = 3


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every run of that many words in capitals."""
    shout = re.compile(rf"\b[A-Z]{{2,}}(?: [A-Z]{{2,}}){{{options.words - 1},}}\b")
    for block in facts.document.prose(rule.zones):
        for match in shout.finditer(block.plain):
            yield Hit(block.span(*match.span()))
