"""Links that name a work rather than a page: DOI, PubMed, PubMed Central, ClinicalTrials.gov.

Publishers turn robots away, so their pages prove nothing. The registries answer programs, and answer the better
question: does this identifier exist?
"""

import json
import re
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from medlint.fetch.policy import Endpoints
from medlint.fetch.result import plain
from medlint.fetch.target import invalid


class Registry(StrEnum):
    """Who keeps the identifiers."""

    doi = "DOI"
    pubmed = "PMID"
    pmc = "PMCID"
    trials = "trial number"


class Identifier(msgspec.Struct, frozen=True):
    """An identifier in its usual form: ``10.1000/xyz``, ``123``, ``NCT01234567``."""

    registry: Registry
    value: str

    def question(self, endpoints: Endpoints) -> str:
        """The URL that tells whether it exists."""
        match self.registry:
            case Registry.doi:
                return f"{endpoints.doi}/api/handles/{quote(self.value, safe='/')}?type=URL"
            case Registry.trials:
                return f"{endpoints.trials}/api/v2/studies/{self.value}?fields=NCTId&format=json"
            case Registry.pubmed | Registry.pmc:
                database = "pubmed" if self.registry is Registry.pubmed else "pmc"
                query = f"db={database}&term={self.value}%5Buid%5D&retmode=json&tool=medlint"
                return f"{endpoints.ncbi}/entrez/eutils/esearch.fcgi?{query}"


# What introduces an identifier, and what it must look like. The first group is the identifier as written.
_LINKS: tuple[tuple[Registry, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (registry, re.compile(f"(?:{link})$", re.IGNORECASE | re.DOTALL), re.compile(form, re.IGNORECASE))
    for registry, link, form in (
        (
            Registry.doi,
            r"(?:https?://(?:dx\.|www\.)?doi\.org/(?=10\.|10%2e)|doi:\s*)([^?#]*).*",
            r"(10\.\d{4,9}(?:\.\d+)*/\S+)",
        ),
        (
            Registry.pubmed,
            r"(?:https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed)/(?=\d)|pmid:\s*)"
            r"([^/?#]*).*",
            r"([1-9]\d{0,7})",
        ),
        (
            Registry.pmc,
            r"(?:https?://(?:(?:www\.)?ncbi\.nlm\.nih\.gov/(?:labs/)?pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(?=pmc|\d)"
            r"|pmcid:\s*)([^/?#]*).*",
            r"(?:PMC)?([1-9]\d{0,8})(?:\.\d+)?",
        ),
        (
            Registry.trials,
            r"(?:https?://(?:www\.|classic\.|beta\.)?clinicaltrials\.gov/(?:ct2/)?(?:show|study)/(?=nct))?"
            r"(nct[^/?#]*)(?:[/?#].*)?",
            r"(NCT\d{8})",
        ),
    )
)


def recognise(text: str) -> Identifier | None:
    """The identifier that ``text`` (a URL, or such as ``doi:10.1000/xyz``) names; None if it names none.

    Raises ``Refusal`` (invalid) for one that cannot exist.
    """
    text = text.strip()
    for registry, link, form in _LINKS:
        if match := link.match(text):
            written = unquote(match[1], errors="replace").strip()
            value = form.fullmatch(written)
            if not value:
                raise invalid(f'"{plain(written, 60)}" cannot be a {registry}: part of it is missing, or too much.')
            return Identifier(registry, value[1].upper() if registry is Registry.trials else value[1].lower())
    return None


def registered(identifier: Identifier, status: int, body: bytes) -> bool | None:
    """Does it exist, by the registry's answer? None when the answer does not say."""
    try:
        answer: Any = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    match identifier.registry:
        case Registry.doi:
            # Handle system: 1 success, 100 not found, 200 found but without a URL.
            return {1: True, 200: True, 100: False}.get(_number(answer.get("responseCode")))
        case Registry.trials:
            return False if status == 404 else (True if status == 200 and answer else None)
        case Registry.pubmed | Registry.pmc:
            found = answer.get("esearchresult")
            count = _number(found.get("count")) if isinstance(found, dict) else -1
            return None if count < 0 else count > 0


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
