"""JUnit XML: a suite for each article, a case for each rule category that ran, its findings as failures."""

from __future__ import annotations

import re
from typing import TextIO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from medlint.report import FileReport, Report

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report, out: TextIO) -> None:
    """Write ``report``; characters that XML 1.0 does not allow become U+FFFD."""
    root = Element("testsuites", name="medlint")
    categories = sorted({rule.category for rule in report.rules.values()})
    for file in report.files:
        _suite(root, file, categories)
    indent(root)
    out.write('<?xml version="1.0" encoding="utf-8"?>\n')
    ElementTree(root).write(out, encoding="unicode")
    out.write("\n")


def _suite(root: Element, file: FileReport, categories: list[str]) -> None:
    found = list(file.open)
    names = sorted({*categories, *(finding.category for finding in found)})
    failing = [finding for finding in found if finding.severity != "info"]
    suite = SubElement(root, "testsuite", name=legal(file.path), tests=str(len(names)),
                       failures=str(len({f.category for f in failing})), errors=str(int(file.failed)))  # fmt: skip
    for name in names:
        case = SubElement(suite, "testcase", classname=legal(file.path), name=name)
        for finding in found:
            if finding.category != name:
                continue
            at = file.source.position(finding.span.start)
            text = f"{file.path}:{at.line}:{at.column} [{finding.rule}] {finding.message}\n{finding.advice}"
            if finding.severity == "info":
                SubElement(case, "system-out").text = legal(text)
            else:
                failure = SubElement(case, "failure", message=legal(finding.message), type=str(finding.severity))
                failure.text = legal(text)


def legal(text: str) -> str:
    """``text`` with the characters that no XML 1.0 document may hold replaced."""
    return _ILLEGAL.sub("\ufffd", text)
