"""YAML as a tree that keeps its lines. Every scalar is text as written: ``no`` stays ``no``, ``0-17`` stays ``0-17``.

Refused: anchors and aliases (a text that unpacks to more than it says), keys written twice, what is nested too deeply or too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from toguna.figures.problems import FAULTS
from toguna.kernel.api import Place, Problem

_LONGEST = 2_000_000
_DEEPEST = 12


@dataclass(frozen=True, kw_only=True)
class Scalar:
    text: str
    at: Place
    is_null: bool = False


@dataclass(frozen=True, kw_only=True)
class Items:
    items: tuple[Node, ...]
    at: Place


@dataclass(frozen=True, kw_only=True)
class Fields:
    fields: Mapping[str, Node]
    #: Where each key stands.
    keys_at: Mapping[str, Place]
    at: Place


Node = Scalar | Items | Fields


def read_nodes(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The document's tree, or the fault that stops the reading; beside the tree, keys written twice."""
    at = Place(file=file)
    if len(text) > _LONGEST:
        return None, [FAULTS["yaml_too_long"].at(at)]
    try:
        composed = yaml.compose(_harmless(text), Loader=_Loader) if not text.isspace() else None
    except _Refusal as error:
        return None, [FAULTS[error.fault].at(Place(file=file, line=error.line))]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it cannot be read"
        place = Place(file=file, line=min(mark.line, text.count("\n")) + 1) if mark else at
        return None, [FAULTS["yaml_wrong"].at(place, said=said)]
    if composed is None:
        return None, []
    problems: list[Problem] = []
    return _node(composed, file, problems), problems


def as_plain(node: Node) -> object:
    """Text, lists and mappings, without places: what a digest is taken of."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Items):
        return [as_plain(item) for item in node.items]
    return {name: as_plain(field) for name, field in node.fields.items()}


class _Refusal(Exception):
    def __init__(self, fault: str, line: int) -> None:
        self.fault, self.line = fault, line


def _harmless(text: str) -> str:
    """The text, once its tokens were seen to be harmless: a reader must not be the first to unpack it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refusal("yaml_alias", _line(event))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _Refusal("yaml_too_deep", _line(event))
    return text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


#: libyaml where it was built in: five times as fast, the same tree.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _node(node: yaml.Node, file: str, problems: list[Problem]) -> Node:
    at = Place(file=file, line=node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(text=node.value.strip(), at=at, is_null=node.tag == "tag:yaml.org,2002:null")
    if isinstance(node, yaml.SequenceNode):
        return Items(items=tuple(_node(item, file, problems) for item in node.value), at=at)
    fields: dict[str, Node] = {}
    places: dict[str, Place] = {}
    for name, key_at, value in _pairs(node, file):
        if name in fields:
            problems.append(FAULTS["yaml_key_twice"].at(key_at, key=name[:80]))
        fields[name], places[name] = _node(value, file, problems), key_at
    return Fields(fields=fields, keys_at=places, at=at)


def _pairs(node: yaml.Node, file: str) -> Iterator[tuple[str, Place, yaml.Node]]:
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        yield str(name), Place(file=file, line=key.start_mark.line + 1), value
