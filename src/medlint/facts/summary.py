"""The facts of an article as plain data, as the JSON report prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medlint.document import Date
from medlint.facts import Facts


def as_data(facts: Facts) -> tuple[Mapping[str, Any], Mapping[str, Exception]]:
    """What medlint understood of the article, whether or not a rule fired, and what failed while finding it out."""
    data: dict[str, Any] = {}
    failures: dict[str, Exception] = {}
    for name, part in _PARTS.items():
        try:
            data |= part(facts)
        except Exception as error:
            failures[name] = error
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
        }
    }


_PARTS: Mapping[str, Callable[[Facts], Mapping[str, Any]]] = {
    "topic": _topic,
    "people": _people,
    "dates": _dates,
    "disclaimer": _disclaimer,
    "crisis": _crisis,
    "citations": _citations,
    "medicines": _medicines,
    "promise": _promise,
    "readability": _readability,
}
