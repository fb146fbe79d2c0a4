"""JSON Lines: the objects of the JSON report's ``files``, a line each, for streams."""

from __future__ import annotations

from typing import TextIO

from medlint.report import Report
from medlint.report.json import file_data, strict


def write(report: Report, out: TextIO) -> None:
    """Write one line a file."""
    for file in report.files:
        out.write(strict(file_data(file)) + "\n")
