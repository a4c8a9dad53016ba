"""The language of an update: the tree, the place of every bound number, what is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.kernel.api import Refused
from toguna.publish.core.parse import MOST_CHARACTERS, parse_update
from toguna.publish.core.tree import Bound, BulletList, Fenced, Heading, Paragraph, Table, Update, bound, plain, walk
from toguna.publish.texts import draft_text

FRONT = "---\nproduct: operational_update\ncovers: 2016-12\n---\n"
STORY = (
    FRONT
    + """# Update

The voluntary repatriation of [94](fig:people_repatriated?movement=civ-2016-12) Ivorian refugees
([39](fig:people_repatriated?movement=civ-2016-12&sex=f) female) and
**[three](stated:ab?source=note-1)** staff during the [16](text:) Days.

- **Kayes:** [15](fig:sessions) sessions
  reached [513](fig:reached) persons
  - of which [12](fig:committee)

| Region | Persons |
| --- | --- |
| Gao | [962](fig:cash?place=ML07) |
| Gao | [962](fig:cash?place=ML07) and [962](fig:cash) |

```key-figures
columns: 3
- [730](fig:certificates) birth certificates
```

<!-- translates 1f3a99aa -->
Une phrase.
"""
)


def parsed(source: str) -> Update:
    result = parse_update(source, "u.md")
    assert result.problems == ()
    return result.update


def test_every_bound_number_keeps_its_place_in_the_source() -> None:
    numbers = list(bound(parsed(STORY)))
    assert [number.shown for number in numbers] == [
        "94",
        "39",
        "three",
        "16",
        "15",
        "513",
        "12",
        "962",
        "962",
        "962",
        "730",
    ]
    for number in numbers:
        assert STORY[number.span.start : number.span.end] == number.shown
        assert number.reference in STORY.split("\n")[number.line - 1]
    assert len({number.span.start for number in numbers}) == 11
    assert [number.binding for number in numbers].count("fig") == 9


def test_the_tree() -> None:
    update = parsed(STORY)
    kinds = [type(block) for block in update.blocks]
    assert kinds == [Heading, Paragraph, BulletList, Table, Fenced, Paragraph]
    fenced, last = update.blocks[4], update.blocks[5]
    assert isinstance(fenced, Fenced) and fenced.options == {"columns": "3"} and fenced.line == 20
    assert isinstance(last, Paragraph) and last.translates == "1f3a99aa"
    assert plain(last.inlines) == "Une phrase."
    assert sum(isinstance(block, Paragraph) for block in walk(update.blocks)) == 5


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("> quoted", "publish.construct_not_allowed", 5),
        ("<b>x</b> y", "publish.construct_not_allowed", 5),
        ("a\n\n![x](y.png)", "publish.construct_not_allowed", 7),
        ("[x](javascript:alert(1))", None, 0),
        ("[x](ftp://a)", "publish.link_scheme_unknown", 5),
        ("[**94**](fig:a)", "publish.shown_not_plain", 5),
        ("```python\n1\n```", "publish.block_unknown", 5),
        ("```photo\nfile: a\nfile: b\n```", "publish.option_twice", 7),
    ],
)
def test_what_the_language_does_not_have_is_told_with_its_line(text: str, fault: str | None, line: int) -> None:
    problems = parse_update(FRONT + text, "u.md").problems
    if fault is None:
        assert problems == () and "javascript" in plain(parsed(FRONT + text).blocks[0].inlines)  # type: ignore[union-attr]
    else:
        assert [(problem.id, problem.place.line) for problem in problems] == [(fault, line)]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("no front", "publish.front_matter_missing"),
        ("---\na: [\n---\n", "publish.front_matter_broken"),
        ("---\njust words\n---\n", "publish.front_matter_broken"),
        (FRONT + "- " * 10_000 + "x", "publish.nested_too_deep"),
        (FRONT + "> " * 10_000 + "x", "publish.nested_too_deep"),
        (FRONT + "x" * MOST_CHARACTERS, "publish.source_too_large"),
    ],
)
def test_hostile_sources_are_refused_with_a_sentence(source: str, fault: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_update(source, "u.md")
    assert [problem.id for problem in refused.value.problems] == [fault]


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    (tmp_path / "u.md").write_bytes(b"---\n\xff\xfe")
    with pytest.raises(Refused, match="not UTF-8"):
        draft_text(tmp_path / "u.md")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "[94](fig:a?b=c)",
                "**x**",
                "- ",
                "  ",
                "\n",
                "\n\n",
                "| ",
                "```photo\n",
                "```\n",
                "[",
                "](fig:",
                "> ",
                "é",
                "1.",
            ]
        )
    )
)
def test_no_source_breaks_the_parser_and_spans_always_hold(parts: list[str]) -> None:
    source = FRONT + "".join(parts)
    try:
        result = parse_update(source, "u.md")
    except Refused:
        return
    for number in bound(result.update):
        assert isinstance(number, Bound)
        if number.span.end:
            assert source[number.span.start : number.span.end] == number.shown
