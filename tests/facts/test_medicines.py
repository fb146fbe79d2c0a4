"""What a page says of medicines: names, advice with its verdict, safety statements, and whether one is needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from medlint.catalog import builtin
from medlint.checks import medication_directive
from medlint.facts import Facts, doses
from medlint.facts.doses import Dose
from medlint.facts.medication_words import Action
from medlint.facts.medicine_names import Words
from medlint.facts.medicines import Medicines, Topic, find
from medlint.facts.surroundings import Surroundings
from medlint.finding import Hit
from medlint.profile import Profile
from medlint.readers import read
from medlint.rule import Rule
from medlint.source import Source

_WORDING = yaml.safe_load((Path(__file__).parent / "medication_wording.yaml").read_text(encoding="utf-8"))
_BOTH = {"stop", "change"}
_RULES = {
    action: next(rule for rule in builtin() if rule.name == name)
    for action, name in (("stop", "stop-medication-directive"), ("change", "dose-change-directive"))
}


def medicines(text: str, name: str = "a.md") -> Medicines:
    return find(read(Source(text, name)))


def _said(text: str) -> set[str]:
    document = read(Source(text, "a.md"))
    document.language = "en"
    facts = Facts(document, Profile(health=True), date(2026, 11, 23))
    return {action for action, rule in _RULES.items() if any(_counts(rule, hit) for hit in _hits(facts, rule))}


def _hits(facts: Facts, rule: Rule) -> list[Hit]:
    options = medication_directive.Options(Action(rule.options["action"]))
    return list(medication_directive.run(facts, rule, options))


def _counts(rule: Rule, hit: Hit) -> bool:
    severity = rule.variants[hit.variant].severity if hit.variant else rule.severity
    return severity != "info"


@pytest.mark.parametrize(
    ("expected", "text"),
    [(kind, text) for part in _WORDING.values() for kind, texts in part.items() for text in texts],
)
def test_the_rules_tell_advice_from_what_looks_like_it(expected: str, text: str) -> None:
    assert _said(text) == {"none": set(), "both": _BOTH, "warned": _BOTH}.get(expected, {expected})


@pytest.mark.parametrize("text", _WORDING["passages"]["warned"])
def test_a_slow_taper_of_what_is_not_dangerous_to_stop_is_no_error(text: str) -> None:
    document = read(Source(text, "a.md"))
    document.language = "en"
    facts = Facts(document, Profile(health=True), date(2026, 11, 23))
    assert {hit.variant for rule in _RULES.values() for hit in _hits(facts, rule)} == {"hedged"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zoloft and Lustral are brands of sertraline.", ["sertraline"]),
        ("SSRIs and SNRIs are antidepressants.", ["SSRI", "SNRI", "antidepressant"]),
        ("Doctors may offer warfarin (Coumadin) or another blood thinner.", ["warfarin", "blood thinner"]),
        ("Serotonin–norepinephrine reuptake inhibitors such as Effexor XR", ["venlafaxine"]),
        ("She took Versed before the scan.", ["midazolam"]),
        ("She is versed in scans and takes the lead.", []),
        ("Lithium-ion batteries hold lithium.", []),
        ("He was prescribed lithium.", ["lithium"]),
        ("Insulin resistance rises with weight.", []),
        ("Inject insulin before meals.", ["insulin"]),
        ("Ask about PrEP.", ["PrEP"]),
        ("Colonoscopy prep is the hard part.", []),
        ("Prednisone's effects", ["prednisone"]),
        ("Parkinson's medicines wear off.", ["Parkinson's medicine"]),
        ("Ibuprofen and vitamin D are sold everywhere.", []),
        ("Hydrocortisone cream soothes a rash.", []),
        ("Statins and amoxicillin are prescribed, and so is the contraceptive pill.", []),
        ("Metformin lowers blood sugar.", ["metformin"]),
    ],
)
def test_names_risky_medicines_and_leaves_look_alikes(text: str, names: list[str]) -> None:
    assert list(medicines(text).names) == names


@pytest.mark.parametrize(
    "text",
    [
        "You should never adjust your dose or stop taking your medication unless your psychiatrist advises you to do so.",
        "Encourage them to discuss problems with their provider before stopping a medication or making any changes.",
        "It's important you don't stop taking medication without medical advice.",
        "You shouldn’t suddenly stop taking antidepressants.",
        "Never stop taking antidepressants without your provider's help.",
        "Steroid tablets should only be stopped under supervision.",
        "Beta blockers must not be stopped suddenly.",
        "Speak to your doctor if you plan to stop taking your antidepressants.",
        "Check with your pharmacist before making any changes to your medicines.",
        "It can be dangerous to stop clonidine all at once.",
        "Avoid stopping your tablets abruptly.",
        "People should not stop taking a prescribed medication, even if they feel better, without the help of a provider.",
        "Do not stop any medicine on your own.",
        "Keep taking your tablets until your doctor tells you to stop.",
        "Work with your prescriber to come off the tablets slowly.",
        "You should only stop lithium under the supervision of a specialist.",
        "Do not:\n\n- stop your tablets without asking your nurse\n- drink alcohol",
        "If you want to stop taking sertraline, talk to your doctor first.",
        "Do not stop or change your treatment without speaking to your clinic.",
        "Never adjust insulin without consulting your diabetes team.",
        "Any change in your medication should be made by your doctor.",
        "Any change with your medication should be made by your doctor.",
        "Any change in your medication should not be made without your doctor.",
        "Thinking about stopping your tablets should not be done without your doctor.",
        "Stopping your medication should only be done under the supervision of your doctor.",
        "Medications should be tapered gradually under a doctor's guidance.",
        "You need to be weaned off steroids under medical care.",
        "Benzodiazepines slow the brain. Consult your doctor before discontinuing.",
        "Continue to take your antidepressants even if you feel better, unless your doctor says otherwise.",
        "Contact your doctor if you are thinking about stopping treatment.",
        "It is important not to skip doses or stop taking your medication without talking with your doctor.",
        "Never stop your treatment.",
        "Beta blockers must not be suddenly stopped.",
        "Statins help. Avoid stopping those altogether.",
        "Beta blockers must not be suddenly stopped during an illness.",
        "Sertraline can help. Continue to take it until your doctor tells you to stop.",
        "Continue insulin until your doctor tells you to stop.",
        "Continue to take your tablets until your doctor says so.",
        "Stay on your tablets unless your doctor says otherwise.",
        "Nobody should consider stopping your tablets.",
        "We do not recommend stopping your tablets.",
        "Avoid halving or stopping your tablets.",
        "Do not skip, split, stop your tablets.",
        "Do not panic or stop your tablets.",
        "Do not panic and stop your tablets.",
        "Insulin can only be stopped by your doctor.",
        "This page is no advice, and you should never stop your tablets.",
        "This page is for information; talk to your doctor before changing your medication.",
        "Walk every day and sleep well. Never stop your tablets because of this page.",
        "Do not stop taking ibuprofen without asking your doctor. Never stop lithium.",
        "This article should not be used to treat, or to change your medication, without your doctor. Never stop your tablets.",
        "If your doctor is away, stop your tablets. Never stop lithium.",
        "Never stop your treatment abruptly.",
        "Never stop your treatment: relapse is common.",
        "Talk to your doctor first if you will be stopping your tablets.",
        "Any change in your drugs should be made by your doctor.",
        "Sertraline helps. Keep on it until your doctor says so.",
        "Continue to take tablets until your doctor says so.",
        "Keep using your tablets until your doctor says so.",
        "## What not to do\n\n- Stop your tablets suddenly.\n- Share them.",
    ],
)
def test_a_safety_statement_is_found(text: str) -> None:
    found = medicines(text)
    assert found.present and found.needed


@pytest.mark.parametrize(
    "text",
    [
        "Your GP may discuss increasing the dose with you.",
        "Stop taking the tablets and call your doctor if you get a rash.",
        "Do not take a double dose of your tablets.",
        "Never skip a dose.",
        "Ask your doctor: how do I safely stop taking my medication?",
        "Stopping antidepressants suddenly can cause dizziness.",
        "Talk to your doctor if you have side effects from your medication.",
        "Take your medicine as prescribed.",
        "Don't stop exercising without talking to your trainer.",
        "Do not stop taking your vitamins.",
        "Some people stop their tablets because of side effects.",
        "You do not need to stop taking your tablets.",
        "You need not stop your tablets.",
        "You won't need to stop your tablets.",
        "You won't want to stop your tablets.",
        "Some walk, rest, stop your tablets.",
        "Insulin need not be stopped.",
        "Any change in your medication should be made slowly.",
        "Keep taking your tablets until the pack is empty.",
        "Keep your tablets dry until your doctor calls.",
        "Keep walking until your doctor tells you to stop.",
        "Never take half of your dose.",
        "You do not need to take your tablets until your doctor says so.",
        "If you missed a dose and your doctor agrees, take half of your dose.",
        "Talk to your doctor before you start taking an antidepressant.",
        "Talk to your doctor before you stop it. Sertraline helps.",
        "This page should not be used to change your medication.",
        "This article should not be used to treat, or to change your medication, without asking your doctor.",
        "Do not stop taking ibuprofen without asking your doctor.",
        "Do not cut the tablets in half.",
        "You don't have to wait until your doctor agrees; stop your tablets.",
        "Do not wait till your doctor says so: stop your tablets.",
        "You can stop your tablets without your doctor's approval first.",
        "You can stop your tablets after the visit. Talk to your doctor first.",
        "Sertraline can help. Stay; it is warm here until your doctor calls.",
        "Never stop your treatment diary.",
        "If you missed a tablet, take half of your dose only if your doctor agrees.",
        "Continue walking until your doctor tells you to stop. Insulin helps.",
        "Take your tablets until your doctor calls.",
        "Try taking your tablets with food until your doctor calls.",
        "A change in your medication can upset you, so tell your doctor.",
        "Avoid:\n\n- Grapefruit if you stop your tablets.\n- Alcohol.",
        "Tablets may be stopped at night; call your doctor if you feel ill.",
        "Walking should not be stopped on insulin.",
        "Smoking should not be stopped suddenly. Insulin helps.",
        "Tablets should not be thrown about or given away.",
        "Some people on insulin stopped without asking their doctor.",
    ],
)
def test_what_is_no_safety_statement(text: str) -> None:
    assert not medicines(text).present


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("Never check with a friend or stop your tablets.", "Never check with a friend or stop your tablets", "prohibits"),
        ("Keep taking your tablets until your doctor says so.", "Keep taking your tablets", "prohibits asks"),
        ("Never stop your tablets unless you have been told to.", "Never stop your tablets", "prohibits asks"),
        ("Please do not stop your tablets.", "do not stop your tablets", "prohibits"),
        ("Do not cut your dose in half.", "Do not cut your dose in half", "prohibits"),
        ("It's best not to stop your tablets.", "not to stop your tablets", "prohibits soft"),
        ("You should not try to stop your tablets.", "should not try to stop your tablets", "prohibits soft"),
        ("Ideally, do not stop your tablets.", "do not stop your tablets", "prohibits soft"),
        ("You must never stop your tablets.", "never stop your tablets", "prohibits"),
        ("It's best to know that it is dangerous to stop your tablets.", "stop your tablets", "prohibits reason"),
        ("Talk to your doctor before you stop your tablets.", "Talk to your doctor before you stop your tablets", "asks"),
        ("If your doctor agrees, stop your tablets slowly.", "stop your tablets", "asks"),
        ("Tablets should only be stopped under the care of your doctor.", "stopped", "prohibits asks"),
        ("Any change in your medication should be made by your doctor.", "change in your medication", "asks"),
        ("Never stop your tablets unless your psychiatrist says so.", "Never stop your tablets", "prohibits asks one_specialty"),
        ("Never stop your tablets. Walk. Ask your doctor.", "Never stop your tablets", "prohibits asks"),
        ("Never stop your tablets. Walk. Rest. Ask your doctor.", "Never stop your tablets", "prohibits"),
        ("Ask your doctor about sleep. Walk. Never stop your tablets.", "Never stop your tablets", "prohibits asks"),
        ("Ask your doctor about sleep. Walk. Rest. Never stop your tablets.", "Never stop your tablets", "prohibits"),
        ("Withdrawal is harsh. Never stop your tablets.", "Never stop your tablets", "prohibits reason"),
        ("Never stop your tablets: you may feel ill.", "Never stop your tablets", "prohibits reason"),
        ("You may feel ill. Never stop your tablets.", "Never stop your tablets", "prohibits"),
        ("Do not stop your tablets because of this page.", "Do not stop your tablets", "prohibits reason"),
        ("Never stop lithium. Walk. Rest. Sleep. Ask your doctor before you stop lithium: relapse is common.",
         "Ask your doctor before you stop lithium", "asks reason"),
        ("Ask a nurse before you stop lithium. Never stop lithium.", "Never stop lithium", "prohibits asks"),
        ("It's best not to stop lithium. Never stop lithium.", "Never stop lithium", "prohibits"),
        ("Never stop lithium unless your psychiatrist says so. Walk. Rest. Sleep. You must not stop lithium unless your doctor says so.",
         "must not stop lithium", "prohibits asks"),
    ],
)  # fmt: skip
def test_what_makes_a_statement_usable_is_read_around_it(text: str, words: str, parts: str) -> None:
    best = medicines(text).best
    assert best is not None
    assert best.block.text[best.start : best.end] == words
    named = ("prohibits", "asks", "reason", "one_specialty", "soft")
    assert [part for part in named if getattr(best, part)] == parts.split()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Sertraline can cause nausea.\n\nSome stop taking sertraline.", [Topic.EFFECTS, Topic.STOPPING]),
        ("Some people stop taking sertraline.\n\nSertraline can cause nausea.", [Topic.STOPPING]),
        ("Some people stop taking sertraline. Sertraline can cause nausea.", [Topic.STOPPING]),
        ("Walk. Some people take quetiapine. They ask for a different medicine.", [Topic.STOPPING]),
        ("## Quetiapine. What now?\n\nThey ask for a different medicine.", [Topic.STOPPING]),
        ("Some people take quetiapine. Such tablets have side effects.", [Topic.EFFECTS]),
        ("# Warfarin and apixaban\n\nWalk.", [Topic.SUBJECT]),
        ("Some people with epilepsy want to stop taking their medication.", [Topic.GENERAL]),
        ("Quetiapine is white.\n\nThey ask for a different medicine.", [Topic.STOPPING]),
        ("They ask for a different medicine. Some people take quetiapine.", [Topic.STOPPING]),
        ("## Quetiapine\n\nIt is white. They ask for a different medicine.", [Topic.STOPPING]),
        ("Doctors prescribe opioids for pain. Coming off opioids is hard.", [Topic.STOPPING]),
        ("When people feel better, sertraline has done its work.", [Topic.BETTER]),
        ("Some people take quetiapine. They may cause sleepiness.", [Topic.EFFECTS]),
        ("Some people take quetiapine.\n\nThey may cause sleepiness.", [Topic.EFFECTS]),
        ("Quetiapine is white.\n\n![A pen](x.png)\n\nThey ask for a different medicine.", [Topic.STOPPING]),
        ("Quetiapine is white.\n\n<p hidden>Rest.</p>\n\nThey ask for a different medicine.", [Topic.STOPPING]),
        ("Quetiapine is white.\n\n<nav>Home</nav>\n\nThey ask for a different medicine.", [Topic.STOPPING]),
        ("Side effects are rare. Some people take quetiapine.", [Topic.EFFECTS]),
    ],
)
def test_what_is_said_of_a_medicine_is_read_around_it(text: str, topics: list[Topic]) -> None:
    assert [found.topic for found in medicines(text).discussions] == topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("SSRIs can dull feelings, and lowering the dose may help.", Topic.STOPPING),
        ("Some people on quetiapine gain weight. They may ask for a different medicine.", Topic.STOPPING),
        ("If you miss a dose of your warfarin, write it down.", Topic.STOPPING),
        ("Some people prefer yoga to a beta blocker.", Topic.ALTERNATIVES),
        ("The price of apixaban has fallen.", Topic.COST),
        ("Common side effects of methadone are sweating and constipation.", Topic.EFFECTS),
        ("## Gabapentin\n\nIt may cause sleepiness.", Topic.EFFECTS),
        ("# Warfarin\n\nIt thins the blood.", Topic.SUBJECT),
    ],
)
def test_a_discussion_a_reader_could_act_on_needs_a_statement(text: str, topic: Topic) -> None:
    found = medicines(text)
    assert [discussion.topic for discussion in found.discussions][:1] == [topic]
    assert found.needed


@pytest.mark.parametrize(
    "text",
    [
        "Treatments are:\n\n- talking therapy\n- antidepressants\n- exercise",
        "Your doctor may prescribe a beta blocker.",
        "Tell the nurse if you take blood thinners.",
        "Substances such as alcohol and opioids can dull feelings.",
        "Use of alcohol and opioids, and coming off them, is hard.",
        "# Summer\n\nSome people want to stop taking their medication.",
        "# Epilepsy\n\n## Can you stop taking your medication?\n\nWalk.",
        "Quetiapine is white. It is round. They ask for a different medicine.",
        "Quetiapine is white. It is round.\n\nThey ask for a different medicine.",
        "Quetiapine is white.\n\nIt is round. They ask for a different medicine.",
        "Quetiapine is white.\n\n## They ask for a different medicine",
        "Quetiapine is white.\n\n<p hidden>They ask for a different medicine.</p>",
        "They ask for a different medicine.\n\nQuetiapine is white.",
        "Quetiapine is white. It is round. They may cause sleepiness.",
        "Quetiapine is white.\n\nIt is round. They may cause sleepiness.",
        "Quetiapine is white. It is round. Side effects are rare.",
        "Quetiapine is white. Withdrawal is rare.",
        "Some people prefer yoga. Sertraline is white.",
        "Amoxicillin may cause a rash.",
        "The contraceptive pill may cause nausea.",
        "![Warfarin may cause bleeding](x.png)",
        "St John's wort can interact with antidepressants and may cause harm.",
        "Ibuprofen can cause stomach pain.",
        "Growing cells need insulin. It can lead to weight gain.",
        "Endorphins act like opioids.",
        "Coming off fentanyl is hard.",
        "Doctors prescribe opioids for pain. Coming off opioids and alcohol is hard.",
        "Beer with sertraline can make you ill.",
        "# Epilepsy\n\nMedication keeps most people well.",
        "# Epilepsy\n\nTablets help.\n\nSome stop using the medical bracelet.",
        "Naloxone can bring on withdrawal in people who use opioids.",
        "Fentanyl is often mixed with heroin, and stopping breathing is the first sign.",
        "Patients on clozapine need blood tests. In patients with fever, taper clozapine. Patients may relapse; "
        "patients who do should be seen.",
    ],
)
def test_naming_a_medicine_in_passing_needs_none(text: str) -> None:
    assert not medicines(text).needed


@pytest.mark.parametrize(
    "medicine",
    "contraceptive pill,insulin,blood thinner,lamotrigine,prednisone,oxycodone,diazepam,propranolol,clonidine,baclofen,sertraline,"
    "quetiapine,lithium,levothyroxine,HIV medicine,tacrolimus".split(","),
)
def test_a_hedge_does_not_make_it_safe_to_stop_a_risky_medicine(medicine: str) -> None:
    document = read(Source(f"You may want to stop your {medicine} for the summer.", "a.md"))
    document.language = "en"
    hits = _hits(Facts(document, Profile(health=True), date(2026, 11, 23)), _RULES["stop"])
    assert [hit.variant for hit in hits] == [""]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        (
            "<table><tr><th>Myth</th><th>Fact</th></tr><tr><td>You can stop your insulin.</td><td>It keeps you alive.</td></tr></table>",
            0,
        ),
        (
            "<table><tr><th>Myth</th><th>Fact</th></tr><tr><td>You can stop your insulin.</td><td>No.</td></tr></table>",
            0,
        ),
        (
            "<table><tr><th>Myth</th><th>Fact</th></tr><tr><td>No.</td><td>You can stop your insulin.</td></tr></table>",
            1,
        ),
        ("<p><b>Myth</b></p><p>You can stop your insulin.</p><p><b>Fact</b></p><p>It keeps you alive.</p>", 0),
        ("<h2>Myth #1</h2><p>You can stop your insulin.</p><h3>Fact</h3><p>It keeps you alive.</p>", 0),
        ("<h2>Fact #1</h2><p>You can stop your insulin.</p>", 1),
        ("<p>A friend said <q>just stop your insulin</q> and she did.</p>", 1),
        ("<p>Q: Can I stop my Zoloft?</p><p>A: Yes, after a week.</p>", 1),
        ("<dl><dt>Can I stop my Zoloft?</dt><dd>Yes, after a week.</dd></dl>", 1),
        ("<details><summary>Can I stop my Zoloft?</summary><p>You can stop it any time.</p></details>", 1),
        ("<p>You can <em>stop</em> taking&nbsp;your<br>antidepressant.</p>", 1),
        ("<p>Never <b>ever stop your insulin</b>.</p>", 0),
        ("<p>Never stop your insulin. She said <q>walk a mile</q>.</p>", 0),
        ("<nav><a href='/x'>Stop your Paxil</a></nav><p>Paxil is a brand.</p>", 0),
        ("<p>Myth</p><p hidden>Rest.</p><p>You can stop your insulin.</p>", 0),
        ("<p>Myth</p><nav><p>Home</p></nav><p>You can stop your insulin.</p>", 0),
        ("<p>Myth</p><h2 hidden>Rest</h2><p>You can stop your insulin.</p>", 1),
        ("<p>Stop your insulin.</p><p hidden>False.</p>", 1),
        ("<p hidden>Your doctor sets the day.</p><p>Before surgery, stop your warfarin.</p>", 1),
        ("<p>Avoid:</p><h2 hidden>Rest</h2><ul><li>Stop your insulin.</li></ul>", 1),
        ("<p>Avoid:</p><p hidden>Rest.</p><ul><li hidden>Walk.</li><li>Stop your insulin.</li></ul>", 0),
        ("<p>Avoid:</p><ul><li>Stop your insulin.</li></ul><p>Rest:</p><ul><li>Halve your insulin.</li></ul>", 1),
        ("<table><tr><td>You can stop your insulin.</td><td>Walk.</td></tr></table>", 1),
        (
            "<table><tr><th>Stop your insulin.</th><th>Myth</th></tr><tr><td>No.</td><td>You can stop your insulin.</td></tr></table>",
            0,
        ),
        (
            "<table><tr><th>Misconception: none</th></tr><tr><td>Rest.</td><td>You can stop your insulin.</td></tr></table>",
            1,
        ),
        (
            "<table><tr><th>Misconception of the week, you can stop your insulin</th></tr><tr><td>Rest.</td></tr></table>",
            0,
        ),
        (
            "<table><tr><th>Aim</th><th>Week</th><th>Myth</th></tr><tr><td>Rest.</td><td>1</td><td>You can stop your insulin.</td></tr></table>",
            0,
        ),
        (
            "<table><tr><th>Myth</th><th>Fact</th></tr><tr><td>Rest.</td><td>Walk.</td></tr><td>You can stop your insulin.</td></table>",
            1,
        ),
        (
            "<table><tr><th>Myth</th></tr><tr><td>Rest.</td></tr></table><table><tr><th>Fact</th></tr><tr><td>You can stop your insulin.</td></tr></table>",
            1,
        ),
    ],
)
def test_markup_says_whose_words_they_are(html: str, count: int) -> None:
    document = read(Source(html, "a.html"))
    document.language = "en"
    facts = Facts(document, Profile(health=True), date(2026, 11, 23))
    assert len([hit for rule in _RULES.values() for hit in _hits(facts, rule)]) == count


_ELEVEN_WORDS = "with some water and a little food after a walk and"


def _doses(text: str) -> list[Dose]:
    found = medicines(text).mentions
    return list(doses.of_block(found[0].block, found))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Take 500 mg of paracetamol every 4 to 6 hours.", [("paracetamol", 500, "mg", 4)]),
        ("Take 500 mg of paracetamol every 4-6 hours.", [("paracetamol", 500, "mg", 4)]),
        ("Take 500 mg of paracetamol every six to eight hours.", [("paracetamol", 500, "mg", 3)]),
        ("Take 500 mg of paracetamol every six hours.", [("paracetamol", 500, "mg", 4)]),
        ("Take 500 mg of paracetamol every 0 hours.", [("paracetamol", 500, "mg", None)]),
        ("Take two 500 mg tablets of paracetamol twice a day.", [("paracetamol", 1000, "mg", 2)]),
        ("Take 2 x 500 mg of paracetamol.", [("paracetamol", 1000, "mg", None)]),
        ("Take seven tablets of 500 mg paracetamol.", [("paracetamol", 3500, "mg", None)]),
        ("Take 500-1,000 mg of paracetamol daily.", [("paracetamol", 1000, "mg", 1)]),
        ("Take 500 mg of paracetamol three times a day.", [("paracetamol", 500, "mg", 3)]),
        ("Take 50 micrograms of levothyroxine once a day.", [("levothyroxine", 50, "mcg", 1)]),
        ("Take 12 units of insulin once only.", [("insulin", 12, "unit", None)]),
        ("Take 15 mg of methotrexate weekly, not daily.", [("methotrexate", 15, "mg", None)]),
        ("Take 10 mg of melatonin and 50 mg of trazodone.", [("melatonin", 10, "mg", None), ("trazodone", 50, "mg", None)]),
        ("Take melatonin 10 mg and trazodone 50 mg.", [("melatonin", 10, "mg", None), ("trazodone", 50, "mg", None)]),
        ("Sertraline helps. Take 50 mg. Trazodone helps too.", []),
        (f"Take 50 mg {_ELEVEN_WORDS} sertraline.", []),
        (f"Take sertraline {_ELEVEN_WORDS} 50 mg of it.", []),
        ("Take 50 mg with food after a long slow walk of sertraline.", [("sertraline", 50, "mg", None)]),
        ("Take 50 mg with food after a long slow evening walk of sertraline.", []),
        ("Take sertraline with food after a long slow walk: 50 mg.", [("sertraline", 50, "mg", None)]),
        ("Take sertraline with food after a long slow evening walk: 50 mg.", []),
        ("Take sertraline. Take 50 mg of trazodone.", [("trazodone", 50, "mg", None)]),
        (f"Take 1,500 kcal {_ELEVEN_WORDS} 20 mg for pain. Take 50 mg of trazodone.", [("trazodone", 50, "mg", None)]),
        (f"Take 20 mg {_ELEVEN_WORDS} 50 mg of trazodone.", [("trazodone", 50, "mg", None)]),
    ],
)  # fmt: skip
def test_an_amount_belongs_to_the_medicine_beside_it(
    text: str, said: list[tuple[str, float, str, float | None]]
) -> None:
    assert [(dose.mention.text, dose.amount, dose.unit, dose.per_day) for dose in _doses(text)] == said


@pytest.mark.parametrize(
    ("text", "unit", "a_day"),
    [
        ("Take 50 micrograms of levothyroxine twice a day.", "mg", 0.1),
        ("Take 2 g of paracetamol.", "mg", 2000),
        ("Take 50 mg of trazodone.", "mcg", 50_000),
        ("Take 12 units of insulin.", "mg", None),
        ("Take 50 mg of trazodone.", "iu", None),
    ],
)
def test_an_amount_a_day_is_given_in_any_weight(text: str, unit: str, a_day: float | None) -> None:
    assert _doses(text)[0].a_day(unit) == a_day


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        ("Take 10 mg of melatonin.", True),
        ("You can use 10 mg of melatonin.", True),
        ("Adults need 10 mg of melatonin.", True),
        ("Try taking 10 mg of melatonin.", True),
        ("We recommend taking 10 mg of melatonin.", True),
        ("Consider taking 10 mg of melatonin.", True),
        ("Find out whether it is safe to take 10 mg of melatonin.", False),
        ("The plan is simple: take 10 mg of melatonin.", True),
        ("Some people sleep badly; take 10 mg of melatonin.", True),
        ("Do not take 10 mg of melatonin.", False),
        ("Start low, and do not take 10 mg of melatonin.", False),
        ("Some people take 10 mg of melatonin.", False),
        ("Take a walk; 10 mg of melatonin costs little.", False),
        ("Adults need sleep; 10 mg of melatonin costs little.", False),
        ("A tablet holds 10 mg of melatonin.", False),
    ],
)
def test_a_dose_is_advice_where_the_nearest_verb_tells_the_reader_to_take_it(text: str, advised: bool) -> None:
    assert doses.is_advised(_doses(text)[0]) is advised


@pytest.mark.parametrize(
    ("text", "lengths"),
    [("rest " * 139 + "sleep", [700]), ("rest " * 299 + "rest", [699, 695, 105]), ("x" * 1500, [700, 700, 100])],
)
def test_what_has_no_stop_for_long_is_read_in_pieces(text: str, lengths: list[int]) -> None:
    document = read(Source(text, "a.md"))
    (block,) = document.blocks
    passages = Surroundings(document, {block.index: Words.of(block)}, {}).passages(block)
    assert [len(passage.text) for passage in passages] == lengths


@pytest.mark.parametrize(
    ("text", "words", "thing"),
    [
        (
            "If you feel better, you can simply stop taking your antidepressant now.",
            "stop taking your antidepressant",
            "your antidepressant",
        ),
        ("You can stop or throw away your tablets.", "stop or throw away your tablets", "your tablets"),
    ],
)
def test_advice_is_placed_from_the_verb_to_its_object(text: str, words: str, thing: str) -> None:
    directive = medicines(text).directives[0]
    assert directive.block.text[directive.start : directive.end] == words
    assert directive.thing.text == thing


@given(st.lists(st.sampled_from(
    "stop don't your the tablets sertraline doctor ask before if you can and or not . , ? : \" - it of dose half take never yes \u2019 \ufffc"
    .split()), max_size=30).map(" ".join) | st.text(max_size=80))  # fmt: skip
def test_any_text_can_be_read(text: str) -> None:
    for directive in medicines(text).directives:
        assert 0 <= directive.start < directive.end <= len(directive.block.text)
