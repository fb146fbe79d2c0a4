"""Whether the reviewer's letters or title show clinical training, and training that fits the subject."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

import msgspec

from medlint.data import table
from medlint.document import Kind, Person, Zone
from medlint.facts import Facts, credentials, people, scope
from medlint.facts.credentials import Credential
from medlint.finding import Hit, Undetermined
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: credentials that are ``missing``, or ``unsuited`` to what the page is about. ``words`` as for reviewers."""

    judge: Literal["missing", "unsuited"] = "missing"
    words: int = 100


class _Suitability(msgspec.Struct, frozen=True):
    topic: str
    name: str
    cues: tuple[str, ...]
    accepted: tuple[str, ...]
    limited: tuple[str, ...]
    unfit: tuple[str, ...]


class _Topics(msgspec.Struct, frozen=True):
    suitability: tuple[_Suitability, ...]


_DOCTORAL = frozenset(("MD", "DO", "PhD", "PharmD", "DDS", "DMD", "PsyD", "EdD", "DNP", "DPT", "AuD", "OD", "DPM"))
_FIELD = re.compile(r"\b(?:PhD|Ph\.D\.?|EdD|ScD|MS|MSc|MA)(?:,)? ?(?:\(|in )([a-z][a-z ]{3,40})\b")
_CLINICAL_FIELD = re.compile(
    r"psycholog|nurs|medic|pharmac|clinical|nutrition|diet|health|epidemiolog|neuro|immunolog|genetic|bio|physiolog|pathol|oncolog|toxicolog|therapy|kinesi|exercise"
)
_TITLE_HEADINGS = 3


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:  # noqa: ARG001
    """Yield a hit at the name of each reviewer at fault, unless another reviewer makes up for it."""
    reviewers = [person for person in facts.people.reviewers if person.kind != "reference"]
    if len(reviewers) < len(facts.people.reviewers):
        yield Undetermined("the front matter refers to a reviewer whose credentials are kept elsewhere")
        return
    if not reviewers or not scope.owes_review(facts, options.words):
        return
    judged = [(person, people.known(person)) for person in reviewers]
    if options.judge == "missing":
        yield from _missing(judged)
    else:
        yield from _unsuited(facts, judged)


Judged = Sequence[tuple[Person, tuple[Credential, ...]]]


def _missing(judged: Judged) -> Iterable[Hit | Undetermined]:
    if any(credentials.groups(known) for _, known in judged):
        for person, known in judged:
            doubled = next((item.token for item in known if item.token in _DOCTORAL), "")
            if doubled and re.match(r"(?:Dr|Doctor)\b", person.text) and person.origin == people.BYLINE:
                yield Hit(person.span, {"name": person.name, "letters": doubled}, "doubled")
        return
    for person, known in judged:
        unknown = [text for text in person.credentials if not credentials.read((text,))]
        if unknown:
            yield Undetermined(f"the credentials {', '.join(unknown)!r} of {person.name} are not in the table")
        elif not known:
            yield Hit(
                person.span,
                {"name": person.name, "text": person.text},
                "title-only" if re.match(r"(?:Dr|Doctor|Prof)\b", person.text) else "",
            )
        else:
            shown = known[0]
            academic = any("degree" in item.why for item in known)
            yield Hit(
                person.span,
                {"name": person.name, "letters": shown.written, "why": shown.why},
                "academic" if academic else "insufficient",
            )


def _unsuited(facts: Facts, judged: Judged) -> Iterable[Hit | Undetermined]:
    topics = _page_topics(facts)
    if not topics:
        yield Undetermined("what the page is about is not plain from its title and headings")
        return
    if any(_fits(credentials.groups(known), topics) for _, known in judged):
        return
    for person, known in judged:
        held = credentials.groups(known)
        fields = {"name": person.name, "topic": topics[0].name[:1].lower() + topics[0].name[1:]}
        if held:
            yield Hit(
                person.span,
                {**fields, "held": " and ".join(sorted(credentials.group_name(group).lower() for group in held))},
            )
        elif field := _foreign_field(facts, person):
            yield Hit(person.span, {**fields, "held": field}, "field")


def _fits(held: frozenset[str], topics: Sequence[_Suitability]) -> bool:
    """Whether a reviewer with these credentials may review a page on ``topics``. A physician may review any."""
    if "physician" in held:
        return True
    fitting = False
    for topic in topics:
        if held.intersection(topic.accepted):
            fitting = True
        elif held.intersection(topic.unfit):
            return False
        elif held.intersection(topic.limited):
            fitting = True
    return fitting


def _foreign_field(facts: Facts, person: Person) -> str:
    """The field of an academic degree, where it is stated and has nothing to do with health."""
    block = facts.document.block_at(person.span.start)
    text = block.plain if block else ""
    match = _FIELD.search(text, max(text.find(person.name), 0))
    return match[1].strip() if match and not _CLINICAL_FIELD.search(match[1]) else ""


def _page_topics(facts: Facts) -> tuple[_Suitability, ...]:
    """What the page is about, as far as its title says so, or else at least three of its headings."""
    document = facts.document
    title = document.title.lower if document.title else document.metadata.title.lower()
    found = tuple(topic for topic in table("topics", _Topics).suitability if _cues(topic.cues).search(title))
    if found:
        return found
    headings = [b.lower for b in document.blocks if b.kind is Kind.HEADING and b.zone in (Zone.BODY, Zone.CALLOUT)]
    together = "\n".join(headings)
    counted = Counter(
        {
            topic: sum(bool(_cues(topic.cues).search(text)) for text in headings)
            for topic in table("topics", _Topics).suitability
            if _cues(topic.cues).search(together)
        }
    )
    return tuple(topic for topic, count in counted.most_common() if count >= _TITLE_HEADINGS)


@cache
def _cues(cues: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for topic words: short ones whole, longer ones as the beginning of a word."""
    ends = (r"(?:s|es)?\b" if len(cue) < 6 else "" for cue in cues)
    return re.compile(
        "|".join(rf"\b{re.escape(cue.lower())}{end}" for cue, end in zip(cues, ends, strict=True)) or r"(?!)"
    )
