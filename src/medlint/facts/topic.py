"""What the page is about, for whom, and in which language and country."""

import re
from itertools import islice
from urllib.parse import urlsplit

import msgspec

from medlint.document import Document
from medlint.profile import Profile

_COUNTRY = {"gb": "uk", "uk": "uk"}
_DOMAIN_REGIONS = {
    "gov": "us", "uk": "uk", "au": "au", "ca": "ca", "ie": "ie", "nz": "nz", "za": "za", "in": "in", "us": "us",
    "de": "de", "fr": "fr", "es": "es", "nl": "nl", "be": "be", "at": "at", "ch": "ch", "no": "no", "se": "se", "dk": "dk",
    "fi": "fi", "it": "it", "pt": "pt", "pl": "pl", "br": "br", "sg": "sg", "jp": "jp", "mx": "mx",
}  # fmt: skip
_ENGLISH = frozenset(
    (
        "the of and to in a is that it for you with are this on or be as can not have your from at by if may an "
        "was which"
    ).split()
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})*")


class Topic(msgspec.Struct, frozen=True):
    """``language`` is a BCP 47 primary tag or empty; ``region`` a country code or empty, and ``region_origin`` says
    how it is known (config, lang, domain). ``health`` is whether the page is about health, ``terms`` the words that
    show it."""

    language: str
    region: str
    region_origin: str
    health: bool
    terms: tuple[str, ...] = ()


def find(document: Document, profile: Profile) -> Topic:
    """The topic of ``document``."""
    language, country = _language(document)
    region, origin = profile.region, "config" if profile.region else ""
    if not region and country:
        region, origin = country, "lang"
    if not region and (host := urlsplit(document.metadata.url).hostname if document.metadata.url else None):
        region = _DOMAIN_REGIONS.get(host.rsplit(".", 1)[-1], "")
        origin = "domain" if region else ""
    health, terms = (profile.health, ()) if profile.health is not None else _health(document)
    return Topic(language, region, origin, health, terms)


def _language(document: Document) -> tuple[str, str]:
    """Primary language and country: as declared, else English where its commonest words are a fifth of the text."""
    declared = _LANGUAGE.fullmatch(document.language.strip()) if document.language else None
    if declared:
        primary, _, rest = declared[0].replace("_", "-").lower().partition("-")
        country = rest.split("-")[-1] if rest else ""
        return primary, _COUNTRY.get(country, country if len(country) == 2 else "")
    words = list(islice((word for block in document.prose() for word in block.lower.split()), 600))
    if len(words) < 20:
        return "", ""
    return ("en" if sum(word in _ENGLISH for word in words) > len(words) * 0.18 else ""), ""


def _health(document: Document) -> tuple[bool, tuple[str, ...]]:
    from medlint.facts import vocabulary

    return vocabulary.about_health(document)
