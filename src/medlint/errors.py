"""The one exception family. A message names the file and line and ends with the remedy."""

from __future__ import annotations


class MedlintError(Exception):
    """Something medlint could not do, worded for the person who can mend it."""

    def __init__(self, where: str, problem: str, *, line: int | None = None, remedy: str = "") -> None:
        self.where = where
        self.problem = problem
        self.line = line
        self.remedy = remedy
        place = f"{where}:{line}" if line else where
        super().__init__(" ".join(part for part in (f"{place}: {problem}.", remedy) if part))


class ConfigError(MedlintError):
    """A configuration file or option that cannot be used."""


class RuleError(MedlintError):
    """A rule file that cannot be used."""


class ReadError(MedlintError):
    """An article that cannot be read."""
