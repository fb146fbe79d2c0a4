"""Articles about an illness or symptom that never say when to get care, and where."""

import re
from collections.abc import Iterable

import msgspec

from medlint.document import Document, Kind, Zone
from medlint.facts import Facts, scope, vocabulary
from medlint.finding import Hit
from medlint.rule import Rule
from medlint.source import Span

_CARE = (
    r"(?:doctors?|gps?|physicians?|clinicians?|nurses?|midwi(?:fe|ves)|pharmacists?|dentists?|therapists?|psychiatrists?|psychologists?|counsell?ors?|"
    r"pa?ediatricians?|specialists?|providers?|(?:health ?care|mental health|medical|health) (?:professionals?|team|workers?|providers?)|professional (?:help|care|support)|"
    r"medical (?:help|attention|care|advice|emergency)|emergency (?:room|department|services?|care|help)|a&e|urgent care|hospital|clinic|ambulance|"
    r"(?:help|crisis|advice) ?lines?|hotline|lifeline|samaritans|988|911|999|112|111|000|13 11 14|116 123|poison (?:control|centre|center))"
)
_SENDS = re.compile(
    r"\b(?:see|sees|seeing|call|calling|contact|contacting|talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)|visit|go(?:ing)? to|get|getting|seek|seeking|ask|asking|"
    r"consult|consulting|tell|telling|dial|phone|ring|text|reach out to|check with|appointment with|make an appointment|need|needs|find)\b"
    rf"[^.!?]{{0,60}}\b{_CARE}\b"
)
_WHEN = re.compile(
    r"\bwhen (?:should (?:i|you)|do i need|to) (?:see|get|call|seek|contact|talk|speak|go|ask|visit)\b|\b(?:getting|get|finding|seek(?:ing)?) (?:medical )?(?:help|care)\b"
)
_ABOUT = re.compile(r"\b(?:symptoms?|signs|causes?|pain|fever|rash|bleeding|cough|numbness)\b")
_OTHER_KINDS = ("news", "profile", "recipe", "event", "drug", "product", "person", "scholarly", "podcast", "video")
_OTHER_TITLE = re.compile(
    r"\b(?:news|announces?|awarded|interview|statistics|history of|research|study finds|policy|guidelines?|glossary|recipes?|for (?:professionals|clinicians|providers))\b"
)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``words``: pages with fewer owe nothing."""

    words: int = 300


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield one hit at the end of an article about an illness that sends nobody anywhere."""
    document = facts.document
    if not facts.topic.health or facts.profile.audience == "clinician" or not _is_about_illness(document):
        return
    if not scope.readable_language(facts):
        return
    blocks = [block for block in document.prose(rule.zones) if block.kind is not Kind.ALT]
    if sum(len(block.spelt) for block in blocks) < options.words:
        return
    for block in blocks:
        if _SENDS.search(block.lower) or (block.kind is Kind.HEADING and _WHEN.search(block.lower)):
            return
    last = [block for block in blocks if block.zone is Zone.BODY]
    end = last[-1].span().end if last else 0
    yield Hit(Span(end, end))


def _is_about_illness(document: Document) -> bool:
    title = document.title
    if title is None or _OTHER_TITLE.search(title.lower):
        return False
    if any(kind in name.lower() for name in document.metadata.types for kind in _OTHER_KINDS):
        return False
    return bool(vocabulary.conditions(title.plain)) or bool(_ABOUT.search(title.lower))
