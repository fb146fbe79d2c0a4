"""The safety statement: that a page which discusses a risky medicine says not to stop it alone, and says so usably."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from medlint.facts import Facts
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.medicines import Discussion, Topic
from medlint.finding import Hit, Related, Undetermined
from medlint.insertion import insert
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``find``: whether the statement is there, or what it lacks."""

    find: Literal["missing", "weak"]


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:
    """Yield what is wrong with the page's safety statement, by the rule's ``find``."""
    if facts.profile.audience == "clinician":
        return ()
    if facts.topic.language not in ("en", ""):
        return [Undetermined(f"medication advice is read in English only, and the page is in {facts.topic.language!r}")]
    return _missing(facts) if options.find == "missing" else _weak(facts, rule)


def _weight(discussion: Discussion) -> str:
    """The variant for what is said: urgent where it invites readers to stop a medicine that is dangerous to stop."""
    if discussion.mention is None:
        return "general"
    group = discussion.mention.name.group
    taught = group.id in vocabulary().self_adjusted
    mentioned = discussion.topic in (Topic.EFFECTS, Topic.SUBJECT)
    return "passing" if mentioned or taught or not group.withdrawal else ""


def _missing(facts: Facts) -> Iterator[Hit]:
    medicines = facts.medicines
    if medicines.present or not medicines.discussions or not facts.topic.health:
        return
    ordered = sorted(medicines.discussions, key=lambda found: ("", "passing", "general").index(_weight(found)))
    first = ordered[0]
    others = [found for found in ordered[1:] if _weight(found) == _weight(first) and found.mention][:2]
    yield Hit(
        first.block.span(first.start, first.end),
        {"harm": first.mention.name.group.why if first.mention else ""},
        _weight(first),
        insert(facts.document, facts.profile, "medication-safety"),
        tuple(Related(other.block.span(other.start, other.end), "also") for other in others),
    )


def _weak(facts: Facts, rule: Rule) -> Iterator[Hit]:
    medicines = facts.medicines
    best = medicines.best
    if best is None or not medicines.discussions:
        return
    lacks = {
        "soft": best.soft,
        "whom": not best.asks,
        "specialty": best.one_specialty and facts.profile.publisher != "provider",
        "reason": not best.reason,
    }
    missing = [rule.notes[key] for key, lacking in lacks.items() if lacking]
    if missing:
        yield Hit(
            best.span, {"missing": missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"}
        )
