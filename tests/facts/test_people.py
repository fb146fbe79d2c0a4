"""Who wrote and who reviewed a page, over the ways in which pages say it, and what only looks like a reviewer."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.facts import names
from medlint.facts.people import People, find
from medlint.readers import read
from medlint.source import Source

PROSE = "<p>" + "Drink enough and rest until the fever has gone; most people feel better within a week. " * 3 + "</p>"


def people(text: str, name: str = "") -> People:
    return find(read(Source(text, name or ("a.html" if text.lstrip().startswith("<") else "a.md"))))


def reviewers(text: str) -> list[str]:
    return [person.name for person in people(text).reviewers]


def authors(text: str) -> list[str]:
    return [person.name for person in people(text).authors]


def page(byline: str, body: str = "") -> str:
    return f"<html><body><main><h1>Flu at home</h1>{byline}{PROSE}{body or PROSE}</main></body></html>"


REVIEWED = {
    "one line": (page("<p>Medically reviewed by Debra Rosewall, Ph.D., MSN, R.N., on 3 May 2026</p>"), ["Debra Rosewall"]),
    "three parts": (
        page("<p>Medically reviewed by <a href='/r'>Karen Gillan, M.D.</a> — Written by Jon Johns — Updated on May 10, 2026</p>"),
        ["Karen Gillan"],
    ),
    "label and name in siblings": (
        page("<div class='meta'><div>Reviewed by:</div><div>Divya Kapoor, MD</div><span>|</span><a href='#b'>View bio</a></div>"),
        ["Divya Kapoor"],
    ),
    "label and name in inline elements": (
        page("<div><span class='label'>Medically reviewed by</span> <a class='name' href='/i'>Isaac Opoku, MD</a></div>"),
        ["Isaac Opoku"],
    ),
    "photo between": (
        page("<div>Medically reviewed by</div><div><img src='a.jpg' alt='Portrait'></div><div>Samuel Mackay, MD, PhD</div>"),
        ["Samuel Mackay"],
    ),
    "role under the name": (page("<div><p>Ruth Amsel, MD</p><p>Medical Reviewer</p></div>"), ["Ruth Amsel"]),
    "roles over the names": (
        page("<p>Author</p><p>Eric Pattern</p><p>Medical Reviewer</p><p>Naveed Saleem MD, MS</p><p>Published: May 3, 2026</p>"),
        ["Naveed Saleem"],
    ),
    "table": (page("<table><tr><th>Medically reviewed by</th><td>Ada Lim, MD</td></tr></table>"), ["Ada Lim"]),
    "two with a break": (page("<p>Reviewed by:<br>Ada Lim, MD<br>Ben Oduya, PharmD</p>"), ["Ada Lim", "Ben Oduya"]),
    "two blocks": (page("<p>Reviewed by</p><p>Ada Lim, MD</p><p>Ben Oduya, PharmD</p>"), ["Ada Lim", "Ben Oduya"]),
    "three in a sentence": (
        page("<p>Reviewed by Ada Lim, MD, Ben Oduya, PharmD, and Kit Moss, RN.</p>"),
        ["Ada Lim", "Ben Oduya", "Kit Moss"],
    ),
    "specialties between": (
        page("", "<p>Medical Review: E. Gregor Thorsen MD - Internal Medicine &amp; Adam Huff MD - Family Medicine</p>"),
        ["E. Gregor Thorsen", "Adam Huff"],
    ),
    "doctors without letters": (page("<p>Peer review: Dr Amy Colter, Dr Pippa Vance</p>"), ["Amy Colter", "Pippa Vance"]),
    "after the date": (page("<p>Medically reviewed 3 May 2026 · Ada Lim, MD</p>"), ["Ada Lim"]),
    "after the date, in brackets": (page("<p>Last medical review: 3 May 2026 (Ada Lim, MD)</p>"), ["Ada Lim"]),
    "an author after the date": (page("<p>Medically reviewed 3 May 2026 | Written by Ada Lim, MD</p>"), []),
    "a town after the date": (page("<p>Medically reviewed 3 May 2026 | Boston, MA</p>"), []),
    "doctor of a clinic": (page("<p>Reviewed by Dr Amy Colter, Dr Lee's clinic, London</p>"), ["Amy Colter"]),
    "a sentence with a doctor after it": (
        page("<p>Reviewed by Dr Amy Colter, Dr Pippa Vance says that this page is right.</p>"),
        ["Amy Colter"],
    ),
    "thanks at the end": (
        page("", "<h2>Acknowledgments</h2><p>Thanks to Elif Demir, Ph.D., Erin Burke Quist, Ph.D., and Kwame Boateng, M.D., CIRM, for their review of this 2026 publication.</p>"),
        ["Elif Demir", "Erin Burke Quist", "Kwame Boateng"],
    ),
    "end of page": (page("", "<p>Medically reviewed by: Larissa Hirschel, MD</p><p>Date reviewed: January 2026</p>"), ["Larissa Hirschel"]),
    "after the sources": (page("", "<h2>Sources</h2><ul><li>Smith J. Flu. 2020.</li></ul><p>Medically reviewed by Ada Lim, MD</p>"), ["Ada Lim"]),
    "peer review by a doctor": (page("", "<p>Last updated by Dr Toni Hazelwood</p><p>Peer reviewed by Dr Colin Tiddy, MRCGP</p>"), ["Colin Tiddy"]),
    "contributed and reviewed": (
        page("", "<p>This article was contributed by our editorial staff and reviewed by Peter Ripley, MD, CAQSM.</p>"),
        ["Peter Ripley"],
    ),
    "also reviewed": (
        page("", "<p>Review Date 5/4/2026</p><p>Updated by: Jacob Bergman, MD, MPH, Professor of Medicine. Also reviewed by David C. Dugan, MD, Medical Director, and the editorial team.</p>"),
        ["David C. Dugan"],
    ),
    "person before the verb": (page("<p>Amara Obi, MD, has medically reviewed this article.</p>"), ["Amara Obi"]),
    "letters on the next line": (
        page("<p>Written &amp; medically reviewed by <span>Dr. Shaila Kumar</span><br>MBBS · MS (Obstetrics)</p>"), ["Shaila Kumar"]
    ),
    "list without letters": (page("", "<p>This article was reviewed by Joe Medwin, Kaye Basque, and Keith Guo.</p>"), ["Joe Medwin", "Kaye Basque", "Keith Guo"]),
    "affiliation": (page("<p>Reviewed by Ada Lim, MD, Sports Physiotherapist, Albany, and the editors</p>"), ["Ada Lim"]),
    "capitals": (page("<p>MEDICALLY REVIEWED BY JANE ROSE, MD</p>"), ["JANE ROSE"]),
    "glued": (page("<p>Medically Reviewed byAda Lim, MD</p>"), ["Ada Lim"]),
    "glued before": (page("<p>Updated May 2, 2026Medically Reviewed by Ada Lim, MD</p>"), ["Ada Lim"]),
    "entities and nbsp": (page("<p>Medically&nbsp;reviewed by Siân O&rsquo;Neill&#8209;Jones,&nbsp;MB&nbsp;BS</p>"), ["Siân O'Neill-Jones"]),
    "before the title": (
        f"<body><div class='hero'><p>Medically reviewed by Ada Lim, MD</p><h1>Flu</h1></div><main>{PROSE}{PROSE}</main></body>",
        ["Ada Lim"],
    ),
    "about the reviewer": (page("", "<h2>About the medical reviewer</h2><p>Ada Lim, MD, is a physician in Oslo.</p>"), ["Ada Lim"]),
    "reviewer with colon": (page("", "<p>Reviewer: Professor Jane Rowe, Consultant Oncologist</p><p>Next review: 1 May 2028</p>"), ["Jane Rowe"]),
    "approved by a clinician": (page("<p>Approved by: Jane Rowe, RN, ward manager</p>"), ["Jane Rowe"]),
    "graph": (
        page("", '<script type="application/ld+json">{"@graph": [{"@type": "MedicalWebPage", "reviewedBy": [{"@id": "#1"}, {"@id": "#2"}]}, {"@type": "Person", "@id": "#1", "name": "Ada Lim"}, {"@type": "Person", "@id": "#2", "name": "Ben Oduya, MD"}]}</script>'),
        ["Ada Lim", "Ben Oduya"],
    ),
    "main entity": (
        page("", '<script type="application/ld+json">{"@type": "MedicalWebPage", "mainEntity": {"@type": "MedicalCondition"}, "reviewedBy": "Ada Lim, MD"}</script>'),
        ["Ada Lim"],
    ),
    "rdfa": (page('<p vocab="https://schema.org/" typeof="WebPage">Checked: <span property="reviewedBy" typeof="Person"><span property="name">Ada Lim</span></span></p>'), ["Ada Lim"]),
    "yaml list": ("---\nreviewers:\n  - name: Ada Lim\n    credentials: MD\n  - Ben Oduya, PharmD\n---\n\n# Flu\n\nRest.\n", ["Ada Lim", "Ben Oduya"]),
    "yaml nested": ("---\nreview:\n  medical:\n    name: Ada Lim, MD\n    date: 2026-05-03\n---\n\n# Flu\n\nRest.\n", ["Ada Lim"]),
    "toml": ('+++\ntitle = "Flu"\nmedically_reviewed_by = "Ada Lim, MD"\n+++\n\nRest.\n', ["Ada Lim"]),
    "json front matter": ('{\n  "title": "Flu",\n  "medicalReviewer": {"name": "Ada Lim", "credentials": ["MD"]}\n}\n\nRest.\n', ["Ada Lim"]),
    "key of a person": ("---\nreviewer: ada-lim\n---\n\n# Flu\n\nRest.\n", ["Ada Lim"]),
    "markdown emphasis": ("# Flu\n\n*Medically reviewed by **Ada Lim**, MD, on 3 May 2026*\n\nRest.\n", ["Ada Lim"]),
    "label on a button, by and name beside it": (
        page("<div><button>Medically Reviewed</button> by <a href='/r'>Ada Lim, MD</a></div>"),
        ["Ada Lim"],
    ),
    "a kind of reviewer and a colon": (page("<div>Reviewed by certified nurse:</div><div>Ada Lim, RN</div>"), ["Ada Lim"]),
    "an author in the next item": (
        page("<ul><li>Reviewed by Ada Lim, MD, Chief Medical Editor</li><li>By Jon Falk, Health Writer</li></ul>"),
        ["Ada Lim"],
    ),
    "role glued to letters": (page("<div><b>Ada Lim, PMHNP-BC</b><span>Medical Reviewer</span></div>"), ["Ada Lim"]),
    "after an author's card": (
        page("<div><b>Jon Falk</b><span>Content Writer</span></div><p>Clinical review by</p><div><b>Ada Lim, MD</b><span>Director</span></div>"),
        ["Ada Lim"],
    ),
    "middle initial V": (page("<p>Medically reviewed by Dr. Ada V. Lim</p>"), ["Ada V. Lim"]),
    "plural in brackets": (
        page("", "<dl><dt>Last Reviewed</dt><dd>03/14/2026</dd><dt>Medical Reviewer(s)</dt><dd>Ada Lim RN</dd><dd>Ben Oduya Jr PA-C</dd></dl>"),
        ["Ada Lim", "Ben Oduya Jr"],
    ),
    "online reviewers": (page("", "<div>Online Medical Reviewer: Ada C Lim MD</div><div>Online Medical Reviewer: Kit Moss RN</div>"), ["Ada C Lim", "Kit Moss"]),
    "by under a date": (page("<div>Medically reviewed on May 3, 2026</div><div>by <a href='/i'>Ada Lim, MD</a></div>"), ["Ada Lim"]),
    "columns": (
        page("<table><tr><th>Written by</th><th>Reviewed by</th></tr><tr><td>Jon Falk</td><td>Ada Lim, MD</td></tr></table>"),
        ["Ada Lim"],
    ),
    "columns in Markdown": ("# Flu\n\n| Author | Reviewer | Date of review |\n|---|---|---|\n| Jon Falk | Ada Lim, MD | 3 May 2026 |\n\nRest.\n", ["Ada Lim"]),
    "rows of labels and values": (
        page("<table><tr><th>Author</th><td>Jon Falk</td></tr><tr><th>Reviewer</th><td>Ada Lim, MD</td></tr></table>"),
        ["Ada Lim"],
    ),
    "one column": (page("<table><tr><td>Ada Lim, MD</td></tr><tr><td>Medical Reviewer</td></tr><tr><td>Jon Falk, RN</td></tr></table>"), ["Ada Lim"]),
    "thanked for help in the review": (
        page("", "<p>The institute gratefully acknowledges the assistance of Ada Lim, MD, Oslo University, and Ben Oduya, PhD, in the preparation and review of this booklet.</p>"),
        ["Ada Lim", "Ben Oduya"],
    ),
    "with others": (page("<p>Co-reviewed by Ada Lim, MD</p>"), ["Ada Lim"]),
    "evidence-based": (page("<p>Evidence-based and reviewed by Ada Lim, MD</p>"), ["Ada Lim"]),
    "two doctors": (page("<p>Medically reviewed by Drs. Ada Lim and Ben Oduya</p>"), ["Ada Lim", "Ben Oduya"]),
    "German title": (page("<p>Medically reviewed by Prof. Dr. med. Ada Lim</p>"), ["Ada Lim"]),
    "two titles": (page("<p>Medically reviewed by Rabbi Dr. Ada Lim, PsyD</p>"), ["Ada Lim"]),
    "items of one list": (
        page("<ul><li><b>Reviewed:</b> 4 May 2025</li><li><b>Reviewer:</b> Ada Lim</li><li><b>Next review:</b> 4 May 2028</li></ul>"), ["Ada Lim"]
    ),
    "caption": (page("<figure><img src='a.jpg' alt='Portrait'><figcaption>Medically reviewed by Ada Lim, MD</figcaption></figure>"), ["Ada Lim"]),
    "column beside the article": (page("") + "<aside class='sidebar'><h3>Medical reviewer</h3><p>Ada Lim, MD</p></aside>", ["Ada Lim"]),
    "meet the reviewer": (page("", "<h2>Meet our medical reviewer</h2><p>Ada Lim, MD</p>"), ["Ada Lim"]),
    "params": ("---\ntitle: Flu\nparams:\n  reviewer: Ada Lim, MD\n---\n\nRest.\n", ["Ada Lim"]),
    "label without by, doctor after it": (page("<div>Medically reviewed</div><div>By Ada Lim, MD</div>"), ["Ada Lim"]),
    "a date like a rating": (page("<p>Reviewed by Ada Lim</p><p>Last reviewed on 4/5/2025</p>"), ["Ada Lim"]),
    "a date with the year first": (page("<p>Reviewed by Ada Lim</p><p>2025/4/5</p>"), ["Ada Lim"]),
    "no preposition": (page("<p>Medically reviewed: Ada Lim, MD</p>"), ["Ada Lim"]),
    "accuracy": (page("<p>Medical accuracy checked by Ada Lim, MD</p>"), ["Ada Lim"]),
    "facts checked by a clinician as one": (page("<p>Medically fact-checked by Ada Lim, RN</p>"), ["Ada Lim"]),
    "a dash for a colon": (page("<p>Medical reviewer — Ada Lim, MD</p>"), ["Ada Lim"]),
    "role in brackets": (page("<p>Ada Lim, MD (medical reviewer)</p>"), ["Ada Lim"]),
    "reviewed and checked": (page("<p>Medically reviewed and fact-checked by Ada Lim, MD</p>"), ["Ada Lim"]),
    "reviewed or updated": (page("<p>Reviewed/updated by: Ada Lim, MD</p>"), ["Ada Lim"]),
    "no colon": (page("<p><span>Medical Reviewer</span> <a href='/i'>Ada Lim, MD</a></p>"), ["Ada Lim"]),
    "name on a button": (
        page("<div><span>Medically reviewed by <button aria-haspopup='true'>Ada Lim, PhD, PsyD</button></span> <span>— Written by <a href='/j'>Jon Falk</a></span></div>"),
        ["Ada Lim"],
    ),
    "someone else on a button": (page("<p>Medically reviewed by Ada Lim, MD</p><button>Ben Oduya, MD</button>"), ["Ada Lim"]),
    "vet": (page("<p>Vet reviewed by Ada Lim, DVM</p><p>Veterinary review by Kit Moss, DVM</p>"), ["Ada Lim", "Kit Moss"]),
    "same person twice": (
        page("<p>Reviewed by A. Lim, MD</p>", '<script type="application/ld+json">{"@type": "WebPage", "reviewedBy": {"name": "Ada Lim"}}</script>'),
        ["A. Lim"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REVIEWED)
def test_reviewer_is_found(case: str) -> None:
    text, expected = REVIEWED[case]
    assert reviewers(text) == expected


NOT_REVIEWED = {
    "related card": page("", "<section class='related'><a href='/x'><h3>Colds</h3><p>Medically reviewed by Ada Lim, MD</p></a></section>"),
    "cards without a telling class": page(
        "", "<ul><li><h3>Colds</h3><p>Medically reviewed by Ada Lim, MD</p></li><li><h3>Coughs</h3><p>Medically reviewed by Ben Oduya, MD</p></li></ul>"
    ),
    "slideshow": page("", "<div class='hero-slideshow'><p>Medically reviewed by Ada Lim, MD</p></div>"),
    "card link": page("", "<a href='/colds'><div>Colds</div><div>Medically reviewed by Ada Lim, MD</div></a>"),
    "under a related heading": page("", "<h2>Related articles</h2><div><h3>Colds</h3><p>Medically reviewed by Ada Lim, MD</p></div>"),
    "fact check": page("<p>Fact-checked by Priya Nair</p>"),
    "editor": page("<p>Edited by Jonas Falk, MD</p>"),
    "journal history": page("<p>Peer reviewed by two reviewers. Accepted 4 May 2026.</p>"),
    "journal": "<head><meta name='citation_journal_title' content='J'></head>"
    + page("<p>Edited by: Ann Bee, University of Y. Reviewed by: Ada Lim, University of X, Norway</p>"),
    "quoted expert": page("", "<p>“We reviewed it,” says Ada Lim, MD, who reviewed the trial with her team.</p>"),
    "regulator": page("<p>Reviewed by the FDA</p>"),
    "applications": page("", "<p>Each grant application is reviewed by Ada Lim, MD. Become a grant reviewer: Ben Oduya.</p>"),
    "guideline": page("", "<p>Ada Lim, MD, who reviewed the guideline, says rest is best.</p>"),
    "badge over the author": page("<ul><li>Evidence based</li><li>Medically reviewed</li></ul><p>By Jon Falk</p>"),
    "column of other articles": page("") + "<aside><h3>Latest</h3><p>Colds</p><p>Medically reviewed by Ada Lim, MD</p></aside>",
    "what a reviewer is": page("", "<p>Ada Lim is a medical reviewer Of The Year.</p>"),
    "columns of others": page("<table><tr><th>Author</th><th>Reviewed by</th></tr><tr><td>Ada Lim, MD</td><td>the team</td></tr></table>"),
    "study": page("", "<p>The study was reviewed by Ada Lim and published in May 2020.</p>"),
    "results": page("", "<p>Your results will be reviewed by Dr. Jane Rowe.</p>"),
    "policy": page("", "<p>This policy was reviewed by Anna Kovacs, MD.</p>"),
    "treatment team": page("<p>Clinically reviewed by the Silver State treatment team · Updated March 2026</p>"),
    "to be confirmed": page("<div>Clinically reviewed by</div><div>Clinical reviewer to be confirmed</div>"),
    "customers": page("<p>Reviewed by 200 customers</p>"),
    "customer": page("", "<div><p>★★★★★</p><p>Reviewed by Sarah Kay</p><p>It worked for me.</p></div>"),
    "review schema": page("", '<script type="application/ld+json">{"@type": "Review", "author": {"name": "Ada Lim"}, "reviewedBy": {"name": "Ada Lim"}}</script>'),
    "citation in data": page("", '<script type="application/ld+json">{"@type": "WebPage", "citation": [{"@type": "WebPage", "reviewedBy": {"name": "Ada Lim"}}]}</script>'),
    "comment": page("", "<ol class='comment-list'><li><p>Reviewed by Ada Lim, MD</p></li></ol>"),
    "testimonial": page("", "<div class='testimonial'><p>Reviewed by Ada Lim</p></div>"),
    "hidden": page("<p style='display:none'>Medically reviewed by Ada Lim, MD</p>"),
    "comment in the source": page("<!-- Medically reviewed by Ada Lim, MD -->"),
    "team": page("<p>Medically reviewed by the Northgate Medical Team</p>"),
    "et al": page("<p>Reviewed by Smith et al.</p>"),
    "first name only": page("<p>Reviewed by Sarah</p>"),
    "publisher": page("<p>Reviewed by Northgate Health Publishing</p>"),
    "charity": page("<p>Reviewed by Breast Cancer Now</p>"),
    "town": page("<p>Reviewed by our clinic in Baltimore, MD</p>"),
    "town alone": page("<p>Reviewed by: Silver Spring, MD 20910</p>"),
    "headline": "<main><h1>Protein powders, reviewed by dietitians</h1><p>Rest.</p></main>",
    "badge of a directory": page("<p>Verified by Psychology Today</p>"),
    "approval": page("<p>Approved by Jonas Falk, editor</p>"),
    "thanked for something else": page("", "<p>The institute would like to thank: Dr. Catherine Lorient, Senior Advisor, and Dr. Richard P. Troyan.</p>"),
    "meta tag only": "<head><meta name='reviewer' content='Ada Lim, MD'></head>" + page(""),
    "date only": page("<p>Medically reviewed on 4 May 2026</p>"),
    "organisation in data": page("", '<script type="application/ld+json">{"@type": "WebPage", "reviewedBy": {"@type": "Organization", "name": "Ada Lim Clinic"}}</script>'),
    "systematic review": page("", "<p>A systematic review by Ann Lee and Bo Chen found no benefit.</p>"),
    "article about reviewing": page("", "<p>Ask whether the text was reviewed by Dr. Somebody Important before you trust it.</p>"),
    "template": "# Flu\n\nMedically reviewed by {{ page.reviewer.name }}\n\nRest.\n",
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_REVIEWED)
def test_look_alikes_are_no_reviewers(case: str) -> None:
    assert reviewers(NOT_REVIEWED[case]) == []


@pytest.mark.parametrize(
    ("byline", "kind"),
    [
        ("<p>Fact-checked by Priya Nair</p>", "fact-check"),
        ("<p>Edited by Jonas Falk</p>", "edit"),
        ("<p>Reviewed by the FDA</p>", "regulator"),
        ("<p>Last updated by Jonas Falk</p>", "update"),
        ("<p>Our articles are always reviewed by doctors.</p>", "boilerplate"),
    ],
)
def test_near_misses_say_what_they_are(byline: str, kind: str) -> None:
    assert kind in [near.kind for near in people(page(byline)).near_misses]


@pytest.mark.parametrize(
    ("byline", "kind"),
    [
        ("<p>Medically reviewed by Our Medical Team</p>", "team"),
        ("<p>Reviewed by: [Reviewer Name], MD</p>", "blank"),
        ("<p>Reviewed by: TBD</p>", "blank"),
        ("<p>Reviewed by:</p><p>View bio</p>", "blank"),
        ("<p>Medically reviewed by John Doe, MD</p>", "blank"),
        ("<p>Reviewed by Northgate Health Publishing</p>", "team"),
    ],
)
def test_stand_ins_are_told_apart(byline: str, kind: str) -> None:
    assert [found.kind for found in people(page(byline)).placeholders] == [kind]


def test_template_that_fills_in_the_reviewer() -> None:
    assert people(NOT_REVIEWED["template"]).templated


AUTHORED = {
    "written by two": (page("<p>Co-authored by <a href='/k'>Kit Moss</a></p>"), ["Kit Moss"]),
    "by": (page("<p>By Jon Falk, health writer</p>"), ["Jon Falk"]),
    "after badges": (page("<ul><li>Medically reviewed</li><li>Fact checked</li></ul><p>By Jon Falk</p>"), ["Jon Falk"]),
    "column": (page("<table><tr><th>Written by</th><th>Reviewed by</th></tr><tr><td>Jon Falk</td><td>Ada Lim, MD</td></tr></table>"), ["Jon Falk"]),
    "two": (page("<p>By Jon Falk and Ann Bee</p>"), ["Jon Falk", "Ann Bee"]),
    "three": (page("<p>By Jon Falk, Ann Bee and Cy Dow</p>"), ["Jon Falk", "Ann Bee", "Cy Dow"]),
    "by and town": (page("<p>By Jon Falk, New York</p>"), ["Jon Falk"]),
    "written by": (page("<div>Written by <b>Jon Falk</b> on May 3, 2026</div>"), ["Jon Falk"]),
    "medical author": (page("<p>Medical Author: Charles P. Davids, MD, PhD</p><p>Medical Editor: Jerry Ball, DO</p>"), ["Charles P. Davids"]),
    "rel": (page("<p>4 May 2026 <a rel='author' href='/j'>Jon Falk</a></p>"), ["Jon Falk"]),
    "class": (page("<div class='article-author'>Jon Falk</div>"), ["Jon Falk"]),
    "quoted patient": (page("<blockquote><p>It helped.</p><p class='author'>Mary Okoye</p></blockquote>"), []),
    "photo": (page("<figure><figcaption>By Jon Falk</figcaption></figure>"), []),
    "related": (page("", "<aside class='related'><p>By Jon Falk</p></aside>"), []),
    "staff": (page("<p>By Northgate Staff</p>"), []),
    "login": ("<head><meta name='author' content='admin'></head>" + page(""), []),
    "address": ("<head><meta name='author' content='jon.falk@example.org'></head>" + page(""), []),
    "meta site": ("<head><meta property='article:author' content='CDC'></head>" + page(""), []),
    "meta person": ("<head><meta name='author' content='Jon Falk'></head>" + page(""), ["Jon Falk"]),
    "surname first": ("<head><meta name='citation_author' content='Falk, Jon'></head>" + page(""), ["Jon Falk"]),
    "persons before bodies": (
        page("", '<script type="application/ld+json">{"@type": "Article", "author": [{"@type": "Organization", "name": "Centre for Flu Research"}, {"@type": "Person", "name": "Jon Falk"}]}</script>'),
        ["Jon Falk", "Centre for Flu Research"],
    ),
    "reviewer is no author": (page("<p>Reviewed by Ada Lim, MD</p>"), []),
    "reviewer after a label of its own": (page("<div>Medically reviewed</div><div>by Ada Lim, MD</div>"), []),
    "item with a date": (page("<ul><li>Jon Falk, LCSW</li><li>Mar 4, 2026</li><li>2 min read</li></ul>"), ["Jon Falk"]),
    "lines over a date": (page("<p>Dr Jon Falk<br>Clinical psychologist<br>12 June 2026</p>"), ["Jon Falk"]),
    "field of a degree": (page("<div class='author-name'>Dr. Jon Falk, MBBS, MD (Psychiatry)</div>"), ["Jon Falk"]),
    "role glued to a name": (page("<div class='author'><b>Jon Falk</b><span>Content Writer</span></div>"), ["Jon Falk"]),
    "name and date in a line": (page("<div>Sun Abbott Tue, Feb 2, 2025</div>"), ["Sun Abbott"]),
    "name and date over the title": (
        f"<body><div>Jon Falk Feb 2, 2025</div><main><h1>Flu</h1>{PROSE}{PROSE}</main></body>", []
    ),
    "under a date": (page("<p>May 17, 2026</p><p>Ann Lund-Bee, CEO</p>"), ["Ann Lund-Bee"]),
    "name without a date": (page("<p>Jon Falk</p>"), []),
    "hospital under a date": (page("<p>May 17, 2026</p><p>Larkfield Memorial Hospital</p>"), []),
    "both": (page("<p>Written and medically reviewed by Ana Ruiz, MD</p>"), ["Ana Ruiz"]),
    "yaml": ("---\nauthors: [Jon Falk, 'Bee, Ann']\n---\n\n# Flu\n\nRest.\n", ["Jon Falk", "Ann Bee"]),
}  # fmt: skip


@pytest.mark.parametrize("case", AUTHORED)
def test_authors(case: str) -> None:
    text, expected = AUTHORED[case]
    assert authors(text) == expected


NAMES = {
    "Lena Park, DO, family physician": ("Lena Park", ["DO", "family physician"]),
    "Ludwig van der Berg, MBBS, MRCGP": ("Ludwig van der Berg", ["MBBS", "MRCGP"]),
    "María José de la Cruz, M.D.": ("María José de la Cruz", ["M.D."]),
    "Abdul-Rahman al-Farsi, MD": ("Abdul-Rahman al-Farsi", ["MD"]),
    "Ngozi Okonjo-Iweala, MBChB": ("Ngozi Okonjo-Iweala", ["MBChB"]),
    "J.R. Smith Jr., MD": ("J.R. Smith Jr.", ["MD"]),
    "T. J. Ó Súilleabháin, MB, BCh, BAO": ("T. J. Ó Súilleabháin", ["MB, BCh, BAO"]),
    "Linh Do, MD": ("Linh Do", ["MD"]),
    "Tran Thi Bich Ngoc, MD": ("Tran Thi Bich Ngoc", ["MD"]),
    "Jun Sato, MD": ("Jun Sato", ["MD"]),
    "Ana del Mar Ruiz, MD": ("Ana del Mar Ruiz", ["MD"]),
    "Anna Marie May, MD": ("Anna Marie May", ["MD"]),
    "Gregory House, MD": ("Gregory House", ["MD"]),
    "Juan d'Angelo DO": ("Juan d'Angelo", ["DO"]),
    "Mark SubbaRao, MD": ("Mark SubbaRao", ["MD"]),
    "Нина Иванова, MD": ("Нина Иванова", ["MD"]),
    "王小明": ("王小明", []),
    "محمد علي": ("محمد علي", []),
    "consultant cardiologist Dr Amir Khan": ("Amir Khan", ["consultant cardiologist"]),
    "our medical director, Jane Rowe, MD": ("Jane Rowe", ["MD"]),
    "Jane Rowe (MD)": ("Jane Rowe", ["MD"]),
    "Jane Rowe, Baltimore, MD": ("Jane Rowe", []),
    "Sam Holt, certified wellness coach": ("Sam Holt", ["certified wellness coach"]),
    "Jane Rowe View bio": ("Jane Rowe", []),
    "Jane Rowe Updated on 3 May": ("Jane Rowe", []),
}


@pytest.mark.parametrize("text", NAMES)
def test_name_and_credentials_come_out_clean(text: str) -> None:
    named = names.first(text)
    assert named is not None
    assert (named.name, [item.written for item in named.credentials]) == NAMES[text]


@pytest.mark.parametrize(
    "text",
    [
        "Our Medical Team", "WebHealth Editorial Contributors", "Mayfield Clinic Staff", "Baptist Memorial Medical Center", "Jane Rowe's team",
        "Jane Rowe and colleagues found", "View bio", "Baltimore, MD", "St. Louis, MO", "National Institutes of Health", "licensed therapists",
        "October 4, 2024", "Becky", "UpToDate", "doctors", "GoodMeds Health", "[Name]", "Jane Doe, MD", "Planned Parenthood", "Diabetes UK",
    ],
)  # fmt: skip
def test_no_person(text: str) -> None:
    assert names.first(text) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kim Yu", "K. Yu", True),
        ("Kim Yu", "Karl Voss", False),
        ("María Gómez", "Maria Gomez", True),
        ("Jane A. Rowe", "Jane Rowe", True),
        ("Dr. Jane Rowe", "Jane Rowe", True),
        ("Khosla, Divya", "Divya Khosla", True),
        ("Mohammed Ali", "Muhammad Ali", True),
        ("Joe Tan", "Ann Tan", False),
        ("Eva Ruiz", "Ana Ruiz", False),
    ],
)
def test_same_person(one: str, other: str, expected: bool) -> None:
    assert names.same(one, other) is expected
    assert names.same(other, one) is expected


def test_spelling_variants_are_not_the_same_exactly() -> None:
    assert not names.same("Mohammed Ali", "Muhammad Ali", exactly=True)
    assert names.same("José Núñez", "Jose M. Nunez", exactly=True)


def test_credentials_of_the_biography_count() -> None:
    text = page(
        "<p>Medically reviewed by Dr. Lena Park</p>",
        "<h2>About the reviewer</h2><p>Dr. Park is a board-certified cardiologist.</p>",
    )
    assert people(text).reviewers[0].credentials == ("cardiologist",)


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("<div>Medically reviewed by</div><div>Ada Lim</div><div>MD, PhD</div>", ("MD", "PhD")),
        ("<div class='reviewer'><span>Reviewed by</span> <button>Ada Lim</button>, <span>LMHC</span></div>", ("LMHC",)),
        ("<p>Clinical review by</p><div><b>Ada Lim</b></div><div>Board-certified psychiatrist</div>", ("psychiatrist",)),
        ("<p>Clinical review by</p><div><b>Ada Lim, MD</b><span>Director of Clinical Content</span></div>", ("MD",)),
        ("<p>Clinical review by</p><div><b>Ada Lim</b><span>Psychiatrist</span></div>", ("psychiatrist",)),
        ("<p>Medically reviewed by Ada Lim</p><p>Doctors in your town</p>", ()),
    ],
)  # fmt: skip
def test_letters_beside_the_name(byline: str, expected: tuple[str, ...]) -> None:
    (person,) = people(page(byline)).reviewers
    assert (person.name, person.credentials) == ("Ada Lim", expected)


@pytest.mark.parametrize(
    "glued", ["Ada LimPsychiatrist", "Ada LimAda Lim is a doctor", "Ada Lim, MDAda Lim, MD, is a doctor"]
)
def test_names_end_where_lost_markup_glues_on(glued: str) -> None:
    assert reviewers(page(f"<p>Reviewed by:</p><p>{glued}</p>")) == ["Ada Lim"]


def test_positions_are_of_the_name() -> None:
    text = "# Flu\n\nMedically reviewed by Dr. Siân O’Neill, MB BS\n\nRest.\n"
    document = read(Source(text, "a.md"))
    assert document.source.slice(find(document).reviewers[0].span) == "Siân O’Neill"


@pytest.mark.hostile
@pytest.mark.parametrize(
    "text", ["Reviewed by " * 5000, "Reviewed by " + "Ada Lim, MD, " * 5000, "Reviewed by:</p><p>" * 2000]
)
def test_crafted_text_costs_no_more_than_its_length(text: str) -> None:
    started = time.perf_counter()
    people(f"<h1>Flu</h1><p>{text}</p>")
    assert time.perf_counter() - started < 5


PIECES = [
    *"ABCabc .,:;()[]'\n|-—é/<>{}#*&王",
    "Reviewed by ",
    "By ",
    "Dr. ",
    " MD",
    "Updated ",
    " May 2026",
    "Ann Lee",
    "05/06/2026",
    "http://x ",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_never_raises(text: str) -> None:
    people(text, "a.md")
    people(f"<h1>T</h1><div>{text}</div>", "a.html")
