"""Inputs that broke a target once, made small, and what they broke."""

FOUND: list[tuple[str, bytes, str]] = [
    ("address", b"//-1.0", "Python reads '-1' as a number, so a link ended the run of all links"),
    ("rule-file", b"!!int ", "PyYAML indexes the empty text of a number with a tag"),
    ("configuration", b"exclude = ['[z-a]']", "pathspec makes a bad regular expression of a range the wrong way round"),
    ("configuration", b"exclude = ['[[:alpha:]']", "and one that RE2 refuses by an error of its own"),
    ("configuration", b"[rules.nothing]\n", "an empty table left no trace of its file, so the message did not name it"),
    ("configuration", b"fail-on = ''", "difflib crashes on an empty word, which is near to nothing"),
    ("rule-file", b"'':", "difflib, again"),
    ("rule-file", b"~:\n?", "two keys that are both null but written differently ended the search for the second"),
    (
        "response",
        b"HTTP/1.1 302 Found\r\nLocation: /1\r\n\r\n\n----\nHTTP/1.1 302 Found\r\nLocation: /2\r\n\r\n\n----\nHTTP/1.1 200 OK\r\n\r\n\n----\n"
        + b"\n----\n".join(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % number for number in range(3, 20)),
        "redirects of GET were counted anew after those of HEAD",
    ),
    (
        "suppressions",
        b"\0<!-- medlint-disable odd-word until 2027d-word untl 2027-03 -- x -->y.",
        "'until' was taken for a rule, which the fix could not take out",
    ),
    (
        "suppressions",
        b"\0<!-- medlint-ignore-file odd-word, odd-beetle--- y -->A zyzzyva.",
        "a reason without a blank before it was a reason when read, and a rule when mended",
    ),
    (
        "suppressions",
        b"\0One <<!-- medlint-ignore-file odd-word -- y -->!-- medlint-enable odd-word -->two.",
        "what stood around a deleted comment became a comment, and its words were gone",
    ),
    ("front-matter", b"\0\t\t\n1&\0\x0b\t\n1&", "the law itself: the Markdown parser takes a vertical tab for blank"),
    ("markdown", b"a[^b ]\n\n[^b]: c", "the law itself: the label of a footnote is told without the blanks at its end"),
    ("markdown", b"---\ntitle: a  \n b\n---\nc", "the law itself: YAML, not Markdown, folds the lines of a title"),
]
