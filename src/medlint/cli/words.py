"""The words of ``medlint check`` read without typer, whose import takes as long as checking an article.

Only what is certain is read here. Help, mistakes and everything unusual is typer's, so its messages stay the only ones.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medlint.cli.check import Request

SHORT = {"-f": "--format", "-o": "--output-file", "-j": "--jobs", "-q": "--quiet"}
_SWITCHES = {"--no-suppressions": "suppressions", "--no-cache": "cache"}
_DEFAULTS = Request._field_defaults


def read(words: Sequence[str]) -> Request | None:
    """The request that ``words`` make, or None where they had better be read by typer."""
    if "MEDLINT_OFFLINE" in os.environ:
        return None
    values: dict[str, Any] = {}
    remaining = iter(words)
    for word in remaining:
        if word == "-" or not word.startswith("-"):
            values.setdefault("paths", []).append(word)
            continue
        option, equals, value = SHORT.get(word, word).partition("=")
        field = _SWITCHES.get(option) or option.removeprefix("--").replace("-", "_")
        if not option.startswith("--") or field not in _DEFAULTS or field == "paths":
            return None
        if isinstance(_DEFAULTS[field], bool):
            if equals:
                return None
            values[field] = option not in _SWITCHES
            continue
        if not equals:
            value = next(remaining, "-")
        if value.startswith("-") or not value:
            return None
        if field in ("report", "select", "ignore", "exclude"):
            values.setdefault(field, []).append(value)
        elif field == "jobs":
            if not (value.isascii() and value.isdigit()):
                return None
            values[field] = int(value)
        else:
            values[field] = Path(value) if field == "config" else value
    return Request(**values)
