"""Which pages need a helpline, and what on a page is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from medlint.facts import crisis, topic
from medlint.facts.crisis import Crisis
from medlint.facts.directory import Directory, directory
from medlint.facts.distress import Weight
from medlint.facts.visibility import Visibility
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source


def facts(text: str, name: str = "a.md", region: str = "", *, health: bool = True) -> Crisis:
    document = read(Source(text, name))
    return crisis.find(document, topic.find(document, Profile(region=region, health=health)), Visibility(document))


# Lines


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("If you are thinking of ending your life, call or text 988.", ["988"]),
        ("Call the 988 Suicide & Crisis Lifeline.", ["988"]),
        ("Reach the988 Suicide & Crisis Lifelineat988or chat at988lifeline.org.", ["988"]),
        ("Help is there day and night: dial 988, then press 1.", ["988"]),
        ("In Canada, call 9-8-8.", ["988"]),
        ("Samaritans are there day or night on 116 123.", ["116 123"]),
        ("Ring Samaritans on 116123, free from any phone.", ["116 123"]),
        ("Phone Lifeline on 13 11 14.", ["13 11 14"]),
        ("Text HOME to 741741.", ["741741"]),
        ("Text HOME to 741-741 to reach the Crisis Text Line.", ["741741"]),
        ("Call 1-800-273-TALK (8255).", ["1-800-273-8255"]),
        ("Call 1-800-273-TALK any time.", ["1-800-273-8255"]),
        ("Call 1 (800) 273-8255 any time.", ["1-800-273-8255"]),
        ("Call +1 800.273.8255 any time.", ["1-800-273-8255"]),
        ("Call 800–273–8255 any time.", ["1-800-273-8255"]),
        ("The Trevor Project: 866-488-7386.", ["1-866-488-7386"]),
        ("Papyrus HOPELINE247: +44 (0)800 068 4141.", ["0800 068 4141"]),
        ("Childline can be reached on 0800 1111.", ["0800 1111"]),
        ("It is free: 0800 1111.", ["0800 1111"]),
        ("Chat with someone now at 988lifeline.org.", ["988lifeline.org"]),
        ("Get help at crisistextline.org.", ["crisistextline.org"]),
        ("Get support from [the Lifeline](https://988lifeline.org/chat/).", ["988lifeline.org"]),
        ("The domestic violence hotline is 1-800-799-SAFE.", ["1-800-799-7233"]),
        ("Call the county's 24-hour crisis line at (555) 010-0199.", ["(555) 010-0199"]),
        ("In crisis? Call 988 day or night.", ["988"]),
        ("In crisis? Call 988 any day of the week.", ["988"]),
        ("In a crisis, call 988 seven days a week.", ["988"]),
        ("Suicide: call 988 twenty-four hours a day.", ["988"]),
        ("Call or text 988 at any hour. Suicide can be prevented.", ["988"]),
        ("Thoughts of suicide? Call 988 for people in crisis.", ["988"]),
        ("In crisis? Call 988 to reach counselors.", ["988"]),
        ("In crisis? Call 988 if people around you cannot help.", ["988"]),
        ("In crisis? Dial 988 when people around you cannot help.", ["988"]),
        ("Our mental health crisis team can be reached on 0191 496 0000.", ["0191 496 0000"]),
        ("Our mental health crisis team can be reached on 0044 191 496 0000.", ["0044 191 496 0000"]),
        ("Our county crisis line: 555-010-0199 (24/7).", ["555-010-0199"]),
        ("988 connects people in crisis with a counselor.", ["988"]),
        ("Text SHOUT to 85258.", ["85258"]),
        ("In New Zealand, help is free. Call or text 1737.", ["1737"]),
        ("Call 1737. It is free. In New Zealand it answers day and night.", ["1737"]),
        (
            "Chat at crisistextline.org or [988lifeline.org](https://988lifeline.org).",
            ["988lifeline.org", "crisistextline.org"],
        ),
    ],
)
def test_a_line_is_found_however_it_is_written(text: str, numbers: list[str]) -> None:
    assert list(facts(text).numbers) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "The trial had 988 participants.",
        "The hall seats 988.",
        "Suicide: the crisis line had 988 callers.",
        "The number of suicides rose to 988 each year.",
        "The number of suicides rose to 988 in 2020.",
        "In France, the number of suicides fell to 119 in 2020.",
        "Suicides went up from 911 to 988 in 2020.",
        "Suicides reached 988 in 2020.",
        "Suicide took 988 lives in the county.",
        "Calls to the crisis line rose to 988 a day.",
        "The suicide hotline answered 988 more calls.",
        "Of 988 people called, 400 took part.",
        "We sent a text to 988 patients.",
        "It costs $988, call us.",
        "Take 988 mg. Call your doctor.",
        "Crisis care rose to 988.5 per 1,000.",
        "There were 1,988 calls to the crisis team.",
        "Call the crisis team, as 1,988 did.",
        "In a crisis, call 988.5",
        "Call us: a night costs $988.",
        "Call 988-1234 to book.",
        "Call the clinic on 555-988-1200.",
        "Try the 5-4-3-2-1 technique in a crisis.",
        "Sleep 7-9 hours, in 10 minutes you can call it a night.",
        "Contact the National Call Center for Homeless Veterans at 1-877-424-3838.",
        "Call the caregiver support line at 1-855-260-3274.",
        "Call our general information hotline at 1-800-827-1000.",
        "To book an appointment, call 1-800-555-0199.",
        "The housing crisis line is 555-010-0142.",
        "In a crisis, call your doctor on 555-010-0142.",
        "The crisis line is busy. Book a visit on 555-010-0142.",
        "Call SAMHSA's National Helpline at 1-800-662-HELP (4357).",
        "The NEDA helpline is 1-800-931-2237.",
        "Call 111 if the rash spreads.",
        "The study ran from 116 to 123 days.",
        "A total of 116 123 patients were screened.",
        "According to [Samaritans](https://www.samaritans.org/research), men find it hard to talk.",
        "Get support from [Refuge](https://refuge.org.uk/).",
        "Researchers found that help from [Samaritans](https://www.samaritans.org/research) works.",
        "Get help at my988lifeline.org.",
        "Call 741741 now.",
        "- Sleep\n- 988 Suicide & Crisis Lifeline",
        "About 85258 people live there.",
        "Contact the Veterans Crisis Line.",
        "Poison control is on 1-800-222-1222.",
        "Call Samaritans on 08457 90 90 90.",
        "![Call 988](poster.png)",
        "<!-- call 988 -->",
        "`call 988`",
    ],
)
def test_what_only_looks_like_a_line(text: str) -> None:
    assert not facts(text).numbers


def test_nhs_111_is_a_line_where_the_page_says_for_what() -> None:
    assert facts("Call 111 and choose the mental health option.", region="uk").numbers == ("111",)
    assert facts("Call NHS 111 (option 2) at any time.", region="uk").numbers == ("111",)
    assert not facts("Call 111 if your cough gets worse.", region="uk").numbers


def test_a_poison_centre_is_a_line_on_a_page_about_overdose() -> None:
    assert facts("An overdose is an emergency. Poison Help: 1-800-222-1222.").numbers == ("1-800-222-1222",)
    assert facts("An overdose is an emergency.\n\nPoison Help: 1-800-222-1222.").numbers == ("1-800-222-1222",)
    assert not facts("Suicide can be prevented.\n\nPoison Help: 1-800-222-1222.").numbers


def test_a_line_of_another_country_does_not_answer_the_reader() -> None:
    text = "Call Samaritans on 116 123."
    assert facts(text, region="uk").numbers == ("116 123",)
    assert facts(text, region="ie").numbers == ("116 123",)
    assert not facts(text, region="us").numbers


@pytest.mark.parametrize(
    ("text", "region", "ids"),
    [
        ("In a crisis, dial 988, then press 1.", "", ["us-veterans"]),
        ("In a crisis, dial 988, then press one.", "", ["us-veterans"]),
        ("Call the Veterans Crisis Line on 988.", "", ["us-veterans"]),
        ("In a crisis, call 988.", "ca", ["ca-988"]),
        ("In a crisis, call 988/911.", "", ["us-988"]),
        ("In a crisis, ring 116 123/999.", "uk", ["uk-samaritans"]),
        ("In a crisis, call 988or 911.", "", ["us-988"]),
        ("In a crisis, call 988x now.", "", []),
        ("Our 988 hotline answers.", "", ["us-988"]),
        ("Help answers at988 in every state.", "", ["us-988"]),
        ("In a crisis, call 988 -- - 1234 rings too.", "", ["us-988"]),
        ("In a crisis, call 988 1234 to book.", "", []),
        ("In a crisis, call 988 555 0199.", "", []),
        ("In a crisis, call 988. 911 is for emergencies.", "", ["us-988"]),
        ("In a crisis, call 988 (911 if you are hurt).", "", ["us-988"]),
        ("In a crisis, call 988 (24 hours a day).", "", ["us-988"]),
        ("In a crisis, call 988 - 10000 people do so each day.", "", ["us-988"]),
        ("988 reaches the Veterans Crisis Line too.", "", ["us-veterans"]),
        ("In a crisis, ring 147.", "ch", ["ch-147"]),
        ("In a crisis, ring 116 123 1234 to book.", "uk", []),
        ("In a crisis, ring B988 now.", "", []),
        ("In New Zealand, call or text 1737.", "", ["nz-1737"]),
        ("Call or text 1737.", "nz", ["nz-1737"]),
        ("Call or text 1737.", "uk", []),
        ("Call or text 1737.", "", []),
        ("In distress? Call or text 1737.", "", ["nz-1737"]),
        ("In distress? Call or text 1737.", "us", []),
        ("Call our county crisis line on 555 0100.", "", ["local"]),
        ("Call our county crisis line on 55 010.", "", []),
        ("Visit 988lifeline.org for help.", "", ["us-988"]),
        (
            "Chat at [988lifeline.org](https://988lifeline.org) or crisistextline.org.",
            "",
            ["us-988", "us-crisis-text-line"],
        ),
        ("Data are on 988lifeline.org.", "", []),
        ("Chat at 988lifeline.org, reports a study.", "", []),
        ("[Chat now](https://988lifeline.org).", "", ["us-988"]),
        ("Find help through [the Lifeline](https://www.988lifeline.org/x?y).", "", ["us-988"]),
        ("Read [more](https://988lifeline.org).", "", []),
        ("[Chat now](ftp://988lifeline.org).", "", []),
    ],
)
def test_the_line_meant_is_told_by_the_words_around(text: str, region: str, ids: list[str]) -> None:
    assert [mention.line.id for mention in facts(text, region=region).helplines.mentions] == ids


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Call our county crisis line on 1 (555) 010-0199.", "1 (555) 010-0199"),
        ("Call our county crisis line on +1 555 010 0199.", "+1 555 010 0199"),
        ("Call our county crisis line (555 010 0199).", "555 010 0199"),
        ("Ring (800) 273-8255.", "(800) 273-8255"),
        ("(800) 273-8255 answers at any hour.", "(800) 273-8255"),
        ("+1 800 273 8255 answers at any hour.", "+1 800 273 8255"),
        ("Ring 1-800-273-TALK now.", "1-800-273-TALK"),
        ("Ring 0800 LIFELINE now.", "0800 LIFELINE"),
        ("Ring 800SUICIDE, day or night.", "800SUICIDE"),
        ("Get help at www.988lifeline.org.", "988lifeline.org"),
    ],
)
def test_a_number_is_marked_from_its_first_sign_to_its_last(text: str, written: str) -> None:
    (mention,) = facts(text).helplines.mentions
    assert text[slice(*mention.span)] == written


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        ("Call 911 now.", "", ["911"]),
        ("Call 9-1-1 now.", "", ["911"]),
        ("In an emergency, 911 is free.", "", ["911"]),
        ("Call 988 or 911.", "", ["911"]),
        ("Call 112 at once.", "de", ["112"]),
        ("Call 119 at once.", "jp", ["119"]),
        ("Call 119 at once.", "", []),
        ("The 911 trial ran.", "", []),
        ("Call 911 people.", "", []),
        ("Call 911.5 times.", "", []),
        ("Call 9-11 now.", "", []),
        ("Call 112/911 now.", "", ["112", "911"]),
        ("Call 988/911 now.", "", ["911"]),
        ("Call 9-1-1/9-8-8 now.", "", ["911"]),
        ("In an emergency, call 15.", "fr", ["15"]),
        ("Emergency visits rose to 911.", "", []),
        ("<p>In trouble: <a href='tel:911'>911</a></p>", "", ["911"]),
        ("<p>The 911 trial ran: <a href='tel:555'>here</a></p>", "", []),
        ("<p><a href='tel:5550100'>Book here</a>. The 911 trial ran.</p>", "", []),
    ],
)
def test_an_emergency_number_is_one_to_be_called(text: str, region: str, numbers: list[str]) -> None:
    name = "a.html" if text.startswith("<") else "a.md"
    assert [call.number for call in facts(text, name, region).helplines.emergencies] == numbers


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The lifeline is 1-800-273-8225.", ["1-800-273-8255"]),
        ("The lifeline is 800 273 825.", ["1-800-273-8255"]),
        ("Ring Samaritans on 116 132.", ["116 123"]),
        ("Call the 988 Suicide & Crisis Lifeline on 987.", ["988"]),
        ("The clinic is 1-800-273-8225.", []),
        ("The lifeline is 0800 068 4142.", []),
        ("Text Shout on 85259.", []),
        ("Ring Samaritans on 116 1234.", []),
        ("Call the 988 Suicide & Crisis Lifeline on 911.", []),
        ("Of callers to the 988 Suicide & Crisis Lifeline, 987 wait.", []),
        ("The 988 Suicide & Crisis Lifeline was reached by 987 people.", []),
        ("Call the 988 Suicide & Crisis Lifeline at 987lifeline.org.", []),
        ("The lifeline is 1-800-273-8225 (24/7).", ["1-800-273-8255"]),
        ("The lifeline is 800 273 825or chat.", ["1-800-273-8255"]),
        ("Papyrus HOPELINE247 answers on 0044 800 068 4142.", ["0800 068 4141"]),
        ("The NSPCC Helpline is on 0808 800 8000.", ["0808 800 5000"]),
        ("Ring Die Dargebotene Hand on 142.", ["143"]),
        ("Call NHS 111 on 117.", ["111"]),
        ("If NHS 111 says so, call 112.", []),
        ("The Trevor Project is for the young: 866-488-7386.", []),
        ("Ask the Trevor Project. Our clinic is on 1-800-273-8225.", []),
        ("Call the campus crisis line on 986.", []),
        ("Chat with the 988 Suicide & Crisis Lifeline at 988-help.org.", []),
        ("Visit the 988 Suicide & Crisis Lifeline office at 987B Elm Street.", []),
        ("The 988 Suicide & Crisis Lifeline spoke to 987,400 people last year.", []),
        ("Staff at the 988 Suicide & Crisis Lifeline talked to 987 people last night.", []),
    ],
)
def test_a_number_one_digit_off_is_one_where_its_line_is_named(text: str, right: list[str]) -> None:
    assert [miss.way.written for miss in facts(text).helplines.near_misses] == right


@pytest.mark.parametrize(
    ("digits", "near"),
    [
        ("18002738265", {"1-800-273-8255"}),
        ("1800273825", {"1-800-273-8255"}),
        ("180027382555", {"1-800-273-8255"}),
        ("18002732855", {"1-800-273-8255"}),
        ("80018096", {"800 180 969"}),
        ("1800278255", {"1-800-273-8255"}),
        ("10082738255", set()),
        ("978", {"988"}),
        ("116132", {"116 123"}),
        ("88", set()),
        ("9888", set()),
        ("0800111", set()),
    ],
)
def test_numbers_are_near_by_one_digit(digits: str, near: set[str]) -> None:
    assert {way.written for way in directory().near(digits)} == near


def test_a_country_of_which_no_line_is_known_is_not_judged() -> None:
    assert "us" in directory().regions
    assert not Directory(structs.replace(directory().table, lines=())).regions


@pytest.mark.parametrize(
    ("dialled", "written"),
    [
        ("18002738255", "1-800-273-8255"),
        ("8002738255", "1-800-273-8255"),
        ("08000684141", "0800 068 4141"),
        ("448000684141", "0800 068 4141"),
        ("4408000684141", "0800 068 4141"),
        ("00448000684141", "0800 068 4141"),
        ("44116123", None),
        ("8000684141", None),
        ("800551800", None),
    ],
)
def test_a_number_is_dialled_with_and_without_the_code_of_its_country(dialled: str, written: str | None) -> None:
    way = directory().ways.get(dialled)
    assert (way.written if way else None) == written


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ask the National Suicide Prevention Lifeline, or ask Mind.",
            ["National Suicide Prevention Lifeline", "Mind"],
        ),
        ("the national suicide prevention lifeline", ["national suicide prevention lifeline"]),
        ("Keep in mind a shout.", []),
        ("Papyrus HOPELINE247 answers.", ["Papyrus HOPELINE247"]),
        ("Two Crisis Text Lines answer.", []),
        ("An SOS went out.", []),
    ],
)
def test_the_longest_names_are_found_and_short_ones_as_written(text: str, names: list[str]) -> None:
    assert [text[slice(*span)] for span in directory().names_in(text)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Trevor Project is for the young: 866-488-7386.", "The Trevor Project"),
        ("Samaritans or the Trevor Project: 866-488-7386.", "the Trevor Project"),
        ("Samaritans help too, or ring 866-488-7386 (the Trevor Project).", "the Trevor Project"),
        ("Ring 0800 068 4141: Papyrus HOPELINE247.", "Papyrus HOPELINE247"),
        ("The Trevor Project (555-0100) and its friends: 866-488-7386.", None),
        ("The Trevor Project is for the young and for all who would like to talk with someone: 866-488-7386.", None),
        (
            "Ring 866-488-7386 at any hour of the day and of the night, and somebody at the Trevor Project answers.",
            None,
        ),
    ],
)
def test_a_number_has_the_nearest_name_in_reach(text: str, name: str | None) -> None:
    (mention,) = facts(text).helplines.mentions
    assert (mention.block.text[slice(*mention.name)] if mention.name else None) == name


ELSEWHERE = "Walk every day, sleep at fixed hours and see friends. Eat well, drink water, and take the stairs."


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (f"Dial 988 and press 3. {ELSEWHERE}", ["988-press-3"]),
        (f"Press 3 on the keypad for 988. {ELSEWHERE}", ["988-press-3"]),
        (f"{ELSEWHERE} Dial 988 and press 3.", ["988-press-3"]),
        (f"988: press 3 if you are young. {ELSEWHERE}", ["988-press-3"]),
        (f"Press 3 on the keypad. {ELSEWHERE} Dial 988.", []),
        (f"Dial 988. {ELSEWHERE} Press 3 on the keypad.", []),
        ("<p hidden>You can call the NEDA helpline.</p>", []),
        ("## References\n\n1. Dial 988 and press 3. Journal of Lines. 2024.", []),
    ],
)
def test_a_service_named_by_a_phrase_is_one_near_its_words(text: str, phrases: list[str]) -> None:
    assert [use.phrase.id for use in facts(text).helplines.phrases] == phrases


@pytest.mark.parametrize(
    "text", ["Text HOME to 741741.", 'Text "HOME" to 741741.', "Send the word HOME to 741741.", "Text HOME to the number 741741."]
)  # fmt: skip
def test_the_word_to_text_is_read(text: str) -> None:
    (mention,) = facts(text).helplines.mentions
    assert mention.keyword is not None
    assert mention.block.text[slice(*mention.keyword)] == "HOME"


@pytest.mark.parametrize(
    ("html", "mismatches"),
    [
        ("<p>Press <a href='tel:998'>988</a>.</p>", [("988", "998")]),
        ("<p>Press <a href='tel:988'>998</a>.</p>", [("998", "988")]),
        ("<p>Press <a href='tel:911'>912</a>.</p>", [("912", "911")]),
        ("<p>Press <a href='TEL:988'>988</a>.</p>", []),
        ("<p>Press <a href='tel:911'>911</a>.</p>", []),
        ("<p>Press <a href='tel:988;ext=1'>988</a>.</p>", []),
        ("<p>Press <a href='tel:5550100'>555 0199</a>.</p>", []),
        ("<p hidden>Press <a href='tel:998'>988</a>.</p>", []),
        ("<p>Press <a href='tel:08000684141'>+44 800 068 4141</a>.</p>", []),
        ("<p>Press <a href='tel:273-8255'>1-800-273-8255</a>.</p>", []),
        ("<p>Press <a href='tel:18002738255'>1-800-273-TALK</a>.</p>", []),
        ("<p>Press <a href='tel:988'>988 or 911</a>.</p>", []),
        ("<p>Press <a href='tel:988'>988 (24/7)</a>.</p>", []),
        ("<p><a href='/x'>Read on</a>, or press <a href='tel:998'>988</a>.</p>", [("988", "998")]),
        ("<p><a href='tel:988'>Call now</a>, or press <a href='tel:998'>988</a>.</p>", [("988", "998")]),
        ("<p>Press <a href='tel:5550988'>988</a>.</p>", [("988", "5550988")]),
        ("<p>Press <a href='tel:5551737'>1737</a>.</p>", [("1737", "5551737")]),
        ("<p>Press <a href='tel:+9114416'>14416</a>.</p>", []),
        ("<p>Press <a href='tel:998'>988 (24/7)</a>.</p>", [("988", "998")]),
        ("<p>Press <a href='tel:'>988</a>.</p>", []),
        ("<p>Press <a href='https://example.org/998'>988</a>.</p>", []),
    ],
)
def test_a_link_dials_what_it_shows(html: str, mismatches: list[tuple[str, str]]) -> None:
    found = facts(html, "a.html").helplines.mismatches
    assert [(mismatch.shown, mismatch.dialled) for mismatch in found] == mismatches


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("In a crisis, call 988.", {"call"}),
        ("In a crisis, call or text 988.", {"call", "text"}),
        ("In a crisis, call 988. You can chat too.", {"call", "chat"}),
        ("In a crisis, call 988. It is free. You can chat too.", {"call"}),
        ("Chat with others. In a crisis, call 988.", {"call"}),
        ("Get help at 988lifeline.org.", {"chat"}),
        ("Get help at crisistextline.org.", {"chat"}),
    ],
)
def test_the_ways_to_reach_a_line_are_named_beside_it(text: str, routes: set[str]) -> None:
    assert facts(text).helplines.mentions[0].routes == routes


def page(main: str, before: str = "", after: str = "") -> str:
    return f"<html lang=en><body>{before}<main><h1>Low mood</h1>{main}</main>{after}</body></html>"


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        (page("<p>Text.</p>", before="<nav><ul><li><a href='/988'>988 Suicide &amp; Crisis Lifeline</a></li></ul></nav>"), ()),
        (page("<p>Text.</p>", before="<div class='banner'>In crisis? Call or text 988.</div>"), ("988",)),
        (page("<p>Text.</p>", before="<div class='banner'><a href='https://988lifeline.org'>988 Suicide &amp; Crisis Lifeline</a></div>"), ("988",)),
        (page("<p>Text.</p>", before="<div class='banner'><a href='https://a.org/988'>988 Suicide &amp; Crisis Lifeline</a></div>"), ()),
        (page("<p>Text.</p>", before="<div class='banner'>988 Suicide &amp; Crisis Lifeline <a href='https://988lifeline.org'>(site)</a></div>"), ()),
        (page("<p>Text.</p>", after="<footer><p>In crisis? Call or text 988.</p></footer>"), ("988",)),
        (page("<p>Text.</p>", after="<footer><p>988 Suicide &amp; Crisis Lifeline</p></footer>"), ()),
        (page("<p>Text.</p>", after="<div class='related'><p>What happens when you call 988?</p></div>"), ()),
        (page("<p hidden>Call 988.</p>"), ()),
        (page("<ul><li><a href='https://www.thetrevorproject.org'>The Trevor Project</a></li></ul>"), ("thetrevorproject.org",)),
        (page("<p>It rose, <a href='https://www.thetrevorproject.org'>The Trevor Project</a> finds.</p>"), ()),
        (page("<ul><li><a href='https://www.samaritans.org'>Samaritans</a></li></ul>"), ("samaritans.org",)),
        (page("<ul><li><a href='https://www.thetrevorproject.org'>Young people in 2024</a></li></ul>"), ()),
        (page("<details><summary>Get help now</summary><p>Call 988.</p></details>"), ("988",)),
        (
            page("<p>Text.</p>", before="<a href='#m'>Get help</a><div id='m' class='modal' style='display:none'><p>Call <a href='tel:988'>988</a>.</p></div>"),
            ("988",),
        ),
        (page("<p>Text.</p>", before="<div id='m' class='modal' style='display:none'><p>Call <a href='tel:988'>988</a>.</p></div>"), ()),
        (page("<h2>Get help</h2><ul><li>988 Suicide &amp; Crisis Lifeline</li></ul>"), ("988",)),
        (page("<h2>Get help</h2><p>Walk.</p><ul><li>988 Suicide &amp; Crisis Lifeline</li></ul>"), ("988",)),
        (page("<p>Get help:</p><ul><li>Sleep</li><li>988 Suicide &amp; Crisis Lifeline</li></ul>"), ("988",)),
        (page("<p>Get help.</p><p>988 Suicide &amp; Crisis Lifeline</p><p>Walk.</p>"), ("988",)),
        (page("<p>Walk.</p><p>988 Suicide &amp; Crisis Lifeline</p><p>Help is near.</p><p>Rest.</p>"), ("988",)),
        (page("<p>988 Suicide &amp; Crisis Lifeline</p><p hidden>Help is near.</p>"), ()),
        (page("<p>Get help:</p><ul><li>Sleep</li></ul><p>988 Suicide &amp; Crisis Lifeline</p>"), ("988",)),
        ("<ul><li>Get help now</li><li>988 Suicide &amp; Crisis Lifeline</li></ul>", ("988",)),
        ("<p>Help is near.</p><ul><li>Sleep</li><li>988 Suicide &amp; Crisis Lifeline</li></ul>", ("988",)),
        ("<nav><p>Help and support</p></nav><main><p>988 Suicide &amp; Crisis Lifeline</p><p>Walk.</p></main>", ()),
        (page("<p><a href='tel:988'>988</a></p><p>Walk.</p>"), ("988",)),
        (page("<p><a href='https://988lifeline.org'>Chat now</a></p><p>Walk.</p>"), ("988lifeline.org",)),
        (page("<p>Walk.</p><p>0800 1111</p><p>Walk.</p>"), ("0800 1111",)),
        (page("<p>Chat now:</p><p><a href='https://988lifeline.org'><img src='c.png' alt='Logo'></a></p>"), ()),
        (page("<p>Walk.</p>", after="<footer><p><a href='tel:988'>988</a></p></footer>"), ("988",)),
        (page("<p>Walk.</p>", after="<footer><p>More support online: 988lifeline.org</p></footer>"), ("988lifeline.org",)),
        (page("<h2>988 Suicide &amp; Crisis Lifeline</h2><p>Walk.</p>"), ()),
        (page("<h2>Topics</h2><ul><li>Sleep</li><li>988 Suicide &amp; Crisis Lifeline</li></ul><p>Sleep well.</p>"), ()),
        (page("<h2>References</h2><ul><li>988 Suicide &amp; Crisis Lifeline. Call volume. 2024.</li></ul>"), ()),
        (page("<p>Press <a href='tel:988'>here</a>, or <a href='sms:988'>988</a>.</p>"), ("988",)),
    ],
)  # fmt: skip
def test_where_a_line_counts(html: str, numbers: tuple[str, ...]) -> None:
    assert facts(html, "a.html").numbers == numbers


# Topics


@pytest.mark.parametrize(
    "text",
    [
        "Some people begin to think about suicide.",
        "Self-harm is common in teens; talk to someone.",
        "This article is not about suicide.",
        "If you are not having suicidal thoughts, read on.",
        "Signs include thoughts about killing yourself.",
        "They may feel that others are better off without them.",
        "Fentanyl is often involved in an overdose.",
        "Anorexia nervosa and bulimia are serious illnesses.",
        "Leaving an abusive relationship is hard. Domestic violence is never your fault.",
        "Side effects include suicidal thoughts.",
        "# Living with bipolar disorder\n\nMoods change.",
        "# Mood\n\n## [Depression](#depression)\n\nIt is common.",
        "# Mood\n\n## Depression after birth\n\nIt is common.",
        "Suicide can be prevented. Help is near. Call or text 988.",
        "Call or text 988 now. Suicide can be prevented.",
        "If you think of suicide, call or text 988.\n\nSuicide can be prevented.",
        "People may speak of suicide (or hint at it).",
        "Suicide can be prevented. Some call cluster headache the suicide headache.",
        "Some call cluster headache the suicide headache, and suicide is a risk of it.",
        "Fentanyl can stop your breathing within minutes. After surgery it is given in other forms.",
        "After surgery, pain relief is planned with care. Fentanyl from the street can stop your breathing.",
        "# Assisted suicide\n\nThe law differs from country to country.",
        "Accidental overdose deaths are rising.",
        "# Gambling addiction\n\nIt takes hold slowly.",
        "# [Suicide](/suicide)\n\nIt can be prevented.",
        "Tell somebody today if you have [suicidal thoughts](/s).",
        f"Sleep well.\n\n### [Know the signs](/s)\n\nThoughts of suicide can come and go. {'Sleep at fixed hours. ' * 20}",
        "- Suicide\n" + "- Sleep\n" * 28,
        "- Sleep\n" * 29 + "- Suicide is a word that many people find hard to say aloud to others\n",
        "Sleep.\n\n" * 29 + "Suicide.",
    ],
)
def test_a_line_is_needed(text: str) -> None:
    assert facts(text).topic


@pytest.mark.parametrize(
    "html",
    [
        "<main><p>Walk.</p></main><footer><p>Suicide can be prevented.</p></footer>",
        "<main><p>Walk.</p><p hidden>Suicide can be prevented.</p></main>",
        "<main><p>Walk.</p><p><img src='p.png' alt='Suicide can be prevented'></p></main>",
    ],
)
def test_what_nobody_reads_in_the_article_needs_no_line(html: str) -> None:
    assert not facts(html, "a.html").topic


LONG = "Brush twice a day and floss once. See a dentist every six months, and eat less sugar. " * 25


@pytest.mark.parametrize(
    "text",
    [
        "Suicide gene therapy is studied in cancer.",
        "A suicide inhibitor binds to the enzyme for good.",
        "The bacteria use cellular suicide to stop the virus.",
        "Cluster headache is called the suicide headache.",
        "Oilseed rape is a source of oil.",
        "Side effects include nausea, anorexia and fatigue.",
        "Cancer anorexia is common.",
        "They binge-watch series.",
        "Saying so would be career suicide.",
        "Respiratory depression can follow.",
        "Head trauma needs a scan.",
        "A hypertensive crisis is an emergency.",
        "Don't panic.",
        "# Smoking\n\n## Nicotine addiction\n\nIt takes hold within weeks.",
        "# Dementia\n\n## Hallucinations\n\nThey can frighten.",
        "# Colitis\n\n## Preventing a relapse\n\nTake the tablets every day.",
        "# Metformin\n\n## Overdose\n\nSymptoms of an overdose are sickness and deep breathing.",
        "# Pain in cancer\n\n## Fentanyl patches\n\nA fentanyl patch works for three days.",
        "Avoid cutting yourself when shaving.",
        "Insomnia has many causes: stress, depression, or bipolar disorder.",
        f"{LONG}\n\nBulimia can wear down the enamel.",
        f"{LONG}\n\nInjuries to the mouth can come from sport, falls or domestic violence.",
        "If you are in crisis, call the 988 Suicide & Crisis Lifeline at 988.",
        "If you think of suicide, call or text 988.",
        "Do you think of suicide? Call or text 988.",
        "Call 988 if you think of suicide",
        "Scrape the carrots.",
        "A grape, cut small, is safe.",
        "Anorexiants are drugs that curb hunger.",
        "# Pain in cancer\n\nA fentanyl patch works for three days. Never cut a patch.",
        "# School\n\n## Bullying\n\nIt hurts.",
        "- Suicide\n" + "- Sleep\n" * 29 + "\nThese words are explained below.",
        "- Sleep\n" * 29 + "- Suicide\n",
        f"{LONG}\n\nFewer pills mean fewer opioid overdose deaths.",
        "Try the Suicide Call Back Service. It is free. Call 1300 659 467.",
        "- [Suicide prevention](/s)\n- [Depression](/d)",
        "Sleep well.\n\n### [Know the signs of suicide](/s)\n\nHow to tell that a friend is suicidal.",
    ],
)
def test_no_line_is_needed(text: str) -> None:
    assert not facts(text).topic


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Suicide is a leading cause of death.", True),
        ("Side effects include suicidal thoughts.", False),
        ("Side effects include:\n\n- nausea\n- headache\n- suicidal thoughts", False),
        ("# Mood\n\n## Side effects\n\nSome people think of suicide.", True),
        ("- Suicide can be prevented.\n- Sleep well.\n\nSome medicines have side effects.", True),
        (f"{LONG}\n\nSuicide is rare among dentists.", False),
        (f"{LONG}\n\nSuicide is rare among dentists. Suicide can be prevented.", True),
        (f"{LONG}\n\nTell your dentist if you think of suicide.", True),
        (f"{LONG}\n\n## Suicide among dentists\n\nIt is rare.", True),
        (f"{LONG}\n\nBulimia can wear down the enamel. Bulimia can be treated.", False),
        (f"{LONG}\n\nBulimia wears down the enamel. Bulimia can be treated. Bulimia is common.", True),
        (f"{LONG}\n\nIf you live with bulimia, tell your dentist.", False),
        (f"# Bulimia and teeth\n\n{LONG}", True),
        ("Bulimia can wear down the enamel.", False),
        ("# Depression\n\nIt passes.", True),
        ("# Mood\n\n## Depression\n\nIt passes.", False),
        ("# Depression\n\n## Bipolar disorder\n\nThey pass.", True),
        ("# Panic and trauma\n\nThey pass.", False),
    ],
)
def test_a_subject_is_certain_and_what_is_said_in_passing_is_not(text: str, certain: bool) -> None:
    weight = facts(text).weight
    assert (weight.needed, weight.certain) == (True, certain)


def test_a_page_through_which_words_of_distress_run_needs_a_line() -> None:
    thread = ["Depression is common.", "PTSD is common.", "Depression passes.", "PTSD passes.", "Depression ends."]
    assert facts("\n\n".join(thread)).weight == Weight(True, False, ("suicide",))
    for less in (thread[:4], [thread[0]] * 5, [" ".join(thread[:4]), thread[4]]):
        assert not facts("\n\n".join(less)).topic, less
    for text in ("\n\n".join(thread), "# The Great Depression\n\nBanks failed."):
        assert not facts(text, health=False).topic


@given(
    st.text(
        alphabet=st.sampled_from("call text 988116123741741-() \n*sucide&LifelineHOME,.<a href='tel:>"), max_size=200
    )
)
def test_any_text_is_read(text: str) -> None:
    for name in ("a.md", "a.html"):
        facts(text, name)
