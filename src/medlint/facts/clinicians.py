"""Who is asked before a medicine is stopped or changed: the words that bring a health professional into a sentence.

All texts are sentences in lower case. Gaps between words are bounded and never cross into another sentence.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Gate(StrEnum):
    """How a sentence involves a professional: not at all, as someone to ask, or by saying that nobody need be asked."""

    NONE = "none"
    OPEN = "open"
    DENIED = "denied"


_FIELD = (
    r"(?:health|healthcare|medical|care|treatment|primary|mental|nursing|prescribing|family|diabetes|asthma|epilepsy|heart|cancer|"
    r"transplant|pain|specialist|clinical|local|own|regular|qualified|trained|licensed|trusted|addiction|hiv|sexual|maternity)"
)
_SPECIALISTS = r"(?:psychiatrists?|psychologists?|therapists?|specialists?|surgeons?|obstetricians?|[a-z]{3,}ologists?)"
PROFESSIONAL = (
    r"(?:doctors?|docs?|physicians?|gps?|g\.p\.|nurses?|pharmacists?|chemists?|pharmacy|prescribers?|clinicians?|"
    rf"{_SPECIALISTS}|midwi(?:fe|ves)|dentists?|consultants?|pa?ediatricians?|providers?|practitioners?|professionals?|clinics?|"
    rf"(?:surgery|surgical) team|(?:{_FIELD}[ -]){{1,3}}(?:professionals?|teams?|advis[eo]rs?|workers?|advice|supervision|guidance|"
    r"help|support|approval)|professional (?:advice|help|guidance|supervision)|"
    r"(?:whoever|the (?:person|people|one|team)(?: who)?|someone who) prescribe[sd]?|111)"
)
"""Whoever may decide on a treatment, as pages name them."""

_WHOSE = r"(?:your|the|a|an|his|her|their|my|any|our|you and your|that|this)"
_FEW = r"(?:[\w'/-]+,? ){0,4}?"
_SOMEBODY = rf"(?:{_WHOSE} )?{_FEW}{PROFESSIONAL}\b"
_ASK = (
    r"(?:talk|speak|check|consult|ask|discuss|see|call|contact|tell|visit|phone|ring|work|meet|message|inform|email|let|"
    r"notify|involve)"
)
_ASKING = (
    rf"(?:{_ASK}|(?:talk|speak|check|consult|ask|discuss|see|call|contact|tell|visit|phon|ring|work|meet|messag|inform|email|lett|"
    r"notify|involv)ing|talked|spoken|checked|consulted|asked|discussed|seen|told)"
)
_ASKED = rf"{_ASKING}\b(?:[^.;!?]{{0,60}}?\W)?{PROFESSIONAL}\b"
_COUNSEL = (
    r"(?:help|support|supervision|care|guidance|advice|approval|agreement|permission|instructions?|direction|ok|okay|monitoring|"
    r"input|blessing|recommendation|consent|attention|oversight)"
)
_CONSENTS = (
    r"(?:agrees?|agreed|says?|said|tells?|told|advis\w+|recommend\w*|approv\w+|okays?|thinks?|confirm\w*|suggest\w*|direct\w*|"
    r"instruct\w*|decid\w+|clears?|is happy|gives? you|has (?:advised|told|agreed|approved|checked|reviewed|said))"
)

_OPEN = re.compile(
    "|".join(
        (
            rf"\b{_ASKED}",
            # A condition: what the professional says comes first.
            rf"\b(?:unless|until|only if|only when|except) {_SOMEBODY}",
            rf"\b(?:if|once|when|after|as) {_SOMEBODY} (?:\w+ ){{0,2}}?{_CONSENTS}",
            # Company: "with your doctor", "under the supervision of a specialist", "on the advice of your clinic".
            rf"\b(?:under|with|together with|alongside) (?:the {_COUNSEL} of )?{_SOMEBODY}",
            rf"\b{_COUNSEL} (?:of|from|by) {_SOMEBODY}",
            rf"\b(?:determined|set|decided|agreed|chosen|planned|ordered|advised|recommended|supervised) by {_SOMEBODY}",
            rf"\b(?:under|with|without|on|seek\w*|get\w*|need\w*|follow\w*|have|having) {_FEW}(?:medical|professional|clinical|doctor's|"
            rf"{PROFESSIONAL}'s?) {_FEW}{_COUNSEL}\b",
            rf"\b(?:agree|plan|decide|arrange|go back|return|report) (?:\w+ ){{0,2}}(?:with|to) {_SOMEBODY}",
            rf"\bbe (?:\w+ )?(?:made|changed|adjusted|stopped|reduced|lowered|decided|done|supervised|monitored) (?:only )?by {_SOMEBODY}",
            # Orders: "as directed", "unless you have been told to", "as your asthma plan says".
            r"\b(?:unless|as|if|when|until|only) (?:(?:you(?:'re| are|'ve been| have been)|it is|it's|otherwise|specifically|medically|"
            r"has been|so) ){0,3}(?:directed|prescribed|instructed|advised|told|recommended|agreed)\b",
            r"\b(?:your|the|an?) (?:[\w'-]+ )?(?:action|care|treatment|insulin|sick[ -]day|management|diabetes|asthma|taper|tapering|"
            r"dosing|written) (?:plan|schedule)\b",
        )
    )
)
_LEADS = re.compile(
    rf"\b{_WHOSE} {_FEW}{PROFESSIONAL}(?:,? (?:or|and) [\w -]{{1,30}}?)? "
    r"(?:(?:may|might|can|could|will|should|would|probably|usually|often|also|first|then|even|is likely to) )*"
    r"(?:advis\w+|suggests?|recommends?|tells?|asks?|wants?|decides?|helps?|lowers?|reduces?|increases?|changes?|adjusts?|stops?|"
    r"starts?|switch(?:es)?|prescribe|explains?|agrees?|says?|thinks?|considers?|give|plans?|reviews?|tapers?|guides?|discuss(?:es)?|"
    r"makes?|keeps?|works?|decreases?|raises?|needs? to|lets?|shows?|sets?|is happy|instructs?|weans?|try|tries|have)\b"
    rf"|\b(?:you and your|your and) (?:[\w'-]+ ){{0,2}}{PROFESSIONAL}"
)

_NOT = r"(?:do not|don't|does not|doesn't|needn't|need not|never|no|not|isn't|hardly)"
_NEEDING = r"(?:need|have|has|necessary|reason|required?|bother|point|use|wait|ask|tell|consult|check|involve|let|talk|see|listen)"
_SMALL = (
    r"(?:even|to|in|of|for|on|any|your|a|an|the|permission|approval|from|ask|tell|with|wait|talk|speak|check|consult|see|contact|call|"
    r"inform|involve|go|bother|visit|run|it|this|by|first|asking|telling|talking|seeing|consulting|anyone|anybody|about|get|book|have|"
    r"listen|discuss|let|know|okay|ok|own|medical|professional)"
)
_DENIED = re.compile(
    "|".join(
        (
            # "Never stop it without asking your doctor" does not say that.
            rf"\b{_NOT} (?:(?!(?:without|before|until|till|unless)\b)[\w'/-]+,? ){{0,4}}?{_NEEDING}(?:ed|ing)?\b(?: {_SMALL})*? {PROFESSIONAL}\b",
            rf"\b{_NOT} (?:(?:have|need) (?:to )?)?wait (?:until|till) {_SOMEBODY}",
            rf"\b(?:even if|no matter what|whatever|regardless of|despite|ignore|never mind|against)(?: what)? {_SOMEBODY}",
            rf"\b(?:instead of (?:{_ASKING} )?(?:to |with )?|behind ){_SOMEBODY}",
            rf"\bno {PROFESSIONAL} (?:is |are )?(?:needed|required|necessary)\b",
            r"\b(?:don't|do not|needn't|need not|without) (?:[\w'-]+ ){0,4}?(?:ask|tell|asking|telling|consult|consulting) (?:anyone|anybody|a soul)\b",
            rf"\b{PROFESSIONAL} (?:won't|will not|doesn't|does not|refuses?|isn't|is not|can't|cannot|disagrees?|ignores?|objects?|"
            r"never|says no)\b",
        )
    )
)
_WITHOUT = re.compile(
    rf"\bwithout (?:(?:first|even|ever|actually|bothering|having|needing|waiting) )*(?:to )?"
    rf"(?:{_ASKING} (?:(?:to|with|for|from|it|this|about|the|your) )*)?{_SOMEBODY}"
)
# "You can stop, but not without asking your doctor" asks, and "you can stop before you ask your doctor" does not.
_DOUBLED = re.compile(r"\b(?:not|never) (?:before|without|until|till)\b")
_LATER = re.compile(
    rf"\bbefore (?:(?:you(?:'ve| have)?|having|even|first) )*(?:{_ASKING} (?:(?:to|with|from) )?(?:{_WHOSE} )?(?:[\w'/-]+ ){{0,3}}?{PROFESSIONAL}\b|"
    rf"{_WHOSE} (?:[\w'/-]+ ){{0,3}}?{PROFESSIONAL} (?:\w+ ){{0,2}}?{_CONSENTS}\b)"
)

_OPENERS = (
    r"(?:so|but|and|always|please|kindly|first|first of all|instead|however|it's|it is|best|a good idea|important|you should|you must|"
    r"you need|to|make sure to|be sure to|make sure you|just|do|remember to|therefore|only|never|do this|do so|do it|but only|"
    r"that is why|hence|it|this|that|needs?|should|must|to be done|be done)"
)
_CONSULTS = re.compile(rf"\W*(?:{_OPENERS}[, ]+)*(?:{_ASKED}|(?:under|with)\b(?:[^.;!?]{{0,60}}?\W)?{PROFESSIONAL}\b)")
_HELPS = re.compile(
    rf"\W*{_WHOSE} {_FEW}{PROFESSIONAL} (?:can|will|may|should|might) (?:also |probably )?"
    r"(?:help|advise|tell|decide|discuss|check|guide|explain|recommend)\b"
)
# "Call your doctor if you feel sick" is for afterwards; "talk to your doctor if you want to stop" comes first.
_CONDITION = re.compile(
    r"\b(?:if|when)\b(?! (?:you(?:'re| are)? (?:want|plan|planning|decide|thinking|considering|think|would like|wish|do|"
    r"feel (?:ready|you))|necessary|you have any (?:questions|doubts|concerns)))"
)
_FIRST = re.compile(
    "|".join(
        (
            rf"\b(?:unless|until|only if|only when|if|once|when|after|before|without) (?:{_ASKING} (?:to |with )?)?{_SOMEBODY}",
            rf"\b(?:after|before|without) {_ASKED}",
            rf"\b(?:under|with|together with|alongside) (?:{_WHOSE} )?{_FEW}(?:{_COUNSEL}|{PROFESSIONAL})\b",
            # "Stop it and get medical help" sends them there afterwards.
            rf"(?<!and get )(?<!and seek )\b(?:medical|professional) {_COUNSEL}\b",
            rf"\bfirst\b|\byou and your {_FEW}{PROFESSIONAL}|\badvis\w+|\btells?\b",
        )
    )
)
_STOPPING = r"(?:stop\w*|chang\w+|reduc\w+|lower\w*|com(?:e|ing) off|taper\w*)"
_WARNS = re.compile(
    "|".join(
        (
            rf"\b{_ASK}\b[^.;!?]{{0,60}}\b{PROFESSIONAL}\b[^.;!?]{{0,60}}\b{_STOPPING}\b",
            rf"\b{_STOPPING}\b[^.;!?]{{0,50}}\b{_ASK}\b[^.;!?]{{0,30}}\b{PROFESSIONAL}\b",
            rf"\b(?:not|never|n't)\b[^.;!?]{{0,30}}\b{_STOPPING}\b[^.;!?]{{0,60}}\b(?:without|unless|until)\b[^.;!?]{{0,40}}{PROFESSIONAL}",
        )
    )
)
_PROFESSIONAL = re.compile(rf"\b{PROFESSIONAL}\b")
_ONE_SPECIALTY = re.compile(rf"{_SPECIALISTS}\b")


def gate(text: str, guarded: bool = False) -> Gate:
    """How ``text`` involves a professional.

    In a ``guarded`` sentence ("never stop without asking your doctor") the words "without asking" send readers to the
    professional; elsewhere they do without. So with "before you see your doctor".
    """
    text = _DOUBLED.sub("after", text)
    without = _WITHOUT.search(text) is not None
    if (without and not guarded) or _DENIED.search(text):
        return Gate.DENIED
    if not guarded:
        text = _LATER.sub("", text)
    return Gate.OPEN if without or _OPEN.search(text) or _LEADS.search(text) else Gate.NONE


def comes_first(text: str) -> bool:
    """Whether ``text`` makes a professional a condition of acting, rather than someone to call afterwards."""
    return _FIRST.search(text) is not None


def consults(text: str) -> bool:
    """Whether ``text`` begins by sending readers to a professional, whatever the case ("Talk to your doctor first")."""
    if _HELPS.match(text):
        return True
    return _CONSULTS.match(text) is not None and not _CONDITION.search(text) and not _DENIED.search(text)


def warns(text: str) -> bool:
    """Whether ``text`` says somewhere whom to ask before stopping or changing."""
    return _WARNS.search(text) is not None


def names_any(text: str) -> bool:
    """Whether ``text`` names a professional at all."""
    return _PROFESSIONAL.search(text) is not None


def names_one_specialty(text: str) -> bool:
    """Whether the professionals that ``text`` names are of one specialty only, so that readers of others are left out."""
    found = [match[0] for match in _PROFESSIONAL.finditer(text)]
    return bool(found) and all(_ONE_SPECIALTY.match(word) for word in found)
