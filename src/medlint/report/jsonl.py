"""JSON Lines: the objects of the JSON report's ``files``, a line each, for streams."""

from __future__ import annotations

import json
from typing import TextIO

from medlint.report import Report
from medlint.report.json import file_data


def write(report: Report, out: TextIO) -> None:
    """Write one line a file."""
    for file in report.files:
        out.write(json.dumps(file_data(file), ensure_ascii=False, allow_nan=False, default=str) + "\n")
