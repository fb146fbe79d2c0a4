"""Who the articles are for and who publishes them: what a project says once in its configuration."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Region = Literal["", "us", "ca", "uk", "ie", "au", "nz", "za", "in", "eu", "de", "fr", "es", "it", "nl", "be", "at", "ch",
                 "no", "se", "dk", "fi", "pt", "pl", "lv", "br", "sg", "jp", "mx"]  # fmt: skip
Audience = Literal["patient", "carer", "clinician"]
Publisher = Literal["", "provider", "publisher", "charity", "government", "retailer"]


class Profile(msgspec.Struct, frozen=True):
    """Settings that many rules share.

    ``region`` is a lower-case country code (``uk`` for the United Kingdom) or empty for unknown; ``words`` are the
    project's own words (whole word, case-insensitive unless the entry has a capital); ``health`` answers for the page
    whether it is about health, where None lets medlint judge; ``snippets`` are the project's own texts to insert.
    """

    region: str = ""
    audience: str = "patient"
    publisher: str = ""
    words: frozenset[str] = frozenset()
    health: bool | None = None
    snippets: Mapping[str, str] = {}
