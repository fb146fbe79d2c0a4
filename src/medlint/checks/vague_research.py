"""Claims that rest on research nobody can look up: "studies show", "experts agree", "has been proven to"."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Kind
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule

# All patterns read lower case, and begin with letters so that the search skips to them; the word's start is checked after.
_THINGS = r"(?:research|stud(?:y|ies)|evidence|science|data|surveys?|trials?|findings|literature|meta-anal[iy]yses|meta-analys[ei]s|reviews?|reports?)"
_PEOPLE = (
    r"(?:experts|doctors|scientists|researchers|psychologists|psychiatrists|clinicians|physicians|specialists|dermatologists|cardiologists|"
    r"nutritionists|dietitians)"
)
_BETWEEN = (
    r"(?: (?:on|in|into|of|from|about|with|by|among|over|regarding|comparing|involving|looking at) [^.,;:()?]{1,50}?)?"
)
_ADVERBS = (
    r"(?: (?:also|now|clearly|consistently|strongly|has|have|had|often|generally|repeatedly|does|do|long|even|increasingly|recently|further|largely|"
    r"all|widely|overwhelmingly|only|since|already|just|actually|indeed))*"
)
_THINGS_SAY = (
    r"(?:shows?|showed|shown|suggests?|suggested|finds?|found|proves?|proved|proven|indicates?|indicated|confirms?|confirmed|demonstrates?|demonstrated|"
    r"reveals?|revealed|links?|linked|supports?|supported|backs?|points? to|tells? us|agrees?|estimates?)"
)
_PEOPLE_SAY = r"(?:agree|agreed|believe|believed|think|say|found|find|shown|show|proven|proved|linked|discovered|confirmed|suspect|estimate)"
_CLAIM = re.compile(
    rf"(?:{_THINGS}{_BETWEEN}{_ADVERBS} {_THINGS_SAY}|{_PEOPLE}{_ADVERBS} {_PEOPLE_SAY})(?= |,|:)"
    r"(?! (?:no|little|not|insufficient|mixed|conflicting|limited|out|your|you)\b)"
)
_APPEAL = re.compile(
    r"according to (?:(?:some|recent|many|new|several|the|a|current|latest|most|multiple|numerous) ){0,2}(?:research|stud(?:y|ies)|experts|scientists|doctors)(?=[ ,])"
    r"|there(?: is|'s) (?:also )?(?:strong|growing|good|increasing|mounting|ample|plenty of|solid|clear) evidence (?:that|to suggest)\b"
)
_EFFECT = (
    "help|cause|increase|reduce|lower|raise|improve|boost|prevent|trigger|affect|lead|damage|worsen|ease|relieve|support|protect|promote|work|"
    "kill|harm|heal|treat|cure|make|slow|speed|stimulate|contribute|fight|strengthen|weaken|shorten|lengthen|calm|benefit|be (?:effective|safe|harmful|helpful)"
)
_PASSIVE = re.compile(
    r"(?:has|have|had) (?:(?:also|long|now|often|even|consistently|clinically|scientifically|repeatedly) ){0,2}been "
    r"(?:(?:clinically|scientifically|repeatedly|consistently|widely) )?"
    r"(?:(?:shown|proven|proved|demonstrated)(?= (?:to|that|effective|safe|in (?:stud|tri|resea)))|found(?= (?:to|that|effective)\b)|(?:linked|associated|tied)(?= (?:to|with)\b))"
    rf"|(?:is|are) (?:(?:also|well|widely|clinically|scientifically) )?(?:known|proven)(?= to (?:{_EFFECT})\b)"
)
# The word before the subject that ties it to a work already named, to the reader, or to none at all.
_TIED = frozenset(
    "this these that those our your his her my their its one's no little limited insufficient same said such blood lab test imaging sleep case "
    "medical personal health patient performance progress credit any few which what whose more further future additional until unless if whether when".split()
)
_DEFINITE = frozenset(("the", "both", "another"))
_SINGULAR = re.compile(rf"(?:study|trial|survey|review|report|meta-analysis)\b|{_PEOPLE}")
_SILENCED = re.compile(
    r"\b(?:no|not|never|little|insufficient|limited|lack of|conflicting|mixed|inconclusive|unclear|weak) (?:\w+ ){0,3}?(?:research|stud(?:y|ies)|evidence|data|trials?|proof)\b"
    r"|\b(?:no|never|nothing|none|neither|nor)\b (?:[\w'-]+ ){0,4}?(?:has|have|had|been)\b"
    r"|\b(?:if|whether|until|unless|once|ask|check|see what|find out)\b (?:\w+ ){0,6}?(?:research|studies|evidence|data|trials|experts|doctors)\b"
    r"|\b(?:more|further|additional|future) (?:\w+ )?(?:research|studies|trials)\b.{0,40}\b(?:needed|required|necessary|under ?way|planned)\b"
)
_DESCRIBES = frozenset(
    "a an the some many most several recent new current early emerging growing much numerous multiple scientific clinical preliminary latest one "
    "various extensive decades strong solid good available existing large small all animal human controlled randomized randomised medical".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD_BEFORE = re.compile(r"([\w'-]+) $")
_TRIGGERS = frozenset(
    ("research", "studies", "study", "evidence", "science", "scienti", "data ", "survey", "trial", "findings", "literature", "analys", "review",
     "report", "experts", "doctors", "psych", "clinicians", "physicians", "specialists", "dermatolog", "cardiolog", "nutrition", "dietitian",
     "been shown", "been prove", "been proven", "been found", "been linked", "been demons", "been assoc", "been tied", "been clinic", "been scien",
     "been repeat", "been consis", "been widely", "known to", "proven to")
)  # fmt: skip


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``near`` and ``listed`` are variants: a citation in the next sentence, or only a list of sources on the page."""


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Literals of which one occurs wherever the check can find something."""
    return _TRIGGERS


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield one hit for each sentence that claims research and does not say which."""
    if not facts.topic.health:
        return
    for block in facts.blocks_with(triggers(options), rule.zones):
        if block.kind in (Kind.HEADING, Kind.CAPTION, Kind.ALT, Kind.LABEL):
            continue
        done = -1
        for start, end in sorted(_claims(block.lower)):
            sentence = block.sentence_at(start)
            if sentence.start <= done or _innocent(block.lower[sentence.start : sentence.end]):
                continue
            support = facts.citations.support(block, start)
            if support != "cited":
                done = sentence.start
                yield Hit(block.span(start, end), {"text": block.plain[start:end]}, variant=support)


def _claims(lower: str) -> Iterator[tuple[int, int]]:
    """The ranges that appeal to research, with the words that describe it: "a 2021 study found"."""
    for match in _CLAIM.finditer(lower):
        if _starts_word(lower, match.start()):
            before = _WORD_BEFORE.search(lower, max(0, match.start() - 20), match.start())
            word = before[1] if before else ""
            if word in _TIED or word.endswith("'s") or (word in _DEFINITE and _SINGULAR.match(match[0])):
                continue
            yield _described(lower, match.start()), match.end()
    if "according to" in lower or "evidence" in lower:
        yield from (match.span() for match in _APPEAL.finditer(lower) if _starts_word(lower, match.start()))
    if "been " in lower or "known to" in lower or "proven to" in lower:
        yield from (match.span() for match in _PASSIVE.finditer(lower) if _starts_word(lower, match.start()))


def _starts_word(text: str, start: int) -> bool:
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "-'")


def _described(lower: str, start: int) -> int:
    """Where the claim at ``start`` begins with the words that describe its subject."""
    while (before := _WORD_BEFORE.search(lower, max(0, start - 20), start)) and (
        before[1] in _DESCRIBES or _YEAR.fullmatch(before[1])
    ):
        start = before.start(1)
    return start


def _innocent(sentence: str) -> bool:
    """Whether the sentence asks, doubts, or says that there is no evidence."""
    return sentence.rstrip("\"')* ").endswith("?") or bool(_SILENCED.search(sentence))
