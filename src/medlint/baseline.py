"""A baseline: findings that a project has accepted for now, known by fingerprint, so that only new ones count."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from medlint.errors import ConfigError
from medlint.finding import Finding, Severity, State

SAFETY_CATEGORIES = frozenset(("medication", "crisis", "suicide", "dosing", "eating-disorders"))
"""Categories whose errors can harm a reader: they enter a baseline only when that is asked for by name."""
VERSION = 1


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One accepted finding, with enough words to recognise it by."""

    fingerprint: str
    rule: str
    text: str = ""


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Accepted findings by the path of their article from the baseline's folder, as the baseline file holds them."""

    version: int = VERSION
    files: dict[str, list[Entry]] = {}

    @classmethod
    def parse(cls, data: bytes, name: str) -> Baseline:
        """The baseline in ``data``, the content of ``name``. Raises ConfigError for one that cannot be trusted."""
        try:
            baseline = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ConfigError(
                name, f"not a baseline: {error}", remedy="Make it again with 'medlint baseline write'."
            ) from None
        if baseline.version != VERSION:
            raise ConfigError(name, f"baseline version {baseline.version} is not {VERSION}", remedy="Make it again.")
        return baseline

    @classmethod
    def of(cls, findings: Mapping[str, Iterable[Finding]], *, include_safety: bool = False) -> Baseline:
        """A baseline that accepts the open ``findings`` by path; errors of safety categories only if asked for."""
        files = {}
        for path, found in findings.items():
            entries = [
                Entry(finding.fingerprint, finding.rule, finding.text[:80])
                for finding in found
                if finding.state is not State.SUPPRESSED and (include_safety or not is_safety_error(finding))
            ]
            if entries:
                files[path] = sorted(entries, key=lambda entry: (entry.rule, entry.fingerprint))
        return cls(files=dict(sorted(files.items())))

    def to_json(self) -> bytes:
        """The baseline file: stable order, one entry a line, so that it merges well."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"

    def accepted(self, path: str) -> frozenset[tuple[str, str]]:
        """The rule and fingerprint of every finding accepted for ``path``."""
        return frozenset((entry.rule, entry.fingerprint) for entry in self.files.get(path, ()))

    def pruned(self, findings: Mapping[str, Iterable[Finding]]) -> Baseline:
        """This baseline without the entries that no finding of ``findings`` needs any more."""
        files = {}
        for path, entries in self.files.items():
            if path not in findings:
                files[path] = entries
                continue
            needed = {(finding.rule, finding.fingerprint) for finding in findings[path]}
            if kept := [entry for entry in entries if (entry.rule, entry.fingerprint) in needed]:
                files[path] = kept
        return Baseline(files=files)


def path_from(file: Path, article: str | Path) -> str:
    """How the baseline ``file`` calls ``article``: by its path from the baseline's folder, wherever medlint is run."""
    try:
        return os.path.relpath(article, file.parent).replace(os.sep, "/")
    except ValueError:  # another drive
        return Path(article).as_posix()


def apply(findings: Sequence[Finding], accepted: Collection[tuple[str, str]]) -> list[Finding]:
    """``findings`` with those ``accepted`` marked; they stay in the report."""
    return [
        finding._replace(state=State.BASELINED)
        if finding.state is State.OPEN and (finding.rule, finding.fingerprint) in accepted
        else finding
        for finding in findings
    ]


def is_safety_error(finding: Finding) -> bool:
    """Whether a finding is an error that can harm a reader."""
    return finding.severity is Severity.ERROR and finding.category in SAFETY_CATEGORIES
