"""Claims that rest on research nobody can look up: "studies show", "experts agree", "has been proven to"."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from medlint.document import Kind
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule

_THINGS = r"(?:research|stud(?:y|ies)|evidence|science|data|surveys?|(?:clinical )?trials?|findings|literature|meta-anal[iy]yses|meta-analys[ei]s|reviews?|reports?)"
_PEOPLE = r"(?:experts|doctors|scientists|researchers|psychologists|psychiatrists|clinicians|physicians|specialists|dermatologists|cardiologists|nutritionists|dietitians)"
_BETWEEN = (
    r"(?: (?:on|in|into|of|from|about|with|by|among|over|regarding|comparing|involving|looking at) [^.,;:()?]{1,50}?)?"
)
_ADVERBS = r"(?: (?:also|now|clearly|consistently|strongly|has|have|had|often|generally|repeatedly|does|do|long|even|increasingly|recently|further|largely|all|widely|overwhelmingly|only|since|already|just|actually|indeed|and experience))*"
_EFFECT = (
    "help|cause|increase|reduce|lower|raise|improve|boost|prevent|trigger|affect|lead|damage|worsen|ease|relieve|support|protect|promote|work|"
    "kill|harm|heal|treat|cure|make|slow|speed|stimulate|contribute|fight|strengthen|weaken|shorten|lengthen|calm|benefit|be (?:effective|safe|harmful|helpful)"
)
_CLAIM = re.compile(
    rf"\b(?P<hit>(?:(?P<which>[\w'-]+) )?(?:{_THINGS}{_BETWEEN}{_ADVERBS} (?:shows?|showed|shown|suggests?|suggested|finds?|found|proves?|proved|proven|"
    r"indicates?|indicated|confirms?|confirmed|demonstrates?|demonstrated|reveals?|revealed|links?|linked|supports?|supported|backs?|points? to|tells? us|agrees?|estimates?)"
    rf"|{_PEOPLE}{_ADVERBS} (?:agree|agreed|believe|believed|think|say|found|find|shown|show|proven|proved|linked|discovered|confirmed|suspect|estimate))"
    r"(?= |,|:)(?! (?:no|little|not|insufficient|mixed|conflicting|limited|out|your|you)\b))"
    r"|\b(?P<passive>(?:has|have|had) (?:also |long |now |often |even |consistently |clinically |scientifically |repeatedly ){0,2}been (?:clinically |scientifically |repeatedly |consistently |widely )?"
    r"(?:(?:shown|proven|proved|demonstrated)(?= (?:to|that|effective|safe|in (?:stud|tri|resea)))|found(?= (?:to|that|effective)\b)|(?:linked|associated|tied)(?= (?:to|with)\b))"
    rf"|(?:is|are) (?:also |well |widely |clinically |scientifically )?(?:known|proven)(?= to (?:{_EFFECT})\b))",
    re.IGNORECASE,
)
# The word before the subject that ties it to a work already named, to the reader, or to none at all.
_TIED = re.compile(
    r"(?:this|these|that|those|our|your|his|her|my|their|its|one's|no|little|limited|insufficient|same|said|such|blood|lab|test|imaging|sleep|case|"
    r"medical|personal|health|patient|performance|progress|credit|any|few|which|what|whose|'s|more|further|future|additional|until|unless|if|whether|when)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:the|both|another)", re.IGNORECASE)
_SINGULAR = re.compile(r"(?:study|trial|survey|review|report|meta-analysis)\b", re.IGNORECASE)
_SILENCED = re.compile(
    r"\b(?:no|not|n't|never|little|insufficient|limited|lack of|conflicting|mixed|inconclusive|unclear|weak) (?:\w+ ){0,3}?(?:research|stud(?:y|ies)|evidence|data|trials?|proof)\b"
    r"|\b(?:no|never|nothing|none|neither|nor)\b (?:[\w'-]+ ){0,4}?(?:has|have|had|been)\b"
    r"|\b(?:if|whether|until|unless|once|ask|check|see what|find out)\b (?:\w+ ){0,6}?(?:research|studies|evidence|data|trials|experts|doctors)\b"
    r"|\b(?:more|further|additional|future) (?:\w+ )?(?:research|studies|trials)\b.{0,40}\b(?:needed|required|necessary|under ?way|planned)\b",
    re.IGNORECASE,
)
_TRIGGERS = (
    "research", "stud", "evidence", "science", "scienti", "data", "survey", "trial", "findings", "literature", "analys", "review", "report",
    "experts", "doctors", "psych", "clinicians", "physicians", "specialists", "dermatolog", "cardiolog", "nutrition", "dietitian",
    "been ", "known to", "proven to",
)  # fmt: skip
_GENERIC_PEOPLE = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``near`` and ``listed`` are variants: a citation in the next sentence, or only a list of sources on the page."""


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Literals of which one occurs wherever the check can find something."""
    return frozenset(_TRIGGERS)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield one hit for each sentence that claims research and does not say which."""
    if not facts.topic.health:
        return
    for block in facts.blocks_with(triggers(options), rule.zones):
        if block.kind in (Kind.HEADING, Kind.CAPTION, Kind.ALT, Kind.LABEL):
            continue
        text = block.plain
        done = -1
        for match in _CLAIM.finditer(text):
            start, end = match.span("hit") if match["hit"] else match.span("passive")
            sentence = block.sentence_at(start)
            if sentence.start <= done or _innocent(text[sentence.start : sentence.end], match):
                continue
            support = facts.citations.support(block, start)
            if support == "cited":
                continue
            if match["which"]:
                start = _claim_start(text, start, start + len(match["which"]))
            done = sentence.start
            yield Hit(block.span(start, end), {"text": text[start:end]}, variant=support)


def _innocent(sentence: str, match: re.Match[str]) -> bool:
    if sentence.rstrip("\"')* ").endswith("?") or _SILENCED.search(sentence):
        return True
    which = match["which"] or ""
    if not match["hit"] or not which:
        return False
    if _TIED.fullmatch(which) or which.lower().endswith("'s"):
        return True
    subject = match["hit"][len(which) + 1 :]
    return bool(_DEFINITE.fullmatch(which) and (_SINGULAR.match(subject) or _GENERIC_PEOPLE.match(subject)))


_DESCRIBES = frozenset(
    "a an the some many most several recent new current early emerging growing much numerous multiple scientific clinical preliminary latest one "
    "various extensive decades strong solid good available existing large small all most animal human controlled randomized randomised medical".split()
)


def _claim_start(text: str, start: int, end: int) -> int:
    """Where the claim that has the word ``text[start:end]`` before its subject begins: with "a 2021", not with "that"."""
    while text[start:end].lower() in _DESCRIBES or _YEAR.fullmatch(text, start, end):
        before = _WORD_BEFORE.search(text, max(0, start - 20), start)
        if before is None or not (before[1].lower() in _DESCRIBES or _YEAR.fullmatch(before[1])):
            return start
        start, end = before.span(1)
    return end + 1


_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD_BEFORE = re.compile(r"([\w'-]+) $")
