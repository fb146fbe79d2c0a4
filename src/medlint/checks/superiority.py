"""Claims that the publisher's own service is as good as another, or better than all."""

import re
from collections.abc import Iterable

import msgspec

from medlint.facts import Facts
from medlint.finding import Hit
from medlint.matching import holds_any
from medlint.rule import Rule

_QUALITY = r"(?:effective|good|safe|reliable|accurate|successful|convenient|affordable|trusted|experienced|qualified)"
_OTHER = (
    r"(?:in[- ]person|face[- ]to[- ]face|traditional|conventional|standard|ordinary|usual|regular|other|any(?: other)?|most|your|seeing|visiting|going|"
    r"(?:prescription |other )?medic\w+|surgery|office|clinic|hospital|brand|competitors?|the competition)"
)
_GOODS = (
    r"(?:care|clinics?|practices?|hospitals?|centers?|centres?|therap(?:y|ies|ists?)|treatments?|psychiatr(?:y|ists?)|doctors?|physicians?|providers?|clinicians?|"
    r"specialists?|surgeons?|dentists?|team|services?|products?|supplements?|formula|programs?|programmes?|app|platform|pharmacy|company|results|outcomes)"
)
_OWNED = re.compile(r"\b(?:our|ours)\b|\bwe(?:'re| are| offer| provide| deliver| have| make| sell| treat)\b")
_COMPARED = re.compile(
    rf"\b(?:just |equally |every bit |at least )?as {_QUALITY}(?:,? (?:and|or) (?:as )?{_QUALITY})? as {_OTHER}(?: [a-z-]+)?"
    rf"|\b(?:much |far |significantly |even )?(?:more {_QUALITY}|better|safer|faster|cheaper) than {_OTHER}(?: [a-z-]+)?"
    rf"|\b(?:outperforms?|beats?|surpass(?:es)?|superior to|second to none|unlike any other)(?: {_OTHER}(?: [a-z-]+)?)?"
)
_SUPREME = re.compile(
    rf"\b(?!our (?:best|top|leading)\b[^.]{{0,30}}\b(?:products?|supplements?|apps?|programs?|programmes?|services?)\b)(?:(?:the|are|is|our|offers?|provides?|some of the|one of the|as the|as a|a|an) )(?:(?:nation's|country's|world's|state's|city's|area's|region's|uk's|nhs's|very) )?"
    rf"(?:best|leading|finest|top|top-rated|highest-rated|number one|no\. ?1|#1|most (?:effective|trusted|advanced|experienced|successful)|premier|world-class|"
    rf"unrivalled|unrivaled|unmatched|unparalleled|unbeatable)(?:[ -](?:[\w'-]+ ){{0,3}}?){_GOODS}\b"
)
_DENIED = re.compile(
    r"\b(?:not|never|no|nobody|whether|if|how|isn't|aren't|don't|doesn't|may|might|could|hope|aim|goal|want|deserve|find|choose|looking for)\b"
)
_CITED = ("link", "number", "footnote", "identifier")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """No options."""


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Literals of which one occurs wherever the check can find something."""
    return frozenset(
        (" as in", " as face", " as tradi", " as conv", " as stand", " as ord", " as usual", " as reg", " as other", " as any", " as most", " as your",
         " as seeing", " as visit", " as going", " as med", " as presc", " as surg", " as off", " as clin", " as hosp", " as brand", " as compet", " as the comp",
         " than ", "outperform", "beat", "surpass", "superior", "second to none", "unlike any", "best", "leading", "finest", " top", "highest-rated", "number one",
         "no. 1", "no.1", "#1", "most effective", "most trusted", "most advanced", "most experienced", "most successful", "premier", "world-class", "unriva",
         "unmatched", "unparalleled", "unbeatable")
    )  # fmt: skip


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield the first such claim of each sentence about the publisher that links no evidence."""
    publisher = facts.publisher
    if not facts.topic.health or publisher.public:
        return
    names = [name.lower() for name in publisher.names]
    speakers = ("our", "we ", "we'", *names)
    for block in facts.blocks_with(triggers(options), rule.zones):
        lower = block.lower
        for start, end in block.sentences:
            words = lower[start:end]
            if not holds_any(words, speakers):
                continue
            match = _COMPARED.search(words) or _SUPREME.search(words)
            if match is None or words.endswith("?"):
                continue
            before = words[: match.end()]
            if not (_OWNED.search(before) or any(name in before for name in names)) or _DENIED.search(before):
                continue
            marks = facts.citations.by_block.get(block.index, ())
            if any(mark.kind in _CITED and mark.end > start and mark.start <= end + 1 for mark in marks):
                continue
            yield Hit(block.span(start + match.start(), start + match.end()))
