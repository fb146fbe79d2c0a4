"""The data tables: dated, sourced, without repeats, with numbers and patterns that can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from medlint import bundle, safe_yaml

DATA = bundle.folder() / "data"
TABLES = sorted(path.stem for path in DATA.glob("*.yaml"))
CONFIDENCE = {"high", "medium", "unverified"}
EVERYDAY = frozenset(
    "ability able about above account action active actual advance after again age agree aim air alert all allow alone also always "
    "and answer any apple area arm ask aspect asset atlas aware away back balance base beat best better bliss body bond book bridge "
    "bright calm care carry cause chance change chart choice clear climb close comfort commit cool core course cover cross crown cure "
    "dawn day deal deep delight direct dream drive ease edge effort emend energy engage essence even ever fact fair faith fast feel "
    "field find fine first fit flow focus force form free fresh friend future gain gentle glow goal good grace grow guard guide habit "
    "hand happy harmony head heal health heart help home honest hope image impact inspire intermezzo journey joy just keep key kind "
    "lead leap life light line link live loyal lucid lumen magic main march matter method mind mirror moment motion move muse nature "
    "new next night nix noble north now ocean open option orbit order other own pace path peace people perfect pillar pioneer plan "
    "play point power prime pure quest quick quiet rain reach ready refresh relief renew rest right rise river safe select sense shape "
    "share shine silk sky smart smile soft solo sonata song soul spark spirit spring stable star start still strong sun sure swift "
    "tabloid task time top touch trace trust truth union unity use value versed victory vision vital wave way well whole will wing "
    "wise wonder word work world young zeal".split()
)


@cache
def table(name: str) -> dict[str, Any]:
    text = (DATA / f"{name}.yaml").read_text("utf-8")
    content: dict[str, Any] = safe_yaml.read(text, name, most=safe_yaml.OURS)
    return content


def rows(value: object) -> Iterator[dict[str, Any]]:
    """Every mapping anywhere in ``value``."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from rows(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from rows(inner)


def patterns(name: str) -> list[str]:
    found = []
    for row in rows(table(name)):
        found += [row["pattern"]] if isinstance(row.get("pattern"), str) else []
        found += [text for text in row.get("patterns", []) if isinstance(text, str)]
    return found


def nested_repeat(pattern: str) -> bool:
    """Whether an unbounded repeat has an unbounded repeat inside: what makes a backtracking engine explode."""
    text = re.sub(r"\\.", "_", pattern)
    text = re.sub(r"\[\^?\]?[^\]]*\]", "_", text)
    repeats = [False]
    index = 0
    while index < len(text):
        char = text[index]
        if char == "(":
            repeats.append(False)
        elif char == ")":
            inside = repeats.pop()
            after = text[index + 1 : index + 2]
            unbounded = after in ("*", "+") or re.match(r"\{\d*,\}", text[index + 1 :]) is not None
            if inside and unbounded:
                return True
            repeats[-1] = repeats[-1] or inside or unbounded
        elif char in "*+" or re.match(r"\{\d*,\}", text[index:]):
            repeats[-1] = True
        index += 1
    return False


def test_nested_repeats_are_recognised() -> None:
    assert nested_repeat(r"(?:a+)+")
    assert nested_repeat(r"(\w+\s*)*x")
    assert not nested_repeat(r"\bstop(?:ping|ped)?\s+(?:it|them)\b")
    assert not nested_repeat(r"[(+*]+(?:a|b)?")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_what_it_is_and_when_and_where_from(name: str) -> None:
    content = table(name)
    assert content["title"]
    assert date.fromisoformat(content["verified"])
    assert content["sources"]
    for source in content["sources"]:
        assert source["title"]
        # A printed handout has no address, and our own compilations need none.
        assert source.get("url", "https://").startswith(("https://", "http://"))
        assert date.fromisoformat(source["accessed"])


@pytest.mark.parametrize("name", TABLES)
def test_ids_are_not_repeated(name: str) -> None:
    for key, value in table(name).items():
        if isinstance(value, list):
            ids = [row["id"] for row in value if isinstance(row, dict) and "id" in row]
            assert [entry for entry, times in Counter(ids).items() if times > 1] == [], key


@pytest.mark.parametrize("name", TABLES)
def test_confidence_is_said_in_one_of_three_words(name: str) -> None:
    assert {row["confidence"] for row in rows(table(name)) if "confidence" in row} <= CONFIDENCE


@pytest.mark.parametrize("name", TABLES)
def test_patterns_compile_and_cannot_explode(name: str) -> None:
    for pattern in patterns(name):
        re.compile(pattern, re.IGNORECASE)
        assert not nested_repeat(pattern), pattern


@pytest.mark.parametrize("name", TABLES)
def test_words_are_text(name: str) -> None:
    """YAML reads a bare 988 as a number."""
    for row in rows(table(name)):
        for key, value in row.items():
            if isinstance(value, list) and value and all(not isinstance(entry, dict) for entry in value):
                assert all(isinstance(entry, str) for entry in value), (key, value)


class TestCrisisLines:
    lines = table("crisis-lines")["lines"]

    def test_numbers_are_digits_as_people_write_them(self) -> None:
        for line in self.lines:
            for number in line["numbers"]:
                assert re.fullmatch(r"\+?\d[\d -]*\d", number), line["id"]
            if "text" in line:
                assert re.fullmatch(r"\d[\d -]*\d", line["text"]["code"]), line["id"]

    def test_letters_spell_a_number_of_the_same_line(self) -> None:
        keypad = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
        for line in self.lines:
            digits = {re.sub(r"\D", "", number) for number in line["numbers"]}
            for vanity in line.get("vanity", []):
                spelt = re.sub(r"\D", "", vanity.upper().translate(keypad))
                assert any(spelt.startswith(number) for number in digits), (line["id"], vanity)

    def test_a_line_can_be_reached_some_way(self) -> None:
        for line in self.lines:
            assert line["numbers"] or line.get("text") or line["domains"], line["id"]
            assert not line["call"] or line["numbers"], line["id"]

    def test_what_is_gone_says_since_when_or_what_instead(self) -> None:
        ids = {line["id"] for line in self.lines}
        for line in self.lines:
            assert line["status"] in {"current", "superseded", "closed"}
            if line["status"] != "current":
                assert line["replaced_by"] in ids
        current = {line["id"] for line in self.lines if line["status"] == "current"}
        assert {line["replaced_by"] for line in self.lines if "replaced_by" in line} <= current

    def test_what_stands_in_for_a_closed_line_has_a_number(self) -> None:
        numbered = {line["id"] for line in self.lines if line["numbers"]}
        assert {line["replaced_by"] for line in self.lines if line["status"] == "closed"} <= numbered

    def test_every_region_has_a_name(self) -> None:
        data = table("crisis-lines")
        assert {row["region"] for row in data["emergency"]} <= set(data["countries"])

    def test_no_name_is_both_right_and_wrong(self) -> None:
        for line in self.lines:
            assert not set(line["accepted_names"]) & set(line["rejected_names"]), line["id"]

    def test_the_lines_of_the_english_speaking_countries_cover_the_topics(self) -> None:
        for region in ("us", "ca", "uk", "ie", "au", "nz"):
            topics = {
                topic
                for line in self.lines
                if region in line["regions"] and line["status"] == "current"
                for topic in line["topics"]
            }
            assert {"suicide", "domestic-violence", "eating-disorder", "poisoning", "youth"} <= topics, region

    def test_every_region_of_a_line_has_an_emergency_number(self) -> None:
        regions = {region for line in self.lines for region in line["regions"]} - {"any"}
        assert regions <= {row["region"] for row in table("crisis-lines")["emergency"]}

    @pytest.mark.parametrize(
        ("sentence", "phrase"),
        [
            ("Dial 988 and press 3 for LGBTQ+ support.", "988-press-3"),
            ("Call the NEDA helpline.", "neda-helpline"),
            ("The National Suicide Prevention Lifeline is free.", "nspl-name"),
        ],
    )
    def test_closed_services_are_found_by_phrase(self, sentence: str, phrase: str) -> None:
        found = {
            row["id"] for row in table("crisis-lines")["phrases"] if re.search(row["pattern"], sentence, re.IGNORECASE)
        }
        assert found == {phrase}


class TestCredentials:
    data = table("credentials")

    def test_letters_belong_to_one_group(self) -> None:
        forms = Counter(
            form for group in self.data["groups"] for row in group["tokens"] for form in (row["token"], *row["forms"])
        )
        forms.update(form for row in self.data["insufficient"] for form in (row["token"], *row["forms"]))
        assert [form for form, times in forms.items() if times > 1] == []

    def test_groups_named_elsewhere_exist(self) -> None:
        groups = {group["id"] for group in self.data["groups"]}
        assert {row["group"] for row in self.data["combinations"]} <= groups
        for row in table("topics")["suitability"]:
            assert {*row["accepted"], *row["limited"], *row["unfit"]} <= groups
            assert not set(row["accepted"]) & set(row["unfit"])

    def test_places_are_told_from_people(self) -> None:
        states = {row["abbreviation"] for row in self.data["states"]}
        assert len(states) == 52
        assert {row["state"] for row in self.data["cities"]} == states
        assert sum(len(row["names"]) for row in self.data["cities"]) >= 300
        assert "Baltimore" in next(row["names"] for row in self.data["cities"] if row["state"] == "MD")


class TestMedicines:
    classes = table("medicines")["classes"]
    medicines = tuple(medicine for group in classes for medicine in group["medicines"])

    def brands(self, medicine: dict[str, Any]) -> set[str]:
        return {brand for names in medicine.get("brands", {}).values() for brand in names}

    def test_there_are_enough_to_tell_a_misspelt_one(self) -> None:
        assert len(self.medicines) >= 900
        assert len(set().union(*(self.brands(medicine) for medicine in self.medicines))) >= 700

    def test_a_generic_is_in_one_class(self) -> None:
        assert [name for name, times in Counter(row["generic"] for row in self.medicines).items() if times > 1] == []

    def test_the_classes_that_must_not_be_stopped_say_why(self) -> None:
        assert all(group["why"] for group in self.classes if group["withdrawal"])
        needed = {
            "ssri",
            "benzodiazepine",
            "beta-blocker",
            "alpha-2-agonist",
            "corticosteroid",
            "antiseizure",
            "opioid",
            "insulin",
        }
        assert needed <= {group["id"] for group in self.classes if group["withdrawal"] and group["strict"]}

    def test_a_brand_that_is_a_word_is_marked(self) -> None:
        for medicine in self.medicines:
            words = {brand for brand in self.brands(medicine) if brand.lower() in EVERYDAY}
            assert words <= set(medicine.get("ambiguous_brands", [])), medicine["generic"]

    def test_marks_name_brands_and_terms_that_are_there(self) -> None:
        for medicine in self.medicines:
            assert {*medicine.get("ambiguous_brands", []), *medicine.get("unverified", [])} <= self.brands(medicine)
        for group in self.classes:
            assert set(group["ambiguous_terms"]) <= set(group["terms"])

    def test_countries_are_four(self) -> None:
        assert {country for medicine in self.medicines for country in medicine.get("brands", {})} == {
            "us",
            "uk",
            "ca",
            "au",
        }

    def test_stems_lead_to_classes(self) -> None:
        assert {row["class"] for row in table("medicines")["stems"]} <= {group["id"] for group in self.classes}


class TestTopics:
    data = table("topics")

    def triggers(self, sentence: str) -> set[str]:
        """The triggers in ``sentence`` whose sense no exclusion changes."""
        found = set()
        for row in self.data["triggers"]:
            texts = [*row["patterns"], *(rf"\b{re.escape(phrase)}\b" for phrase in row["phrases"])]
            for match in (match for text in texts for match in re.finditer(text, sentence, re.IGNORECASE)):
                if not self.excluded(row["id"], sentence, match):
                    found.add(row["id"])
        return found

    def excluded(self, trigger: str, sentence: str, match: re.Match[str]) -> bool:
        for row in self.data["exclusions"]:
            if trigger in row["triggers"] and row["effect"] == "ignore":
                for other in (
                    other for text in row["patterns"] for other in re.finditer(text, sentence, re.IGNORECASE)
                ):
                    if row["scope"] == "sentence" or (other.start() <= match.start() and match.end() <= other.end()):
                        return True
        return False

    @pytest.mark.parametrize(
        ("sentence", "trigger"),
        [
            ("If you are thinking about suicide, get help.", "suicide"),
            ("Self-harm is common in teens.", "self-harm"),
            ("She wanted to end her own life.", "end-life"),
            ("He survived an opioid overdose.", "overdose"),
            ("Domestic violence takes many forms.", "domestic-violence"),
            ("Purging can damage your teeth.", "eating-disorder"),
            ("Anorexia is not a choice.", "anorexia"),
            ("Abuse by a partner can include rape.", "sexual-violence"),
        ],
    )
    def test_distress_is_seen(self, sentence: str, trigger: str) -> None:
        assert trigger in self.triggers(sentence)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Suicide gene therapy kills tumour cells.",
            "The suicide headache has many names.",
            "A suicide bomber struck the town.",
            "Cancer anorexia and anorexia-cachexia are hard to treat.",
            "Side effects include nausea, anorexia and fatigue.",
            "Rapeseed oil is low in saturated fat.",
            "We binge-watched a series.",
            "If you cut yourself shaving, press on the cut.",
        ],
    )
    def test_other_senses_are_not(self, sentence: str) -> None:
        strong = {row["id"] for row in self.data["triggers"] if row["strength"] == "strong"}
        assert self.triggers(sentence) & strong == set()

    def test_exclusions_name_triggers_that_exist(self) -> None:
        ids = {row["id"] for row in self.data["triggers"]}
        assert {trigger for row in self.data["exclusions"] for trigger in row["triggers"]} <= ids

    def test_the_lexicon_is_wide_and_single(self) -> None:
        terms = [term for group in self.data["lexicon"] for term in group["terms"]]
        assert len(terms) >= 400
        assert set(self.data["everyday"]) <= set(terms)


class TestConfusables:
    pairs = table("confusables")["pairs"]

    def test_there_are_enough(self) -> None:
        assert len(self.pairs) >= 40

    def test_the_sides_of_a_pair_share_nothing(self) -> None:
        for pair in self.pairs:
            one, other = pair["sides"]
            assert not {form.lower() for form in one["forms"]} & {form.lower() for form in other["forms"]}, pair["id"]
            assert not {word.lower() for word in one["context"]} & {word.lower() for word in other["context"]}, pair[
                "id"
            ]


def test_no_misspelt_organisation_is_another_ones_name() -> None:
    organisations = table("organisations")["organisations"]
    assert len(organisations) >= 60
    right = {name for row in organisations for name in (row["name"], *row.get("also", []), *row.get("former", []))}
    assert [wrong for row in organisations for wrong in row.get("misspellings", []) if wrong in right] == []


def test_plain_words_are_others_than_the_hard_one() -> None:
    words = table("plain-words")["words"]
    assert len(words) >= 250
    assert len({row["hard"] for row in words}) == len(words)
    assert all(row["plain"] and row["hard"] not in row["plain"] for row in words)
    assert not {row["hard"] for row in words} & table("medical-terms")["terms"].keys()


class TestPlaceholders:
    texts = table("placeholders")["texts"]

    def found(self, text: str) -> set[str]:
        return {
            row["id"] for row in self.texts if re.search(row["pattern"], text, 0 if row["cased"] else re.IGNORECASE)
        }

    @pytest.mark.parametrize(
        "text",
        [
            "Lorem ipsum dolor sit amet", "By [TK]", "Dear {{first_name}},", "Your Name Here", "Reviewed by [Reviewer Name], MD", "TODO: check this",
            "Text goes here", "donâ€™t", "Call (555) 123-4567", "Written by undefined", "References coming soon", "[citation needed]",
        ],
    )  # fmt: skip
    def test_unfinished_text_is_seen(self, text: str) -> None:
        assert self.found(text)

    @pytest.mark.parametrize(
        "text",
        [
            "See the trial [1].", "They said it [sic].", "Write your name on the form.", "The null hypothesis held.", "Call 1-800-273-8255.",
            "Read the [source] of the claim.", "It costs $5 {about}.", "AT&T pays for it.", "He took [the medicine] twice.", "A draft of cold air.",
        ],
    )  # fmt: skip
    def test_finished_text_is_not(self, text: str) -> None:
        assert self.found(text) == set()


def test_daily_maxima_are_amounts_of_known_things() -> None:
    medicines = table("medicines")
    known = {
        name
        for group in medicines["classes"]
        for row in group["medicines"]
        for name in (row["generic"], *row.get("also", []))
    }
    known |= {name for group in medicines["supplements"] for name in group["names"]}
    for row in table("dose-maxima")["maxima"]:
        assert row["medicine"] in known, row
        assert row["unit"] in {"mg", "mcg", "IU", "g"}
        assert 0 < row.get("single", row["daily"]) <= row["daily"]
