"""The tables of parameters say what the code declares, in both languages."""

from pathlib import Path

import pytest

from experiments.parameter_tables import DOCS, parameter_tables, write
from scenarios.estate import Estate
from sim.parts import numbers_of, parts
from sim.texts import LANGUAGES, Language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_committed_page_is_up_to_date(lang: Language) -> None:
    committed = (DOCS / f"parameters.{lang}.md").read_text("utf-8")
    assert committed == parameter_tables(lang), "run: python -m experiments.parameter_tables"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_has_a_row(lang: Language) -> None:
    kinds = {kind: parts(kind) for kind in ("measure", "mechanism", "agent", "place")}
    names = [
        f"{'place' if kind == 'place' else key}.{name}"
        for kind, known in kinds.items()
        for key, cls in known.items()
        for name, about in numbers_of(cls).items()
        if not about.is_path
    ] + list(numbers_of(Estate))
    page = parameter_tables(lang)
    assert len(names) > 100
    assert not [name for name in names if f"\n| `{name}` |" not in page]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_as_many_cells_as_its_head(lang: Language) -> None:
    blocks = [block.splitlines() for block in parameter_tables(lang).split("\n\n")]
    tables = [block for block in blocks if block[0].startswith("|")]
    assert tables
    assert [len({line.replace("\\|", "").count("|") for line in lines}) for lines in tables] == [1] * len(tables)


def test_pages_are_written_where_one_says(tmp_path: Path) -> None:
    paths = write(tmp_path / "docs")
    assert [path.name for path in paths] == ["parameters.zh.md", "parameters.en.md"]
    assert paths[1].read_text("utf-8") == parameter_tables("en")
