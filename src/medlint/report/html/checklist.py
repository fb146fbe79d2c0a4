"""The compliance checklist: what an article must have, in plain words, each met or not and why."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from medlint.engine import Doubt
from medlint.finding import Severity
from medlint.report import FileReport
from medlint.report.html import words
from medlint.report.html.notes import Note

MET, NOT_MET, UNKNOWN, NOT_NEEDED = "met", "not-met", "unknown", "not-needed"
STATUSES = {
    MET: "Met",
    NOT_MET: "Not met",
    UNKNOWN: "Could not be determined",
    NOT_NEEDED: "Not needed",
}


class Item(msgspec.Struct, frozen=True):
    """A line of the checklist: its status in a word, why, and the notes that bear on it."""

    title: str
    status: str
    why: str
    notes: tuple[Note, ...]

    @property
    def label(self) -> str:
        """The status in words."""
        return STATUSES[self.status]


class Context(msgspec.Struct, frozen=True):
    """What the facts are held against: the day of the check, and the highest reading grade that is fine."""

    today: str
    target: float


Facts = Mapping[str, Any]
Said = tuple[str, str]
"""A status and why."""
_NOT_HEALTH = (NOT_NEEDED, "This page is not about health, as far as medlint can tell.")


class _Requirement(msgspec.Struct, frozen=True):
    """What the checklist asks for. Notes of ``topics`` or ``rules`` bear on it, and any of ``decisive`` fails it, as
    does any error. ``facts`` are the names of the facts that ``say`` judges when no note has failed it."""

    title: str
    facts: tuple[str, ...]
    say: Callable[[Facts, Context], Said]
    topics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    decisive: tuple[str, ...] = ()
    fails_at: Severity = Severity.ERROR


def _reviewer(facts: Facts, _: Context) -> Said:
    if people := facts["reviewers"]:
        named = words.listed([", ".join([person["name"], *person["credentials"]]) for person in people])
        authors = words.listed([person["name"] for person in facts.get("authors", ())])
        written = f" Written by {authors}." if authors else ""
        return MET, f"{named}, named in the {_origin(people[0]['origin'])}.{written}"
    if not facts.get("health_topic", True):
        return _NOT_HEALTH
    return UNKNOWN, "medlint found no reviewer, and no rule that asks for one was run."


def _origin(origin: str) -> str:
    return {"json-ld": "page’s data", "front-matter": "front matter"}.get(origin, origin.replace("-", " "))


def _credential(facts: Facts, _: Context) -> Said:
    people = facts["reviewers"]
    if not people:
        return UNKNOWN if facts.get("health_topic", True) else NOT_NEEDED, "There is no reviewer to judge."
    without = [person["name"] for person in people if not person["credentials"]]
    if not without:
        return MET, words.listed([f"{person['name']}: {', '.join(person['credentials'])}" for person in people]) + "."
    return UNKNOWN, f"medlint saw no credential beside {words.listed(without)}."


def _dates(facts: Facts, context: Context) -> Said:
    said = [
        f"{label} {words.day(facts[key])} ({words.ago(facts[key], context.today)})"
        for key, label in (("review_date", "reviewed"), ("updated", "updated"), ("published", "published"))
        if facts.get(key)
    ]
    text = f"{words.sentence(words.listed(said))}." if said else "The page gives no date."
    if facts.get("review_date"):
        return MET, text
    if not facts.get("health_topic", True):
        return NOT_NEEDED, text
    return UNKNOWN, f"{text} medlint found no date that is said to be of a review."


def _disclaimer(facts: Facts, _: Context) -> Said:
    if facts["disclaimer"]:
        return MET, "The page says that it does not replace professional advice."
    if not facts.get("health_topic", True):
        return _NOT_HEALTH
    return UNKNOWN, "medlint found no disclaimer, and no rule that asks for one was run."


def _crisis(facts: Facts, _: Context) -> Said:
    lines = words.listed([str(line) for line in facts["crisis_lines"]])
    if not facts["crisis_topic"]:
        return NOT_NEEDED, f"No topic on this page calls for one{f'; it gives {lines} all the same' if lines else ''}."
    if lines:
        return MET, f"Gives {lines}."
    return UNKNOWN, "medlint found no line, and no rule that asks for one was run."


def _sources(facts: Facts, _: Context) -> Said:
    sources = facts["sources"]
    links = facts.get("links")
    asked = ""
    if links is not None:
        bad = sum(link["outcome"] in ("broken", "invalid", "soft-404") for link in links)
        unsure = sum(link["outcome"] in ("blocked", "unreachable", "refused", "skipped") for link in links)
        parts = [
            f"{len(links) - bad - unsure} work",
            *([f"{bad} do not"] if bad else []),
            *([f"{unsure} could not be asked"] if unsure else []),
        ]
        asked = f" Of {words.plural(len(links), 'link')}, {words.listed(parts)}."
    elif sources["count"]:
        asked = " Links were not followed in this run."
    if sources["kind"] == "none":
        status = UNKNOWN if facts.get("health_topic", True) else NOT_NEEDED
        return status, f"medlint found no source.{asked}"
    where = {"list": "in a list", "inline": "in the text"}.get(sources["kind"], sources["kind"])
    return MET, f"{words.plural(sources['count'], 'source')} {where}.{asked}"


def _medication(facts: Facts, _: Context) -> Said:
    safety = facts["medication_safety"]
    named = words.listed([str(name) for name in safety["medicines"][:6]])
    about = f" Names {named}." if named else ""
    if not safety["needed"]:
        return NOT_NEEDED, f"Nothing on this page calls for a warning about medicines.{about}"
    if safety["present"]:
        return MET, f"Tells readers to ask before they change a medicine.{about}"
    return UNKNOWN, f"medlint found no warning, and no rule that asks for one was run.{about}"


def _readability(facts: Facts, context: Context) -> Said:
    reading = facts["readability"]
    grade = reading["adjusted_grade"]
    if grade is None:
        return UNKNOWN, "The text is too short to grade, or not English."
    status = MET if grade <= context.target else UNKNOWN
    return status, f"Reads at about grade {grade:g}; the target is {context.target:g}."


def _typos(facts: Facts, _: Context) -> Said:
    if facts.get("language") not in (None, "en"):
        return UNKNOWN, "medlint can only check the spelling of English."
    return MET, "medlint found no slip that readers would notice."


_REQUIREMENTS = (
    _Requirement("Medical reviewer", ("reviewers",), _reviewer, ("review",), (),
                 ("medical-reviewer-missing", "reviewer-placeholder", "reviewer-is-author")),
    _Requirement("Reviewer’s credential", ("reviewers",), _credential, (), ("reviewer-credential-missing", "reviewer-credential-unsuited"),
                 ("reviewer-credential-missing", "reviewer-credential-unsuited")),
    _Requirement("Dates", ("review_date",), _dates, ("dates",), ("review-date-missing", "review-predates-update"),
                 ("review-date-missing", "review-predates-update", "review-overdue", "date-missing-or-unlabelled",
                  "dates-impossible-or-conflicting")),
    _Requirement("Disclaimer", ("disclaimer",), _disclaimer, ("disclaimer",), (),
                 ("disclaimer-missing", "disclaimer-not-in-article", "disclaimer-garbled-or-contradicted")),
    _Requirement("Crisis line", ("crisis_topic", "crisis_lines"), _crisis, ("crisis",), (),
                 ("crisis-line-missing", "crisis-number-superseded", "crisis-service-closed", "crisis-number-malformed",
                  "crisis-or-emergency-locale-mismatch")),
    _Requirement("Sources", ("sources",), _sources, ("sources",), (),
                 ("sources-missing", "sources-section-empty", "source-link-broken", "retracted-source")),
    _Requirement("Medication wording", ("medication_safety",), _medication, ("medication", "dosing"), (),
                 ("medication-safety-statement-missing",)),
    _Requirement("Readability", ("readability",), _readability, ("readability",), (), ("reading-grade-too-high",)),
    _Requirement("Typos", (), _typos, ("typos",), (), (), Severity.WARNING),
)  # fmt: skip
_PARTS = {
    "reviewers": "people", "review_date": "dates", "disclaimer": "disclaimer", "crisis_topic": "crisis",
    "sources": "citations", "medication_safety": "medicines", "readability": "readability",
}  # fmt: skip


def checklist(file: FileReport, notes: Sequence[Note], rules: Mapping[str, Any], context: Context) -> tuple[Item, ...]:
    """The checklist of ``file``, whose open findings are ``notes``."""
    special = {name for requirement in _REQUIREMENTS for name in requirement.rules}
    items = []
    for requirement in _REQUIREMENTS:

        def bears(rule: str, category: str, requirement: _Requirement = requirement) -> bool:
            return rule in requirement.rules or (rule not in special and category in requirement.topics)

        mine = tuple(note for note in notes if bears(note.finding.rule, note.finding.category))
        doubts = [
            d for d in file.undetermined if (rule := rules.get(d.rule)) is not None and bears(d.rule, rule.category)
        ]
        items.append(Item(requirement.title, *_judged(requirement, mine, doubts, file, context), mine))
    return tuple(items)


def _judged(
    requirement: _Requirement, notes: Sequence[Note], doubts: Sequence[Doubt], file: FileReport, context: Context
) -> Said:
    against = [
        note
        for note in notes
        if note.finding.severity.rank <= requirement.fails_at.rank or note.finding.rule in requirement.decisive
    ]
    if against:
        worst = min(against, key=lambda note: (note.finding.severity.rank, note.number))
        more = f" And {len(against) - 1} more." if len(against) > 1 else ""
        return NOT_MET, f"{worst.finding.message}{more}"
    if file.status != "checked":
        return UNKNOWN, "The article could not be read."
    lacking = [name for name in requirement.facts if name not in file.facts]
    if lacking:
        return UNKNOWN, f"medlint failed while it looked for this ({_PARTS.get(lacking[0], lacking[0])})."
    status, why = requirement.say(file.facts, context)
    if doubts and status != MET:
        return UNKNOWN, doubts[0].reason
    if status == MET and notes:
        why = f"{why} {words.plural(len(notes), 'note')} to improve it."
    return status, why
