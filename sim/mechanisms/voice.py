"""Issues and voice (M3): something goes wrong for a household, and it speaks up, withholds its fee, or stays silent."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.arithmetic import exponential
from sim.chance import Purpose, uniforms
from sim.households import (
    EFFICACY,
    F4,
    NOT_RESIDENT,
    OWNER_OCCUPIED,
    PROVIDER,
    U1,
    Households,
    Living,
)
from sim.parts import number, part
from sim.texts import Text

NOTHING, VOICED, WITHHELD, SILENT = 0, 1, 2, 3


@part("mechanism")
@dataclass(frozen=True)
class Voice:
    """Exit, voice and silence (T24).

    An issue arises in a week with chance `rate x sum over matters of weight x (1 - quality) ** 1.5 + legacy_rate x legacy`;
    a second one in the same week is left out (its chance is about one in ten thousand).  It concerns a matter in proportion
    to that sum and has a severity from Beta(2, 3), the second smallest of four uniforms.  The household then answers by a
    logit between voice, withholding the fee (owners who live there only) and silence.  Every issue leaves a grievance, a
    silent one a larger; grievance decays, and weighs on satisfaction.  Issue rate, size of a grievance and its weight in
    satisfaction are one number: calibrate the product.
    """

    label = Text(zh="问题与发声", en="issues and voice")

    rate: float = number(
        0.046,
        low=0.0,
        high=0.5,
        explore=(0.025, 0.08),
        unit="share a week",
        zh="问题发生率",
        en="rate of issues",
        source=Text(zh="假定：每千户每周约 16 个问题", en="assumed: about 16 issues per 1,000 households a week"),
    )
    legacy_rate: float = number(
        0.004,
        low=0.0,
        high=0.1,
        explore=(0.0, 0.01),
        unit="share a week",
        zh="遗留问题发生率",
        en="rate of issues from the developer's legacy",
        source=Text(
            zh="假定：初始不满一半是历史遗留（P09、S47）",
            en="assumed: half of the grievances at the start are legacy (P09, S47)",
        ),
    )
    voice: float = number(
        -0.55,
        low=-5.0,
        high=5.0,
        explore=(-1.2, 0.2),
        unit="logits",
        zh="发声倾向",
        en="readiness to speak up",
        source=Text(zh="假定：约一半问题会反映出来", en="assumed: about half of the issues are voiced"),
    )
    voice_severity: float = number(
        1.6,
        low=0.0,
        high=5.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="严重程度对发声的作用",
        en="weight of severity for voice",
        source=Text(
            zh="假定：最重的问题反映率是最轻的两倍（T24）",
            en="assumed: the gravest problems are voiced twice as often as the lightest (T24)",
        ),
    )
    voice_efficacy: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="效能感对发声的作用",
        en="weight of efficacy for voice",
        source=Text(zh="假定：效能感越高越积极（T06）", en="assumed: activism rises with efficacy (T06)"),
    )
    voice_trust: float = number(
        0.8,
        low=0.0,
        high=5.0,
        explore=(0.2, 1.4),
        unit="logits",
        zh="信任对发声的作用",
        en="weight of trust in the provider for voice",
        source=Text(
            zh="假定：效能感权重的一半；忠诚使人宁可反映而非退出（T24）",
            en="assumed: half of what efficacy weighs; loyalty favours voice over exit (T24)",
        ),
    )
    withhold: float = number(
        -2.6,
        low=-8.0,
        high=3.0,
        explore=(-3.4, -1.8),
        unit="logits",
        zh="拒缴倾向",
        en="readiness to withhold the fee",
        source=Text(zh="假定：拒缴是主要的无声抗议（S48）", en="assumed: withholding is the main silent protest (S48)"),
    )
    withhold_severity: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.8, 2.4),
        unit="logits",
        zh="严重程度对拒缴的作用",
        en="weight of severity for withholding",
        source=Text(
            zh="假定：与反映大致相同，使严重程度不决定两者取舍",
            en="assumed: about as for voice, so that severity does not decide between the two",
        ),
    )
    withhold_efficacy: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="效能感对拒缴的抑制",
        en="how efficacy keeps from withholding",
        source=Text(zh="假定：与推动反映的作用相同", en="assumed: as much as it draws to voice"),
    )
    withhold_trust: float = number(
        1.5,
        low=0.0,
        high=5.0,
        explore=(0.5, 2.5),
        unit="logits",
        zh="信任对拒缴的抑制",
        en="how trust in the provider keeps from withholding",
        source=Text(
            zh="假定：推动反映作用的两倍；信任企业的人继续缴费（T24）",
            en="assumed: twice what it draws to voice; who trusts the firm goes on paying (T24)",
        ),
    )
    withhold_weeks: int = number(
        26,
        low=1,
        high=250,
        explore=(13, 52),
        unit="weeks",
        zh="拒缴持续期",
        en="weeks for which a fee is withheld",
        source=Text(zh="假定：半年", en="assumed: half a year"),
    )
    grievance: float = number(
        0.3,
        low=0.0,
        high=2.0,
        explore=(0.15, 0.5),
        unit="0-1",
        zh="问题带来的怨气",
        en="grievance that an issue of full severity leaves",
        source=Text(zh="假定：与发生率及其权重一同标定", en="assumed: calibrated with the rate and its weight"),
    )
    silence: float = number(
        0.1,
        low=0.0,
        high=2.0,
        explore=(0.0, 0.2),
        unit="0-1",
        zh="沉默额外的怨气",
        en="what silence adds to it",
        source=Text(zh="假定：比说出来的问题多三分之一", en="assumed: a third more than a problem that was spoken of"),
    )

    def rates(self) -> "VoiceRates":
        """Return the numbers that the weekly step takes, in single precision."""
        numbers = {name: np.float32(getattr(self, name)) for name in VoiceRates._fields[:-1]}
        return VoiceRates(**numbers, withhold_weeks=np.uint8(self.withhold_weeks))

    def appeal(self, quality: F4) -> F4:
        """Return how much each matter calls for trouble: rate x (1 - quality) ** 1.5, the shape of quality."""
        short = np.float32(1) - quality.astype(np.float32)
        appeal: F4 = np.float32(self.rate) * short * np.sqrt(short)
        return appeal


class VoiceRates(NamedTuple):
    """Numbers of the weekly step: see `Voice`."""

    voice: np.float32
    voice_severity: np.float32
    voice_efficacy: np.float32
    voice_trust: np.float32
    withhold: np.float32
    withhold_severity: np.float32
    withhold_efficacy: np.float32
    withhold_trust: np.float32
    grievance: np.float32
    silence: np.float32
    withhold_weeks: np.uint8


class Trouble(NamedTuple):
    """What calls for issues in each estate: appeal by matter, shape (e, k); legacy, shape (e,); chances a week."""

    appeal: F4
    legacy: F4


USUAL_EFFICACY, USUAL_TRUST = np.float32(0.45), np.float32(0.5)


def arise(
    begin: int, end: int, place: np.uint32, people: Households, appeal: F4, legacy: np.float32, drawn: F4, rates: VoiceRates,
    week: int, seed: int, reaction: U1,
) -> None:  # fmt: skip
    """Let issues arise in one estate, rows begin .. end - 1, and households answer.

    Grievances and withholding move in place.  appeal: shape (k,), legacy: see `Trouble`.  drawn: shape (rows,), uniforms.
    reaction: shape (n,); NOTHING, VOICED, WITHHELD or SILENT; overwritten.
    """
    rows, weight, held = slice(begin, end), people.experience.weight, people.attitudes.held
    hazard = np.full(end - begin, legacy, np.float32)
    for matter, calls in enumerate(appeal):
        hazard = hazard + weight[matter, rows] * calls
    struck = np.flatnonzero((drawn < hazard) & (people.dwellings.group[rows] != NOT_RESIDENT))
    reaction[rows] = NOTHING
    still = people.paying.withholding[rows]
    still -= (still > 0).astype(np.uint8)
    here = begin + struck
    severity, choice, _ = severity_and_choice(people.dwellings.number[here], place, week, seed)
    owns = people.dwellings.tenure[here] == OWNER_OCCUPIED
    answer = answers(rates, held[EFFICACY, here], held[PROVIDER, here], owns, severity, choice)
    reaction[here] = answer
    left = np.where(answer == SILENT, rates.grievance + rates.silence, rates.grievance) * severity
    people.experience.grievance[here] = np.minimum(people.experience.grievance[here] + left, np.float32(1))
    people.paying.withholding[here[answer == WITHHELD]] = rates.withhold_weeks


def answers(rates: VoiceRates, efficacy: F4, trust: F4, owns: npt.NDArray[np.bool_], severity: F4, choice: F4) -> U1:
    """Return what households that something went wrong for do: VOICED, WITHHELD or SILENT; each shape (m,)."""
    efficacy, trust = efficacy - USUAL_EFFICACY, trust - USUAL_TRUST
    speak = rates.voice + rates.voice_severity * severity + rates.voice_efficacy * efficacy + rates.voice_trust * trust
    keep = rates.withhold + rates.withhold_severity * severity - rates.withhold_efficacy * efficacy
    speak, keep = exponential(speak), exponential(keep - rates.withhold_trust * trust)
    keep = np.where(owns, keep, np.float32(0))
    point = choice * (np.float32(1) + speak + keep)
    return np.where(point < speak, VOICED, np.where(point < speak + keep, WITHHELD, SILENT)).astype(np.uint8)


def severity_and_choice(number: np.ndarray, place: np.uint32, week: int, seed: int) -> tuple[F4, F4, F4]:
    """Return severity (Beta(2, 3)), the point of the household's choice, and the point of the matter; each in [0, 1)."""
    severity = np.sort(uniforms(number, Purpose.SEVERITY, place, week, seed), axis=0)[1]
    choice, matter, _, _ = uniforms(number, Purpose.ANSWER, place, week, seed)
    return severity, choice, matter


def describe(living: Living, reaction: U1, trouble: Trouble, week: int, seed: int, rows: np.ndarray) -> None:
    """Write down the issues that were voiced this week as cases at the provider's desk, without their causes.

    reaction: shape (n,), as `arise` left it.  rows: of `CASE`, as many as were voiced.
    """
    (layout, dwellings, *_), _ = living
    who = np.flatnonzero(reaction == VOICED)
    rows["who"], rows["number"], rows["opened"] = who, dwellings.number[who], week
    rows["estate"] = np.searchsorted(layout.start, who, side="right") - 1
    rows["stage"] = rows["weeks"] = rows["tries"] = 0
    for row in rows:
        number, place = dwellings.number[row["who"] : row["who"] + 1], layout.place[row["estate"]]
        grave, _, point = severity_and_choice(number, place, week, seed)
        row["severity"], row["matter"] = grave[0], _matter(row, living, trouble, point[0])


def _matter(row: Any, living: Living, trouble: Trouble, point: np.float32) -> int:
    """Return the matter at a point of all that calls for trouble; the last index + 1 is the developer's legacy."""
    total, calls = trouble.legacy[row["estate"]], []
    for appeal, weight in zip(trouble.appeal[row["estate"]], living.people.experience.weight[:, row["who"]], strict=True):
        calls.append(weight * appeal)
        total = total + calls[-1]
    left = point * total
    for matter, call in enumerate(calls):
        if left < call:
            return matter
        left = left - call
    return len(calls)
