#!/usr/bin/env python3
"""Make src/medlint/lexicon/word-classes.txt: what part of speech common English words can be.

usage: word_classes.py --wordnet DIR --scowl DIR > word-classes.txt

Needs the database files of WordNet 3.0 (Debian: wordnet-base, /usr/share/wordnet) and the SCOWL word lists (Debian:
scowl, /usr/share/dict/scowl). WordNet says which lemmas are nouns, verbs, adjectives and adverbs, and how often its
counted texts use each so; the regular inflections are formed here, the irregular ones listed; SCOWL says which of the
forms are words, and common enough to keep.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

SIZES = (10, 20, 35, 40, 50, 55)
SPELLINGS = ("english", "american", "british", "british_z", "canadian", "australian")
FILES = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
SENSES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
# Base, past and participle of the irregular verbs; WordNet lists their forms without saying which is which.
IRREGULAR = """
arise arose arisen; awake awoke awoken; be was,were been; bear bore borne,born; beat beat beaten; become became
become; begin began begun; bend bent bent; bet bet bet; bid bid bid; bind bound bound; bite bit bitten; bleed
bled bled; blow blew blown; break broke broken; breed bred bred; bring brought brought; broadcast broadcast
broadcast; build built built; burn burned,burnt burned,burnt; burst burst burst; buy bought bought; cast cast
cast; catch caught caught; choose chose chosen; cling clung clung; come came come; cost cost cost; creep crept
crept; cut cut cut; deal dealt dealt; dig dug dug; do did done; draw drew drawn; dream dreamed,dreamt
dreamed,dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed fed; feel felt
felt; fight fought fought; find found found; fit fit,fitted fit,fitted; flee fled fled; fly flew flown; forbid
forbade forbidden; forecast forecast forecast; foresee foresaw foreseen; forget forgot forgotten; forgive
forgave forgiven; freeze froze frozen; get got got,gotten; give gave given; go went gone; grind ground ground;
grow grew grown; hang hung,hanged hung,hanged; have had had; hear heard heard; hide hid hidden; hit hit hit;
hold held held; hurt hurt hurt; input input input; keep kept kept; kneel knelt knelt; knit knit,knitted
knit,knitted; know knew known; lay laid laid; lead led led; lean leaned,leant leaned,leant; leap leapt,leaped
leapt,leaped; learn learned,learnt learned,learnt; leave left left; lend lent lent; let let let; lie lay,lied
lain,lied; light lit,lighted lit,lighted; lose lost lost; make made made; mean meant meant; meet met met;
mislead misled misled; misread misread misread; mistake mistook mistaken; misunderstand misunderstood
misunderstood; offset offset offset; outgrow outgrew outgrown; output output output; outweigh outweighed
outweighed; overcome overcame overcome; overdo overdid overdone; overeat overate overeaten; override overrode
overridden; oversee oversaw overseen; oversleep overslept overslept; overtake overtook overtaken; pay paid paid;
prove proved proved,proven; put put put; quit quit quit; read read read; rebuild rebuilt rebuilt; redo redid
redone; relearn relearned,relearnt relearned,relearnt; remake remade remade; repay repaid repaid; resell resold
resold; reset reset reset; retake retook retaken; rewrite rewrote rewritten; rid rid rid; ride rode ridden; ring
rang rung; rise rose risen; run ran run; saw sawed sawn,sawed; say said said; see saw seen; seek sought sought;
sell sold sold; send sent sent; set set set; sew sewed sewn; shake shook shaken; shed shed shed; shine shone
shone; shoot shot shot; show showed shown,showed; shrink shrank shrunk; shut shut shut; sing sang sung; sink
sank sunk; sit sat sat; sleep slept slept; slide slid slid; slit slit slit; smell smelled,smelt smelled,smelt;
speak spoke spoken; speed sped sped; spell spelled,spelt spelled,spelt; spend spent spent; spill spilled,spilt
spilled,spilt; spin spun spun; spit spat,spit spat,spit; split split split; spoil spoiled,spoilt spoiled,spoilt;
spread spread spread; spring sprang sprung; stand stood stood; steal stole stolen; stick stuck stuck; sting
stung stung; stink stank stunk; strike struck struck,stricken; strive strove striven; swear swore sworn; sweat
sweat,sweated sweat,sweated; sweep swept swept; swell swelled swollen,swelled; swim swam swum; swing swung
swung; take took taken; teach taught taught; tear tore torn; tell told told; think thought thought; throw threw
thrown; thrust thrust thrust; undergo underwent undergone; understand understood understood; undertake undertook
undertaken; undo undid undone; unwind unwound unwound; upset upset upset; wake woke woken; wear wore worn; weave
wove woven; weep wept wept; wet wet,wetted wet,wetted; win won won; wind wound wound; withdraw withdrew
withdrawn; withhold withheld withheld; withstand withstood withstood; write wrote written
"""
# What the sources get wrong, or what only one of the forms is.
FIXED = {
    "people": "N", "children": "N", "women": "N", "men": "N", "feet": "N", "teeth": "N", "mice": "N", "criteria": "nN", "phenomena": "N",
    "data": "nN", "media": "nN", "bacteria": "nN", "series": "nN", "species": "nN", "means": "nNzv", "police": "nN", "staff": "nNv", "lives": "Nz",
    "better": "acrv", "worse": "acr", "less": "acr", "more": "acr", "fewer": "c", "further": "acrv", "farther": "acr", "well": "arn", "like": "avn",
    "due": "an", "please": "rv", "thanks": "Nn", "news": "n", "okay": "arnv", "ok": "arnv", "online": "ar", "email": "nv", "website": "n",
    "own": "av", "same": "a", "last": "avrn", "half": "anr", "second": "anvr", "outside": "anr", "inside": "anr", "home": "nrav", "today": "nr",
    "together": "ra", "worth": "an", "alive": "a", "able": "a", "unable": "a", "aware": "a", "out": "r", "down": "rv", "back": "rnva", "away": "ra",
}  # fmt: skip
CLOSED = frozenset(
    """
    a an the this that these those my your his her its our their whose which what who whom i you he she it we they me him us them
    mine yours hers ours theirs myself yourself himself herself itself ourselves yourselves themselves
    and or but nor so yet if because although though while when where why how than as since until unless whether after before once
    of in to for on with at by from up about into over through during between among against without within along across behind
    beyond near off onto per toward towards under upon via despite around above below beside besides except
    am is are was were be been has have had do does did can could may might must shall should will would cannot ought
    not no yes all any both each every either neither some many much few several most other others another such very too also just
    only even still already again ever never always often sometimes perhaps maybe there here then now
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion dozen first third next anyone someone everyone nobody anybody somebody everybody nothing something
    anything everything none
    """.split()
)


def main() -> int:
    """Write the list to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--scowl", type=Path, default=Path("/usr/share/dict/scowl"))
    arguments = parser.parse_args()
    vocabulary = _vocabulary(arguments.scowl)
    lemmas = _lemmas(arguments.wordnet)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for word, tag, count in _forms(lemmas, _exceptions(arguments.wordnet)):
        if word in vocabulary:
            found[word][tag] = max(found[word].get(tag, 0), count)
    for word in vocabulary:
        if word.endswith("ly") and "g" in found.get(word[:-2], {}):
            found[word].setdefault("r", 1)
        if word.endswith("men") and f"{word[:-2]}an" in lemmas:
            found[word] = {"N": 1}
    found.update({word: dict.fromkeys(tags, 1) for word, tags in FIXED.items()})
    sys.stdout.write(
        "\n".join(f"{word} {_note(tags)}" for word, tags in sorted(found.items()) if tags and word not in CLOSED)
    )
    return 0


def _vocabulary(folder: Path) -> set[str]:
    paths = (folder / f"{spelling}-words.{size}" for spelling in SPELLINGS for size in SIZES)
    return {
        word
        for path in paths
        if path.exists()
        for word in path.read_text("latin-1").split()
        if re.fullmatch("[a-z]+", word)
    }


def _lemmas(folder: Path) -> dict[str, dict[str, int]]:
    """Every one-word lemma with its classes and how often the counted texts use each."""
    lemmas: dict[str, dict[str, int]] = defaultdict(dict)
    for name, tag in FILES.items():
        for line in (folder / f"index.{name}").read_text("utf-8").splitlines():
            word = line.split(" ", 1)[0]
            if re.fullmatch("[a-z]+", word):
                lemmas[word][tag] = 0
    for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
        key, _, count = line.split()
        word, _, sense = key.partition("%")
        tag = SENSES[sense[0]]
        if tag in lemmas.get(word, {}):
            lemmas[word][tag] += int(count)
    return lemmas


def _exceptions(folder: Path) -> dict[tuple[str, str], list[str]]:
    """The irregular plurals and comparisons: (class, lemma) to forms."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in ("noun", "adj"):
        for line in (folder / f"{name}.exc").read_text("utf-8").splitlines():
            form, *bases = line.split()
            for base in bases:
                found[FILES[name], base].append(form)
    return found


def _forms(
    lemmas: dict[str, dict[str, int]], exceptions: dict[tuple[str, str], list[str]]
) -> Iterator[tuple[str, str, int]]:
    """Every lemma and inflection with its class and count."""
    irregular = {
        base: (past.split(","), participle.split(","))
        for base, past, participle in map(str.split, IRREGULAR.split(";"))
    }
    for base, tags in lemmas.items():
        for tag, count in tags.items():
            yield base, tag, count
            if tag == "n":
                forms = exceptions.get(("n", base)) or list(_with_s(base))
                yield from ((form, "N", count) for form in forms if form != base)
            elif tag == "v":
                past, participle = irregular.get(base) or (list(_with_ending(base, "ed")),) * 2
                yield from ((form, "z", count) for form in _with_s(base))
                yield from ((form, "g", count) for form in _with_ending(base, "ing"))
                yield from ((form, "t", count) for form in past)
                yield from ((form, "p", count) for form in participle)
            elif tag == "a":
                compared = exceptions.get(("a", base)) or [*_compared(base, "er"), *_compared(base, "est")]
                yield from ((form, "c" if form.endswith("er") else "a", count) for form in compared)
                yield from ((form, "r", count) for form in _adverbs(base))


def _with_s(base: str) -> Iterator[str]:
    if re.search("(?:s|x|z|ch|sh)$", base):
        yield f"{base}es"
        if re.search("[^sz][sz]$", base):
            yield f"{base}{base[-1]}es"
    elif re.search("[^aeiou]y$", base):
        yield f"{base[:-1]}ies"
    else:
        yield f"{base}s"
        if base.endswith("o"):
            yield f"{base}es"
        elif base.endswith("f"):
            yield f"{base[:-1]}ves"
        elif base.endswith("fe"):
            yield f"{base[:-2]}ves"


def _with_ending(base: str, ending: str) -> Iterator[str]:
    if base.endswith("ie") and ending == "ing":
        yield f"{base[:-2]}ying"
    if base.endswith("e"):
        yield f"{base[:-1]}{ending}"
    elif ending == "ed" and re.search("[^aeiou]y$", base):
        yield f"{base[:-1]}ied"
    else:
        yield f"{base}{ending}"
    if base.endswith("ee") and ending == "ing":
        yield f"{base}{ending}"
    if re.search("[aeiou][bdfgklmnprstvz]$", base):
        yield f"{base}{base[-1]}{ending}"
    if base.endswith("c"):
        yield f"{base}k{ending}"


def _compared(base: str, ending: str) -> Iterable[str]:
    if base.endswith("e"):
        return [f"{base[:-1]}{ending}"]
    if re.search("[^aeiou]y$", base):
        return [f"{base[:-1]}i{ending}"]
    if re.search("[^aeiou][aeiou][bdfgklmnprt]$", base):
        return [f"{base}{ending}", f"{base}{base[-1]}{ending}"]
    return [f"{base}{ending}"]


def _adverbs(base: str) -> Iterator[str]:
    yield f"{base}ly"
    if base.endswith("y"):
        yield f"{base[:-1]}ily"
    elif base.endswith("le"):
        yield f"{base[:-1]}y"
    elif base.endswith("ic"):
        yield f"{base}ally"


def _note(tags: dict[str, int]) -> str:
    """The usual classes, and after a slash those that a word well counted hardly ever has."""
    most = max(tags.values())
    rare = {tag for tag, count in tags.items() if (most >= 40 and count <= most * 0.03) or (most >= 15 and count == 0)}
    usual = "".join(sorted(set(tags) - rare))
    return f"{usual}/{''.join(sorted(rare))}" if rare else usual


if __name__ == "__main__":
    sys.exit(main())
