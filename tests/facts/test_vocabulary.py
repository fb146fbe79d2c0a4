"""Whether a page is about health."""

from __future__ import annotations

import pytest

from medlint.facts.vocabulary import about_health
from medlint.readers import read
from medlint.source import Source


@pytest.mark.parametrize(
    "text",
    [
        "# Migraine\n\nA migraine is a headache with nausea. Rest in a dark room; a painkiller taken early helps.",
        "Take the antibiotic with food. Tell the nurse if you get a rash, or diarrhea that does not stop.",
        "# Brushing\n\nPlaque hardens within days. Brush your gums gently: gum disease leads to tooth loss.",
        "Women with ALS or MS may need help with breathing. Fatigue and muscle weakness come first.",
    ],
)
def test_health(text: str) -> None:
    health, terms = about_health(read(Source(text, "a.md")))
    assert health, terms
    assert terms


@pytest.mark.parametrize(
    "text",
    [
        "To file a claim, send the form with your prescription receipts to the hospital's billing office. Doctors and "
        "patients in the plan pay a copay for each visit, and the health care provider bills the plan.",
        "Preheat the oven. Mix flour, sodium and protein powder, and let the dough rest for an hour.",
        "The court ordered the discharge of the debt. Als and aids are words in other languages.",
        "The engine has a hydraulic joint and a vein of copper. Inflammation of the market followed, said the specialist.",
        "",
    ],
)
def test_no_health(text: str) -> None:
    health, terms = about_health(read(Source(text, "a.md")))
    assert not health, terms
