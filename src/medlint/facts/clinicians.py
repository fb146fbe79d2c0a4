"""Who is asked before a medicine is stopped or changed: the words that bring a health professional into a sentence."""

from __future__ import annotations

import re
from enum import StrEnum


class Gate(StrEnum):
    """How a sentence involves a professional: not at all, as someone to ask, or by saying that nobody need be asked."""

    NONE = "none"
    OPEN = "open"
    DENIED = "denied"


_KIND = (
    r"(?:health|healthcare|medical|care|treatment|primary|mental|nursing|prescribing|family|diabetes|asthma|epilepsy|heart|cancer|transplant|"
    r"pain|specialist|clinical|local|own|regular|qualified|trained|licensed|trusted|addiction|hiv|sexual|maternity)"
)
PROFESSIONAL = (
    r"(?:doctors?|docs?|physicians?|gps?|g\.p\.|nurses?|pharmacists?|chemists?|pharmacy|prescribers?|clinicians?|psychiatrists?|midwi(?:fe|ves)|"
    r"surgeons?|dentists?|consultants?|specialists?|providers?|practitioners?|clinics?|surgery team|surgical team|(?:an?|your) expert|"
    rf"(?:{_KIND}[ -]){{1,3}}(?:professionals?|teams?|advis[eo]rs?|workers?|advice|supervision|guidance|help|support|approval)|"
    r"professionals?|professional (?:advice|help|guidance|supervision)|[a-z]{3,}ologists?|p(?:a)?ediatricians?|obstetricians?|"
    r"(?:whoever|the (?:person|people|one|team)(?: who)?|someone who) prescribe[sd]?|111)"
)
"""Whoever may decide on a treatment, as pages name them."""

_ASK = (
    r"(?:talk(?:ing|ed)?|speak(?:ing)?|spoken|check(?:ing|ed)?|consult(?:ing|ed)?|ask(?:ing|ed)?|discuss(?:ing|ed)?|see(?:ing|n)?|call(?:ing)?|"
    r"contact(?:ing)?|tell(?:ing)?|told|let(?:ting)?|visit(?:ing)?|phon(?:e|ing)|ring(?:ing)?|work(?:ing)?|meet(?:ing)?|messag(?:e|ing)|"
    r"inform(?:ing)?|seek(?:ing)?|get(?:ting)?|need(?:ing)?|hav(?:e|ing)|involv(?:e|ing)|wait(?:ing)?|follow(?:ing)?|bring(?:ing)?|run(?:ning)?|"
    r"notify(?:ing)?|email(?:ing)?|book(?:ing)?|go(?:ing)? (?:back )?to|return(?:ing)? to|review(?:ing)?|agree(?:d|ing)?|decid(?:e|ing)|plan(?:ning)?)"
)
_WHOSE = r"(?:your|the|a|an|his|her|their|my|any|our|you and your|that|this)"
_FEW = r"(?:[\w'/-]+,? ){0,4}?"
_SOME = r"(?:[^.;!?]{0,60}?\W)?"

_DENIED = re.compile(
    rf"\b(?:(?:do not|don't|does not|doesn't|needn't|need not|never|no|not|isn't|hardly) {_FEW}(?:need|have|has|necessary|reason|required?|bother|point|use|wait|ask|tell|"
    rf"consult|check|involve|let|talk|see|listen)(?:ed|ing)?\b(?: (?:even|to|in|of|for|on|any|your|a|an|the|permission|approval|from|ask|tell|with|wait|talk|speak|check|consult|see|contact|call|"
    rf"inform|involve|go|bother|visit|run|it|this|by|first|asking|telling|talking|seeing|consulting|anyone|anybody|about|get|book|have|listen|discuss|let|know|okay|ok|own|medical|professional))*? {PROFESSIONAL}\b"
    rf"|(?:even if|no matter what|whatever|regardless of(?: what)?|despite(?: what)?|ignore(?: what)?|never mind(?: what)?|against) (?:your|the|a|any|what your|what the|what|my) {_FEW}{PROFESSIONAL}\b"
    rf"|instead of (?:{_ASK} )?(?:to |with )?{_WHOSE} {_FEW}{PROFESSIONAL}\b"
    rf"|behind {_WHOSE} {_FEW}{PROFESSIONAL}\b"
    rf"|no {PROFESSIONAL} (?:is |are )?(?:needed|required|necessary)"
    rf"|(?:don't|do not|needn't|need not|without) {_FEW}(?:ask|tell|asking|telling|consult|consulting) (?:anyone|anybody|a soul)\b"
    rf"|need not ask anyone\b"
    rf"|{PROFESSIONAL} (?:won't|will not|doesn't|does not|refuses?|isn't|is not|can't|cannot|disagrees?|ignores?|objects?|never|says no)\b"
    rf"|{PROFESSIONAL} (?:doesn't|does not|don't|do not|needn't|need not) (?:need|have) to)\b"
)
_WITHOUT = re.compile(
    rf"\bwithout (?:first |even |ever |actually |bothering |having |needing |waiting )*(?:to )?(?:{_ASK} (?:to |with |for |from |it |this |about |the |your )*)?"
    rf"(?:{_WHOSE} )?{_FEW}{PROFESSIONAL}\b"
)
_OPEN = re.compile(
    rf"\b(?:{_ASK}\b{_SOME}{PROFESSIONAL}"
    rf"|(?:unless|until|only if|only when|if|once|when|after|before|except|as) {_WHOSE} {_FEW}{PROFESSIONAL}"
    rf"|(?:under|with|by|from|through|together with|alongside|on) (?:{_WHOSE} )?{_FEW}(?:(?:help|support|supervision|care|guidance|advice|approval|agreement|permission|instructions?|direction|ok|okay|monitoring|input|"
    rf"eye|blessing|recommendation) (?:of|from) )?(?:{_WHOSE} )?{_FEW}{PROFESSIONAL}"
    rf"|(?:unless|as|if|when|until|only) (?:(?:you(?:'re| are|'ve been| have been)|it is|it's|otherwise|specifically|medically|has been|so) ){{0,3}}(?:directed|prescribed|instructed|advised|told|recommended|agreed)"
    rf"|(?:under|with|without|on|seek|seeking|get|getting) (?:close |careful |strict |proper |any |prior )?(?:medical|professional|clinical|doctor's) (?:supervision|advice|guidance|help|monitoring|care|approval|attention)"
    rf"|(?:your|the|an?) (?:[\w'-]+ )?(?:action|care|treatment|insulin|sick day|sick-day|management|diabetes|asthma|taper|tapering|dosing|written) (?:plan|schedule)\b"
    rf"|advice of {_WHOSE} {_FEW}{PROFESSIONAL})\b"
)
_LEADS = re.compile(
    rf"\b{_WHOSE} {_FEW}{PROFESSIONAL}(?:,? (?:or|and) [\w -]{{1,30}}?)? (?:(?:may|might|can|could|will|should|would|probably|usually|often|also|first|then|even|is likely to) )*"
    r"(?:advis\w+|suggest\w*|recommend\w*|tells?|told|asks?|asked|wants?|decid\w+|helps?|helped|lowers?|reduc\w+|increas\w+|chang\w+|adjust\w*|stops?|starts?|switch\w*|"
    r"prescrib\w+|explain\w*|agree[sd]?|says?|said|thinks?|considers?|gives?|gave|plans?|reviews?|taper\w*|ha[sd]|guides?|discuss\w*|makes?|keeps?|works?|decreas\w+|raises?|needs?|lets?|shows?|sets?|is happy|instructs?|weans?|try|tries)\b"
    r"|\b(?:you and your|your and) (?:[\w'-]+ ){0,2}" + PROFESSIONAL
)
_CONSULT = re.compile(
    rf"\W*(?:(?:so|but|and|always|please|kindly|first|instead|however|it's|it is|best|a good idea|important|you should|you must|you need|to|make sure to|be sure to|make sure you|just|do|remember to|therefore|only|never|"
    rf"do this|do so|do it|but only|that is why)[, ]+)*(?:{_ASK}|under|with)\b{_SOME}{PROFESSIONAL}\b"
)
_CONDITION = re.compile(
    r"\b(?:if|when)\b(?! (?:you(?:'re| are)? (?:want|plan|planning|decide|thinking|considering|think|would like|wish|do|feel (?:ready|you))|necessary|you have any (?:questions|doubts|concerns)))"
)
_FIRST = re.compile(
    rf"\b(?:(?:unless|until|only if|only when|if|once|when|after|before) (?:{_ASK} (?:to |with )?)?{_WHOSE} {_FEW}{PROFESSIONAL}|"
    rf"(?:after|before|without) {_ASK}\b[^.;!?]{{0,40}}{PROFESSIONAL}|(?:under|with|together with|alongside) (?:{_WHOSE} )?{_FEW}"
    rf"(?:supervision|guidance|help|support|care|monitoring|approval|agreement|{PROFESSIONAL})|"
    rf"(?:medical|professional) (?:supervision|guidance|advice)|first\b|you and your {_FEW}{PROFESSIONAL}|advis\w+|tells?\b)"
)
_WARNING = re.compile(
    rf"\b(?:talk|speak|ask|check|consult|work|see|contact|discuss)\b[^.;!?]{{0,60}}\b{PROFESSIONAL}\b[^.;!?]{{0,60}}"
    r"\b(?:stop\w*|chang\w+|reduc\w+|lower\w*|com(?:e|ing) off|taper\w*)"
    rf"|\b(?:stop\w*|chang\w+|com(?:e|ing) off)\b[^.;!?]{{0,50}}\b(?:talk|speak|ask|check|consult|see|contact)\b[^.;!?]{{0,30}}\b{PROFESSIONAL}\b"
    r"|\b(?:not|never|n't)\b[^.;!?]{0,30}\b(?:stop\w*|chang\w+|reduc\w+)\b[^.;!?]{0,60}\b(?:without|unless|until)\b"
    rf"[^.;!?]{{0,40}}{PROFESSIONAL}"
)
_HELPING = re.compile(
    rf"\W*{_WHOSE} {_FEW}{PROFESSIONAL} (?:can|will|may|should|might) (?:also |probably )?(?:help|advise|tell|decide|discuss|check|guide|explain|recommend)\b"
)
_PROFESSIONAL = re.compile(rf"\b{PROFESSIONAL}\b")
_SINGLE = re.compile(
    r"\b(?:psychiatrists?|neurologists?|cardiologists?|endocrinologists?|rheumatologists?|oncologists?|gyna?ecologists?|dermatologists?|psychologists?|therapists?|haematologists?|hematologists?|"
    r"nephrologists?|urologists?|pulmonologists?|specialists?|surgeons?|obstetricians?)\b"
)


def gate(text: str, guarded: bool = False) -> Gate:
    """How ``text``, a sentence in lower case, involves a professional.

    In a ``guarded`` one ("never stop without asking your doctor") the words "without asking" send readers to the
    professional; elsewhere they do without.
    """
    if not guarded and _WITHOUT.search(text):
        return Gate.DENIED
    denied = _DENIED.search(text)
    if denied:
        return Gate.DENIED
    if guarded and _WITHOUT.search(text):
        return Gate.OPEN
    return Gate.OPEN if _OPEN.search(text) or _LEADS.search(text) else Gate.NONE


def comes_first(text: str) -> bool:
    """Whether ``text`` makes a professional a condition of acting, rather than someone to call afterwards."""
    return _FIRST.search(text) is not None


def consults(text: str) -> bool:
    """Whether ``text`` begins by telling readers to ask a professional, whatever the case ("Talk to your doctor first")."""
    if _HELPING.match(text):
        return True
    return _CONSULT.match(text) is not None and not _CONDITION.search(text) and not _DENIED.search(text)


def warns(text: str) -> bool:
    """Whether ``text`` says somewhere whom to ask before stopping or changing."""
    return _WARNING.search(text) is not None


def names_any(text: str) -> bool:
    """Whether ``text`` names a professional at all."""
    return _PROFESSIONAL.search(text) is not None


def names_one_specialty(text: str) -> bool:
    """Whether the professionals that ``text`` names are of one specialty only, so that readers of others are left out."""
    found = [match[0] for match in _PROFESSIONAL.finditer(text)]
    return bool(found) and all(_SINGLE.search(word) for word in found)
