"""Realistic health pages, made up from a grammar and a seed: the corpus that every benchmark here runs on.

    python bench/pages.py FOLDER [--files 600] [--seed 7]

Half Markdown, half HTML, 5 to 200 KB, lengths spread as real sites spread them. The HTML has what real pages have round
the article: navigation, scripts, structured data, related cards, footers. The words are invented, so the pages may be
shared; a sprinkling of faults gives every rule something to find.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import random
from pathlib import Path

CONDITIONS = "migraine,asthma,eczema,low mood,high blood pressure,type 2 diabetes,heartburn,back pain,insomnia,anxiety,gout,psoriasis,anaemia,hay fever,sciatica,tinnitus,vertigo,osteoarthritis".split(",")  # fmt: skip
SYMPTOMS = "tiredness,a dull ache,itching,shortness of breath,blurred vision,a dry mouth,trouble sleeping,sore joints,dizziness,a racing heart,loss of appetite,headaches,swelling,night sweats".split(",")  # fmt: skip
MEDICINES = "sertraline,metformin,propranolol,omeprazole,ibuprofen,amlodipine,gabapentin,loratadine,salbutamol,prednisolone,levothyroxine,naproxen".split(",")  # fmt: skip
PEOPLE = "adults,older people,teenagers,pregnant women,people who smoke,carers,shift workers,runners".split(",")
HABITS = "a short walk,regular meals,a cool bedroom,gentle stretching,less caffeine,a food diary,slow breathing,time outdoors".split(",")  # fmt: skip
SENTENCES = (
    "{Condition} is common, and it affects {people} more often than most of us think.",
    "Many {people} notice {symptom} first, and only later {symptom2}.",
    "Your doctor may ask how long you have had {symptom} and whether anything makes it better.",
    "{Medicine} can help, but it does not suit everyone.",
    "Tell your pharmacist about every medicine you take, including {medicine}.",
    "For some people {habit} is enough; others need treatment for several months.",
    "It can take between {low} and {high} weeks before you feel a difference.",
    "A blood test shows whether {condition} is likely, although the result is not always clear.",
    "If {symptom} gets worse at night, write down when it starts and what you were doing.",
    "Try {habit} on most days of the week, and add {habit2} when you are ready.",
    "Because {condition} often runs in families, ask your relatives whether they have had {symptom}.",
    "Do not change the dose of {medicine} without talking to the person who prescribed it.",
    "About {low} in {high}0 {people} with {condition} also have {symptom}, and most of them are never asked about it.",
    "The pain usually fades within {high} days (sooner if you rest), and it rarely comes back.",
    "Studies of {habit} have been small, so nobody can say yet how well it works.",
)
FAULTS = (
    "Research shows that {habit} cures {condition}.",
    "You can stop taking {medicine} once {symptom} is gone.",
    "The symtoms of {condition} come and go.",
    "{Habit} may ease {symptom} However, give it time.",
    "Take the the tablets with water.",
    "It is a hard-to-regular problem for {people}.",
)


def sentence(random_: random.Random) -> str:
    """One sentence; one in forty has a fault."""
    template = random_.choice(FAULTS if random_.random() < 0.025 else SENTENCES)
    words = {
        "condition": random_.choice(CONDITIONS), "symptom": random_.choice(SYMPTOMS), "symptom2": random_.choice(SYMPTOMS),
        "medicine": random_.choice(MEDICINES), "people": random_.choice(PEOPLE), "habit": random_.choice(HABITS),
        "habit2": random_.choice(HABITS), "low": str(random_.randint(1, 4)), "high": str(random_.randint(5, 12)),
    }  # fmt: skip
    capitals = {name.capitalize(): word[:1].upper() + word[1:] for name, word in words.items()}
    return template.format(**words, **capitals)


def paragraph(random_: random.Random) -> str:
    """Two to six sentences."""
    return " ".join(sentence(random_) for _ in range(random_.randint(2, 6)))


def article(random_: random.Random, size: int) -> list[tuple[str, str]]:
    """(kind, text) blocks of an article of about ``size`` characters."""
    topic = random_.choice(CONDITIONS)
    blocks = [
        ("h1", f"{topic[:1].upper()}{topic[1:]}: what helps"),
        ("p", "Medically reviewed by Ada Lim, MD, on 3 May 2026."),
    ]
    length = 0
    while length < size:
        blocks.append(
            (
                "h2",
                random_.choice(
                    ("What it is", "Symptoms", "Causes", "Treatment", "What you can do", "When to get help")
                ),
            )
        )
        for _ in range(random_.randint(2, 5)):
            blocks.append(("p", paragraph(random_)))
        if random_.random() < 0.7:
            blocks += [("li", sentence(random_)) for _ in range(random_.randint(3, 7))]
        if random_.random() < 0.1:
            blocks.append(("table", f"{random_.choice(SYMPTOMS)}|{random_.choice(HABITS)}"))
        length = sum(len(text) for _, text in blocks)
    blocks.append(("p", "This page is for information only and does not replace advice from your own doctor."))
    blocks.append(("h2", "Sources"))
    blocks += [("a", f"https://www.nhs.uk/conditions/{random_.randint(1, 999)}/") for _ in range(random_.randint(3, 9))]
    return blocks


def as_markdown(blocks: list[tuple[str, str]]) -> str:
    """The blocks as Markdown with front matter."""
    forms = {
        "h1": "# {}\n",
        "h2": "## {}\n",
        "p": "{}\n",
        "li": "- {}",
        "table": "\n| Sign | Help |\n| --- | --- |\n| {} |\n",
        "a": "- [Reference]({})",
    }
    lines = [f"---\ntitle: {json.dumps(blocks[0][1])}\nauthor: Noor Haddad\ndate: 2026-04-20\n---\n"]
    previous = ""
    for kind, text in blocks:
        if previous == "li" != kind:
            lines.append("")
        lines.append(forms[kind].format(text.replace("|", " | ") if kind == "table" else text))
        previous = kind
    return "\n".join(lines) + "\n"


def as_html(blocks: list[tuple[str, str]], random_: random.Random) -> str:
    """The blocks as a page of a site, of which the article is a third to a half."""
    forms = {
        "h1": "<h1>{}</h1>",
        "h2": "<h2>{}</h2>",
        "p": "<p>{}</p>",
        "li": "<ul><li>{}</li></ul>",
        "table": "<table><tr><td>{}</td></tr></table>",
    }
    body = "\n".join(
        f'<p><a href="{text}">Reference</a></p>' if kind == "a" else forms[kind].format(html.escape(text))
        for kind, text in blocks
    )
    size = len(body)
    menu = "\n".join(
        f'<li class="nav-item"><a class="nav-link" href="/{word}">{word.title()}</a></li>'
        for word in CONDITIONS * max(1, size // 9000)
    )
    script = "window.data=" + json.dumps([random_.randint(0, 9) for _ in range(size // 8)]) + ";"
    style = "\n".join(f".c{number}{{margin:{number}px;color:#{number:06x}}}" for number in range(size // 120))
    cards = "\n".join(
        f'<div class="card"><a href="/{i}"><img src="/{i}.jpg" alt="{s}"><h3>{s}</h3></a></div>'
        for i, s in enumerate(SYMPTOMS)
    )
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "reviewedBy": {"@type": "Person", "name": "Ada Lim, MD"},
        "lastReviewed": "2026-05-03",
    }
    return (
        f'<!doctype html>\n<html lang="en-US"><head><meta charset="utf-8"><title>{html.escape(blocks[0][1])}</title>\n'
        f'<script type="application/ld+json">{json.dumps(data)}</script>\n<style>{style}</style><script>{script}</script></head>\n'
        f'<body><header><nav><ul>{menu}</ul></nav></header><main><article class="post">\n{body}\n</article></main>\n'
        f'<aside class="related">{cards}</aside><footer><p>&copy; 2026 Larkfield Health</p></footer></body></html>\n'
    )


def write(folder: Path, files: int = 600, seed: int = 7) -> str:
    """Write the corpus and return the SHA-256 of all of it."""
    random_ = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for number in range(files):
        size = min(200_000, max(4_000, int(random_.lognormvariate(9.3, 0.75))))
        markdown = number % 2 == 0
        blocks = article(random_, size if markdown else size // 3)
        text = as_markdown(blocks) if markdown else as_html(blocks, random_)
        path = folder / f"{number:04}.{'md' if markdown else 'html'}"
        path.write_text(text, "utf-8")
        digest.update(text.encode())
    return digest.hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    print(write(arguments.folder, arguments.files, arguments.seed))
