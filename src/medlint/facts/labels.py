"""The labels of bylines ("Medically reviewed by", "Last updated:", "By"): which there are, and where a word is one."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import islice

import msgspec

from medlint.data import table
from medlint.document import OPAQUE, Block
from medlint.facts import names
from medlint.matching import holds_any


class Role(StrEnum):
    """What a label says that somebody did with the page, or what happened to it when."""

    REVIEW = "review"
    WRITE = "write"
    FACT_CHECK = "fact-check"
    EDIT = "edit"
    PEER_REVIEW = "peer-review"
    THANK = "thank"
    UPDATE = "update"
    PUBLISH = "publish"
    DUE = "due"


class Label(msgspec.Struct, frozen=True):
    """A label in a block: its role, its range, and how it is worded.

    ``noun`` ones ("Medical reviewer", "Author") are followed by their value without a "by"; ``weak`` ones ("approved",
    "checked") are said of much else, so that only a clinician's name after them counts; ``also`` is a second role that
    the same words give ("Written and medically reviewed by", "Reviewed and updated").
    """

    role: Role
    start: int
    end: int
    noun: bool
    weak: bool
    also: Role | None = None


_HOW = (
    r"(?:(?:medical(?:ly)?|clinical(?:ly)?|scientific(?:ally)?|expert(?:ly)?|professional(?:ly)?|technical(?:ly)?|doctor|"
    r"physician|pharmacist|dietitian|nurse|therapist|psychologist|psychiatrist|dentist|nutritionally|pediatrician|vet|veterinary|"
    r"independently|online|last|latest|also|most recently|originally|first)[ -]+){0,3}"
)
_FIELD = r"(?:medical|clinical|expert|scientific|veterinary)"
_ENDS = r" ?:|$| ?\n|\)| ?[\u2013\u2014] ?[A-Z]| - [A-Z]"
"""What stands after a label that is a noun: "Author: Ann Lee", "Author \u2013 Ann Lee", "Ann Lee (author)"."""
# One name a kind of label; the first letter of the last part of the name tells noun (n) and verb (v).
_FORMS = {
    "peer_v": r"peer[ -]?review(?:ed|ers?)?",
    "legal_v": r"(?:legally|editorially) (?:reviewed|checked|approved)",
    "fact_v": r"(?:fact[ -]?|accuracy[ -]?)check(?:ed|ers?|ing)?",
    "due_v": r"(?:next|due for) (?:medical |clinical |content |full |scheduled )?(?:review|revision|update)(?: (?:is )?due)?(?: (?:date|by|on))?"
    r"|review (?:is )?due(?: date| by| on)?|review by(?= \d| ?: ?\d| [A-Z][a-z]+ \d{4})",
    "review_n": rf"(?:{_FIELD} |content |health |last |latest )?review(?:ed)? date|date (?:last |medically |of (?:last )?)?review(?:ed)?"
    rf"|{_HOW}(?:{_FIELD} |content )?reviewer(?:s|\(s\))?(?={_ENDS})|about (?:the |our )?(?:{_FIELD} )?reviewers?$|meet (?:the |our )?(?:{_FIELD} )?reviewer$"
    rf"|{_FIELD} review(?:ed)?(?= ?(?::|by\b|$))|{_HOW}reviewed(?= ?:)|reviewed$|(?:last|latest) review(?= ?(?::|\d|[A-Z][a-z]+ \d)|$)",
    "reviewer_n": rf"{_FIELD} reviewer(?= [A-Z])",
    "renew_v": r"(?:last |content )?(?:updated|revised)(?= by\b)",
    "weak_v": r"(?:approved|verified|checked|vetted)",
    "review_v": rf"(?:medical(?:ly)?|clinical(?:ly)?) (?:fact[ -]?checked|accuracy (?:checked|verified))|{_HOW}(?:re-?|co-)?(?:reviewed|vetted|approved|verified|checked)(?: for (?:{_FIELD} )?accuracy)?",
    "write_n": rf"(?:medical |lead |contributing |article )?(?:authors?|writers?)(?={_ENDS})|about (?:the |our )?(?:authors?|writers?)$",
    "write_v": r"(?:(?:medically|originally) )?(?:written|(?:co-?)?authored|words|story|article|text|post|posted|published|contributed)(?= by\b)",
    "edit_n": r"(?:medical(?:ly)? |senior |copy )?(?:edited|editors?)(?= ?:| by|$)",
    "update_v": r"(?:date (?:of )?(?:last )?|page |content |article )?(?:last |latest |most recently )?"
    r"(?:updated?|modified|modification|revised|revision|amended|edited)(?: date)?(?= ?[:(]| on\b| in\b| \d| [A-Z][a-z]{2}|$)",
    "publish_v": r"(?:date |first |originally |page |content |article |issue )?(?:published|posted|created|issued|publication|released|added|produced|date of issue|"
    r"date of publication)(?: (?:date|online))?|issue date",
    "by_n": r"by",
}
_ROLES = {
    "peer": Role.PEER_REVIEW,
    "legal": Role.EDIT,
    "fact": Role.FACT_CHECK,
    "due": Role.DUE,
    "review": Role.REVIEW,
    "reviewer": Role.REVIEW,
    "weak": Role.REVIEW,
    "renew": Role.UPDATE,
    "write": Role.WRITE,
    "edit": Role.EDIT,
    "update": Role.UPDATE,
    "publish": Role.PUBLISH,
    "by": Role.WRITE,
}
_STARTS = (
    "peer legal edit fact accura next due review medic clin expert scien content health last latest date profess tech doctor phys "
    "pharm diet nurs therap psych dent nutri ped indep also most orig first about updat revis appr veri check vet online meet re co-re "
    "co-auth coauth lead contrib article author writ words story text post publ senior copy page modif amend creat issu releas added produ by"
).split()
"""How the first words of labels begin. Only there is a label looked for, in lower case: both make the search for one ten
times as fast, and a test holds them against the forms."""
_ANY_FORM = "|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items())
_LABEL = re.compile(rf"\b(?={'|'.join(_STARTS)})(?:{_ANY_FORM.replace('[A-Z]', '[a-z]')})(?![\w-])")
# Lost markup glues a label to the word before it.
_GLUED = re.compile(rf"(?:[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z]))(?i:{'|'.join(_STARTS)})")
_GLUED_LABEL = re.compile(
    r"(?:\b|(?<=(?-i:[a-z]))(?=(?-i:[A-Z]))|(?<=(?-i:[A-Z]))(?=(?-i:[A-Z][a-z])))"
    rf"(?:{_ANY_FORM})(?![\w-])",
    re.IGNORECASE,
)
_GATES = tuple(
    "review writ author updat publi posted modif revis checked vetted approved edit creat issue verified amended story added produced released".split()
)
_NEAR_GATES = (*_GATES, "by")
_FAR_GATES = (*_GATES, "words by", "text by", "article by", "post by")
_SEPARATOR = re.compile(r"[|•·;\n/]|\s[–—-]+\s|—|(?<=[.!?])\s|: ")
_OPENING = re.compile(rf"(?:^|[|•·;\n/—–.]|\s-)[\s{OPAQUE}]*$")
_NOT_PAGE = re.compile(
    r"\b(?:site|website|app|version|browser|software|polic\w+|studies|study|trial|drug|claims?|application|product)\b",
    re.I,
)
_SUBJECT = re.compile(r"\W*(?:this|the) [\w-]+(?: [\w-]+){0,3} (?:was|is|has been)\b", re.I)
_ALSO_WROTE = re.compile(r"\b(?:written|created|authored)(?: and|,| &) *$", re.I)
_ALSO_REVIEWED = re.compile(r"\breviewed(?: and|,|/| &) *$", re.I)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_GENERAL = frozenset(("all", "our", "every", "each", "any"))
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_NEARBY = 160
_LONG = 400
_MOST = 40
"""How many labels a block can have; text made of them is no byline."""
_SENTENCES = 120
"""Blocks longer than this are read by the sentence; shorter ones are parts of a byline, whatever their punctuation."""


class _Words(msgspec.Struct, frozen=True):
    fillers: tuple[str, ...]
    pages: tuple[str, ...]


@cache
def _pages() -> frozenset[str]:
    words: _Words = table("byline-words", _Words)
    return frozenset((*words.pages, *(f"{page}s" for page in words.pages)))


@cache
def _fillers() -> frozenset[str]:
    words: _Words = table("byline-words", _Words)
    return _pages().union(words.fillers)


def may_hold(lower: str, *, near: bool) -> bool:
    """Whether a text in lower case has words without which there is no label; most have none, and this is quick."""
    return holds_any(lower, _NEAR_GATES if near else _FAR_GATES)


def of(block: Block, *, near: bool) -> Iterator[Label]:
    """The labels in ``block``, in order. ``near`` is whether it stands where bylines do, where less proof is asked."""
    if not may_hold(block.lower, near=near):
        return
    text = block.plain
    previous = -1
    found = _GLUED_LABEL.finditer(text) if _GLUED.search(text) else _LABEL.finditer(block.lower)
    for match in islice(found, _MOST):
        kind, _, shape = (match.lastgroup or "").partition("_")
        if previous >= 0 and match.start() - previous > _NEARBY:
            previous = -1
        if not _stands(block, match, kind, previous, near):
            continue
        previous = match.end()
        also = None
        if kind == "review" and _ALSO_WROTE.search(text, 0, match.start()):
            also = Role.WRITE
        elif kind in ("update", "renew", "fact") and _ALSO_REVIEWED.search(text, 0, match.start()):
            also = Role.REVIEW
        yield Label(_ROLES[kind], *match.span(), noun=shape == "n", weak=kind == "weak", also=also)


def opens_part(text: str, position: int) -> bool:
    """Whether a part of a byline begins at ``position``: at the start, after a separator or the end of a sentence."""
    return bool(_OPENING.search(text, max(position - 4, 0), position))


def sentence_of(block: Block, position: int) -> tuple[int, int]:
    """The range that a label at ``position`` can speak for: its sentence, or all of a short block."""
    if len(block.text) <= _SENTENCES:
        return 0, len(block.text)
    return block.sentence_at(max(position, 0))


def _stands(block: Block, match: re.Match[str], kind: str, previous: int, near: bool) -> bool:
    """Whether words are a label, by what stands before them: nothing, words that bylines use, another label's value."""
    text, start = block.plain, match.start()
    if kind in ("by", "reviewer") and not (near and opens_part(text, start)):
        return False
    if start and text[start - 1].isalpha():
        return True
    if previous >= 0:
        return not _NOT_PAGE.search(text, previous, start)
    if not near and len(text) > _LONG and not (kind == "review" and match.lastgroup == "review_v"):
        return False
    before = text[max(sentence_of(block, start)[0], start - _LONG) : start]
    part = before[max((separator.end() for separator in _SEPARATOR.finditer(before)), default=0) :]
    words = [word.lower() for word in _WORD.findall(part)]
    if kind in ("review", "weak") and _GENERAL.intersection(words):
        return False  # "All our articles are reviewed by doctors" is said of no article
    if all(word in _fillers() or word[:3] in _MONTHS for word in words):
        return True
    if _SUBJECT.match(before) and len(before) <= _NEARBY:
        return not _pages().isdisjoint(words[:5]) and not _NOT_PAGE.search(before)
    person = names.first(part, strict=True)
    return bool(person and not re.search(r"\w{4}", part[person.end :]))
