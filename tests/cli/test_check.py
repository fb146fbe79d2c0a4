"""The command line as people and CI use it: exit codes, streams, files that cannot be read."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from medlint import bundle, run
from medlint import fix as fixes
from medlint.cli import invoke
from medlint.report import FORMATS
from medlint.source import Source
from tests.report import hostile
from tests.report.test_formats import commands

CLEAN = "# Tea\n\nTea is warm.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with one house rule and nothing else running."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "MEDLINT_OFFLINE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    rules = tmp_path / "house"
    rules.mkdir()
    for name, severity in (("odd-word", "error"), ("odd-beetle", "info")):
        word = "zyzzyva" if name == "odd-word" else "beetle"
        (rules / f"{name}.yaml").write_text(
            f"name: {name}\nseverity: {severity}\nconfidence: high\nsummary: An odd word.\nmessage: '“{{text}}” is odd.'\n"
            "advice: Use another.\nwhy: Because.\nsources: [{title: T, publisher: P, accessed: 2026-11-01}]\n"
            f"check: pattern\noptions: {{match: ['{word}']}}\n"
            f"examples: {{bad: ['A **{word}**.', 'One **{word}** more.'], good: ['A bee.', 'A fly.']}}\n",
            "utf-8",
        )
    (tmp_path / "medlint.toml").write_text(
        "rule-folders = ['house']\nselect = ['house', 'self']\n[links]\noffline = true\n"
    )
    (tmp_path / ".git").mkdir()
    return tmp_path


def article(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return name


def mending() -> None:
    """Let the rule of the project mend what it finds."""
    rule = Path("house/odd-word.yaml")
    text = rule.read_text("utf-8").replace("['zyzzyva']", "['zyzzyva'], replace: {zyzzyva: weevil}, fix: safe")
    rule.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (CLEAN, [], 0),
        ("A zyzzyva.", [], 1),
        ("A zyzzyva.", ["--fail-on", "never"], 0),
        ("A zyzzyva.", ["--exit-zero"], 0),
        ("A beetle.", [], 0),
        ("A beetle.", ["--fail-on", "info"], 1),
        ("A zyzzyva.", ["--ignore", "odd-word"], 0),
        ("A zyzzyva and a beetle.", ["--select", "odd-beetle"], 0),
    ],
)
def test_exit_codes(text: str, options: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["check", article("a.md", text), *options]) == code
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--select", "od-word"], "Did you mean 'odd-word'"),
        (["--format", "xml"], "no format"),
        (["--today", "yesterday"], "not a date"),
        (["--region", "usa"], "Did you mean 'us'"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
        (["--fail-on", "fatal"], "fail-on"),
        (["--report", "json"], "FORMAT=PATH"),
        (["--nonsense"], "nonsense"),
        (["--baseline", "nowhere.json"], "Make it with 'medlint baseline write'"),
    ],
)
def test_mistakes_in_options_exit_2_with_a_remedy(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["check", article("a.md", CLEAN), *options]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err
    assert not captured.out


def test_what_cannot_be_read_is_said_and_the_rest_stands(capsys: pytest.CaptureFixture[str]) -> None:
    article("good.md", "A zyzzyva.")
    Path("binary.md").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    Path("bad.html").write_bytes(b"<meta charset=utf-8>\xff")
    assert invoke(["check", ".", "missing.md", "--format", "json"]) == 2
    files = {Path(file["path"]).name: file for file in json.loads(capsys.readouterr().out)["files"]}
    assert {name: file["status"] for name, file in files.items()} == {
        "good.md": "checked", "binary.md": "unreadable", "bad.html": "unreadable", "missing.md": "unreadable",
    }  # fmt: skip
    assert [finding["rule"] for finding in files["good.md"]["findings"]] == ["odd-word"]
    assert files["binary.md"]["findings"][0]["rule"] == "file-unreadable"


def test_nothing_to_check_is_not_success(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert invoke(["check", "empty"]) == 2
    assert "no HTML or Markdown article" in capsys.readouterr().out
    assert invoke(["check", "empty", "--allow-empty"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="a file with holes takes its room there")
def test_a_huge_file_is_refused_unread(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.md").touch()
    os.truncate("a.md", 10**11)
    article("b.md", "A zyzzyva.")
    assert invoke(["check", "a.md", "b.md"]) == 2
    out = capsys.readouterr().out
    assert (
        "a.md:1:1: error[file-unreadable] the file is too large: 100,000,000,000 bytes, over the limit of 10,000,000."
        in out
    )
    assert "b.md:1:3: error[odd-word]" in out


def test_a_file_over_the_limit_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("medlint.toml").write_text("max-bytes = 10\n[links]\noffline = true\n")
    assert invoke(["check", article("a.md", "A text of more than ten bytes.")]) == 2
    assert "too large" in capsys.readouterr().out


def test_folders_obey_gitignore_and_exclude(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.md", "build/b.md", "drafts/c.md", "deep/d.html", "node_modules/e.md", "notes.txt"):
        article(name, CLEAN)
    Path(".gitignore").write_text("[z-a]\nbuild/\n")
    Path("medlint.toml").write_text("exclude = ['drafts/']\n[links]\noffline = true\n")
    assert invoke(["check", "--format", "json", "--fail-on", "never"]) == 0
    assert [file["path"] for file in json.loads(capsys.readouterr().out)["files"]] == ["a.md", "deep/d.html"]


def test_what_is_excluded_stays_so_when_named_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    name = article("drafts/c.md", "A zyzzyva.")
    article("a.md", CLEAN)
    with Path("medlint.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write("exclude = ['drafts/']\n" + text)
    assert invoke(["check", name, "a.md"]) == 0
    captured = capsys.readouterr()
    assert not captured.out
    assert "drafts/c.md is left out, because 'exclude' says so; --no-exclude" in captured.err
    assert invoke(["check", name]) == 2
    assert invoke(["check", name, "--allow-empty"]) == 0
    assert invoke(["check", name, "--no-exclude"]) == 1
    capsys.readouterr()
    done = medlint("check", "-", "--stdin-filename", "drafts/new.md", "--allow-empty", stdin="A zyzzyva.")
    assert (done.returncode, done.stdout) == (0, "")
    assert "left out" in done.stderr


def test_a_folder_in_a_monorepo_has_its_own_excludes(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.md", "site/b.md", "site/old/c.md"):
        article(name, CLEAN)
    article("site/medlint.toml", "exclude = ['/old/']\nlinks.offline = true\n")
    invoke(["check", ".", "--exclude", "a.md", "--format", "json"])
    assert [file["path"] for file in json.loads(capsys.readouterr().out)["files"]] == ["site/b.md"]


def test_links_in_folders_are_not_followed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    article("site/a.md", CLEAN)
    try:
        Path("site/loop").symlink_to(tmp_path / "site")
        Path("site/secret.md").symlink_to("/etc/hostname")
    except OSError:
        pytest.skip("no symbolic links here")
    invoke(["check", "site", "--format", "json"])
    assert [file["path"] for file in json.loads(capsys.readouterr().out)["files"]] == ["site/a.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_file_is_passed_over_in_folders_and_refused_by_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("hunter2")
    site = tmp_path / "site"
    article("site/a.md", "A zyzzyva.")
    article("site/folder.md/b.md", CLEAN)
    monkeypatch.chdir(site)
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
    for name, target in (("loop", "."), ("out.md", secret), ("up.md", "../secret.md"), ("kernel.md", "/proc/self/environ"),
                         ("zero.md", "/dev/zero"), ("nowhere.md", "gone"), ("circle.md", "circle.md"), ("etc", "/etc")):  # fmt: skip
        Path(name).symlink_to(target)
    monkeypatch.setenv("MEDLINT_SECRET", "hunter2")
    assert invoke(["check", ".", "--format", "json"]) == 1
    assert [file["path"] for file in json.loads(capsys.readouterr().out)["files"]] == ["a.md", "folder.md/b.md"]
    odd = [
        "pipe.md",
        "socket.md",
        "out.md",
        "up.md",
        "kernel.md",
        "zero.md",
        "nowhere.md",
        "circle.md",
        "/dev/zero",
        "/dev/null",
    ]
    assert invoke(["check", *odd, "a.md", "--format", "json"]) == 2
    captured = capsys.readouterr()
    files = {file["path"]: file for file in json.loads(captured.out)["files"]}
    assert {name for name, file in files.items() if file["status"] == "unreadable"} == set(odd)
    assert [finding["rule"] for finding in files["a.md"]["findings"]] == ["odd-word"]
    assert "hunter2" not in captured.out + captured.err


def test_a_file_that_vanishes_meanwhile_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    article("a.md", CLEAN)
    article("b.md", "A zyzzyva.")
    original = run.prepare

    def slowly(*rest: Any, **options: Any) -> run.Prepared:
        prepared = original(*rest, **options)
        Path("a.md").unlink()
        return prepared

    monkeypatch.setattr(run, "prepare", slowly)
    assert invoke(["check", "."]) == 2
    out = capsys.readouterr().out
    assert "a.md:1:1: error[file-unreadable] there is no such file." in out
    assert "b.md:1:3: error[odd-word]" in out


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes there")
def test_files_of_any_name_reach_every_format(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = [os.fsencode(name) for name in hostile.NAMES if "/" not in name]
    names += [
        b"\xff\xfe.md",
        b"n" * 252 + b".md",
        "caf\u00e9.md".encode(),
        "cafe\u0301.md".encode(),
        b"-",
        b"--help.md",
        b" .md",
    ]
    Path("names").mkdir()
    for name in names:
        Path(os.fsdecode(b"names/" + name)).write_text("A zyzzyva.")
    found = len([name for name in set(names) if name.endswith(b".md")])
    assert invoke(["check", "names", *(f"--report={format}=out/{format}" for format in FORMATS)]) == 1
    written = {path.name: path.read_bytes() for path in Path("out").iterdir() if path.is_file()}
    assert len(json.loads(written["json"])["files"]) == found
    assert len(written["jsonl"].decode().split("\n")) == found + 1
    assert len(ElementTree.fromstring(written["junit"]).findall("testsuite")) == found
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(written["sarif"])["runs"][0]["results"]
    ]
    assert sorted(unquote_to_bytes(place) for place in places) == sorted(
        b"names/" + n for n in set(names) if n.endswith(b".md")
    )
    for name, data in written.items():
        assert data.decode("utf-8").count("odd-word") >= (found if name != "html" else 1), name
    capsys.readouterr()


def test_a_page_on_the_web_is_not_fetched(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["check", "https://example.org/a.html", "--format", "json"]) == 2
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["status"], file["findings"][0]["advice"]) == (
        "unreadable",
        "Save the page as a file and check that, or check its source.",
    )


def test_standard_input_has_a_name() -> None:
    done = medlint("check", "-", "--stdin-filename", "x.html", "--format", "json", stdin="<p>A zyzzyva.</p>")
    (file,) = json.loads(done.stdout)["files"]
    assert (file["path"], file["findings"][0]["column"]) == ("x.html", 6)
    assert done.returncode == 1


def test_standard_input_is_read_once_however_often_it_is_named() -> None:
    done = medlint("check", "-", "-", "--format", "json", stdin="A zyzzyva.")
    assert len(json.loads(done.stdout)["files"]) == 1


def test_what_is_for_programs_goes_out_and_the_rest_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    name = article("a.md", "A zyzzyva.")
    for format in ("concise", "json", "sarif"):
        invoke(["check", name, "--format", format])
        captured = capsys.readouterr()
        assert "1 error in 1 file by 2 rules." in captured.err
        assert "1 error in 1 file" not in captured.out
    invoke(["check", name, "--quiet"])
    assert capsys.readouterr() == ("", "")


def test_a_runner_sees_no_command_in_what_is_for_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    article("##[group]a.md", "::error::x\n\nA zyzzyva ##[add-mask]x.\n\n::warning::y zyzzyva\n")
    article("::error::b.md", "A zyzzyva.")
    for options in (["--format", "text"], ["--format", "concise"], ["--show-undetermined", "--statistics"], ["--fix"],
                    ["::set-output name=x::y.md"], ["--select", "##[error]x"], ["--config", "::error::x"]):  # fmt: skip
        assert invoke(["check", ".", *options]) in (1, 2)
        captured = capsys.readouterr()
        assert "zyzzyva" in captured.out or captured.err
        assert not list(commands(captured.out + captured.err))
    Path("medlint.toml").write_text("'##[error]x' = 1\n")
    assert invoke(["check", "."]) == 2
    assert "error]x" in (said := capsys.readouterr().err)
    assert not list(commands(said))


def test_reports_go_to_files_too(capsys: pytest.CaptureFixture[str]) -> None:
    name = article("a.md", "A zyzzyva.")
    assert invoke(["check", name, "--report", "json=out.json", "--report", "sarif=out.sarif", "-o", "out.txt"]) == 1
    assert json.loads(Path("out.json").read_text())["summary"]["findings"]["error"] == 1
    assert json.loads(Path("out.sarif").read_text())["version"] == "2.1.0"
    assert "zyzzyva" in Path("out.txt").read_text("utf-8")
    assert not capsys.readouterr().out


def test_text_shows_the_words_and_concise_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = article("a.md", "Some text.\n\nA zyzzyva sat.\n")
    invoke(["check", name, "--format", "text"])
    assert capsys.readouterr().out == (
        "error: “zyzzyva” is odd.\n"
        "  ╭─ a.md:3:3  [odd-word]\n"
        "3 │ A zyzzyva sat.\n"
        "  │   ━━━━━━━\n"
        "  = Use another.\n"
        "\n"
        "1 error in 1 file by 2 rules.\n"
    )
    invoke(["check", name])
    assert capsys.readouterr().out == "a.md:3:3: error[odd-word] “zyzzyva” is odd.\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    invoke(["check", name, "--format", "text"])
    coloured = capsys.readouterr().out
    assert "\x1b[31;1merror\x1b[0m" in coloured
    assert "\x1b]8;;https://medlint.readthedocs.io/reference/rules/#odd-word" in coloured


def test_a_report_can_be_made_again(capsys: pytest.CaptureFixture[str]) -> None:
    name = article("a.md", "A zyzzyva.")
    outputs = []
    for _ in range(2):
        invoke(["check", name, "--format", "json", "--today", "2026-11-23"])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["today"] == "2026-11-23"


def test_fix_and_diff(capsys: pytest.CaptureFixture[str]) -> None:
    mending()
    Path("a.md").write_bytes(b"\xef\xbb\xbfA zyzzyva.\r\n")
    Path("a.md").chmod(0o640)
    assert invoke(["check", "a.md", "--diff"]) == 1
    assert "+A weevil." in capsys.readouterr().out
    assert Path("a.md").read_bytes() == b"\xef\xbb\xbfA zyzzyva.\r\n"
    assert invoke(["check", "a.md", "--fix"]) == 0
    assert Path("a.md").read_bytes() == b"\xef\xbb\xbfA weevil.\r\n"
    if os.name == "posix":
        assert Path("a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "content", "encoding"),
    [
        ("a.md", b"One.\r\n\r\nA zyzzyva.\r\nMore. \t\r\n", "ascii"),
        ("a.md", b"One.\r\rA zyzzyva.\rMore.", "ascii"),
        ("a.md", b"One.\n\r\n\rA zyzzyva.\r\n\n\n  ", "ascii"),
        ("a.md", b"\xef\xbb\xbfOne \xc3\xa9.\r\n\r\nA zyzzyva.", "ascii"),
        ("a.md", b"Caf\xe9 \x93so\x94 \x96 a zyzzyva \x80.\n", "ascii"),
        ("a.html", b"<meta charset=windows-1252>\r\n<p>Caf\xe9 &nbsp;&eacute; a zyzzyva\x85</p>", "ascii"),
        ("a.html", b"<meta charset=iso-8859-2><p>\xb1 a zyzzyva \xa0</p>", "ascii"),
        ("a.md", b"\xff\xfe" + "É a zyzzyva.\r\n".encode("utf-16-le"), "utf-16-le"),
        ("a.md", b"\xfe\xff" + "É a zyzzyva.\r\n".encode("utf-16-be"), "utf-16-be"),
        ("a.md", b"\x0c\x00 A zyzzyva \xe2\x80\xa8.\n", "ascii"),
    ],
)
def test_a_fix_changes_no_byte_outside_its_edit(
    name: str, content: bytes, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mending()
    Path(name).write_bytes(content)
    assert invoke(["check", name, "--fix", "--ignore", "encoding-guessed"]) == 0
    assert Path(name).read_bytes() == content.replace("zyzzyva".encode(encoding), "weevil".encode(encoding))
    assert "mended 1" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may give files away")
def test_a_fix_keeps_mode_and_owner(capsys: pytest.CaptureFixture[str]) -> None:
    mending()
    path = Path(article("a.md", "A zyzzyva."))
    path.chmod(0o2664)
    os.chown(path, 12345, 23456)
    path.chmod(0o2664)
    assert invoke(["check", "a.md", "--fix"]) == 0
    status = path.stat()
    assert (path.read_text(), status.st_uid, status.st_gid, status.st_mode & 0o7777) == (
        "A weevil.",
        12345,
        23456,
        0o2664,
    )
    capsys.readouterr()


def test_a_read_only_file_is_left_alone_and_said(capfd: pytest.CaptureFixture[str]) -> None:
    mending()
    for name in ("a.md", "b.md"):
        article(name, "A zyzzyva.")
    Path("a.md").chmod(0o444)
    assert invoke(["check", "a.md", "b.md", "--fix"]) == 2
    captured = capfd.readouterr()
    assert "not mended: a.md: it cannot be written: it is read-only. Check its permissions" in captured.err
    assert (Path("a.md").read_text(), Path("b.md").read_text()) == ("A zyzzyva.", "A weevil.")
    assert "a.md:1:3: error[odd-word]" in captured.out
    assert invoke(["check", "b.md", "-o", "a.md"]) == 2
    assert "a.md: it is read-only" in capfd.readouterr().err
    assert Path("a.md").read_text() == "A zyzzyva."


def test_what_could_not_be_written_back_as_it_was_is_left_alone_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    mending()
    content = b"Caf\xe9 \x81 a zyzzyva.\n"  # no character of windows-1252 is 0x81
    Path("a.md").write_bytes(content)
    assert invoke(["check", "a.md", "--fix"]) == 2
    assert "not mended: a.md: it cannot be written back as cp1252 without changing" in capsys.readouterr().err
    assert Path("a.md").read_bytes() == content


def test_a_file_that_changed_since_it_was_read_is_left_alone_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mending()
    for name in ("a.md", "b.md"):
        article(name, "A zyzzyva.")
    original = fixes.fix

    def slowly(source: Source, *rest: Any) -> fixes.Fixed:
        if source.name == "a.md":
            article("a.md", "My own words.")
        return original(source, *rest)

    monkeypatch.setattr(fixes, "fix", slowly)
    assert invoke(["check", "a.md", "b.md", "--fix"]) == 2
    captured = capsys.readouterr()
    assert "not mended: a.md: the file changed while it was being mended. Run it again." in captured.err
    assert (Path("a.md").read_text(), Path("b.md").read_text()) == ("My own words.", "A weevil.")


def test_standard_input_is_mended_onto_standard_output() -> None:
    mending()
    done = medlint("check", "-", "--fix", "--stdin-filename", "a.md", stdin="A zyzzyva and a beetle.\n")
    assert (done.returncode, done.stdout) == (0, "A weevil and a beetle.\n")
    assert "odd-beetle" in done.stderr
    assert "odd-word" not in done.stderr
    assert medlint("check", "-", "--diff", stdin="A zyzzyva.\n").stdout.endswith("-A zyzzyva.\n+A weevil.\n")


def test_what_cannot_be_read_is_left_alone_by_fixes_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    bad = b"<meta charset=utf-8><p>A zyzzyva \xff</p>"
    Path("bad.html").write_bytes(bad)
    assert invoke(["check", "bad.html", "--diff"]) == 2
    assert "Save the file as UTF-8" in capsys.readouterr().err
    assert invoke(["check", "missing.md", "--diff"]) == 2
    assert invoke(["check", "bad.html", "--fix"]) == 2
    assert Path("bad.html").read_bytes() == bad
    capsys.readouterr()


def test_a_baseline_holds_wherever_medlint_is_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    article("site/a.md", "A zyzzyva sat on the mat.\n")
    assert invoke(["baseline", "write", "site"]) == 0
    assert "--baseline medlint-baseline.json" in capsys.readouterr().out
    with Path("medlint.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write("baseline = 'medlint-baseline.json'\n" + text)
    monkeypatch.chdir(tmp_path / "site")
    for name in ("a.md", str(tmp_path / "site" / "a.md"), "../site/a.md", "."):
        assert invoke(["check", name]) == 0
    assert invoke(["baseline", "prune", "."]) == 0
    assert invoke(["check", "a.md"]) == 0
    assert invoke(["baseline", "show"]) == 0
    assert "site/a.md  odd-word" in capsys.readouterr().out


def test_a_baseline_accepts_survives_reflow_and_is_pruned(capsys: pytest.CaptureFixture[str]) -> None:
    name = article("a.md", "A zyzzyva sat on the mat.\n")
    assert invoke(["baseline", "write", name, "--file", "base.json"]) == 0
    article(name, "A new paragraph.\n\nA zyzzyva\nsat on   the mat.\n")
    assert invoke(["check", name, "--baseline", "base.json"]) == 0
    article(name, "A zyzzyva sat on the mat. A zyzzyva again.\n")
    assert invoke(["check", name, "--baseline", "base.json"]) == 1
    article(name, CLEAN)
    assert invoke(["baseline", "prune", name, "--file", "base.json"]) == 0
    assert json.loads(Path("base.json").read_text())["files"] == {}
    capsys.readouterr()


ENTRY = '{"fingerprint": "0123", "rule": "odd-word", "text": "zyzzyva"}'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "base.json:1: not a baseline"),
        (f'{{"version": 1,\n"files": {{"a.md": [\n{ENTRY}\n', "base.json:4: not a baseline"),
        (f'{{"version": 1,\n"files": {{"a.md": [\n<<<<<<< HEAD\n{ENTRY}]}}}}\n', "base.json:3: not a baseline"),
        (
            f'{{"version": 1, "files": {{"a.md": [{ENTRY.replace("0123", "01" + chr(92) + "ud800")}]}}}}',
            "base.json:1: not a bas",
        ),
        ('{"version": 1, "files": {"a.md": [{"rule": "odd-word"}]}}', "missing required field `fingerprint`"),
        ('{"version": 1, "files": {"a.md": [{"fingerprint": 7, "rule": "odd-word"}]}}', "Expected `str`, got `int`"),
        ('{"version": 1, "files": {}, "accept-everything": true}', "unknown field `accept-everything`"),
        ('{"version": 1, "files": ["a.md"]}', "Expected `object`, got `array`"),
        ("{}", "missing required field `version`"),
        ("[]", "not a baseline"),
        ("null", "not a baseline"),
        ('{"$schema": "http://json-schema.org/draft-07/schema#"}', "not a baseline"),
        ("\ufeff{}", "base.json:1: not a baseline"),
        ('{"version": "1"}', "not a baseline"),
        ('{"version": 2, "articles": {"a.md": ["*"]}}', "a baseline of version 2, and this medlint reads version 1"),
        ('{"version": 99999999999999999999}', "a baseline of version 99999999999999999999"),
        ('{"x": ' + "[" * 200_000, "not a baseline"),
        ('{"version": 1, "files": ' + '{"a": ' * 200_000, "not a baseline"),
        (None, "too large: 100,000,001 bytes, over the limit of 100,000,000. Name a baseline"),
    ],
)
@pytest.mark.parametrize("command", [["check", "a.md", "--baseline", "base.json"], ["baseline", "prune", "a.md", "--file", "base.json"]],
                         ids=["check", "prune"])  # fmt: skip
def test_a_baseline_that_cannot_be_trusted_is_refused_with_its_place_and_a_remedy(
    command: list[str], content: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    article("a.md", "A zyzzyva.")
    path = Path("base.json")
    if content is None:
        path.touch()
        os.truncate(path, 100_000_001)
    else:
        path.write_text(content, "utf-8")
    before = path.stat()
    assert invoke(command) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "medlint baseline write" in captured.err
    assert "Traceback" not in captured.err
    assert "bug" not in captured.err
    assert not captured.out
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_a_large_baseline_is_read_whatever_the_limit_of_an_article(capsys: pytest.CaptureFixture[str]) -> None:
    article("a.md", "A zyzzyva.")
    assert invoke(["baseline", "write", "a.md", "--file", "base.json"]) == 0
    data = json.loads(Path("base.json").read_text())
    entry = data["files"]["a.md"][0]
    data["files"]["b.md"] = [{**entry, "text": "x" * 80}] * 80_000
    Path("base.json").write_text(json.dumps(data))
    assert Path("base.json").stat().st_size > 10_000_000
    assert invoke(["check", "a.md", "--baseline", "base.json"]) == 0
    capsys.readouterr()


def medlint(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """medlint as a process of its own."""
    command = [sys.executable, "-c", "from medlint._entry import main; main()", *words]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf-8", env=env, timeout=60)


def test_the_version_needs_nothing_imported() -> None:
    code = "import sys; from medlint._entry import main; main(['--version']); print(sorted(m for m in sys.modules if m.startswith(('typer', 'click', 'medlint.', 'yaml', 'msgspec'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "['medlint._entry', 'medlint._version']"


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_an_offline_check_imports_nothing_heavy(name: str) -> None:
    article(name, CLEAN)
    bundle.load()  # compiled anew after a change, which does need YAML
    heavy = (
        "requests",
        "bs4",
        "textstat",
        "nltk",
        "pydantic",
        "yaml",
        "jinja2",
        "urllib3",
        "rich",
        "dateutil",
        "email",
        "_hashlib",
        "turbohtml.extract",
    )
    code = f"""
import sys
from medlint.cli import invoke
invoke(["check", {name!r}, "--offline", "--isolated", "-q"])
print([m for m in {heavy!r} if m in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error there")
@pytest.mark.parametrize(
    ("text", "options", "closed", "code"),
    [
        ("A zyzzyva.\n\n" * 900, [], {"stdout"}, 1),
        ("A zyzzyva.\n\n" * 900, [], {"stderr"}, 1),
        (CLEAN, [], {"stdout", "stderr"}, 0),
        (CLEAN, ["--config", "nowhere.toml"], {"stderr"}, 2),
    ],
    ids=["findings", "what is said beside them", "both", "a mistake"],
)
def test_a_closed_pipe_is_quiet_and_changes_no_verdict(
    text: str, options: list[str], closed: set[str], code: int
) -> None:
    article("a.md", text)
    words = ["check", "a.md", "--statistics", "--show-undetermined", "--report", "json=out.json", *options]
    command = [sys.executable, "-c", "from medlint._entry import main; main()", *words]
    reader, writer = os.pipe()
    os.close(reader)
    streams = {name: writer if name in closed else subprocess.PIPE for name in ("stdout", "stderr")}
    with os.fdopen(writer, "wb"), subprocess.Popen(command, text=True, **streams) as process:  # type: ignore[call-overload]
        out, said = process.communicate(timeout=60)
        assert process.returncode == code
        assert "Traceback" not in (said or "")
        assert "Exception ignored" not in (said or "")
        assert out is None or out.count("odd-word") == (900 if code == 1 else 0)
    if code != 2:
        assert len(json.loads(Path("out.json").read_text())["files"][0]["findings"]) == (900 if code == 1 else 0)


def test_an_interrupted_check_of_links_says_so_in_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from medlint import fetch

    def stopped(urls: list[str], *_: object, **__: object) -> dict[str, fetch.LinkResult]:
        return {url: fetch.LinkResult(url, fetch.Outcome.skipped, fetch.INTERRUPTED) for url in urls}

    monkeypatch.setattr(fetch, "check_links", stopped)
    name = article("a.md", "# Sleep\n\nSleep well.\n\n## Sources\n\n1. [A study](https://example.org/a)\n")
    assert invoke(["check", name, "--isolated", "--fail-on", "never"]) == 130
    assert "interrupted; what was known by then is reported" in capsys.readouterr().err


def test_a_rule_called_by_a_name_it_had_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    rule = Path("house/odd-word.yaml")
    rule.write_text(rule.read_text("utf-8") + "aliases: [weird-word]\n", "utf-8")
    Path("medlint.toml").write_text(
        "rule-folders = ['house']\nselect = ['house', 'self']\nlinks.offline = true\n[rules.weird-word]\nseverity = 'info'\n"
    )
    assert invoke(["check", article("a.md", "A zyzzyva.")]) == 0
    captured = capsys.readouterr()
    assert "info[odd-word]" in captured.out
    assert captured.err.count("The rule weird-word is called odd-word now; change it in ") == 1
