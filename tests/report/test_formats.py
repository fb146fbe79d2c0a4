"""Every format: what its consumer takes, and that no text of an article becomes anything but text."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from medlint.finding import State
from medlint.report import FORMATS, Report, reporter
from medlint.report.csv import harmless
from medlint.report.terminal import safe, width
from tests.report import hostile


def written(format: str, report: Report | None = None) -> str:
    out = io.StringIO()
    reporter(format)(report or hostile.report(), out)
    return out.getvalue()


def findings(report: Report) -> int:
    return sum(len(file.findings) for file in report.files)


def commands(log: str) -> Iterator[str]:
    """What the runner of GitHub Actions would take for a command: both of its grammars."""
    for line in log.splitlines():
        bare = line.lstrip()
        if bare.startswith("::") and "::" in bare[2:]:
            yield bare
        elif "##[" in line:
            yield line


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "html"])
def test_every_format_takes_hostile_text_and_names(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    text = written(format)
    assert "odd-word" in text
    text.encode("utf-8")


@pytest.mark.parametrize("format", ["text", "concise", "github", "markdown"])
def test_nothing_acts_on_a_terminal(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    text = written(format)
    ours = "\u200d" if format == "github" else "\u200b"
    unsafe = re.findall(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", text.replace(ours, "")
    )
    assert not unsafe


def test_colour_is_the_only_escape_that_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    rest = re.sub(r"\x1b\[[\d;]*m|\x1b\]8;;(?:https://medlint\.readthedocs\.io/[\w/#-]*)?\x1b\\", "", written("text"))
    assert "\x1b" not in rest


def test_the_runner_sees_only_our_annotations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    log = written("github")
    seen = list(commands(log))
    assert seen
    assert all(re.match(r"::(?:error|warning|notice) file=[^:]*::", line) for line in seen)
    assert len([line for line in seen if line.startswith("::warning")]) == 10
    assert "in the job summary" in seen[9]
    assert "## medlint" in summary.read_text("utf-8")
    for line in seen:
        properties = line.split("::")[1].partition(" ")[2]
        assert set(re.findall(r"(?:^|,)(\w+)=", properties)) <= {"file", "line", "col", "endColumn", "endLine", "title"}


@pytest.mark.parametrize(("letter", "times"), [("x", 6000), ("é", 3500), ("日", 3500), ("😀", 3500)])
def test_a_summary_longer_than_the_runner_takes_is_cut_between_rows_and_says_so(
    letter: str, times: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    report = hostile.report()
    files = [replace(file, findings=20 * (replace(file.findings[0], message=letter * times),)) for file in report.files]
    written("github", Report(files, today="2026-11-23", ruleset="x"))
    data = summary.read_bytes()
    assert 400_000 < len(data) < 2**20
    table, note = data.decode("utf-8").removesuffix("\n").split("\n\n")[-2:]
    assert note == "The rest is left out: the summary would be too long."
    assert all(row.startswith("| ") and row.endswith(" |") for row in table.strip().splitlines())
    assert letter * times in table


def test_what_is_missing_from_a_page_is_annotated_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    report = hostile.report()
    missing = replace(report.files[0].findings[0], text="", rule="page-lacks-something")
    files = [replace(report.files[0], findings=(*report.files[0].findings, missing)), *report.files[1:]]
    log = written("github", Report(files, today="2026-11-23", ruleset="x"))
    assert "title=page-lacks-something" in log.splitlines()[0]


def test_markdown_renders_without_links_images_or_mentions() -> None:
    cmarkgfm = pytest.importorskip("cmarkgfm")
    text = written("markdown")
    rendered = cmarkgfm.github_flavored_markdown_to_html(text)
    assert not re.findall(r"<(?:img|a|script)\b", rendered)
    outside = re.sub(r"<code>.*?</code>", "", rendered)
    assert not re.search(r"@everyone|#123", outside)
    assert rendered.count("<tr>") == findings(hostile.report()) + 1


def test_sarif_is_what_code_scanning_takes() -> None:
    log = json.loads(written("sarif"))
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["columnKind"] == "unicodeCodePoints"
    assert rules == sorted(rules)
    for rule in run["tool"]["driver"]["rules"]:
        assert {"help", "helpUri", "shortDescription", "fullDescription", "defaultConfiguration"} <= set(rule)
        assert set(rule["help"]) == {"text", "markdown"}
        # The reference validator's SARIF1001: a name that is the id in other case is no name.
        assert rule.get("name", "").lower() != rule["id"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert min(region.values()) >= 1
        assert result["partialFingerprints"]["primaryLocationLineHash"]
    pydantic_model = pytest.importorskip("sarif_pydantic")
    assert len(pydantic_model.Sarif.model_validate(log).runs[0].results) == findings(hostile.report())


def test_sarif_carries_suppressions_fixes_and_failures() -> None:
    report = hostile.report()
    silenced = replace(report.files[0].findings[0], state=State.SUPPRESSED, reason="agreed")
    files = [replace(report.files[0], findings=(silenced,), failed=True), *report.files[1:]]
    (run,) = json.loads(written("sarif", Report(files, today="2026-11-23", ruleset="x")))["runs"]
    assert {"kind": "inSource", "status": "accepted", "justification": "agreed"} in [
        suppression for result in run["results"] for suppression in result.get("suppressions", [])
    ]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert next(r for r in run["results"] if "fixes" in r)["fixes"][0]["artifactChanges"][0]["replacements"]


def test_fingerprints_differ_where_a_page_is_one_line() -> None:
    (run,) = json.loads(written("sarif"))["runs"]
    keys = [(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], r["ruleId"], r["partialFingerprints"]["primaryLocationLineHash"]) for r in run["results"]]  # fmt: skip
    assert len(keys) == len(set(keys))


def test_junit_is_xml_with_a_case_for_each_category() -> None:
    root = ElementTree.fromstring(written("junit"))
    assert len(root.findall("testsuite")) == len(hostile.NAMES)
    for suite in root.findall("testsuite"):
        assert int(suite.get("tests", "0")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "0")) == len([case for case in suite if case.find("failure") is not None])


def test_gitlab_issues_have_what_gitlab_needs() -> None:
    issues = json.loads(written("gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == findings(hostile.report())
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1


def test_rdjson_counts_bytes() -> None:
    data = json.loads(written("rdjson"))
    assert data["source"]["name"] == "medlint"
    for diagnostic in data["diagnostics"]:
        assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO")
        start = diagnostic["location"]["range"]["start"]
        assert min(start.values()) >= 1


def test_json_lines_hold_the_files_of_the_json_report() -> None:
    lines = [json.loads(line) for line in written("jsonl").split("\n") if line]
    assert lines == json.loads(written("json"))["files"]


def test_json_is_strict_and_says_its_version() -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    data = json.loads(written("json").encode("utf-8"), parse_constant=refuse)
    assert data["version"] == 1
    assert len(data["files"]) == len(hostile.NAMES)
    texts = {finding["text"] for file in data["files"] for finding in file["findings"]}
    assert any("[bold]markup[/bold]" in text for text in texts)
    assert not any("\ud800" <= char <= "\udfff" for char in json.dumps(data, ensure_ascii=False))


def test_cells_begin_no_formula() -> None:
    for cell in ("=1+1", "+1", "-1", "@x", "\tx", "\rx"):
        assert harmless(cell).startswith("'")
    assert harmless("plain -1") == "plain -1"


def test_controls_are_shown_and_widths_are_cells() -> None:
    assert safe("a\x1b[0m\x07\x9b\u202e") == "a␛[0m␇\\x9b\\u202e"
    assert [width(text) for text in ("ab", "日本", "e\u0301")] == [2, 4, 1]
