"""A second count of an owners' assembly, written from the statutes alone, to check the first one against.

Nothing here is shared with the package: plain Python, whole 0.01 m2 and fractions, one owner after the other, no speed.
Laws are cited by article, facts by their number in docs/facts.md (L..).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

Row = Mapping[str, str]
HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)

# Property Law art. 76, Regulations art. 12 (L02): paying into or drawing on the maintenance fund, and rebuilding.
# A change of use of common parts is an ordinary matter there (L102).
SPECIAL_2007 = {"use_maintenance_fund", "raise_maintenance_fund", "rebuild"}
# Civil Code art. 278 (L05): drawing on the fund became ordinary, a change of use of common parts special.
SPECIAL_2021 = {"raise_maintenance_fund", "rebuild", "change_common_use"}
# L114: only the owners who are charged for the works vote on the fund.
FUND = {"use_maintenance_fund", "raise_maintenance_fund"}

DEVELOPER = "(developer)"
UNDER_DEVELOPER = {"developer_unsold", "developer_undelivered"}
FEWEST_SEATS = 5  # national guidance 274, art. 31 (L28)
NOT_CAST = {"", "absent"}
NOT_A_NAME = {"abstain", "invalid"}

SETTLED = ("quorum", "passed", "formed")  # given only where all readings agree
# L106: nothing national says what the papers of a head that contradict each other are worth.
DISAGREEING = ("assenting_ballot_stands", "present_without_assent", "not_counted")
# Nor whether an owner whose paper is void has taken part.
VOID = ("invalid_takes_part", "invalid_not_counted")


@dataclass(frozen=True)
class Options:
    silence: str = "not_participating"
    buildings: tuple[str, ...] = ()
    proxy_cap: int | None = None
    seats: int | None = None


@dataclass(frozen=True)
class Owner:
    """One head: area in 0.01 m2, the papers returned for it, and whether a paper was delivered."""

    area: int
    papers: tuple[str, ...]
    reached: bool


@dataclass(frozen=True)
class Reading:
    """How the two unsettled points are read."""

    disagreeing: str
    void: str


@dataclass(frozen=True)
class Tally:
    """Heads and areas of all owners, of those who take part, of those who assent, and of those who really do."""

    everyone: tuple[int, int]
    present: tuple[int, int]
    assenting: tuple[int, int]
    really_assenting: tuple[int, int]


def count(rows: Sequence[Row], regime: str, category: str, options: Options) -> dict[str, Any]:
    """Count one register; shares are of the first reading, and a result on which readings disagree is None."""
    charged = [row for row in rows if field(row, "building") in options.buildings]
    owners = owners_of(rows, charged if options.buildings and category in FUND else rows, options)
    readings = readings_of(owners)
    outcomes = [outcome(owners, regime, category, options, reading) for reading in readings]
    result: dict[str, Any] = {"regime": regime, "category": category, "owners": len(owners)}
    result["area"] = square_metres(sum(owner.area for owner in owners))
    result |= outcomes[0] | {key: agreed([each[key] for each in outcomes]) for key in SETTLED if key in outcomes[0]}
    settle_candidates(result, outcomes)
    result["readings"] = named(owners, readings, outcomes) if len(readings) > 1 else []
    return result


def settle_candidates(result: dict[str, Any], outcomes: Sequence[dict[str, Any]]) -> None:
    """Say of a candidate that the majority is reached, or not, only where all readings agree."""
    for candidate in result.get("candidates", []):
        everywhere = [each for result in outcomes for each in result["candidates"] if each["name"] == candidate["name"]]
        candidate["reached"] = agreed([each["reached"] for each in everywhere])


def agreed(values: Sequence[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else None


# --- Who the owners are ---------------------------------------------------------------------------------------------


def owners_of(register: Sequence[Row], rows: Sequence[Row], options: Options) -> list[Owner]:
    """Gather the units that vote into heads, in the order of the file."""
    developers = {field(row, "owner") for row in register if field(row, "kind") == "developer_unsold"}
    units: dict[str, list[Row]] = {}
    for row in rows:
        units.setdefault(head(row, developers), []).append(row)
    names = {field(row, "owner") for row in register}
    in_person = {each: [paper for row in own for paper in own_papers(row, names, options)] for each, own in units.items()}
    absent = [(head(row, developers), row) for row in rows if not in_person[head(row, developers)]]
    by_proxy = papers_by_proxy(absent, {name: papers_of_proxy(name, register, rows, options) for name in names}, options)
    return [
        Owner(
            area=sum(hundredths(row["area"]) for row in own),
            papers=tuple(in_person[each] or by_proxy.get(each, [])),
            reached=any(field(row, "delivered") != "no" for row in own),
        )
        for each, own in units.items()
    ]


def head(row: Row, developers: set[str]) -> str:
    """Condominium Interpretation art. 9 (L10, L105): a buyer of several units is one owner.

    So is the developer with all units not sold, or sold and not handed over, whoever bought the latter.
    """
    if field(row, "kind") in UNDER_DEVELOPER or field(row, "owner") in developers:
        return DEVELOPER
    return field(row, "owner")


def own_papers(row: Row, names: set[str], options: Options) -> list[str]:
    """Return the papers cast for this unit by its owner; what an outsider cast as proxy is none of these."""
    proxy = field(row, "proxy")
    return [] if proxy and proxy not in names else papers_on(row, options)


def papers_on(row: Row, options: Options) -> list[str]:
    """Split the vote into papers, one for each co-owner (L106); in an election each is a list of names.

    A paper with more names than seats is void: a custom of elections, no article of the assembly's says it.
    """
    vote = field(row, "vote")
    if options.seats is None:
        return [paper for paper in map(str.strip, vote.split(";")) if paper not in NOT_CAST]
    papers = [
        sorted({name.strip() for name in paper.split(";")}) for paper in vote.split("|") if paper.strip() not in NOT_CAST
    ]
    return [";".join(names) if len(names) <= options.seats else "invalid" for names in papers]


def papers_of_proxy(name: str, register: Sequence[Row], rows: Sequence[Row], options: Options) -> list[str]:
    """Return what a proxy who owns here cast in person, for units that vote if there are any, else for the others.

    Civil Code art. 169: who is absent cannot send another without consent, so a proxy's proxy is not heard.
    """
    named = [row for row in rows if field(row, "owner") == name] or [row for row in register if field(row, "owner") == name]
    is_developer = any(field(row, "kind") == "developer_unsold" for row in register if field(row, "owner") == name)
    bought = [row for row in named if field(row, "kind") not in UNDER_DEVELOPER]
    own = named if is_developer else bought or named
    names = {field(row, "owner") for row in register}
    return [paper for row in own for paper in own_papers(row, names, options)]


def papers_by_proxy(
    absent: Sequence[tuple[str, Row]], in_person: Mapping[str, list[str]], options: Options
) -> dict[str, list[str]]:
    """Return what proxies cast for absent heads.

    Regulations art. 12 allows proxies (L11). Civil Code art. 165 wants them in writing (L107), so an oral one is none.
    A cap on owners for one proxy (Weifang art. 32: three) is filled in the order of the file.
    """
    served: dict[str, list[str]] = {}
    papers: dict[str, list[str]] = {}
    for owner, row in absent:
        proxy = field(row, "proxy")
        cast = in_person[proxy] if proxy in in_person else papers_on(row, options)
        if not proxy or not cast or field(row, "proxy_form") == "oral":
            continue
        principals = served.setdefault(proxy, [])
        if owner not in principals:
            principals.append(owner)
        if options.proxy_cap is None or principals.index(owner) < options.proxy_cap:
            papers.setdefault(owner, []).extend(cast)
    return papers


# --- What an owner says on one question: a motion is the question "yes", a candidate is the question of his name ---


def answer(paper: str, question: str) -> str:
    """Say where one paper stands; an election paper that leaves a candidate out is against him."""
    if paper in {"abstain", "invalid"}:
        return paper
    return "yes" if question in paper.split(";") else "no"


def stand(owner: Owner, question: str, reading: Reading) -> str:
    """Return yes, no, abstain, absent (not reached) or silent (reached, returned nothing)."""
    if not owner.papers:
        return "silent" if owner.reached else "absent"
    valid = [paper for paper in owner.papers if paper != "invalid"]
    if not valid:
        return "abstain" if reading.void == "invalid_takes_part" else "absent"
    if len(set(valid)) > 1 and reading.disagreeing == "not_counted":
        return "absent"
    answers = {answer(paper, question) for paper in valid}
    if len(set(valid)) > 1 and reading.disagreeing == "present_without_assent":
        return "abstain"
    return next(each for each in ("yes", "no", "abstain") if each in answers)


def silent_side(stands: Sequence[tuple[Owner, str]], silence: str) -> str:
    """Say what a silent owner counts as; the covenant may count silence (guidance 274 art. 26, L12, L109)."""
    if silence == "not_participating":
        return "absent"
    if silence == "abstain":
        return "abstain"
    heads_yes, area_yes = weight(stands, {"yes"})
    heads_no, area_no = weight(stands, {"no"})
    if heads_yes > heads_no and area_yes > area_no:
        return "yes"
    return "no" if heads_no > heads_yes and area_no > area_yes else "abstain"


def tally(owners: Sequence[Owner], question: str, options: Options, reading: Reading) -> Tally:
    """Count one question. An abstention takes part and does not assent (L108)."""
    cast = [(owner, stand(owner, question, reading)) for owner in owners]
    side = silent_side(cast, options.silence)
    stands = [(owner, side if each == "silent" else each) for owner, each in cast]
    return Tally(
        everyone=weight(stands, {"yes", "no", "abstain", "absent"}),
        present=weight(stands, {"yes", "no", "abstain"}),
        assenting=weight(stands, {"yes"}),
        really_assenting=weight(cast, {"yes"}),
    )


def weight(stands: Iterable[tuple[Owner, str]], wanted: set[str]) -> tuple[int, int]:
    areas = [owner.area for owner, each in stands if each in wanted]
    return len(areas), sum(areas)


# --- The two regimes ------------------------------------------------------------------------------------------------


def quorum(votes: Tally, regime: str) -> bool:
    """Two counts, heads and area, and both must be reached."""
    shares = ratios(votes.present, votes.everyone)
    if regime == "property_law_2007":
        return all(share > HALF for share in shares)  # Regulations art. 12 (L01): more than half, half is not enough
    return all(share >= TWO_THIRDS for share in shares)  # art. 278 (L04): two thirds or more, art. 1259 includes them


def assent(votes: Tally, regime: str) -> tuple[Fraction, Fraction]:
    """Take assent as a share of all owners (2007, L02-L03) or of those taking part (2021, L05-L06)."""
    return ratios(votes.assenting, votes.everyone if regime == "property_law_2007" else votes.present)


def majority(votes: Tally, regime: str, category: str, silence: str) -> bool:
    """Say whether assent reaches the threshold of its category, by heads and by area."""
    special, share = (SPECIAL_2007, TWO_THIRDS) if regime == "property_law_2007" else (SPECIAL_2021, THREE_QUARTERS)
    shares = assent(votes, regime)
    enough = all(each >= share for each in shares) if category in special else all(each > HALF for each in shares)
    # Zhejiang 2009 art. 10 (L109): the silent may be added, if those who really assent are more than half of all.
    floor = silence != "with_majority_floor" or all(each > HALF for each in ratios(votes.really_assenting, votes.everyone))
    return enough and floor


def ratios(part: tuple[int, int], whole: tuple[int, int]) -> tuple[Fraction, Fraction]:
    return (
        Fraction(part[0], whole[0]) if whole[0] else Fraction(0),
        Fraction(part[1], whole[1]) if whole[1] else Fraction(0),
    )


# --- Outcomes -------------------------------------------------------------------------------------------------------


def outcome(owners: Sequence[Owner], regime: str, category: str, options: Options, reading: Reading) -> dict[str, Any]:
    """Give the result of a motion or of an election under one reading of unsettled law."""
    votes = tally(owners, "yes", options, reading)
    turnout = ratios(votes.present, votes.everyone)
    common = {"turnout_heads": str(turnout[0]), "turnout_area": str(turnout[1]), "quorum": quorum(votes, regime)}
    if options.seats is not None:
        return common | election(owners, regime, category, options, reading)
    shares = assent(votes, regime)
    passed = quorum(votes, regime) and majority(votes, regime, category, options.silence)
    return common | {"assent_heads": str(shares[0]), "assent_area": str(shares[1]), "passed": passed}


def election(owners: Sequence[Owner], regime: str, category: str, options: Options, reading: Reading) -> dict[str, Any]:
    """Elect by the double majority, each candidate a question of his own (art. 76(3) of 2007, art. 278(3) of 2021, L111).

    Votes, heads first and then area, only rank those who reach it; the next ones are alternates (Hangzhou art. 28).
    """
    names = {name for owner in owners for paper in owner.papers for name in paper.split(";")} - NOT_A_NAME
    votes = {name: tally(owners, name, options, reading) for name in names}
    ranked = sorted(names, key=lambda name: (-votes[name].assenting[0], -votes[name].assenting[1], name))
    reached = {
        name: quorum(votes[name], regime) and majority(votes[name], regime, category, options.silence) for name in names
    }
    lawful = [name for name in ranked if reached[name]]
    seats = options.seats or 0
    formed = True if len(lawful) >= seats else None if len(lawful) >= FEWEST_SEATS else False
    return {
        "assent_heads": None,
        "assent_area": None,
        "seats": seats,
        "candidates": [
            {
                "name": name,
                "heads": votes[name].assenting[0],
                "area": square_metres(votes[name].assenting[1]),
                "reached": reached[name],
            }
            for name in ranked
        ],
        "elected": lawful[:seats],
        "alternates": lawful[seats:],
        "formed": formed,
        "passed": formed,
    }


def readings_of(owners: Sequence[Owner]) -> list[Reading]:
    """Give one reading where nothing is unsettled, else each combination that matters for this register."""
    valid = [[paper for paper in owner.papers if paper != "invalid"] for owner in owners]
    disagreeing = DISAGREEING if any(len(set(papers)) > 1 for papers in valid) else DISAGREEING[:1]
    only_void = any(owner.papers and not papers for owner, papers in zip(owners, valid, strict=True))
    return [Reading(*pair) for pair in product(disagreeing, VOID if only_void else VOID[:1])]


def named(owners: Sequence[Owner], readings: Sequence[Reading], outcomes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    disagreeing, void = {each.disagreeing for each in readings}, {each.void for each in readings}
    listed = []
    for reading, result in zip(readings, outcomes, strict=True):
        parts = [reading.disagreeing] * (len(disagreeing) > 1) + [reading.void] * (len(void) > 1)
        listed.append({"reading": "+".join(parts), "article": "no national article (L106)"} | result)
    return listed


# --- Fields ---------------------------------------------------------------------------------------------------------


def field(row: Row, name: str) -> str:
    return (row.get(name) or "").strip()


def hundredths(area: str) -> int:
    return int(Decimal(area) * 100)


def square_metres(area: int) -> str:
    return f"{area // 100}.{area % 100:02d}"
