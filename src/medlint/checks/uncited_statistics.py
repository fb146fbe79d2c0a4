"""Numbers about people and risks that nobody can look up."""

import re
from collections.abc import Iterable

import msgspec

from medlint.document import Kind
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.matching import Forms
from medlint.rule import Rule

_PEOPLE = (
    r"(?:people|persons|individuals|adults|patients|women|men|children|kids|teens|teenagers|adolescents|students|boys|girls|mothers|mums|moms|fathers|"
    r"parents|americans|britons|australians|canadians|veterans|athletes|smokers|users|workers|employees|survivors|sufferers|participants|respondents|"
    r"seniors|older adults|babies|infants|newborns|pregnancies|births|cases|deaths|users|the (?:general |us |adult |world'?s? ?)?population|those|us|them|"
    r"households|families|couples|caregivers|carers|doctors|nurses)"
)
_RISK = r"(?:risk|chance|chances|likelihood|odds|probability|rates?|prevalence|incidence|mortality)"
_COUNT = r"(?:\d[\d,.]*|a|one|two|three|four|five|six|seven|eight|nine|ten)"
_PERCENT = r"\d+(?:\.\d+)?(?:%? ?(?:-|to|\u2013) ?\d+(?:\.\d+)?)? ?(?:%|percent\b|per cent\b)"
_SHARES = ("%", "percent", "per cent")
_RATIOS = (
    " out of ", " in every ", " in a hundred", *(f" in {digit}" for digit in "123456789"),
    *(f" in {number}" for number in "two three four five six seven eight nine ten twenty".split()),
)  # fmt: skip
_STATISTIC = Forms(
    (_SHARES, rf"\b(?P<share>{_PERCENT})(?= (?:of|in|among) [^.;:()]{{0,60}}?\b{_PEOPLE}\b| (?:of|in) (?:all |the )?[\w -]{{0,30}}?\b(?:cases|patients|deaths|births)\b)"),
    (_SHARES, rf"\b(?P<risk>{_PERCENT})(?= (?:higher|lower|greater|increased|reduced|more|less|increase|decrease|reduction|drop|rise)?[^.;:()]{{0,30}}?\b{_RISK}\b)"),
    (_SHARES, rf"\b(?P<effect>(?:reduc|increas|rais|lower|cut|boost|decreas|improv)\w* [^.;:()%]{{0,50}}?\b(?:by|up to) (?:about |around |up to |nearly |almost |as much as |more than )?{_PERCENT})"),
    (_RATIOS, rf"\b(?P<one_in>(?:about |around |nearly |almost |roughly |approximately |up to |as many as )?(?:one|two|three|\d{{1,2}}) (?:in|out of)(?: every)? (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred))(?= (?:of )?(?:[\w'-]+ ){{0,3}}?{_PEOPLE}\b)"),
    (("million", "billion"), rf"\b(?P<millions>\d+(?:\.\d+)? (?:million|billion)(?= (?:[\w'-]+ ){{0,4}}?{_PEOPLE}\b))"),
    ((" likely",), rf"\b(?P<likely>(?:twice|{_COUNT} times|\d+(?:\.\d+)?x|\d+-fold) (?:as|more) likely)\b"),
    (("doubl", "tripl", "quadrupl", "halv"), rf"\b(?P<folds>(?:doubl|tripl|quadrupl|halv)(?:es?|ed|ing)(?= (?:the|your|their|a person's|someone's) (?:[\w'-]+ ){{0,3}}?{_RISK}\b))"),
    (("half of", "third of", "thirds of", "quarter of", "quarters of"), rf"\b(?P<half>(?:about |around |nearly |almost |over |more than |at least |roughly )?(?:half|a third|a quarter|one third|one-third|two thirds|two-thirds|three quarters|three-quarters) of (?:all )?(?:[\w'-]+ ){{0,3}}?{_PEOPLE}\b)"),
)  # fmt: skip
"""In lower case."""
_INNOCENT = re.compile(
    r"\b(?:if|say|imagine|suppose|for example|e\.g\.)\b[^.]{0,40}\b(?:in|out of|percent|%)|\b(?:daily value|discount|off your|savings?|price|cost|copay|"
    r"of your (?:calories|plate|diet|energy|meals?|pay)|calories|humidity|solution|cream|gel|saline|bleach|alcohol by volume|"
    r"score|grade|ejection fraction|oxygen|saturation|hematocrit|body fat|A1C|serv(?:es|ed|ing)|received|enrolled|eligible|our (?:patients|clients|members|users|customers))\b",
    re.IGNORECASE,
)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``most``: the most findings on one page."""

    most: int = 10


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Literals of which one occurs wherever the check can find something."""
    return _STATISTIC.signs


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield the first such number of each paragraph that cites and names nothing."""
    if not facts.topic.health:
        return
    left = options.most
    for block in facts.blocks_with(triggers(options), rule.zones):
        if block.kind in (Kind.HEADING, Kind.CAPTION, Kind.ALT, Kind.LABEL, Kind.CELL) or facts.citations.by_block.get(
            block.index
        ):
            continue
        for match in _STATISTIC.finditer(block.lower):
            sentence = block.sentence_at(match.start())
            words = block.plain[sentence.start : sentence.end]
            support = facts.citations.support(block, match.start())
            if support in ("cited", "near") or words.endswith("?") or _INNOCENT.search(words):
                continue
            yield Hit(block.span(*match.span()), {"text": block.plain[slice(*match.span())]}, variant=support)
            left -= 1
            break
        if not left:
            return
