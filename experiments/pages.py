"""A page about one thing: what it is called, what is said of it, its numbers; as text or as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from experiments.command import Answer, both
from experiments.parameter_tables import CERTAINTIES
from experiments.values import range_of
from sim.parts import Number
from sim.texts import Language, Text


@dataclass(frozen=True)
class Entry:
    """A number on a page: its key, its declaration, whether it is whole, its value here, one or by date."""

    key: str
    about: Number
    whole: bool
    value: Any

    def lines(self, lang: Language) -> Iterator[str]:
        """Yield the lines of its text."""
        yield f"  {self.key} = {shown(self.value)}  {self.about.label.say(lang)}"
        yield "      " + RANGE.say(lang, range=range_of(self.about, self.whole)) + self._levers(lang)
        yield "      " + SOURCE.say(lang, certainty=CERTAINTIES[self.about.certainty], source=self.about.grounds)

    def data(self) -> dict[str, Any]:
        """Return it as data."""
        about = self.about
        told = {
            "key": self.key,
            "value": _plain(self.value),
            "label": both(about.label),
            "unit": both(about.unit),
        }
        told |= {"low": about.low, "high": about.high, "choices": list(about.choices)}
        told |= {"neutral": about.neutral, "suggested": about.suggested} if about.is_lever else {}
        return {**told, "source": both(about.source), "certainty": about.certainty}

    def _levers(self, lang: Language) -> str:
        if not self.about.is_lever:
            return ""
        return LEVERS.say(lang, neutral=shown(self.about.neutral), suggested=shown(self.about.suggested))


@dataclass(frozen=True)
class Page:
    """What `show` says: each paragraph under its heading, the numbers, then what else has this name."""

    kind: Text
    name: str
    label: Text
    paragraphs: tuple[tuple[Text, Text], ...] = ()
    numbers: tuple[Entry, ...] = ()
    more: Text | None = None

    def answer(self, lang: Language) -> Answer:
        """Return the page as text and as data."""
        lines = [f"{self.label.say(lang)}  ({self.name})  {self.kind.say(lang)}", ""]
        lines += [PARAGRAPH.say(lang, heading=heading, words=words) for heading, words in self.paragraphs]
        lines += ["", NUMBERS.say(lang)] if self.numbers else []
        lines += [line for entry in self.numbers for line in entry.lines(lang)]
        lines += ["", self.more.say(lang)] if self.more else []
        return Answer("\n".join(lines), self._data())

    def _data(self) -> dict[str, Any]:
        said = [{"heading": both(heading), "text": both(words)} for heading, words in self.paragraphs]
        numbers = [entry.data() for entry in self.numbers]
        return {
            "name": self.name,
            "kind": both(self.kind),
            "label": both(self.label),
            "said": said,
            "numbers": numbers,
        }


def shown(value: Any) -> str:
    """Return a value as it is typed.

    >>> shown(0.40), shown(None), shown({"2018-01-01": 0.2})
    ('0.4', 'null', '{2018-01-01: 0.2}')
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{day}: {shown(item)}" for day, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(shown, value)) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(day): _plain(item) for day, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


PARAGRAPH = Text(zh="{heading}：{words}", en="{heading}: {words}")
NUMBERS = Text(zh="数值", en="Numbers")
RANGE = Text(zh="范围 {range}", en="range {range}")
LEVERS = Text(zh="；不起作用 {neutral}，建议 {suggested}", en="; neutral {neutral}, suggested {suggested}")
SOURCE = Text(zh="来源（{certainty}）：{source}", en="source ({certainty}): {source}")
