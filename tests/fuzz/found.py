"""Inputs that broke a target once, made small, and what they broke."""

FOUND: list[tuple[str, bytes, str]] = [
    ("address", b"//-1.0", "Python reads '-1' as a number, so a link ended the run of all links"),
    ("address", b"http://1_0.1.1.1/", "Python reads '1_0' as ten, so a name that no browser takes became an address"),
    ("rule-file", b"!!int ", "PyYAML indexes the empty text of a number with a tag"),
    ("configuration", b"exclude = ['[z-a]']", "pathspec makes a bad regular expression of a range the wrong way round"),
    ("configuration", b"exclude = ['[[:alpha:]']", "and one that RE2 refuses by an error of its own"),
    (
        "suppressions",
        b"\0<!-- medlint-disable odd-word -- x --><!-- medlint-disable odd-word -- x -->",
        "the second of two directives silently undid the first",
    ),
]
