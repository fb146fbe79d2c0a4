"""Where things stand in a TOML text, for messages; tomllib keeps no places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_HEADER = re.compile(r"\s*\[(\[?)\s*([\w.\"' -]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*([\w.\"'-]+))?\s*=")


def lines(text: str) -> Mapping[str, int]:
    """The line of every setting and table of a TOML text by its dotted place (``override[0].paths``).

    Read from how settings are usually written, a line each; what is written otherwise has no line.
    """
    found: dict[str, int] = {}
    count: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = re.sub(r"[\"' ]", "", header[2]).removeprefix("tool.medlint").removeprefix(".")
            if header[1]:
                count[table] += 1
                table = f"{table}[{count[table] - 1}]"
            else:  # a table below the last table of an array
                head, dot, rest = table.partition(".")
                table = f"{head}[{count[head] - 1}]{dot}{rest}" if count[head] else table
            found.setdefault(table, number)
            table += "." if table else ""
        elif key := _KEY.match(line):
            name = re.sub(r"[\"' ]", "", f"{key[1]}.{key[2] or ''}".rstrip("."))
            found.setdefault(f"{table}{name}", number)
    return found
