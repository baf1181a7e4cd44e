"""Six invented estates of Hebei, as a table to start from: `python -m scenarios.estate_example FOLDER`.

Sizes, fees and collection lie in the lower half of what was found for the country, as prefecture cities of
Hebei have older stock, lower fees and weaker firms (G06): 300 to 800 dwellings an estate, 2,000 to 4,000 in a
community (S6A, P01), 12 to 64 an entrance (P02), 0.4 to 1.45 yuan/m2/month (P05), collection 0.30 to 0.50 in
old work-unit and resettlement housing and 0.70 to 0.83 elsewhere (P06, S76), 0.05 to 0.18 vacant and 0.10 to
0.25 let (P04).
"""

import argparse
from dataclasses import replace
from pathlib import Path

from scenarios.estate import Estate
from scenarios.estate_template import write_table
from sim.errors import InputError
from sim.parts import parts

EXAMPLES = Path(__file__).parent / "examples"
WORKBOOK = "河北示例小区.xlsx"
GB18030 = "hebei_estates.csv"


def estates() -> tuple[Estate, ...]:
    """Return the six estates; what is not set here is as in their archetype.  The names are invented."""
    known = {key: archetype.estate for key, archetype in parts("archetype").items()}
    old, unit = known["commodity_old"], known["work_unit"]
    return (
        replace(known["commodity_new"], name="砚禾澜庭", households=640, entrance_size=60, floor_area=98.0,
                fee=1.4, grade=0.54, collection=0.82, vacant=0.16, let=0.16),
        replace(old, name="槐影东里", households=540, building_entrances=4, floor_area=86.0,
                fee=1.0, grade=0.46, collection=0.74, let=0.22),
        replace(old, name="穗安南里", households=360, entrance_size=24, building_entrances=5, floor_area=78.0,
                fee=0.8, grade=0.42, collection=0.7, vacant=0.1, elderly=0.31),
        replace(unit, name="第九轴瓦厂家属院", households=320, building_entrances=4, floor_area=62.0,
                fee=0.5, grade=0.32, collection=0.46, let=0.16),
        replace(unit, name="滤布三厂老宿舍", households=300, entrance_size=16, floor_area=54.0,
                fee=0.4, grade=0.3, collection=0.38, vacant=0.05, elderly=0.44),
        replace(known["resettlement"], name="柳坞归园", households=480, floor_area=88.0,
                fee=0.6, grade=0.33, collection=0.4, let=0.24, party_members=0.08),
    )  # fmt: skip


def write_examples(folder: Path) -> None:
    """Write the estates as a workbook and as a .csv in GB18030, both with Chinese heads.

    Raises:
        InputError: one of the files exists or cannot be written.
    """
    write_table(folder / WORKBOOK, estates(), "zh")
    write_table(folder / GB18030, estates(), "zh", "gb18030")


def main() -> None:
    """Write the examples into the folder that the command line names."""
    parser = argparse.ArgumentParser(description="write the example tables of estates")
    parser.add_argument("folder", type=Path)
    try:
        write_examples(parser.parse_args().folder)
    except InputError as error:
        parser.error(error.say("en"))


if __name__ == "__main__":
    main()
