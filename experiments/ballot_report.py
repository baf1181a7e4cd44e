"""How a count is told: the result first, then every step with its articles; the same as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.ballot_texts import MORE, RECALLED, UNDER
from experiments.command import both
from sim.decision import Reason
from sim.regime import Article
from sim.texts import Language, Text
from sim.unsettled import Reading, label_of

SHOWN = 12  # steps about single owners that are printed; `--json` holds them all


@dataclass(frozen=True)
class Step:
    """One step of the reasoning; reading: the one under which it holds, where the law leaves several."""

    reason: Reason
    reading: Reading | None = None


@dataclass(frozen=True)
class BallotReport:
    """A count told: its title, its result in words, the steps, and what goes into `--json` besides the reasons."""

    title: Text
    result: Text
    owners: tuple[Step, ...]
    steps: tuple[Step, ...]
    articles: Mapping[str, Article]
    values: Mapping[str, Any]
    lines: tuple[Text, ...] = ()

    def text(self, lang: Language) -> str:
        """Return the whole report in one language."""
        title = self.title.say(lang)
        said = [title[0].upper() + title[1:], self.result.say(lang), *(line.say(lang) for line in self.lines), ""]
        shown = [*self.owners[:SHOWN], *self.steps]
        number, last = 0, Reading()
        for step in shown:
            if step.reading is not None and step.reading != last:
                said.append(UNDER.say(lang, reading=label_of(step.reading)))
                last = step.reading
            number += 1
            said.append(f"{number}. {step.reason.text.say(lang)}{self._where(step.reason, lang)}")
        if len(self.owners) > SHOWN:
            said.append(MORE.say(lang, count=len(self.owners) - SHOWN))
        return "\n".join(said)

    def data(self) -> dict[str, Any]:
        """Return it as data."""
        steps = [
            {
                "text": both(step.reason.text),
                "articles": list(step.reason.articles),
                **({"reading": step.reading.key} if step.reading else {}),
            }
            for step in (*self.owners, *self.steps)
        ]
        cited = dict.fromkeys(id for step in steps for id in step["articles"])
        articles = {
            id: {"where": both(self.articles[id].where), "says": both(self.articles[id].says)}
            | {"certainty": self.articles[id].certainty}
            for id in cited
        }
        return {**self.values, "reasons": steps, "articles": articles}

    def _where(self, reason: Reason, lang: Language) -> str:
        places = [self.articles[id] for id in reason.articles]
        said = [one.where.say(lang) + (RECALLED.say(lang) if one.certainty == "memory" else "") for one in places]
        if not said:
            return ""
        joined = ("；" if lang == "zh" else "; ").join(said)
        return f"【{joined}】" if lang == "zh" else f" [{joined}]"
