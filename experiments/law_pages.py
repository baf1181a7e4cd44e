"""Pages of laws and local rules for `cogov show`: since when, which majority, which article says so."""

from collections.abc import Iterator, Mapping

from experiments.catalogue import Kind
from experiments.library import Library
from experiments.local_rules import local_rules
from experiments.pages import Page
from sim.committee_law import Bounds, ResidentsCommitteeLaw, committee_laws
from sim.decision_words import BASES
from sim.law_in_force import regimes
from sim.local_effects import EFFECTS
from sim.local_law import LocalValue
from sim.local_rule import CERTAINTIES, KEYS, Said
from sim.regime import CATEGORIES, Article, Regime, Rule
from sim.texts import Text, same

Paragraph = tuple[Text, Text]


def law_page(kind: Kind, name: str, library: Library) -> Page:
    """Return the page of a regime of the owners' vote."""
    regime = regimes()[name]
    said = (*_period(regime), *(_rule(category, rule) for category, rule in regime.rules.items()))
    return Page(kind.heading, name, regime.label, (*said, *_articles(regime.articles)))


def committee_law_page(kind: Kind, name: str, library: Library) -> Page:
    """Return the page of a law of residents' committees."""
    law = committee_laws()[name]
    said = (
        *_period(law),
        (HOUSEHOLDS, _bounds(law.households)),
        (MEMBERS, _bounds(law.members)),
        (TERM, YEARS.filled(years=law.term_years) if law.term_years else NOT_HELD),
        (PETITION, same(law.petition)),
        (PROXIES, same(law.proxies) if law.proxies is not None else NO_LIMIT),
        (PARTY, YES_NO[law.director_from_party]),
        (SUB_COMMITTEE, YES_NO[law.property_sub_committee]),
    )
    return Page(kind.heading, name, law.label, (*said, *_articles(law.articles)))


def local_rule_page(kind: Kind, name: str, library: Library) -> Page:
    """Return the page of a local rule: what it says, what our facts do not hold, and what then holds."""
    rule = local_rules()[name]
    said: list[Paragraph] = [(ISSUED, same(rule.issued or "-")), (ADAPTED, YES_NO[rule.adapted])]
    said += [_value(key, rule.says[key]) for key in KEYS if rule.speaks(key)]
    said += [(UNKNOWN, rule.unknown)] if rule.unknown else []
    said += [_value(key, about.national, HERE_NATIONAL) for key, about in KEYS.items() if not rule.speaks(key)]
    said.append((WHERE_IT_ACTS, MORE))
    return Page(kind.heading, name, rule.label, tuple(said))


def _period(law: Regime | ResidentsCommitteeLaw) -> tuple[Paragraph]:
    return ((IN_FORCE, PERIOD.filled(since=law.since, until=law.until or NOW)),)


def _rule(category: str, rule: Rule) -> Paragraph:
    words = RULE.filled(quorum=rule.quorum.words, approval=rule.approval.words, base=BASES[rule.approval.of])
    return Text(zh=f"{CATEGORIES[category].zh} {category}", en=f"{CATEGORIES[category].en} {category}"), words


def _articles(articles: Mapping[str, Article]) -> Iterator[Paragraph]:
    for article in articles.values():
        note = RECALLED if article.certainty == "memory" else same("")
        yield article.where, Text(zh=article.says.zh + note.zh, en=f"{article.says.en}{note.en}")


def _value(key: str, said: Said, words: Text | None = None) -> Paragraph:
    label, acts = KEYS[key].label, ACTS[EFFECTS[key].acts_in]
    heading = Text(zh=f"{label.zh} {key}", en=f"{label.en} {key}")
    if said.value is None:
        return heading, NONE_HELD.filled(acts=acts)
    where = _dated(said)
    certainty = CERTAINTIES[said.certainty]
    return heading, (words or HERE).filled(value=told(said.value), where=where, certainty=certainty, acts=acts)


def _dated(said: Said) -> Text:
    """Return where a value stands, with the days on which it holds where these are given."""
    if said.since is None and said.until is None:
        return said.where
    period = PERIOD.filled(since=said.since or EVER, until=said.until or NOW)
    return Text(zh=f"{said.where.zh}；{period.zh}", en=f"{said.where.en}; {period.en}")


def told(value: LocalValue | None) -> str:
    """Return a value of a local rule as it is typed.

    >>> from fractions import Fraction
    >>> told(("arrears", "not_owner")), told(Fraction(1, 5)), told(True), told(None)
    ('[arrears, not_owner]', '1/5', 'true', '-')
    """
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    if value is None:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _bounds(bounds: Bounds) -> Text:
    if bounds.least is None or bounds.most is None:
        return NOT_HELD
    return same(f"{bounds.least}-{bounds.most}")


IN_FORCE = Text(zh="施行", en="In force")
PERIOD = Text(zh="{since} 至 {until}", en="{since} to {until}")
NOW = Text(zh="今", en="today")
RULE = Text(
    zh="参与表决须占全体业主人数和面积各{quorum}；同意须占{base}各{approval}",
    en="those taking part: {quorum} of all heads and of all area; those assenting: {approval} of {base}, by both",
)
RECALLED = Text(zh="（凭记忆，未查证）", en=" (recalled, not looked up)")
HOUSEHOLDS = Text(zh="户数", en="Households")
MEMBERS = Text(zh="成员", en="Members")
TERM = Text(zh="任期", en="Term")
YEARS = Text(zh="{years} 年", en="{years} years")
PETITION = Text(zh="提议召集居民会议", en="Petition for a residents' assembly")
PROXIES = Text(zh="选举中一人最多受托", en="Proxies that one person may hold in its elections")
PARTY = Text(zh="党组织书记任主任", en="Head of the Party organization as director")
SUB_COMMITTEE = Text(zh="法律列明环境和物业管理委员会", en="Property management sub-committee named")
NO_LIMIT = Text(zh="没有规定", en="not regulated")
NOT_HELD = Text(zh="我们没有读到", en="not in what we read")
YES_NO = {True: Text(zh="是", en="yes"), False: Text(zh="否", en="no")}
ISSUED = Text(zh="文本年份", en="Year of the text")
ADAPTED = Text(zh="已按民法典修改", en="Adapted to the Civil Code")
HERE = Text(zh="{value}（{where}；{certainty}）{acts}", en="{value} ({where}; {certainty}) {acts}")
HERE_NATIONAL = Text(
    zh="{value}（没有地方依据；{where}；{certainty}）{acts}", en="{value} (no local source; {where}; {certainty}) {acts}"
)
NONE_HELD = Text(zh="国家和地方都没有依据{acts}", en="no source, local or national {acts}")
EVER = Text(zh="最初", en="the beginning")
ACTS: Mapping[tuple[str, ...], Text] = {
    ("run", "ballot"): Text(zh="［模拟、数票］", en="[run, ballot]"),
    ("run",): Text(zh="［模拟］", en="[run]"),
    ("ballot",): Text(zh="［数票］", en="[ballot]"),
    (): Text(zh="［只作记录］", en="[recorded only]"),
}
WHERE_IT_ACTS = Text(zh="作用于", en="Where it acts")
MORE = Text(
    zh="［模拟］指 cogov run 等（local=），［数票］指 cogov ballot；每一项怎样起作用，见 cogov new local 写出的文件",
    en="[run]: with local= in cogov run and its like; [ballot]: in cogov ballot. How each acts stands in the file that "
    "cogov new local writes",
)
UNKNOWN = Text(zh="没有依据的", en="What our facts do not hold")
