"""The labels of bylines are found wherever their forms say, by the fast search and by the slow one alike."""

from __future__ import annotations

import re

import pytest

from medlint.facts import labels

LABELS = """Peer-reviewed|Legally reviewed|Editorially approved|Fact-checked|Accuracy check|Next medical review due|Due for review
Review is due by|Expert review date|Content reviewed date|Last review date|Date last reviewed|Date of last review
Medically reviewed|Scientifically reviewed|Professionally reviewed|Technically checked|Doctor-reviewed|Physician reviewed|Pharmacist-reviewed
Dietitian reviewed|Nurse-approved|Therapist reviewed|Psychologist reviewed|Psychiatrist-reviewed|Dentist reviewed|Nutritionally reviewed
Pediatrician-approved|Independently verified|Also reviewed|Most recently reviewed|Originally reviewed|First reviewed|Re-reviewed
About the reviewer|Health reviewed date|Last updated by|Content revised by|Approved|Verified|Checked|Vetted|Latest review date
Lead author|Contributing writer|Article author|About our writers|Medically written by|Authored by|Words by|Story by|Text by|Post by
Posted by|Contributed by|Senior editor|Copy editor|Edited by|Page last modified on|Date updated|Amended on|Created on|Issued on
Medical reviewer(s)|Online medical reviewer|Vet reviewed|Veterinary review|Co-reviewed|Last review|Latest review
Publication date|Released on|Added|Produced|Date of issue|First published|By""".replace("\n", "|").split("|")


@pytest.mark.parametrize("text", LABELS)
def test_every_form_is_found_by_the_fast_search(text: str) -> None:
    line = f"{text}: 3 May 2024" if not text.endswith((" by", " on")) else f"{text} Ann Lee"
    slow = labels._GLUED_LABEL.search(line)
    assert slow is not None
    fast = labels._LABEL.search(line.lower())
    assert fast is not None and fast.span() == slow.span() and fast.lastgroup == slow.lastgroup


def test_the_fast_search_agrees_with_the_slow_one_on_all_forms_in_one_line() -> None:
    line = " 2024 | ".join(LABELS)
    slow = [(match.span(), match.lastgroup) for match in labels._GLUED_LABEL.finditer(line)]
    assert slow == [(match.span(), match.lastgroup) for match in labels._LABEL.finditer(line.lower())]
    assert len(slow) >= len(LABELS) - 12


def test_a_glued_label_is_found() -> None:
    assert labels._GLUED.search("Jane DoeReviewed by Ann Lee")
    assert re.search("review", "Jane DoeReviewed"[labels._GLUED_LABEL.search("Jane DoeReviewed: ").start() :], re.I)  # type: ignore[union-attr]
