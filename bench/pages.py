"""Realistic health pages, made up from a grammar and a seed: the corpus that every benchmark here runs on.

    python bench/pages.py FOLDER [--files 600] [--seed 7]

Half Markdown (5 to 200 KB, most of them 5 to 12), half HTML (25 to 200 KB, most about 90). The Markdown has front
matter, lists, tables, quotes and inline links. The HTML has what real pages have round the article, which is a
twentieth to a sixth of the file: navigation, scripts, styles, structured data, promotions, related cards, footers. One sentence in
sixty has a fault, so that rules find something; one in ten names a medicine, as pages of public health services do.
The words are invented, so the pages may be shared.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import random
from pathlib import Path
from typing import NamedTuple


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", " ").split(","))


POOLS = {
    "condition": _words(
        "migraine, asthma, eczema, low mood, high blood pressure, type 2 diabetes, heartburn, back pain, insomnia, anxiety, gout,"
        "psoriasis, anaemia, hay fever, sciatica, tinnitus, vertigo, osteoarthritis, a frozen shoulder, coeliac disease, kidney stones,"
        "glaucoma, rosacea, restless legs, plantar fasciitis, an overactive thyroid, gallstones, endometriosis, bronchitis, shingles"
    ),
    "symptom": _words(
        "tiredness, a dull ache, itching, shortness of breath, blurred vision, a dry mouth, trouble sleeping, sore joints, dizziness,"
        "a racing heart, loss of appetite, headaches, swelling, night sweats, a stiff neck, numb fingers, a persistent cough,"
        "stomach cramps, a rash, hoarseness, cold hands, watery eyes, weak legs, poor concentration, a metallic taste, bruising"
    ),
    "medicine": _words(
        "sertraline, metformin, propranolol, omeprazole, ibuprofen, amlodipine, gabapentin, loratadine, salbutamol, prednisolone,"
        "levothyroxine, naproxen, ramipril, atorvastatin, cetirizine, allopurinol, codeine, warfarin"
    ),
    "people": _words(
        "adults, older people, teenagers, pregnant women, people who smoke, carers, shift workers, runners, new parents, veterans,"
        "students, office workers, farmers, people over 60, children under five, men in their forties, visitors, volunteers"
    ),
    "habit": _words(
        "a short walk, regular meals, a cool bedroom, gentle stretching, less caffeine, a food diary, slow breathing, time outdoors,"
        "a warm bath, strong shoes, a standing desk, swimming, a quiet evening, light weights, a regular bedtime, cooking at home"
    ),
    "place": _words(
        "the clinic, your local surgery, a walk-in centre, the pharmacy, the community hall, the ward, a leisure centre, the library,"
        "the eye hospital, an outpatient department, the school, your workplace, the town hall, a day centre, the waiting room"
    ),
    "helper": _words(
        "a nurse, your doctor, a pharmacist, the receptionist, a physiotherapist, a dietitian, an occupational therapist, a counsellor,"
        "the health visitor, a social worker, an optician, a podiatrist, the practice manager, a speech therapist, a support worker"
    ),
    "food": _words(
        "oats, lentils, oily fish, brown rice, spinach, plain yoghurt, nuts, beans, berries, wholemeal bread, eggs, carrots, soup,"
        "tinned tomatoes, cheese, white bread, sweet potatoes, cabbage, olive oil, apples, chicken, peas"
    ),
    "thing": _words(
        "a letter, a form, an appointment card, a leaflet, a blood sample, a repeat slip, an insurance number, a bus pass, a hearing aid,"
        "a walking frame, a spare key, a notebook, a list of questions, a phone charger, a proof of address, a photo, a receipt"
    ),
    "task": _words(
        "fill in the claim, change the date, bring a friend, ask for an interpreter, park at the back, wear loose clothes,"
        "write down your questions, arrive ten minutes early, leave jewellery at home, book a second visit, send the form back,"
        "check your contact details, read the letter twice, keep the receipt, tell the desk about allergies, drink some water"
    ),
    "part": _words(
        "the knee, your lower back, the skin, both eyes, the stomach, your left arm, the lungs, the scalp, the jaw, one ankle, the throat,"
        "the big toe, your shoulders, the inner ear, the bladder, the chest wall"
    ),
    "month": _words("January, February, March, April, May, June, July, August, September, October, November, December"),
    "quality": _words(
        "common, mild, hard to describe, easy to miss, stubborn, short-lived, painful, harmless, different for everyone, seasonal,"
        "worse in winter, slow to settle, troublesome, well understood, rare, unpleasant"
    ),
    "town": _words(
        "Larkfield, Ashmere, Dunholm, Wexcombe, Northwick, Brackley Vale, Penrowan, Tolverne, Kesteven Cross, Harrowby, Millgate, Oxley"
    ),
    "name": _words(
        "Ada, Noor, Tomas, Priya, Callum, Ingrid, Mateo, Hana, Olu, Beatrix, Samir, Gwen, Yusuf, Marta, Declan, Aiko, Ruth, Emeka"
    ),
}  # fmt: skip

SENTENCES = (
    "{Condition} is {quality}, and it affects {people} more often than most of us think.",
    "Many {people} notice {symptom} first, and only later {symptom2}.",
    "{Helper} may ask how long you have had {symptom} and whether anything makes it better.",
    "For some people {habit} is enough; others need treatment for several months.",
    "It can take between {low} and {high} weeks before you feel a difference.",
    "A blood test shows whether {condition} is likely, although the result is not always clear.",
    "If {symptom} gets worse at night, write down when it starts and what you were doing.",
    "Try {habit} on most days of the week, and add {habit2} when you are ready.",
    "Because {condition} often runs in families, ask your relatives whether they have had {symptom}.",
    "The pain usually fades within {high} days (sooner if you rest), and it rarely comes back.",
    "{Name} from {town} had {symptom} for {high} weeks before anyone asked about {part}.",
    "You can {task} by phone, online or in person at {place}.",
    "Please {task} before you come, because the staff cannot do it for you on the day.",
    "If you cannot {task}, call the office between 9 and {low2} o'clock and ask for help.",
    "{Place} is open from Monday to Friday, and on the first Saturday of {month}.",
    "Bring {thing} and, if you have one, {thing2}; nothing else is needed.",
    "The team at {place} will look at {part} and explain what happens next.",
    "Most of the swelling around {part} goes down on its own, and {habit} helps.",
    "A plate with {food}, {food2} and a little fat keeps you full for longer.",
    "Swap {food} for {food2} once or twice a week and see how you feel.",
    "There is no single diet for {condition}, but {food} and {food2} are good places to start.",
    "When {name} moved to {town}, it took {low} months to find {helper} who listened.",
    "You are not alone: {people} tell us every week that {symptom} gets in the way of work.",
    "Sit with your feet flat on the floor, let your shoulders drop, and count to {high}.",
    "Your appointment lasts about {high}0 minutes, and {helper} will write to you afterwards.",
    "We send {thing} within {high} working days, and you do not have to pay for it.",
    "To change your mind, tell {helper} at any time; nobody will ask you why.",
    "Children grow at different speeds, so a single measurement says little about {condition}.",
    "The scan does not hurt, but it is noisy, and you will be asked to lie still.",
    "Wash {part} with warm water, pat it dry, and leave it uncovered for an hour.",
    "Some days will be harder than others, and that does not mean that {habit} is not working.",
    "Keep {thing} where you can find it, and give a copy to someone you trust.",
    "In {month}, {place} runs a group for {people}; a friend is welcome too.",
    "The doctor looks for signs such as {symptom}, {symptom2} and changes in {part}.",
    "It is normal to feel worried before a test, and {helper} can talk it through with you.",
    "Lifting, bending and long car journeys put a strain on {part}, so take breaks.",
    "{Symptom} after a meal is often {quality}, while {symptom} at rest needs looking into.",
    "Which treatment is best depends on your age, your other conditions and what matters to you.",
    "If you look after someone with {condition}, you may be able to get help with costs.",
    "The first visit is free, and you can bring {name2} or anyone else you like.",
    "A good chair, a firm pillow and {habit} make a bigger difference than any gadget.",
    "Read the letter from {place} carefully, because it says where to go and what to bring.",
    "In the past, {condition} was often missed in {people}; that has begun to change.",
    "Sleep on the side that hurts less, and put a cushion under {part}.",
    "We asked {people} in {town} what helped them most, and {habit} came out on top.",
    "You may be offered a place on a course in {town} that lasts {low2} weeks.",
    "Tell us if your address changes, or {thing} will go to the old one.",
    "About {low} in {high}0 {people} with {condition} also have {symptom}, and most of them are never asked about it.",
    "Studies of {habit} have been small, so nobody can say yet how well it works.",
)
ON_MEDICINES = (
    "{Medicine} can help, but it does not suit everyone.",
    "Tell your pharmacist about every medicine you take, including {medicine}.",
    "Do not change the dose of {medicine} without talking to the person who prescribed it.",
    "Treatment usually starts with {medicine}, and a review follows after {low2} weeks.",
    "Side effects of {medicine} such as {symptom} often pass after the first days.",
)
FAULTS = (
    "Research shows that {habit} cures {condition}.",
    "You can stop taking {medicine} once {symptom} is gone.",
    "The symtoms of {condition} come and go.",
    "{Habit} may ease {symptom} However, give it time.",
    "Take the the letter with you.",
    "It is a hard-to-regular problem for {people}.",
)
HEADINGS = (
    "What it is", "Symptoms", "Causes", "Treatment", "What you can do yourself", "When to get help", "Before your appointment",
    "On the day", "Afterwards", "Living with {condition}", "Food and drink", "Work and money", "Help for {people}", "Questions to ask",
)  # fmt: skip


class Part(NamedTuple):
    """A piece of an article: ``kind`` is h1, h2, p, li, quote, row or source."""

    kind: str
    text: str


def sentence(chance: random.Random) -> str:
    """One sentence; one in ten is about medicines, one in sixty has a fault."""
    draw = chance.random()
    template = chance.choice(FAULTS if draw < 1 / 60 else ON_MEDICINES if draw < 0.1 else SENTENCES)
    return filled(template, chance)


def filled(template: str, chance: random.Random) -> str:
    """``template`` with words drawn for its fields."""
    words = {name: chance.choice(pool) for name, pool in POOLS.items()}
    words |= {f"{name}2": chance.choice(pool) for name, pool in POOLS.items()}
    words |= {"low": str(chance.randint(1, 4)), "low2": str(chance.randint(2, 6)), "high": str(chance.randint(5, 12))}
    capitals = {name.capitalize(): word[:1].upper() + word[1:] for name, word in words.items()}
    return template.format(**words, **capitals)


def article(chance: random.Random, size: int) -> list[Part]:
    """The parts of an article of about ``size`` characters."""
    topic = chance.choice(POOLS["condition"])
    title = f"{topic[:1].upper()}{topic[1:]}: what helps"
    parts = [Part("h1", title), Part("p", "Medically reviewed by Ada Lim, MD, on 3 May 2026.")]
    length = 0
    while length < size:
        section = [Part("h2", filled(chance.choice(HEADINGS), chance))]
        for _ in range(chance.randint(2, 5)):
            section.append(Part("p", " ".join(sentence(chance) for _ in range(chance.randint(2, 6)))))
        if chance.random() < 0.5:
            section += [Part("li", sentence(chance)) for _ in range(chance.randint(3, 7))]
        if chance.random() < 0.1:
            section.append(Part("quote", sentence(chance)))
        if chance.random() < 0.1:
            section.append(Part("row", f"{chance.choice(POOLS['symptom'])}|{chance.choice(POOLS['habit'])}"))
        parts += section
        length += sum(len(part.text) for part in section)
    parts.append(Part("p", "This page is for information only and does not replace advice from your own doctor."))
    parts.append(Part("h2", "Sources"))
    parts += [
        Part("source", f"https://www.nhs.uk/conditions/{chance.randint(1, 999)}/") for _ in range(chance.randint(3, 9))
    ]
    return parts


def as_markdown(parts: list[Part], chance: random.Random) -> str:
    """The parts as Markdown with front matter and inline links."""
    forms = {"h1": "# {}\n", "h2": "## {}\n", "p": "{}\n", "li": "- {}", "quote": "> {}\n",
             "row": "\n| Sign | Help |\n| --- | --- |\n| {} |\n", "source": "- [Reference]({})"}  # fmt: skip
    lines = [
        f"---\ntitle: {json.dumps(parts[0].text)}\nauthor: Noor Haddad\ndate: 2026-04-20\ntags: [health, guide]\n---\n"
    ]
    previous = ""
    for kind, text in parts:
        if previous in ("li", "source") and kind != previous:
            lines.append("")
        lines.append(
            forms[kind].format(
                _marked(text, chance, "[{}](/{}/)", "**{}**") if kind == "p" else text.replace("|", " | ")
            )
        )
        previous = kind
    return "\n".join(lines) + "\n"


def as_html(parts: list[Part], chance: random.Random, size: int) -> str:
    """The parts as a page of a site, about ``size`` characters long."""
    forms = {"h1": "<h1>{}</h1>", "h2": '<h2 class="section-title">{}</h2>', "p": "<p>{}</p>", "li": "<ul>\n<li>{}</li>\n</ul>",
             "quote": "<blockquote><p>{}</p></blockquote>", "row": "<table>\n<tr><td>{}</td></tr>\n</table>",
             "source": '<p><a href="{0}" rel="noopener">Reference</a></p>'}  # fmt: skip
    body = "\n".join(
        forms[kind].format(
            _marked(html.escape(text), chance, '<a href="/{1}/">{0}</a>', "<strong>{0}</strong>")
            if kind == "p"
            else html.escape(text)
        )
        for kind, text in parts
    )
    rest = max(size - len(body), 10_000)
    topics = [topic for _ in range(max(1, rest // 22_000)) for topic in POOLS["condition"]]
    menu = "\n".join(
        f'<li class="nav-item"><a class="nav-link" href="/{number}/{html.escape(topic)}" data-track="menu">{topic.title()}</a></li>'
        for number, topic in enumerate(topics)
    )
    cards = "\n".join(
        f'<div class="card"><a class="card-link" href="/guide/{number}"><img class="card-image" src="/images/{number}.jpg" '
        f'srcset="/images/{number}@2x.jpg 2x" alt="{symptom}" loading="lazy"><h3 class="card-title">{symptom.title()}</h3></a></div>'
        for number, symptom in enumerate(POOLS["symptom"][: max(6, rest // 9_000)])
    )
    style = "\n".join(
        f".c{number}{{margin:{number}px;color:#{chance.randrange(1 << 24):06x}}}" for number in range(rest // 110)
    )
    script = (
        "window.data=" + json.dumps([chance.randrange(10_000) for _ in range(rest // 16)], separators=(",", ":")) + ";"
    )
    data = {"@context": "https://schema.org", "@type": "MedicalWebPage", "headline": parts[0].text, "dateModified": "2026-05-03",
            "reviewedBy": {"@type": "Person", "name": "Ada Lim, MD"}, "lastReviewed": "2026-05-03"}  # fmt: skip
    return (
        f'<!doctype html>\n<html lang="en-US">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(parts[0].text)} | Larkfield Health</title>\n'
        f'<meta name="description" content="{html.escape(sentence(chance))}">\n'
        f'<script type="application/ld+json">{json.dumps(data)}</script>\n<style>\n{style}\n</style>\n<script>{script}</script>\n</head>\n'
        f'<body class="page"><header class="site-header"><nav class="main-nav"><ul>\n{menu}\n</ul></nav></header>\n'
        f'<main><article class="post">\n{body}\n</article></main>\n'
        f'<aside class="newsletter"><p>Sign up for our newsletter.</p></aside>\n<section class="related">\n{cards}\n</section>\n'
        f'<footer class="site-footer"><p>&copy; 2026 Larkfield Health</p></footer>\n</body>\n</html>\n'
    )


def _marked(text: str, chance: random.Random, link: str, strong: str) -> str:
    """``text`` with a link in one paragraph in three, and emphasis in one in six."""
    draw = chance.random()
    words = text.split(" ")
    if draw > 0.5 or len(words) < 8:
        return text
    place = chance.randrange(2, len(words) - 4)
    inner = " ".join(words[place : place + 3])
    words[place : place + 3] = [link.format(inner, chance.randrange(900)) if draw < 0.33 else strong.format(inner)]
    return " ".join(words)


def markdown(chance: random.Random, size: int) -> str:
    """A Markdown page of about ``size`` characters."""
    return as_markdown(article(chance, size), chance)


def page(chance: random.Random, size: int) -> str:
    """An HTML page of about ``size`` characters, of which the article is a twentieth to a sixth."""
    return as_html(article(chance, max(3_000, int(size * chance.uniform(0.05, 0.16)))), chance, size)


def write(folder: Path, files: int = 600, seed: int = 7) -> str:
    """Write the corpus and return the SHA-256 of all of it."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for number in range(files):
        if number % 2 == 0:
            size = chance.randint(40_000, 190_000) if chance.random() < 0.05 else int(chance.lognormvariate(8.75, 0.45))
            name, text = f"{number:04}.md", markdown(chance, max(4_500, size))
        else:
            size = int(chance.lognormvariate(11.4, 0.45))
            name, text = f"{number:04}.html", page(chance, min(195_000, max(25_000, size)))
        (folder / name).write_text(text, "utf-8", newline="\n")
        digest.update(text.encode())
    return digest.hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    print(write(arguments.folder, arguments.files, arguments.seed))
