"""Which English and medical words there are, in any inflection, and which word a misspelt one was meant to be."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain

import msgspec

from medlint import kept
from medlint.lexicon import word_file, word_filter

_LONGEST = 40
"""No word is longer; what is would cost time to no end."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouy")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(
    pair
    for row, below in zip(_KEYS, (*_KEYS[1:], ""), strict=True)
    for index, key in enumerate(row)
    for near in (*row[max(index - 1, 0) : index + 2], *below[max(index - 1, 0) : index + 1])
    if near != key
    for pair in (key + near, near + key)
)
# Letters that are written for one another because they sound alike.
_ALIKE = frozenset(pair for a, b in ("cs", "ck", "sz", "gj", "mn", "dt", "bp", "vf", "qk") for pair in (a + b, b + a))

_PREFIXES = (
    "un re non pre post over under mis anti multi inter intra sub super semi co de dis micro mini macro bio psycho neuro immuno cardio "
    "gastro hepato nephro dermato haemato hemato osteo arthro myo pulmo broncho thrombo lympho onco patho pharmaco physio radio electro "
    "endo exo ecto epi hyper hypo hemi bi tri uni mono poly peri para trans ultra infra iso auto allo hetero homo pseudo quasi self out up "
    "down off mid back fore cyber eco geo photo thermo chemo cryo hydro aero techno socio ethno meta proto tele video vaso veno visuo "
    "cortico entero fibro gluco glyco lipo nano naso oculo oro oto rhino sino spino toxo uro utero viro"
).split()
_ROOTS = (
    "aden adren angi arter arthr aur bacter bil blephar bronch bronchiol burs carcin cardi cephal cerebr cervic chol cholecyst chondr col "
    "colp cost crani cutane cyst cyt dacry dent derm dermat disc duoden encephal enter erythr esophag oesophag fibr gastr gingiv glomerul gloss "
    "gluc glyc gonad granul gyn gynaec gynec haem haemat hem hemat hepat hidr hist hyster ile immun kerat lacrim lact lapar laryng leuk lip "
    "lith lymph lymphaden mamm mast megal melan mening menisc metr muc my myc myel myring nas necr nephr neur neutr ocul odont onc onych "
    "oophor ophthalm orch orchi oste ot ovari pancreat path pelv pericard periton phag pharyng phleb plasm pleur pneum pneumon poli proct "
    "prostat psych pulmon pyel pyr rect ren retin rhin sacr salping sarc scler septic sinus spermat splen spondyl steat stenos stern stomat "
    "synov ten tendin thorac thromb thym thyr thyroid tonsill toxic trache trachel tympan ureter urethr ur uter vagin valvul varic vas vascul ven "
    "vertebr vesic viral vulv vulvovagin"
).split()
_ENDINGS = (
    "itis itides osis oses otic emia aemia emias aemias emic aemic oma omas omata ectomy ectomies otomy otomies ostomy ostomies oscopy oscopies "
    "oscope oscopic oplasty oplasties opathy opathies opathic ology ological ologist ologists algia algias algic iasis iases ectasis edema oedema "
    "ectatic emesis genesis genic ogenic ogenous oid oids olysis olytic omalacia omegaly ometer ometry opexy ophilia ophilic ophobia ophobic "
    "oplasm oplegia openia openic orrhage orrhagia orrhaphy orrhea orrhoea orrhexis ospasm ostasis ostenosis otoxic otoxicity otrophy otropic "
    "otropin uria uric ography ographic ogram ograms opause oblast oblasts ocyte ocytes ocytic ocytosis oclast odynia ocele oceles opnea opnoea "
    "oxia oxic oxemia oxaemia lysis plasty therapy therapies centesis desis ase ases gen gens globin"
).split()
_SUFFIXES = (
    ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"),
    ("ly", ""), ("ally", ""), ("ness", ""), ("less", ""), ("like", ""), ("able", ""), ("able", "e"), ("ible", ""), ("ful", ""), ("wide", ""),
    ("free", ""), ("proof", ""), ("ise", ""), ("ize", ""), ("ised", ""), ("ized", ""), ("ising", ""), ("izing", ""), ("isation", ""),
    ("ization", ""), ("ist", ""), ("ists", ""), ("ism", ""), ("ity", ""), ("ity", "e"), ("ily", "y"), ("ied", "y"), ("ies", "y"), ("ier", "y"),
    ("iness", "y"), ("ation", "e"), ("ations", "e"), ("ic", ""), ("al", ""), ("ward", ""), ("wards", ""), ("wise", ""), ("ship", ""),
    ("ability", ""), ("ability", "e"), ("ish", ""),
)  # fmt: skip
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)\Z")


class Suggestion(msgspec.Struct, frozen=True):
    """What a word was probably meant to be. ``cost`` is near 0.5 for the commonest slips and grows with the distance;
    ``rank`` is 0 for the commonest words and 4 for the rarest suggested; ``sole``: no other word comes close."""

    word: str
    cost: float
    rank: int
    sole: bool


@lru_cache(maxsize=1 << 16)
def listed(word: str) -> bool:
    """Whether ``word`` is in the lists as spelt, or as the lower-case word it capitalises."""
    lower = word.lower()
    if lower.endswith("'s"):
        word, lower = word[:-2], lower[:-2]
    return lower in _everyday() or lower in _english() or (lower != word and word in _names())


def unlisted(texts: Iterable[Iterable[str]]) -> frozenset[str]:
    """The words of ``texts`` (lower case) that are in no list, or of which a part between hyphens is in none."""
    every: set[str] = set().union(*texts)
    return frozenset(word for word in every - _everyday() if not all(map(listed, word.split("-"))))


_BRITISH = (
    (re.compile("is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)"), "iz"), (re.compile("ys(?=(?:e|es|ed|er|ers|ing)$)"), "yz"),
    (re.compile("ae(?=m|s|d|t)"), "e"), (re.compile("oe(?=a|d|s)"), "e"), (re.compile("our"), "or"),
)  # fmt: skip


def british(word: str) -> bool:
    """Whether ``word`` (lower case) is the British spelling of a listed American one."""
    return any(american != word and _is_word(american) for american in (old.sub(new, word) for old, new in _BRITISH))


@lru_cache(maxsize=1 << 14)
def inflected(word: str) -> bool:
    """Whether ``word`` (lower case) is a listed word with the ending of a plural, of a verb form or of a comparison.

    Where the listed form doubles the consonant (transferring), the single one is no inflection.
    """
    for ending, instead in _INFLECTIONS:
        stem = word[: -len(ending)] + instead
        if not word.endswith(ending) or len(stem) < 3 or not _is_word(stem):
            continue
        if ending in ("s", "es"):
            if bool(_SIBILANT.search(stem)) == (ending == "es"):
                return True
        elif instead or not (stem.endswith("e") or _is_word(f"{stem}{stem[-1]}{ending}")):
            return True
    return False


_INFLECTIONS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ly", ""),
)


def known(word: str) -> bool:
    """Whether ``word`` is listed, is an inflection or compound of listed words, or is built like a medical term."""
    return listed(word) or derived(word.lower())


@lru_cache(maxsize=1 << 14)
def derived(word: str) -> bool:
    """Whether ``word`` (lower case) is made of known parts: an ending, a prefix, two common words, medical roots."""
    if len(word) > _LONGEST:
        return False
    return any(_is_word(stem) for stem in _stems(word)) or _is_prefixed(word) or compound(word) or _is_medical(word)


def run_together(word: str) -> str:
    """The two words that ``word`` (lower case) is made of where a space was lost beside a little word, else empty."""
    for little in _LITTLE:
        size = len(little)
        if word.endswith(little) and len(word) - size >= 5 and _rank(word[:-size]) <= 1:
            return f"{word[:-size]} {little}"
        if word.startswith(little) and len(word) - size >= 4 and word[size:] in _everyday():
            return f"{little} {word[size:]}"
    return ""


_LITTLE = "the and for with that from are of to in on at by as is or".split()


@lru_cache(maxsize=1 << 12)
def near_name(word: str, names: frozenset[str]) -> str:
    """The one of ``names`` that the capitalised ``word`` is a slip away from, or empty."""
    lower, size = word.lower(), len(word)
    letters = frozenset(lower)
    # To try every slip of a word costs more than the rest of its page, and hardly a word is near a name.
    made = _made_of(names)
    near = chain.from_iterable(made.get(length, ()) for length in (size - 1, size, size + 1))
    if size > _LONGEST or not any(len(letters ^ held) <= 2 and distance(lower, name) <= 1 for name, held in near):
        return ""
    found = {name for candidate, cost in _one_slip(lower) if cost < 0.9 and (name := candidate.capitalize()) in names}
    return found.pop() if len(found) == 1 else ""


@cache
def _made_of(names: frozenset[str]) -> dict[int, list[tuple[str, frozenset[str]]]]:
    """The ``names`` by length, in lower case, each with its letters."""
    found: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for name in names:
        found.setdefault(len(name), []).append((name.lower(), frozenset(name.lower())))
    return found


def _is_word(word: str) -> bool:
    return word in _everyday() or word in _english()


def _stems(word: str) -> Iterator[str]:
    for ending, instead in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            if ending in ("s", "es") and bool(_SIBILANT.search(stem)) != (ending == "es"):
                continue
            if ending in ("ed", "ing", "er", "ers", "able") and not instead and stem.endswith("e"):
                continue
            yield stem + instead
            if not instead and ending in ("ed", "ing", "er") and stem[-1] == stem[-2:-1] and stem[-1] not in _VOWELS:
                yield stem[:-1]


def _is_prefixed(word: str) -> bool:
    for prefix in _PREFIXES:
        rest = word[len(prefix) :]
        if (
            word.startswith(prefix)
            and len(rest) >= 4
            and (_is_word(rest) or any(_is_word(stem) for stem in _stems(rest)))
        ):
            return True
    return False


def compound(word: str) -> bool:
    """Whether ``word`` (lower case) is two common words written as one, like frontend."""
    cuts = ((_rank(word[:cut]), _rank(word[cut:]), len(word) - cut) for cut in range(4, len(word) - 2))
    return any(max(first, second) <= (2 if size > 3 else 0) for first, second, size in cuts)


@cache
def _medical() -> re.Pattern[str]:
    heads = "|".join(sorted({*_PREFIXES, *(f"{root}o?" for root in _ROOTS)}, key=lambda head: (-len(head), head)))
    return re.compile(rf"(?:{heads}){{0,3}}(?:{'|'.join(_ROOTS)})(?:{'|'.join(_ENDINGS)})s?")


def _is_medical(word: str) -> bool:
    return len(word) < 40 and _medical().fullmatch(word) is not None


@lru_cache(maxsize=1 << 14)
def suggest(word: str) -> Suggestion | None:
    """The common word nearest to ``word`` (lower case, not itself a word), or None.

    One slip away: a letter left out, put in or changed, or two exchanged; in long words two slips. What people and
    keyboards do costs least, and so does a commoner word.
    """
    if len(word) > _LONGEST:
        return None
    found = neighbours(word)
    if not found and len(word) >= 8:
        found = dict(_two_slips(word))
    if not found:
        return None
    best, *others = sorted(found.items(), key=lambda item: (item[1], item[0]))
    sole = not others or others[0][1] - best[1] >= 0.25
    return Suggestion(best[0], round(best[1], 2), _rank(best[0]), sole)


def neighbours(word: str) -> dict[str, float]:
    """The common words one slip from ``word`` (lower case), and what each would cost."""
    if len(word) > _LONGEST:
        return {}
    found: dict[str, float] = {}
    for candidate, cost in _one_slip(word):
        rank = _rank(candidate)
        if rank != _UNCOMMON:
            found[candidate] = min(found.get(candidate, 9.0), cost + _RARITY[rank])
    return found


_UNCOMMON = 9
_RARITY = (0.0, 0.05, 0.2, 0.3, 0.45)


def _one_slip(word: str) -> Iterator[tuple[str, float]]:
    """Every string one slip from ``word``, with its cost; a wrong plural counts as one."""
    if word.endswith("ies"):
        yield word[:-3] + "eys", 0.6
    for index in range(len(word) + 1):
        head, tail = word[:index], word[index:]
        first = 0.35 if index == 0 else 0.0
        if tail:
            before, after = head[-1:], tail[1:2]
            extra = (
                0.5 if tail[0] in (before, after) else 0.6 if {before + tail[0], tail[0] + after} & _NEIGHBOURS else 0.7
            )
            yield head + tail[1:], extra + first * (extra > 0.5)
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:], 0.5 + first
        for letter in _LETTERS:
            twice = letter in (head[-1:], tail[:1])
            yield head + letter + tail, (0.5 if twice else 0.65 if letter in _VOWELS else 0.7) + first * 0.5
            if tail and letter != tail[0]:
                pair = letter + tail[0]
                close = (pair[0] in _VOWELS and pair[1] in _VOWELS) or pair in _ALIKE
                yield head + letter + tail[1:], (0.6 if close else 0.75 if pair in _NEIGHBOURS else 1.0) + first * 0.5


def _two_slips(word: str) -> Iterator[tuple[str, float]]:
    """The common words two slips from a long word: of its letters in another order, or of another length.

    Two letters changed make another word more often than a slip, and the first two letters hardly ever go wrong.
    """
    letters, size = frozenset(word), len(word)
    for candidate, rank in re.findall(rf"^(\S{{{size - 2},{size + 2}}}) (\d)$", _beginning(word[:2]), re.MULTILINE):
        if len(letters ^ frozenset(candidate)) > 3 or (rank > "2" and len(candidate) < 10):
            continue
        if len(candidate) == len(word) and sorted(candidate) != sorted(word):
            continue
        if distance(word, candidate) == 2:
            yield candidate, (0.9 if len(candidate) == len(word) else 1.0) + _RARITY[int(rank)]


def distance(one: str, other: str) -> int:
    """Damerau-Levenshtein distance (optimal string alignment), or 4 where it is more than 3."""
    if abs(len(one) - len(other)) > 3:
        return 4
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > 3:
            return 4
    return min(row[-1], 4)


def _english() -> word_file.WordFile:
    return word_file.open_list("words-english.txt")


def _names() -> word_file.WordFile:
    return word_file.open_list("words-names.txt")


@cache
def _everyday() -> frozenset[str]:
    """The commonest words, of rank 0."""
    return frozenset((word_file.FOLDER / "words-everyday.txt").read_text("utf-8").split())


def _common() -> word_file.WordFile:
    """The common words, the commonest among them, each with its rank."""
    return word_file.open_list("words-common.txt")


@cache
def _may_be_common() -> Callable[[str], bool]:
    """Whether a string may be a common word: a slip has five hundred neighbours, of which hardly one is."""

    def made() -> bytes:
        return word_filter.make(_common().lines("").split()[::2])

    files = word_filter.__file__, str(word_file.FOLDER / "words-common.txt")
    return word_filter.WordFilter(kept.value("common words", bytes, made, *files)).may_hold


def _rank(word: str) -> int:
    """How common ``word`` (lower case) is: from 0, one of the commonest, to 4, or ``_UNCOMMON``."""
    rank = _common().note(word) if _may_be_common()(word) else None
    return _UNCOMMON if rank is None else int(rank)


@lru_cache(maxsize=1024)
def _beginning(letters: str) -> str:
    """The lines of the common words that begin with ``letters``."""
    return _common().lines(letters)
