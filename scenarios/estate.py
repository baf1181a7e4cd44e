"""One residential estate: the numbers that describe it, which are also the columns of a user's table."""

from dataclasses import dataclass

from sim.parts import number
from sim.texts import Text


@dataclass(frozen=True)
class Estate:
    """An estate as it stands when the run begins; the unit of contract, ballot and committee.

    Shares are of dwellings unless said otherwise; trust and grade are 0-1.
    """

    name: str
    archetype: str
    households: int = number(
        600,
        low=12,
        high=20_000,
        unit="households",
        zh="户数",
        en="dwellings",
        source=Text(zh="S6A、P01：一般小区 300 至 2000 户", en="S6A, P01: 300 to 2,000 in a typical estate"),
        certainty="memory",
    )
    entrance_size: int = number(
        36,
        low=2,
        high=400,
        unit="households",
        zh="每单元户数",
        en="dwellings an entrance",
        source=Text(zh="P02、S61：多层 24 户，高层 64 户", en="P02, S61: 24 in walk-ups, 64 in towers"),
        certainty="seen",
    )
    building_entrances: int = number(
        3,
        low=1,
        high=40,
        unit=Text(zh="个单元", en="entrances"),
        zh="每楼单元数",
        en="entrances a building",
        source="P02",
        certainty="memory",
    )
    floor_area: float = number(
        90.0,
        low=15.0,
        high=600.0,
        unit="m2",
        zh="户均建筑面积",
        en="mean floor area of a dwelling",
        source=Text(zh="P03、S67：户均 92 平方米", en="P03, S67: 92 m² a household"),
        certainty="seen",
    )
    floor_area_variation: float = number(
        0.35,
        low=0.0,
        high=1.5,
        unit="share",
        zh="面积变异系数",
        en="coefficient of variation of the floor area",
        source="P03",
        certainty="assumed",
    )
    fee: float = number(
        1.2,
        low=0.05,
        high=15.0,
        unit="yuan/m2/month",
        zh="物业费标准",
        en="property service fee",
        source=Text(zh="P05、S70–S73，河北取低的一半（G06）", en="P05, S70-S73, lower half for Hebei (G06)"),
        certainty="seen",
    )
    grade: float = number(
        0.5,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="约定服务等级",
        en="grade of service agreed",
        source=Text(zh="假定：收费在公布等级中的位置（S73a）", en="assumed: place of the fee among published grades (S73a)"),
    )
    collection: float = number(
        0.75,
        low=0.02,
        high=0.98,
        unit="share",
        zh="起始收缴率",
        en="collection rate at the start",
        source=Text(zh="P06、S76：数据中最大的缺口（G01）", en="P06, S76: the largest gap in the data (G01)"),
        certainty="memory",
    )
    quality: float = number(
        0.56,
        low=0.0,
        high=1.0,
        unit="quality 0-1",
        zh="起始服务质量",
        en="quality of service at the start",
        source=Text(zh="假定：使起始满意度接近 62 分（P07）", en="assumed: set so that satisfaction starts near 62 (P07)"),
    )
    legacy: float = number(
        0.4,
        low=0.0,
        high=1.0,
        unit="0-1",
        zh="建设单位遗留问题",
        en="problems left by the developer",
        source=Text(
            zh="假定：占初始不满的一半（P09、S47），安置房更多",
            en="assumed: half of the grievances at the start (P09, S47); more in resettlement housing",
        ),
    )
    vacant: float = number(
        0.1,
        low=0.0,
        high=0.95,
        unit="share",
        zh="空置比例",
        en="share vacant",
        source="P04, S68",
        certainty="seen",
    )
    let: float = number(
        0.22,
        low=0.0,
        high=0.95,
        unit="share",
        zh="出租比例",
        en="share let",
        source="P04, S68",
        certainty="memory",
    )
    elderly: float = number(
        0.25,
        low=0.0,
        high=1.0,
        unit="share of households",
        zh="老年户比例",
        en="share of elderly households",
        source=Text(zh="假定：房龄老、居民年长", en="assumed: older stock, older people"),
    )
    party_members: float = number(
        0.12,
        low=0.0,
        high=1.0,
        unit="share of households",
        zh="有党员户比例",
        en="share of households with a Party member",
        source=Text(zh="假定：原单位宿舍较高", en="assumed: higher in former work-unit housing"),
    )
    several_dwellings: float = number(
        0.04,
        low=0.0,
        high=0.9,
        unit="share",
        zh="一人多套的比例",
        en="share held by owners of several dwellings",
        source=Text(zh="假定：少数业主有两套以上（L10）", en="assumed: a few owners hold two or more (L10)"),
    )
    developer: float = number(
        0.0,
        low=0.0,
        high=0.95,
        unit="share",
        zh="建设单位未售比例",
        en="share unsold by the developer",
        source=Text(zh="假定：全部面积合为一人（L10、L105）", en="assumed: one head with all its area (L10, L105)"),
    )
    institution: float = number(
        0.0,
        low=0.0,
        high=0.95,
        unit="share",
        zh="产权单位持有比例",
        en="share held by an institutional owner",
        source=Text(zh="假定：未售公房（L117）", en="assumed: unsold public flats (L117)"),
    )
    served: float = number(
        0.9,
        low=0.0,
        high=1.0,
        unit=Text(zh="概率", en="chance"),
        zh="起始有物业企业服务的概率",
        en="chance of being served by a firm at the start",
        source=Text(zh="假定：老旧小区较少有企业服务", en="assumed: old estates are less often served"),
    )
    committee: float = number(
        0.15,
        low=0.0,
        high=1.0,
        unit=Text(zh="概率", en="chance"),
        zh="起始有业委会的概率",
        en="chance of an owners' committee at the start",
        source=Text(zh="S01–S11：10–30%", en="S01-S11: 10 to 30 %"),
        certainty="memory",
    )
    trust_party_organization: float = number(
        0.56,
        low=0.02,
        high=0.98,
        unit="0-1",
        zh="对社区党组织的信任",
        en="trust in the community Party organization",
        source=Text(zh="假定：未见按小区类型调查的信任度", en="assumed: no survey of trust by type of estate was found"),
    )
    trust_residents_committee: float = number(
        0.54,
        low=0.02,
        high=0.98,
        unit="0-1",
        zh="对居委会的信任",
        en="trust in the residents' committee",
        source=Text(zh="假定：未见按小区类型调查的信任度", en="assumed: no survey of trust by type of estate was found"),
    )
    trust_owners_committee: float = number(
        0.5,
        low=0.02,
        high=0.98,
        unit="0-1",
        zh="对业委会的信任",
        en="trust in the owners' committee",
        source=Text(zh="假定：未见按小区类型调查的信任度", en="assumed: no survey of trust by type of estate was found"),
    )
    trust_provider: float = number(
        0.47,
        low=0.02,
        high=0.98,
        unit="0-1",
        zh="对物业企业的信任",
        en="trust in the provider",
        source=Text(zh="假定：未见按小区类型调查的信任度", en="assumed: no survey of trust by type of estate was found"),
    )
    closeness: float = number(
        0.5,
        low=0.02,
        high=0.98,
        unit="0-1",
        zh="居委会与物业企业的亲近程度（均值）",
        en="closeness of residents' committee and firm (mean)",
        source=Text(zh="假定：企业原属本单位的较高", en="assumed: higher where the firm was the work unit's own"),
    )
