"""A baseline: findings that a project has accepted for now, known by fingerprint, so that only new ones count."""

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from medlint.errors import ConfigError, ReadError
from medlint.files import read_bytes
from medlint.finding import Finding, Severity, State

SAFETY_CATEGORIES = frozenset(("medication", "crisis", "suicide", "dosing", "eating-disorders"))
"""Categories whose errors can harm a reader: they enter a baseline only when that is asked for by name."""
VERSION = 1
MAX_BYTES = 100_000_000
"""What a baseline may take: some five hundred thousand findings."""
_PLACE = re.compile(r"\(byte (\d+)\)")


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
    def read(cls, path: Path) -> "Baseline":
        """The baseline at ``path``. Raises ConfigError for one that cannot be read or trusted."""
        try:
            data = read_bytes(path, MAX_BYTES, remedy="Name a baseline that 'medlint baseline write' made.")
        except ReadError as error:
            raise ConfigError(error.where, error.problem, remedy=error.remedy) from None
        return cls.parse(data, str(path))

    @classmethod
    def parse(cls, data: bytes, name: str) -> "Baseline":
        """The baseline in ``data``, the content of ``name``. Raises ConfigError for one that cannot be trusted."""
        try:
            version = msgspec.json.decode(data, type=_Head).version
            if version != VERSION:
                problem = f"this is a baseline of version {version}, and this medlint reads version {VERSION}"
                remedy = "Update medlint, or make the baseline again with 'medlint baseline write'."
                raise ConfigError(name, problem, remedy=remedy)
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            remedy = "Mend it, or make it again with 'medlint baseline write'."
            raise ConfigError(name, f"not a baseline: {error}", remedy=remedy, line=_line(data, str(error))) from None

    @classmethod
    def of(cls, findings: Mapping[str, Iterable[Finding]], *, include_safety: bool = False) -> "Baseline":
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

    def pruned(self, findings: Mapping[str, Iterable[Finding]]) -> "Baseline":
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


class _Head(msgspec.Struct):
    """What every version of a baseline says of itself."""

    version: int


def _line(data: bytes, problem: str) -> int | None:
    """The line that ``problem`` is about; None where it is about the shape of what can be read."""
    if found := _PLACE.search(problem):
        return data.count(b"\n", 0, int(found[1])) + 1
    return data.count(b"\n") + 1 if "truncated" in problem else None


def path_from(file: Path, article: str | Path) -> str:
    """How the baseline ``file`` calls ``article``: by its path from the baseline's folder, wherever medlint is run."""
    try:
        return os.path.relpath(article, file.parent).replace(os.sep, "/")
    except ValueError:  # another drive
        return Path(article).as_posix()


def apply(findings: Sequence[Finding], accepted: Collection[tuple[str, str]]) -> list[Finding]:
    """``findings`` with those ``accepted`` marked; they stay in the report."""
    return [
        replace(finding, state=State.BASELINED)
        if finding.state is State.OPEN and (finding.rule, finding.fingerprint) in accepted
        else finding
        for finding in findings
    ]


def is_safety_error(finding: Finding) -> bool:
    """Whether a finding is an error that can harm a reader."""
    return finding.severity is Severity.ERROR and finding.category in SAFETY_CATEGORIES
