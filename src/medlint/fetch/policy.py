"""What medlint may ask of whom: the one value that configures a run of link checks."""

import fnmatch
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from medlint._version import __version__


class Endpoints(msgspec.Struct, frozen=True):
    """Where identifiers are looked up; tests put loopback servers here."""

    doi: str = "https://doi.org"
    """The handle system's REST API (``/api/handles/``)."""
    ncbi: str = "https://eutils.ncbi.nlm.nih.gov"
    """NCBI E-utilities (``/entrez/eutils/esearch.fcgi``), for PubMed and PubMed Central."""
    trials: str = "https://clinicaltrials.gov"
    """ClinicalTrials.gov API version 2 (``/api/v2/studies/``)."""
    archive: str = "https://archive.org"
    """The Wayback Machine's availability API (``/wayback/available``)."""


_ENDPOINTS = Endpoints()


@dataclass(frozen=True)
class LinkPolicy:
    """Limits and permissions of one run. Times are seconds.

    ``allow_hosts`` holds ``host`` (every port) or ``host:port`` entries: such a host may have a private address and a
    port of its own, and is not paced. An entry that is a name opens private and loopback addresses; link-local and
    metadata addresses open only to an entry that is that very address.
    """

    offline: bool = False
    allow_hosts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Shell patterns (``*``, ``?``) for URLs; a pattern without ``://`` is matched from the host on."""
    accept: Mapping[str, Collection[int]] = field(default_factory=dict)
    """Status codes that count as ok, by host pattern: ``{"*.example.org": (403,)}``."""
    timeout_link: float = 15.0
    """For one visit of one link, redirects included; waiting that a host asked for is not counted."""
    timeout_run: float = 600.0
    max_total: int = 4
    """Hosts visited at the same time; a single host never gets two requests at once."""
    host_interval: float = 0.5
    """Between two links of a host."""
    max_links: int = 5000
    max_redirects: int = 10
    retry_pause: float = 2.0
    """Before what failed for a reason that may pass is tried once more, at the end of the run."""
    retry_after_max: float = 30.0
    """The longest ``Retry-After`` that is waited for."""
    suggest_archive: bool = True
    cache: bool = True
    cache_dir: Path | None = None
    """None: ``MEDLINT_CACHE_DIR``, or the user's cache folder."""
    user_agent: str = f"medlint/{__version__} (link check; +https://github.com/medlint/medlint)"
    ca_file: Path | None = None
    """Certificates to trust instead of the usual ones, for hosts with a company's own."""
    endpoints: Endpoints = _ENDPOINTS

    def allows(self, host: str, port: int) -> bool:
        """Is ``host`` (canonical, IPv6 in brackets) one that ``allow_hosts`` names?"""
        return host in self._allowed or f"{host}:{port}" in self._allowed

    def excludes(self, url: str) -> bool:
        """Does a pattern of ``exclude`` cover ``url``?"""
        bare = url.partition("://")[2]
        return any(pattern.match(url) or pattern.match(bare) for pattern in self._exclusions)

    def accepts(self, host: str, status: int) -> bool:
        """Does ``accept`` say that ``status`` is fine for ``host``?"""
        return any(status in codes and fnmatch.fnmatchcase(host, at.lower()) for at, codes in self.accept.items())

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return frozenset(entry.strip().lower().removesuffix(".") for entry in self.allow_hosts)

    @cached_property
    def _exclusions(self) -> tuple[re.Pattern[str], ...]:
        # A pattern that names a host, or a folder, covers all below it.
        return tuple(
            re.compile(fnmatch.translate(pattern) + "|" + fnmatch.translate(pattern.rstrip("/*") + "/*"))
            for pattern in self.exclude
        )
