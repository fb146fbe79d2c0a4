"""TOML from people we do not know: keys of thousands of parts and numbers of a million digits are refused, not tried."""

from __future__ import annotations

import re
from typing import Any

MAX_CHARACTERS = 200_000
MAX_PARTS = 40
"""The most parts of a dotted key. The parser's time grows with their square, and every part is a level of nesting."""


class TomlError(ValueError):
    """TOML that cannot be used: what is wrong, and on which line of the text."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def loads(text: str) -> dict[str, Any]:
    """The values in ``text``. Raises TomlError."""
    import tomllib

    if len(text) > MAX_CHARACTERS:
        raise TomlError(f"it is longer than {MAX_CHARACTERS:,} characters", 1)
    for number, line in enumerate(text.splitlines(), 1):
        # What stands before an equals sign is a key, and a header is one without; only a long text can mislead here.
        keys = line.split("=")[:-1] or [line]
        if line.count(".") > MAX_PARTS and any(
            key.count(".") > MAX_PARTS for key in keys if not key.lstrip().startswith("#")
        ):
            raise TomlError(f"a key has more than {MAX_PARTS} parts", number)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError("it is nested too deeply", 1) from None
    except ValueError as error:  # also for a number of more digits than Python converts
        found = re.search(r" \(at (?:line (\d+)|end of document).*\)$", str(error))
        line_number = int(found[1]) if found and found[1] else text.count("\n") + 1 if found else 1
        raise TomlError(
            str(error)[: found.start()] if found else "it has a number of too many digits", line_number
        ) from None
