"""Texts in Chinese and English, always together.

Every label, message, event and figure text of the project is a `Text`; whoever writes one language writes the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Text:
    """One text in both languages, with `{name}` places for values.

    >>> Text(zh="第 {week} 周", en="week {week}").say("en", week=3)
    'week 3'
    """

    zh: str
    en: str

    def say(self, lang: Language, **values: object) -> str:
        """Return the text in one language with its values filled in; a `Text` among them is said in that language too."""
        template = self.zh if lang == "zh" else self.en
        if not values:
            return template
        said = {name: value.say(lang) if isinstance(value, Text) else value for name, value in values.items()}
        return template.format(**said)

    def filled(self, **values: object) -> "Text":
        """Return the text with its values filled in, in both languages."""
        return Text(zh=self.say("zh", **values), en=self.say("en", **values))


def same(words: object) -> Text:
    """Return a text that reads alike in both languages: a number, a file name, a key."""
    return Text(zh=str(words), en=str(words))


def joined(texts: Mapping[str, Text] | list[Text], lang: Language) -> str:
    """Return several texts as one list in the language's own punctuation."""
    said = [text.say(lang) for text in (texts.values() if isinstance(texts, Mapping) else texts)]
    return ("、" if lang == "zh" else ", ").join(said)
