"""One indicator's keys, taken one by one; every fault is said with its line and the reading goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from toguna.figures.core.expressions import Expression, Read, parse_expression
from toguna.figures.core.expressions.paths import parse_path
from toguna.figures.core.expressions.typing import Wants
from toguna.figures.core.reading.nodes import Fields, Items, Node, Scalar
from toguna.figures.core.tables import Sources, SourceTable
from toguna.figures.problems import FAULTS
from toguna.kernel.api import LANGUAGES, Place, Problem
from toguna.kernel.core.languages import labels
from toguna.kernel.core.likeness import did_you_mean

Word = TypeVar("Word", bound=str)


@dataclass
class Reader:
    """The keys of one mapping. `id`: the indicator, for the faults' sentences."""

    id: str
    node: Fields
    sources: Sources
    problems: list[Problem] = field(default_factory=list)
    #: The operation's, its first language first.
    languages: Sequence[str] = LANGUAGES

    def say(self, fault: str, at: Place, **details: object) -> None:
        self.problems.append(FAULTS[fault].at(at, indicator=self.id, **details))

    def at(self, key: str) -> Place:
        """Where the key stands; the indicator itself where it is absent."""
        return self.node.keys_at.get(key, self.node.at)

    def has(self, key: str) -> bool:
        return key in self.node.fields

    def known_keys(self, known: Sequence[str]) -> None:
        """Say which keys are not among these."""
        for key in self.node.fields:
            if key not in known:
                otherwise = (f"The keys are {', '.join(known)}.", f"Les clés sont {', '.join(known)}.")
                self.say("key_unknown", self.at(key), key=key, **did_you_mean(key, known, otherwise))

    def text(self, key: str) -> str | None:
        node = self.node.fields.get(key)
        if node is None:
            return None
        if not isinstance(node, Scalar) or node.is_null or not node.text:
            self.say("key_wants", self.at(key), key=key, wanted="text", wanted_fr="du texte")
            return None
        return node.text

    def word(self, key: str, words: Sequence[Word], otherwise: Word | None = None) -> Word | None:
        """One of these words; `otherwise` where the key is absent (none: it is needed)."""
        if not self.has(key):
            if otherwise is None:
                self.say("key_missing", self.node.at, key=key)
            return otherwise
        written = self.text(key)
        found = next((word for word in words if word == written), None)
        if written is not None and found is None:
            near = did_you_mean(written, words, (f"Write {', '.join(words)}.", f"Écrivez {', '.join(words)}."))
            self.say("value_unknown", self.at(key), key=key, value=written, **near)
        return found

    def whole(self, key: str, least: int) -> int | None:
        written = self.text(key)
        if written is None:
            return None
        if not written.isascii() or not written.isdigit() or not least <= int(written[:9]) or len(written) > 9:
            self.say(
                "key_wants",
                self.at(key),
                key=key,
                wanted=f"a whole number from {least}",
                wanted_fr=f"un entier à partir de {least}",
            )
            return None
        return int(written)

    def texts(self, key: str) -> Mapping[str, str]:
        """By language, the operation's first; a single text serves all.

        Of English and French each that the operation speaks is needed, and one text in any case. Where one in another of its languages is
        missing, a figure prints the first that there is.
        """
        node = self.node.fields.get(key)
        if isinstance(node, Scalar) and not node.is_null and node.text:
            return dict.fromkeys(self.languages, node.text)
        if not isinstance(node, Fields):
            if node is not None:
                self.say(
                    "key_wants", self.at(key), key=key, wanted="{en: ..., fr: ...}", wanted_fr="{en: ..., fr: ...}"
                )
            return {}
        found = {name: value.text for name, value in node.fields.items() if isinstance(value, Scalar) and value.text}
        for language in self.languages:
            if language not in found:
                is_needed = language in LANGUAGES or not found
                fault = "language_missing" if is_needed else "language_untold"
                self.say(fault, self.at(key), key=key, language=language)
        return labels(found, self.languages)

    def fields(self, key: str) -> Fields | None:
        node = self.node.fields.get(key)
        if node is None or isinstance(node, Fields):
            return node
        self.say("key_wants", self.at(key), key=key, wanted="{key: value}", wanted_fr="{clé: valeur}")
        return None

    def words(self, key: str) -> tuple[str, ...] | None:
        """A list of texts; None where the key is absent or something else."""
        node = self.node.fields.get(key)
        if node is None:
            return None
        listed = scalars(node)
        if listed is None:
            self.say("key_wants", self.at(key), key=key, wanted="a list", wanted_fr="une liste")
        return listed

    def expression(self, key: str, table: SourceTable | None, wants: Wants = "condition") -> Expression | None:
        written = self.text(key)
        if written is None or table is None:
            return None
        tree, problems = parse_expression(written, table, self.sources, wants, self.at(key))
        self.problems += problems
        return tree

    def path(self, written: str, table: SourceTable, at: Place) -> Read | None:
        read, problems = parse_path(written, table, self.sources, at)
        self.problems += problems
        return read

    def read(self, key: str, table: SourceTable | None, types: Sequence[str] = ()) -> Read | None:
        """The column that the key names; of one of these types, if any are given."""
        written = self.text(key)
        if written is None or table is None:
            return None
        read = self.path(written, table, self.at(key))
        if read is not None and types and read.type not in types:
            self.say("column_type", self.at(key), key=key, column=written, type=read.type, wanted=", ".join(types))
            return None
        return read

    def inner(self, node: Fields) -> Reader:
        """A reader of a mapping inside this one; its faults are this one's."""
        return Reader(id=self.id, node=node, sources=self.sources, problems=self.problems, languages=self.languages)


def scalars(node: Node) -> tuple[str, ...] | None:
    """The texts of a list, or of one text alone."""
    if isinstance(node, Scalar) and not node.is_null:
        return (node.text,)
    if isinstance(node, Items) and all(isinstance(item, Scalar) for item in node.items):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return None
