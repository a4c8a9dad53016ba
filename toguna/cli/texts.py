"""The text that a verb works on: one of the instance by name, or a draft in a file of a working folder."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from toguna.access.api import Actor
from toguna.cli.words import said
from toguna.kernel.api import Refused
from toguna.publish import problems as fault
from toguna.publish.api import Desk, draft_text, instance_desk, replace_source
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.update_text import UpdateText
from toguna.publish.texts import UPDATES, instance_text, replace_file, text_name
from toguna.revisions.api import head

HELP = "a text of the instance, such as 2016-12.en, or a file of a working folder"


@dataclass(frozen=True, kw_only=True)
class ChosenText:
    """A text, and where it is written back: to its file, or as the next revision after the one in which it was read."""

    text: UpdateText
    path: Path | None = None
    revision: str = ""

    def write(self, source: str, actor: Actor, name: str = "") -> ChosenText:
        """Write it, or another text in the same place; returns what is there now. Refuses a text that somebody has changed since it was read."""
        text = self.text.named(name or self.text.name, source)
        if self.path is not None:
            path = self.path.with_name(text.name)
            replace_file(path, source)
            return ChosenText(text=text, path=path)
        return ChosenText(text=text, revision=replace_source(text, source, actor, if_match=self.revision).digest)

    def has(self, name: str) -> bool:
        """Whether a text of that name lies beside it."""
        return self.path.with_name(name).exists() if self.path is not None else name in self.text.folder


def choose_text(arguments: argparse.Namespace) -> ChosenText:
    """The text that the words name: a file where there is one, which is said, else a text of the instance. Refuses one unknown."""
    given = str(arguments.text)
    path = Path(given)
    if path.is_file() or _is_path(given):
        text = draft_text(path)
        told = said(_state(text), arguments.language)
        print(said("compiled_file", arguments.language, path=path, state=told), file=sys.stderr)
        return ChosenText(text=text, path=path)
    found = instance_text(given)
    return ChosenText(text=found.text, revision=found.revision.digest)


def add_text(parser: argparse.ArgumentParser) -> None:
    """The word that names a text."""
    parser.add_argument("text", metavar="TEXT", help=HELP)


def desk_for(text: UpdateText, actor: Actor) -> Desk:
    """What stands around the text when the opened instance compiles it."""
    return instance_desk(actor, read_front(parse_update(text.source, text.name).update))


def require_kept(chosen: ChosenText) -> UpdateText:
    """The text as the instance has it. Refuses a file whose text is another."""
    if chosen.path is None:
        return chosen.text
    if _state(chosen.text) != "text_same":
        raise Refused(fault.TEXT_NOT_KEPT.at(file=chosen.text.name))
    return instance_text(chosen.text.name).text


def _is_path(given: str) -> bool:
    """Whether the words can only mean a file."""
    return "/" in given.removeprefix(UPDATES)


def _state(text: UpdateText) -> str:
    """How a draft stands to the instance's text of that name."""
    if f"{UPDATES}{text_name(text.name)}" not in head().files:
        return "text_missing"
    return "text_same" if instance_text(text.name).text.source == text.source else "text_differs"
