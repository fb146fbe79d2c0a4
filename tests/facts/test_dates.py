"""When a page says it was published, updated and reviewed, in the labels and places that pages use."""

from __future__ import annotations

import pytest

from medlint.facts.dates import Dates, find
from medlint.facts.people import find as find_people
from medlint.readers import read
from medlint.source import Source

PROSE = "<p>" + "Drink enough and rest until the fever has gone; most people feel better within a week. " * 3 + "</p>"


def dates(text: str) -> Dates:
    document = read(Source(text, "a.html" if text.lstrip().startswith("<") else "a.md"))
    return find(document, find_people(document))


def page(byline: str, end: str = "", head: str = "", lang: str = "en") -> str:
    return f"<html lang='{lang}'><head>{head}</head><body><main><h1>Flu</h1>{byline}{PROSE}{PROSE}{end}</main></body></html>"


def stated(text: str) -> dict[str, str]:
    found = dates(text)
    roles = ("published", "updated", "reviewed", "due")
    return {role: date.stated for role in roles if (date := getattr(found, role)) is not None}


CASES = {
    "three in a row": (
        page("<p>Published: 23 May 2024 | Updated: 3 June 2025 | Medically reviewed: 4 June 2025</p>"),
        {"published": "2024-05-23", "updated": "2025-06-03", "reviewed": "2025-06-04"},
    ),
    "reviewer and date": (page("<p>Medically reviewed by Ada Lim, MD, on 3 May 2026</p>"), {"reviewed": "2026-05-03"}),
    "date then reviewer": (page("<p>Reviewed on 3 May 2026 by Ada Lim, MD</p>"), {"reviewed": "2026-05-03"}),
    "with a weekday": (page("<p>Last updated on Sunday, January 5, 2025 at 12:13 AM EST</p>"), {"updated": "2025-01-05"}),
    "label in its own element": (page("<div><div>Date Last Reviewed:</div><div>April 2025</div></div>"), {"reviewed": "2025-04"}),
    "table": (page("<table><tr><th>Last updated</th><td>12 May 2025</td></tr></table>"), {"updated": "2025-05-12"}),
    "end of page": (
        page("", "<p>Page last reviewed: 17 June 2025<br>Next review due: 17 June 2028</p>"),
        {"reviewed": "2025-06-17", "due": "2028-06-17"},
    ),
    "after related links": (
        page("", "<h2>Related articles</h2><ul><li><a href='/c'>Colds</a></li></ul><p>Page last reviewed: 17 June 2025</p>"),
        {"reviewed": "2025-06-17"},
    ),
    "page footer": (page("") + "<footer><p>Page last updated: 2 May 2025</p></footer>", {"updated": "2025-05-02"}),
    "the site's own": (page("") + "<footer><p>Site last updated: 2 May 2025</p><p>Copyright 2026</p></footer>", {}),
    "glued year": (page("", "<p>National Institutes of HealthRevised 2025</p>"), {"updated": "2025"}),
    "month and year": (page("", "<p>Last Updated: June 2022</p>"), {"updated": "2022-06"}),
    "last medical review": (page("", "<p>Last Medical Review: May 3, 2023 | Last Revised: May 4, 2023</p>"), {"reviewed": "2023-05-03", "updated": "2023-05-04"}),
    "reviewer's block": (page("", "<p>Medically reviewed by: Larissa Hirschel, MD</p><p>Date reviewed: January 2026</p>"), {"reviewed": "2026-01"}),
    "review date of a leaflet is the next": (page("<p>Produced: May 2023. Review date: May 2026.</p>"), {"published": "2023-05", "due": "2026-05"}),
    "review date": (page("", "<p>Review Date 5/14/2024</p>"), {"reviewed": "2024-05-14"}),
    "written on": (page("<p>By Jon Falk on May 3, 2024</p>"), {"published": "2024-05-03"}),
    "time element": (page("<p>Updated <time datetime='2025-06-03T10:00:00Z'>3 days ago</time></p>"), {"updated": "2025-06-03"}),
    "numeric, British": (page("<p>Last reviewed: 03/04/2025</p>", lang="en-GB"), {"reviewed": "2025-04-03"}),
    "numeric, American": (page("<p>Last reviewed: 03/04/2025</p>", lang="en-US"), {"reviewed": "2025-03-04"}),
    "visible before data": (
        page("<p>Updated 3 June 2025</p>", head="<meta property='article:modified_time' content='2026-01-01'>"),
        {"updated": "2025-06-03"},
    ),
    "several updates": (page("<p>Updated 3 June 2024</p>", "<p>Last updated: 4 July 2025</p>"), {"updated": "2025-07-04"}),
    "weekday before a name": (page("<p>Tuesday, March 5, 2024 | by Jon Falk</p>"), {"published": "2024-03-05"}),
    "lone date": (page("<p>By Jon Falk</p><p>October 4, 2024</p>"), {"published": "2024-10-04"}),
    "name and date in a line": (page("<div>Jon Falk Feb 2, 2025</div>"), {"published": "2025-02-02"}),
    "outside the text's element": (
        f"<body><div><h1>Flu</h1></div><ul><li>Jon Falk</li><li>Feb 2, 2025</li></ul><div>{PROSE * 4}</div></body>", {"published": "2025-02-02"}
    ),
    "before the title": (f"<body><p>Feb 2, 2025</p><div><h1>Flu</h1>{PROSE * 4}</div></body>", {}),
    "front matter": ("---\ndate: 2024-10-04\nlast_reviewed: 2026-05-02\nnext_review: 2028-05\n---\n\n# Flu\n\nRest.\n", {"published": "2024-10-04", "reviewed": "2026-05-02", "due": "2028-05"}),
    "keys of times": ("---\nlast_updated_at: 2024-10-04\nlast_reviewed_at: 2026-05-02\n---\n\n# Flu\n\nRest.\n", {"updated": "2024-10-04", "reviewed": "2026-05-02"}),
    "a date like a rating": (page("<p>Last reviewed on 4/5/2025</p>", lang="en-US"), {"reviewed": "2025-04-05"}),
    "filed under": (page("<p>Posted by Jon Falk in Skin &amp; Health on May 5, 2025</p>"), {"published": "2025-05-05"}),
    "in prose": (page("", "<p>The guideline was updated in May 2023 and the study was published in March 2019 in a journal.</p>"), {}),
    "published in a journal": (page("", "<p>Published in May 2019 in the journal of flu research, the trial had two arms.</p>"), {}),
    "reviewed by nobody named": (page("", "<p>Last reviewed by a Larkfield medical professional on 06/15/2025.</p>", lang="en-US"), {"reviewed": "2025-06-15"}),
    "reviewed by a team, after a colon": (page("", "<p>Last reviewed by Larkfield Medical Staff: May 2025</p>"), {"reviewed": "2025-05"}),
    "reviewed by a body, in a year": (page("", "<p>Reviewed by the FDA, 2024</p>"), {}),
    "last review": (page("", "<p><b>Last review:</b> 5 May 2025<br><b>Next review:</b> May 2027</p>"), {"reviewed": "2025-05-05", "due": "2027-05"}),
    "reviewed and updated": (page("", "<p>Reviewed and updated August 2025</p>"), {"reviewed": "2025-08", "updated": "2025-08"}),
    "references": (page("", "<h2>References</h2><ol><li>Smith J. Flu. Published online 3 May 2019.</li></ol>"), {}),
    "comment": (page("", "<ol class='comments'><li>Posted on May 3, 2021 by Ann Bee</li></ol>"), {}),
    "related card": (page("", "<section class='related'><p>Updated May 3, 2021</p></section>"), {}),
    "event": (page("", "<p>Join us on 3 May 2026.</p>"), {}),
    "thanks for the review": (page("", "<p>Thanks to Elif Demir, Ph.D., for her review of this 2022 publication.</p>"), {"reviewed": "2022"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_dates(case: str) -> None:
    text, expected = CASES[case]
    assert stated(text) == expected


def test_lone_date_is_unlabelled() -> None:
    found = dates(page("<p>October 4, 2024</p>"))
    assert [date.text for date in found.unlabelled] == ["October 4, 2024"]


def test_lone_date_that_data_explains() -> None:
    found = dates(
        page(
            "<p>October 4, 2024</p>",
            head="<meta property='article:published_time' content='2024-10-04T23:00:00-07:00'>",
        )
    )
    assert found.unlabelled == ()


def test_ambiguous_only_where_nothing_settles_it() -> None:
    assert [date.text for date in dates(page("<p>Last reviewed: 03/04/2025</p>")).ambiguous] == ["03/04/2025"]
    assert dates(page("<p>Last reviewed: 03/04/2025</p>", lang="en-AU")).ambiguous == ()
    assert dates(page("<p>Last reviewed: 25/04/2025</p>")).ambiguous == ()


def test_positions_are_of_the_date() -> None:
    text = page("<p>Updated&nbsp;on <b>3&nbsp;June</b> 2025</p>")
    document = read(Source(text, "a.html"))
    found = find(document, find_people(document)).updated
    assert found is not None
    assert document.source.slice(found.span) == "3&nbsp;June</b> 2025"
