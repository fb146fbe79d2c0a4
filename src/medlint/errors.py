"""The one exception family. A message names the file and line and ends with the remedy."""

from __future__ import annotations

import os
import re


class MedlintError(Exception):
    """Something medlint could not do, worded for the person who can mend it: every one says what to do."""

    def __init__(self, where: str, problem: str, *, remedy: str, line: int | None = None) -> None:
        self.where = where
        self.problem = problem
        self.line = line
        self.remedy = remedy
        place = f"{where}:{line}" if line else where
        super().__init__(f"{place}: {problem}. {remedy}")


class ConfigError(MedlintError):
    """A configuration file or option that cannot be used."""


class RuleError(MedlintError):
    """A rule file that cannot be used."""


class ReadError(MedlintError):
    """An article that cannot be read."""


# A crash is shown to strangers: the folders of the machine it happened on are nobody's business.
_PATH = re.compile(r"(?:~|[A-Za-z]:)?(?:[\\/][^\s\\/'\":]+)+[\\/]")


def without_paths(text: str) -> str:
    """``text`` with only the last part of every path in it, and no home folder, whatever it is called."""
    home = os.path.expanduser("~")  # noqa: PTH111 (which fails where a user has no home)
    return _PATH.sub("", text.replace(home, "~") if len(home) > 1 else text)
