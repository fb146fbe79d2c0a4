"""Rules made up for tests."""

from __future__ import annotations

from medlint.finding import Confidence, Severity
from medlint.rule import Citation, Examples, Rule


def pattern_rule(
    name: str, *patterns: str, severity: Severity = Severity.WARNING, category: str = "house", **options: object
) -> Rule:
    """A rule that finds ``patterns``."""
    return Rule(
        name=name,
        severity=severity,
        confidence=Confidence.HIGH,
        summary="An odd word.",
        message="“{text}” is odd.",
        advice="Use another.",
        why="Because.",
        sources=[Citation("T", "P", "2026-11-01")],
        check="pattern",
        options={"match": list(patterns), **options},
        examples=Examples([], []),
        category=category,
    )
