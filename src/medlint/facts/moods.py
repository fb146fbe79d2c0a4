"""How a verb is put to the reader: told to, told not to, or neither, judged by the words before it in its sentence.

All functions take ``before``, the sentence in lower case up to the verb, ending in a space unless the verb comes first.
"""

import re

import msgspec
from msgspec.structs import replace

from medlint.facts import clinicians
from medlint.lexicon.word_classes import usual


class Mood(msgspec.Struct, frozen=True):
    """How a verb is put. ``guard``: the reader is told not to; ``soft``: a guard that only advises; ``hedged``: "you may
    want to"; ``reported``: what others say; ``ordered``: "you will need to", as before an operation."""

    guard: bool = False
    soft: bool = False
    hedged: bool = False
    reported: bool = False
    ordered: bool = False


_LAST = 350
_LY = r"(?!(?:apply|comply|fly|imply|multiply|rely|reply|supply)\b)[a-z]+ly"
_ADVERB = (
    rf"(?:{_LY}|just|even|also|always|then|now|ever|first|instead|please|soon|perhaps|maybe|still|again|today|tomorrow|"
    r"next|either|both|later|straight away|at once|as well)"
)
_ADVERBS = rf"(?:{_ADVERB},? )*"
_SUBORDINATOR = (
    r"(?:if|when|whenever|whether|how|before|until|till|unless|what|where|which|who|once|after|as|while|because|since|than|"
    r"(?<!, )so|so that|in case|way|ways|like|though|although)"
)
_BREAK = re.compile(r"[;:.!?\u2013\u2014]")

_YOU = re.compile(
    rf"\byou(?P<short>'d|'ll|'re)? {_ADVERBS}"
    r"(?P<modal>can't|cannot|couldn't|shouldn't|mustn't|mayn't|won't|needn't|don't|do not|need not|can|could|may|might|should|"
    r"must|ought to|need to|have to|had better|better|will|(?:are )?(?:free|welcome|allowed|permitted|able) to|"
    r"are supposed to|get to|want to|just|simply|then)"
    r"(?P<rest>(?: (?:not|never|want to|wish to|like to|prefer to|love to|need to|have to|choose to|decide to|opt to|try to|"
    r"start to|begin to|be free to|be able to|be asked to|be told to|be advised to|be tempted to|go ahead and|do better to|"
    rf"do well to|{_ADVERB}))*),? $"
)
_NEEDS = re.compile(r"\b(?:need|have) to\b")
_WISHES = re.compile(r"\b(?:want|wish|like|prefer|love) to\b")
_PASSIVE = re.compile(r"\bbe (?:able|asked|told|advised|tempted)\b")
_EMBEDDED = re.compile(
    rf"\b(?:{_SUBORDINATOR}|the (?:\w+ )?(?:medicines?|drugs?|things?|ones?|time|day|point)(?: that)?),? $"
)
_WHY = re.compile(r"\bwhy $")
_BELIEF = re.compile(
    r"\b(?:th(?:ink\w*|ought)|believ\w+|assum\w+|feels?|felt|feeling|worr(?:y|ied)|hop(?:e|ed|ing)|wish|imagin\w+|suppose|expect|fear|"
    r"decid\w+|convinc\w+|conclude|myth|misconception|false|untrue|not true|mistake|wrong|idea|notion|rumou?r|certain|sure)"
    r"(?: you| yourself| to)?(?: that)? ?$"
)
_NO_LICENCE = re.compile(
    r"(?:\bnot|n't|\bnever)\b[^,;]{0,40}\bmean(?:ing)?\b(?: that)? ?$|\bno (?:sign|reason|proof|guarantee)\b(?: that)? ?$"
)
_REPORT = re.compile(
    r"(?P<who>[\w' -]{0,60}?)\b(?:say|says|said|claims?|claimed|tells?|told|insists?|suggests?|promises?|swears?|argues?)"
    r"(?: you| people| readers| us| them| followers| me)?(?: that)? ?$"
)
_AUTHORITY = re.compile(
    r"\b(?:doctors?|experts?|research\w*|studies|study|scientists?|pharmacists?|psychiatrists?|specialists?|nutritionists?|"
    r"dieti[ct]ians?|guidelines?|we|i|dr|evidence|coach\w*)\b"
)
_OWN_DOCTOR = re.compile(r"\b(?:your|my|a|the|his|her)\b")

_GOOD = (
    r"(?:safe|fine|ok|okay|o\.k\.|all right|alright|acceptable|best|better|wise|smart|sensible|reasonable|harmless|good|great|"
    r"a good idea|no problem|time|high time|about time|easy enough)"
)
_PERMISSION = re.compile(
    r"(?:\bfeel free to|\bgo ahead and|\bmake sure (?:to|you|that you)|\bbe sure (?:to|you)|\bremember to|\bwhy not|"
    r"\bwhy don't you|\byou (?:may|might) as well|"
    r"(?:\bdon't|\bdo not|\bnever|\bneedn't|\bno need to|\bnot) (?:hesitate|be (?:afraid|scared|shy|frightened|nervous)|fear|worry|"
    r"think twice|feel (?:bad|guilty)|wait)(?: to| about| before| and)|"
    rf"\b(?:it's|it is|it'd be|it (?:would|may|might|can|could) be) {_ADVERBS}{_GOOD} (?:for (?:you|anyone|most people|many people) )?to|"
    r"^(?:[^,]{0,60}, )?(?:high |about )?time to|"
    r"\bthere(?:'s| is) (?:no|little|nothing) (?:harm|wrong|danger|problem|risk|downside|shame)(?: at all)? (?:in|to|with)|"
    r"\ball you (?:have|need) to do is(?: to)?|"
    r"\b(?:best|easiest|simplest|smartest|quickest|safest|only|right|first|next|real|obvious) (?:thing|way|step|move|option|choice|"
    r"answer|solution|fix)\b[^,;]{0,40} (?:is|would be|might be|may be)(?: to)?|"
    r"\b(?:my|our) (?:advice|tip|suggestion|recommendation|rule)\b[^,;]{0,30} is(?: to)?|"
    r"\b(?:we|i|i'd|we'd) (?:would )?(?:recommend|suggest|advise|urge|encourage|want)(?: that)? you(?: to)?|"
    r"\byou(?:'d be| would be|'re| are) better (?:off )?(?:to )?|"
    r"\byou have (?:every right|the right|permission|our permission) to|"
    r"\byou(?:'re| are) (?:allowed|free|welcome|permitted|good|ok|okay|safe) to|"
    r"\b(?:it|this)(?: may| might| could| can| would|'d|'ll| will)? (?:also )?helps? (?:you )?to"
    rf") {_ADVERBS}$"
)
_MODEST = re.compile(r"\b(?:may|might|could|would)\b|'d\b")
_SUPPOSED = re.compile(rf"\b(?:{_SUBORDINATOR}|decide|know|wonder|ask|sure|think|believe|myth)(?: that)?,? $")

_GUARD = re.compile(
    r"(?:\bnot|n't|\bnever|\bcannot|\bnor|\bnobody should|\bno one should|\bneither),? "
    r"(?:(?:to|ever|try to|attempt to|start to|decide to|choose to|go and|go ahead and|feel you can|under any circumstances|be the "
    rf"one to|{_ADVERB}),? )*$"
)
_DANGER = re.compile(
    r"(?:\b(?:dangerous|unsafe|risky|harmful|unwise|hazardous|foolish|inadvisable|bad idea|never safe|not advised|not advisable|"
    r"not recommended|a mistake|wrong)|(?:\bnot|n't|\bnever|\brarely)(?: be)?(?: usually| always| generally| normally| ever)? (?:a )?"
    r"(?:safe|good idea|wise|ok|okay|advisable|recommended|sensible|smart|all right))"
    rf" (?:for (?:you|anyone|people|patients) )?to (?:ever )?{_ADVERBS}$"
    rf"|\b(?:resist|avoid|ignore|fight) (?:the|any) (?:urge|temptation|impulse|desire) to {_ADVERBS}$"
)
_SOFT = re.compile(r"\b(?:try not to|best not to|better not to|should try not|it's best|ideally)\b")
_PROHIBITION = rf"(?:\bdo not|\bdon't|\bnever|\bshould not|\bshouldn't|\bmust not|\bmustn't|\bcannot|\bcan't|\bshould never|\bnot to) {_ADVERBS}"
_PROHIBITED = re.compile(_PROHIBITION)
_PROHIBITED_LIST = re.compile(rf"{_PROHIBITION}[a-z]+(?:, [a-z]+)*$")
_HESITATION = re.compile(r"\b(?:worry|wait|hesitate|be (?:afraid|scared|shy)|fear|bother)\b")

_GUARD_ING = re.compile(
    r"(?:\bavoid|\brefrain from|\bagainst|\bdon't (?:try|risk|consider)|\bdo not (?:try|risk|consider)|\bnever (?:try|risk|consider)|"
    rf"\bnot recommend|\bno to) {_ADVERBS}$"
)
_GUARDED_LIST = re.compile(rf"\b(?:avoid|refrain from|without) {_ADVERBS}[a-z]+ing\b")
_TRY = re.compile(
    rf"(?:^|\W)(?P<verb>consider|try|start by|begin by|start|begin|think about|keep|experiment with) {_ADVERBS}$"
)
_RECOMMENDED = re.compile(
    r"(?:\b(?:we|i|i'd|we'd)(?: would)?(?: also| often| usually)? (?:recommend|suggest|advise|favou?r)|"
    r"\b(?:you'd be|you would be|you're|you are) better off|^(?:how|what) about|\b(?:is|'s|be) worth|\bno harm in|\bnothing wrong with|"
    r"\bthere's no (?:harm|danger|risk) in|\b(?:it's|it is) (?:fine|ok|okay|safe)|\bhelps? to (?:start|begin))"
    rf" {_ADVERBS}$"
)
_BY = re.compile(rf"\bby {_ADVERBS}$")
_CAN = re.compile(r"\byou(?:'d| )?(?:can|could|should|must|need to|have to|may want to|might want to|'d better)\b")
_CANNOT = re.compile(r"\b(?:not|never|if|when|how)\b|n't")

_OPENING = re.compile(
    r"(?:^|[,;:.!?\u2013\u2014\"(]|\u2026| - )\s*"
    r"(?:(?:and|but|so|then|or|yes|no|well|ok|okay|sure|absolutely|not at all|step \d+|tip \d+|#?\d+)[,:.]? )*"
    rf"{_ADVERBS}[\"(]?$"
)
_INTERJECTION = re.compile(
    rf"\W*(?:(?:and|but|so|then|yes|no|well|ok|okay|sure|absolutely|please|step \d+|tip \d+|#?\d+),? )*{_ADVERBS}$"
)
_COMMA = re.compile(rf", ?(?:(?:and|but) )?{_ADVERBS}$")
_INTRODUCTION = re.compile(
    r"(?:(?:and|but|or|so|then|well|yes|no|ok|okay|also|now|plus),? )*(?:(?:even|only|just|right) )?"
    r"(?:if|when|whenever|once|after|as|before|until|while|because|since|for|in|on|with|without|at|by|to|unless|although|though|"
    r"during|over|instead|alongside|besides|together|feeling|from|depending|every|each|this|next|whatever|given|having|being|should|where|wherever|rather|like|"
    rf"last|tonight|today|tomorrow|first|second|third|step|day|week|tip|sometimes|then|here|{_LY})\b"
)
_JOINER = re.compile(
    rf",? ?\b(?P<word>and|or|then|but|nor)\b,? {_ADVERBS}"
    rf"(?:(?:after|in|on|from|within|by|over|at) (?:[\w-]+ ){{1,4}})?{_ADVERBS}$"
)
_INFINITIVE = re.compile(r"(?<!need)(?<!have)(?<!try)(?<!want)(?<!ought) to (?:[a-z]+ly )?(?P<verb>[a-z]+)$")
_LICENCE = re.compile(
    r"\byou (?:can|could|should|must|need to|have to|may want to|might want to)\b(?! (?:be able|need|have))"
)
_FIRST = re.compile(rf"^\W*(?:(?:and|but|so|then|yes|no|well)[, ]+)*{_ADVERBS}(?P<word>[a-z'-]+)")

_LEAD_GUARD = re.compile(r"\b(?:avoid|not to do|don'ts?|do not|never|mistakes?)\b")
_LEAD_PLAIN = re.compile(
    r"\b(?:if|when|before|unless|because|that|who|people|may|might|can|could|will|to|you|your|and|or|as|by|for|of|is|are|include|"
    r"including|example|with|mean|means|about|involves?|suggest|ask|tell|be|consist of)\s*$"
)
_LEAD_LICENCE = re.compile(r"\byou (?:can|could|should|must|need to)(?: \w+)?$")


def of_base(before: str) -> Mood | None:
    """Of a verb in its base form before which something ``is_settled``."""
    permission = _PERMISSION.search(before)
    if permission:
        return Mood(hedged=_MODEST.search(permission[0]) is not None)
    you = _YOU.search(before)
    if you:
        return _of_you(before, you)
    return Mood(guard=True, soft=_DANGER.search(before) is None and _SOFT.search(before) is not None)


def is_settled(before: str) -> bool:
    """Whether a subject or a governing phrase stands before the verb, so that it is no imperative."""
    return any(pattern.search(before) for pattern in (_PERMISSION, _YOU, _DANGER, _GUARD))


def is_supposed(before: str) -> bool:
    """Whether a permission only stands in a clause that supposes or asks ("when it's time to")."""
    permission = _PERMISSION.search(before)
    return permission is not None and _SUPPOSED.search(before[: permission.start()]) is not None


def _of_you(before: str, you: re.Match[str]) -> Mood | None:
    head, said = before[: you.start()], before[you.start() :]
    modal, rest, short = you["modal"], you["rest"], you["short"]
    if _EMBEDDED.search(head) or (_WHY.search(head) and modal != "should"):
        return None
    if modal.endswith(("n't", "not")) or re.search(r" (?:not|never)\b", said):
        free = "need" in modal or _NEEDS.search(rest) or _WISHES.search(rest)
        return None if free else Mood(guard=True, soft=" try" in rest)
    if _NO_LICENCE.search(head) or _BELIEF.search(head) or _PASSIVE.search(rest):
        return None
    needs = _NEEDS.search(f"{modal} {rest}") is not None
    wishes = _WISHES.search(f"{modal} {rest}") is not None
    if modal == "will" or short == "'ll":
        return Mood(ordered=True) if needs else Mood(hedged=True) if wishes else None
    if modal in ("want to", "able to", "are able to") or (needs and modal not in ("need to", "have to")):
        return None
    if modal in ("just", "simply", "then") and re.search(r"[a-z] $", head):
        return None
    report = _REPORT.search(head)
    who = report["who"] if report else ""
    if clinicians.names_any(who) and _OWN_DOCTOR.search(who):
        return None
    return Mood(
        hedged=wishes or modal in ("might", "could"), reported=report is not None and not _AUTHORITY.search(who)
    )


def of_passive(before: str) -> Mood | None:
    """Of a past participle: "should not be stopped suddenly", "must only be stopped under supervision"."""
    if re.search(r"(?:\bnot|n't|\bnever|\bcannot) (?:[a-z]+ly )?be (?:[a-z]+ly )?$", before):
        return None if re.search(r"\b(?:needn't|need not|not (?:need|have) to) be $", before) else Mood(guard=True)
    return Mood(guard=True) if re.search(r"\bonly (?:ever )?be $", before) else None


def of_ing(before: str, *, opens: bool = True) -> Mood | None:
    """Of a form in -ing: "avoid stopping", "try halving". ``opens``: whether an imperative may begin this block."""
    if _GUARD_ING.search(before):
        return Mood(guard=True)
    recommended = _RECOMMENDED.search(before)
    if recommended:
        return None if _GUARD.search(before[: recommended.start()]) else Mood()
    tried = _TRY.search(before)
    if tried:
        head = before[: tried.start("verb")]
        if _GUARD.search(head):
            return Mood(guard=True)
        you = _YOU.search(head)
        if you:
            mood = _of_you(head, you)
            return mood and replace(mood, hedged=True)
        return Mood(hedged=True) if opens and opens_clause(head) else None
    by = _BY.search(before)
    if by:
        head = before[: by.start()]
        if _CAN.search(head):
            return None if _CANNOT.search(head) else Mood(hedged=True)
        return Mood() if opens and _is_imperative(head) and not _PROHIBITED.search(head) else None
    joiner = _JOINER.search(before)
    return Mood(guard=True) if joiner and _GUARDED_LIST.search(before[: joiner.start()]) else None


def of_verb(before: str, *, ing: bool = False) -> Mood | None:
    """Of any verb whose object does not matter, an imperative included. Only the last words of ``before`` count."""
    before = before[-_LAST:]
    if ing:
        return of_ing(before)
    if is_settled(before):
        return None if is_supposed(before) else of_base(before)
    return Mood() if opens_clause(before) else of_joined(before)


def is_verb(word: str) -> bool:
    """Whether ``word`` is usually a verb in its base form."""
    return usual(word, "v")


def of_list(lead: str, *, heading: bool) -> Mood | bool:
    """What the line over a list makes of an item that opens with a verb: a guard, or whether the verb is no advice."""
    bare = lead.strip("*: ")
    if _GUARD.search(f"{bare} ") or _LEAD_GUARD.search(lead):
        return Mood(guard=True)
    if clinicians.names_any(lead):
        return True
    return not heading and _LEAD_LICENCE.search(bare) is None and _LEAD_PLAIN.search(bare) is not None


def opens_clause(before: str) -> bool:
    """Whether a verb after ``before`` is the first of its clause, as that of an imperative is."""
    if _INTERJECTION.fullmatch(before):
        return True
    if not _OPENING.search(before):
        return False
    comma = _COMMA.search(before)
    if not comma:
        return not before.rstrip().endswith(" or")
    head = _BREAK.split(before[: comma.start()])[-1].strip(" \"'(*")
    if any(_INTRODUCTION.match(part.strip()) for part in (head, *head.split(",")[1:])):
        return True
    return _is_imperative(head) and not re.match(r"(?:do not|don't|never)\b", head)


def of_joined(before: str) -> Mood | None:
    """Of the second of two verbs: "cut the dose and stop next week", "you can halve or stop it", "do not split or stop it"."""
    joiner = _JOINER.search(before)
    if joiner is None:
        comma = _COMMA.search(before)
        return Mood(guard=True) if comma and _PROHIBITED_LIST.search(before[: comma.start()]) else None
    clause = _BREAK.split(before[: joiner.start()].rstrip(", "))[-1].strip()
    infinitive = _INFINITIVE.search(clause)
    if infinitive and is_verb(infinitive["verb"]):
        return None
    if _PROHIBITED.search(clause):
        if joiner["word"] != "or" and _HESITATION.search(clause):
            return Mood()
        return Mood(guard=joiner["word"] != "but")
    licences = list(_LICENCE.finditer(clause))
    if licences:
        head = clause[: licences[-1].start()]
        if _EMBEDDED.search(head) or _BELIEF.search(head):
            return None
        hedged = "want" in licences[-1][0] or "could" in licences[-1][0]
        return Mood(hedged=hedged, reported=_REPORT.search(head) is not None)
    tail = clause.rpartition(", ")[2] if _INTRODUCTION.match(clause) else clause
    return Mood() if _is_imperative(tail) and not _INTRODUCTION.match(tail) else None


def _is_imperative(clause: str) -> bool:
    """Whether ``clause`` begins with a word that is usually a verb in its base form."""
    first = _FIRST.match(clause)
    return first is not None and (first["word"] in ("don't", "do", "never", "be") or is_verb(first["word"]))
