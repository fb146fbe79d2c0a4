"""A rule: what to look for, what to tell the writer, and on whose authority. Data only; checks are the code."""

from typing import Any

import msgspec

from medlint.document import Zone
from medlint.finding import Confidence, Severity


class Citation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule or a fact comes from, and when that was read (``accessed``, an ISO date)."""

    title: str
    publisher: str
    accessed: str
    url: str = ""


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Another wording and weight of a rule, which a check picks by name."""

    message: str = ""
    advice: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"):
    """An article or phrase and the settings it is checked under.

    In a bad example the text between ``**`` is what must be found, all of it and nothing else; without marks the rule
    must fire anywhere; ``variant``, ``severity`` and ``says`` (words of the message) are what it must be like.
    ``format`` limits it to ``html`` or ``markdown``; by default it runs as both. ``answers`` are what the network said
    of its links, by URL: the fields of a LinkResult.
    """

    text: str
    format: str = ""
    region: str = ""
    audience: str = ""
    publisher: str = ""
    language: str = ""
    options: dict[str, Any] = {}
    words: list[str] = []
    answers: dict[str, dict[str, str]] = {}
    variant: str = ""
    severity: Severity | None = None
    says: str = ""


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts that the rule must find (``bad``) and must leave alone (``good``): its tests and its documentation."""

    bad: list[Example | str]
    good: list[Example | str]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One rule, as its YAML file says it. ``category`` and ``path`` come from where the file lies.

    ``message`` says what is wrong, ``advice`` what to do, ``why`` on what ground; all may hold ``{fields}`` of the hit.
    ``added`` is the release that first had it.
    """

    name: str
    severity: Severity
    confidence: Confidence
    summary: str
    message: str
    advice: str
    why: str
    sources: list[Citation]
    check: str
    examples: Examples
    zones: list[Zone] = []
    options: dict[str, Any] = {}
    variants: dict[str, Variant] = {}
    notes: dict[str, str] = {}
    status: str = "stable"
    aliases: list[str] = []
    added: str = "0.1"
    category: str = ""
    path: str = ""
