"""The facts of an article as plain data, as the JSON report prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from medlint import limits
from medlint.document import Date
from medlint.facts import Facts

if TYPE_CHECKING:
    from medlint.facts.readability import Phrase, Readability


def as_data(facts: Facts) -> tuple[Mapping[str, Any], Mapping[str, Exception]]:
    """What medlint understood of the article, whether or not a rule fired, and what failed while finding it out."""
    data: dict[str, Any] = {}
    failures: dict[str, Exception] = {}
    with limits.processor() as allow:
        for name, part in _PARTS.items():
            try:
                allow(limits.rule_seconds(facts.document.source.text))
                data |= part(facts)
            except Exception as error:
                failures[name] = error
            finally:
                allow(0)
    return data, failures


def _topic(facts: Facts) -> Mapping[str, Any]:
    topic = facts.topic
    return {"health_topic": topic.health, "language": topic.language or None, "region": topic.region or None}


def _people(facts: Facts) -> Mapping[str, Any]:
    people = facts.people
    return {
        "reviewers": [
            {"name": p.name, "credentials": list(p.credentials), "origin": p.origin} for p in people.reviewers
        ],
        "authors": [{"name": p.name, "origin": p.origin} for p in people.authors],
    }


def _dates(facts: Facts) -> Mapping[str, Any]:
    dates = facts.dates
    return {
        "review_date": _day(dates.reviewed),
        "published": _day(dates.published),
        "updated": _day(dates.updated),
    }


def _day(date: Date | None) -> str | None:
    return date.stated if date else None


def _disclaimer(facts: Facts) -> Mapping[str, Any]:
    return {"disclaimer": facts.disclaimer.present}


def _crisis(facts: Facts) -> Mapping[str, Any]:
    return {"crisis_topic": facts.crisis.topic, "crisis_lines": list(facts.crisis.numbers)}


def _citations(facts: Facts) -> Mapping[str, Any]:
    return {"sources": {"kind": facts.citations.kind, "count": facts.citations.count}}


def _links(facts: Facts) -> Mapping[str, Any]:
    """What the network said of each link; None where it was not asked."""
    if not facts.links:
        return {"links": None}
    from medlint.facts import links

    said = [(asked, facts.links[asked.url]) for asked in links.find(facts) if asked.url in facts.links]
    return {
        "links": [
            {
                "url": result.url,
                "offset": asked.span.start,
                "outcome": str(result.outcome),
                "reason": result.reason,
                "final_url": result.final_url,
                "archive": result.archive,
            }
            for asked, result in said
        ]
    }


def _medicines(facts: Facts) -> Mapping[str, Any]:
    medicines = facts.medicines
    return {
        "medication_safety": {
            "needed": medicines.needed,
            "present": medicines.present,
            "medicines": list(medicines.names),
        }
    }


def _promise(facts: Facts) -> Mapping[str, Any]:
    promise = facts.promise
    return {"promise": {"claimed": promise.claimed, "actual": promise.actual} if promise else None}


def _readability(facts: Facts) -> Mapping[str, Any]:
    reading = facts.readability
    return {
        "readability": {
            "words": reading.words,
            "sentences": reading.sentences,
            "flesch_kincaid_grade": reading.flesch_kincaid_grade,
            "smog_index": reading.smog_index,
            "adjusted_grade": reading.adjusted_grade,
            "sections": [
                {
                    "title": part.heading.text if part.heading else None,
                    "offset": part.heading.span().start if part.heading else None,
                    "words": part.words,
                    "flesch_kincaid_grade": part.grade,
                }
                for part in reading.parts
            ],
            "hardest": [_hard(phrase) for phrase in reading.hardest],
            "grade_without_hardest": _grade_without(reading),
        }
    }


def _hard(phrase: Phrase) -> Mapping[str, Any]:
    span = phrase.block.span(phrase.start, phrase.end)
    return {
        "text": phrase.block.text[phrase.start : phrase.end],
        "offset": span.start,
        "end_offset": span.end,
        "words": len(phrase.words),
    }


def _grade_without(reading: Readability) -> float | None:
    """The Flesch-Kincaid grade if the hardest sentences were taken out."""
    from medlint.facts.readability import flesch_kincaid

    words = reading.words - sum(len(phrase.words) for phrase in reading.hardest)
    sentences = reading.sentences - len(reading.hardest)
    if not reading.hardest or not words or not sentences:
        return None
    syllables = reading.syllables - sum(phrase.syllables for phrase in reading.hardest)
    return round(flesch_kincaid(words, sentences, syllables), 1)


_PARTS: Mapping[str, Callable[[Facts], Mapping[str, Any]]] = {
    "topic": _topic,
    "people": _people,
    "dates": _dates,
    "disclaimer": _disclaimer,
    "crisis": _crisis,
    "citations": _citations,
    "links": _links,
    "medicines": _medicines,
    "promise": _promise,
    "readability": _readability,
}
