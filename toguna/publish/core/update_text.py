"""The text of one language of an update, with the texts beside it. Wherever it lies: the compiler takes text, never a path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from toguna.kernel.api import Language, Place, Refused
from toguna.publish import problems as fault
from toguna.publish.core.front import beside


@dataclass(frozen=True, kw_only=True)
class UpdateText:
    """A source and what it is called, such as ``2016-12.en.md``."""

    name: str
    source: str
    #: The texts that lie beside it, by name.
    folder: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def period(self) -> str:
        """``2016-12``: how the files of the update are called, whatever the language."""
        return self.name.split(".")[0]

    def in_language(self, language: Language) -> UpdateText | None:
        """The same update's text in that language; None where there is none."""
        name = beside(self.name, language)
        if name == self.name:
            return self
        return decoded(self.folder[name], name, self.folder) if name in self.folder else None

    def earlier(self, language: Language) -> list[UpdateText]:
        """Texts of that language of earlier updates, the latest first."""
        names = sorted((name for name in self.folder if name.endswith(f".{language}.md")), reverse=True)
        return [decoded(self.folder[name], name, self.folder) for name in names if name < self.name]

    def named(self, name: str, source: str) -> UpdateText:
        """Another text in the same place."""
        return replace(self, name=name, source=source)


def decoded(content: bytes, name: str, folder: Mapping[str, bytes]) -> UpdateText:
    """The text of a file's bytes, lines ended by one character. Refuses bytes that are not UTF-8."""
    try:
        source = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused(fault.NOT_TEXT.at(Place(file=name), byte=error.start)) from error
    return UpdateText(name=name, source=source, folder=folder)
