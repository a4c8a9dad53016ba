"""From a returned Word file back to the source: figures still bound, and every change named.

The paragraphs are aligned with those of the build they came from: by their bookmark, else by likeness of words. A paragraph that was not touched keeps
its source to the letter; a touched one is written anew from its words; a block keeps its source whatever was typed in it, and that is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from toguna.publish.core.tree import Bound, Update, bound
from toguna.publish.word.leaves import Leaf, leaves
from toguna.publish.word.read import Run, WordParagraph

ChangeKind = Literal[
    "edited",
    "added",
    "removed",
    "moved",
    "typed_over",
    "rebound",
    "number_lost",
    "new_number",
    "block_edited",
    "comment",
    "struck",
]

#: Two paragraphs are the same one edited when this share of their words agrees.
ALIKE = 0.6
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,\u00a0\u202f ]*\d(?![\w])|(?<![\w.,])\d(?!\w)")
_SPECIAL = re.compile(r"([\\*_\[\]<>`])")
_TRANSLATES = re.compile(r"\s*<!--\s*translates\s+[0-9a-f]+\s*-->(?=\s*$)")
_COMMENT_LINE = re.compile(r"\s*<!--.*-->\s*")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that the officer did, for the page of changes. `line` is of the new source."""

    kind: ChangeKind
    line: int
    was: str = ""
    now: str = ""


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The source after the return, and what changed in it, in reading order."""

    source: str
    changes: tuple[Change, ...]

    @property
    def open(self) -> tuple[Change, ...]:
        """Changes that ask somebody to decide: a number typed over, lost or new, a block edited where it is not kept."""
        return tuple(c for c in self.changes if c.kind in {"typed_over", "number_lost", "new_number", "block_edited"})


def bring_back(update: Update, base: Sequence[WordParagraph], returned: Sequence[WordParagraph]) -> Returned:
    """The new source. `base` are the paragraphs of the Word file that the build wrote, `returned` those that came back."""
    return _Return(update, base, returned).run()


class _Return:
    def __init__(self, update: Update, base: Sequence[WordParagraph], returned: Sequence[WordParagraph]) -> None:
        self.update, self.returned = update, returned
        self.leaves: Mapping[int, Leaf] = {leaf.id: leaf for leaf in leaves(update)}
        self.base = {paragraph.leaf: paragraph for paragraph in base if paragraph.leaf is not None}
        self.blocks = _by_block(base)
        self.bounds = dict(enumerate(bound(update), 1))
        self.shown = {run.number: run.text for paragraph in base for run in paragraph.runs if run.number is not None}
        self.lines = update.source.split("\n")
        self.out: list[str] = self._front()
        self.last: str | None = None
        self.changes: list[Change] = []

    def run(self) -> Returned:
        aligned = list(self._aligned())
        moved = _moved([leaf for _, leaf in aligned if leaf is not None])
        seen_blocks: set[int] = set()
        for paragraph, leaf_id in aligned:
            if paragraph.block is not None:
                if paragraph.block and paragraph.block not in seen_blocks:
                    seen_blocks.add(paragraph.block)
                    self._block(self.leaves[paragraph.block])
                self._comments(paragraph)
            else:
                self._words(paragraph, leaf_id, moved=leaf_id in moved)
        kept = {leaf for _, leaf in aligned} | seen_blocks
        for leaf in self.leaves.values():
            if leaf.id not in kept:
                self._tell("removed", was=leaf.words or f"{leaf.kind} {leaf.id}")
        self._blocks_edited()
        return Returned(source="\n".join(self.out).rstrip("\n") + "\n", changes=tuple(self.changes))

    def _front(self) -> list[str]:
        """The front matter, and what else stands before the first leaf."""
        first = min((leaf.line for leaf in self.leaves.values()), default=len(self.lines) + 1)
        kept = self.lines[: first - 1]
        while kept and (_COMMENT_LINE.fullmatch(kept[-1]) or not kept[-1].strip()):
            kept.pop()
        return kept

    def _aligned(self) -> Iterator[tuple[WordParagraph, int | None]]:
        """Each returned paragraph with the leaf it is of, if any; a leaf is given once."""
        free = set(self.base)
        marked = {paragraph.leaf for paragraph in self.returned if paragraph.block is None}
        taken: set[int] = set()
        for paragraph in self.returned:
            leaf = paragraph.leaf if paragraph.leaf in free and paragraph.leaf not in taken else None
            if leaf is None and paragraph.block is None and paragraph.words.strip():
                leaf = self._alike(paragraph, free - marked - taken)
            if leaf is not None:
                taken.add(leaf)
            if paragraph.block is not None or paragraph.words.strip() or paragraph.comments:
                yield paragraph, leaf if paragraph.block is None else None

    def _alike(self, paragraph: WordParagraph, free: set[int]) -> int | None:
        scored = [(SequenceMatcher(None, self.base[leaf].words, paragraph.words).ratio(), -leaf) for leaf in free]
        best = max(scored, default=(0.0, 0))
        return -best[1] if best[0] >= ALIKE else None

    def _words(self, paragraph: WordParagraph, leaf_id: int | None, *, moved: bool) -> None:
        """One heading, paragraph or bullet, with what was done to it."""
        leaf, base = (self.leaves[leaf_id], self.base[leaf_id]) if leaf_id is not None else (None, None)
        untouched = base is not None and (base.kind, base.level, base.runs) == (
            paragraph.kind,
            paragraph.level,
            paragraph.runs,
        )
        noted: list[tuple[ChangeKind, str, str]] = []
        runs = paragraph.runs if untouched else tuple(self._rebound(paragraph, base, noted))
        content = self._source_of(leaf) if untouched and leaf else [_one_line(self._markdown(runs, noted))]
        if not untouched and leaf is not None:
            content[-1] += self._translates(leaf)
        comments = self._own_comments(leaf) if leaf else []
        comments += [
            f"<!-- {kind.replace('_', ' ')}: {now} over {was} -->" for kind, was, now in noted if kind == "typed_over"
        ]
        self._emit(paragraph.kind, paragraph.level, [*comments], content)
        if leaf is None:
            self._tell("added", now=paragraph.words)
        elif not untouched:
            self._tell("edited", was=base.words if base else "", now=paragraph.words)
        if moved:
            self._tell("moved", now=paragraph.words)
        if paragraph.struck:
            self._tell("struck", was=paragraph.struck)
        for kind, was, now in noted:
            self._tell(kind, was=was, now=now)
        if not untouched:
            self._new_numbers(runs, base)
        self._comments(paragraph)

    def _rebound(
        self, paragraph: WordParagraph, base: WordParagraph | None, noted: list[tuple[ChangeKind, str, str]]
    ) -> Iterator[Run]:
        """The runs, with a number whose link was lost but whose words still stand alone bound again."""
        present = {run.number for run in paragraph.runs}
        lost = {
            run.number: run.text
            for run in (base.runs if base else ())
            if run.number is not None and run.number not in present
        }
        runs = list(paragraph.runs)
        for number, text in lost.items():
            places = [
                (index, match)
                for index, run in enumerate(runs)
                if run.number is None
                for match in re.finditer(rf"(?<![\w.,]){re.escape(text)}(?![\w]|[.,]\d)", run.text)
            ]
            if len(places) != 1:
                noted.append(("number_lost", text, ""))
                continue
            index, match = places[0]
            run = runs[index]
            parts = [
                replace(run, text=run.text[: match.start()]),
                replace(run, text=text, number=number),
                replace(run, text=run.text[match.end() :]),
            ]
            runs[index : index + 1] = [part for part in parts if part.text]
            noted.append(("rebound", text, text))
        yield from runs

    def _markdown(self, runs: Sequence[Run], noted: list[tuple[ChangeKind, str, str]]) -> str:
        """The runs as the update's language writes them."""
        parts = []
        for run in runs:
            if run.number is not None and run.number in self.bounds:
                text = self._number(run, self.bounds[run.number], noted)
            else:
                text = _SPECIAL.sub(r"\\\1", run.text.replace("\u00a0", " "))
                text = f"[{text}]({run.target})" if run.target else text
            parts.append(_marked(text, run))
        return "".join(parts)

    def _number(self, run: Run, number: Bound, noted: list[tuple[ChangeKind, str, str]]) -> str:
        """The bound number; words typed over it do not replace it, and are told. Blanks typed into the link stay outside."""
        assert run.number is not None
        shown, typed = self.shown.get(run.number, number.shown), run.text.strip()
        if typed != shown:
            noted.append(("typed_over", shown, typed))
        before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
        return f"{before}[{shown}]({number.binding}:{number.reference}){after}"

    def _new_numbers(self, runs: Sequence[Run], base: WordParagraph | None) -> None:
        """Numbers in words that are bound to nothing and were not there before."""
        before = base.words if base else ""
        for run in runs:
            if run.number is None and not run.target:
                for match in _NUMBER.finditer(run.text):
                    if match[0] not in before:
                        self._tell("new_number", now=match[0])

    def _source_of(self, leaf: Leaf) -> list[str]:
        """The leaf's own lines, without the marks of its kind."""
        lines = [line.strip() for line in self.lines[leaf.line - 1 : leaf.end_line]]
        lines[0] = re.sub(r"^(?:(?:[-*+]|\d+[.)])\s+)+", "", lines[0]) if leaf.kind == "bullet" else lines[0]
        return [re.sub(r"^#+\s*|\s+#+$", "", lines[0])] if leaf.kind == "heading" else lines

    def _translates(self, leaf: Leaf) -> str:
        """The mark at a paragraph's end of what it translates; it stays when the words are edited."""
        match = _TRANSLATES.search(self.lines[leaf.end_line - 1])
        return match[0] if match else ""

    def _own_comments(self, leaf: Leaf) -> list[str]:
        """Comment lines that stand directly before a leaf: what it translates, what was told of it."""
        first = leaf.line - 1
        while first > 0 and _COMMENT_LINE.fullmatch(self.lines[first - 1]):
            first -= 1
        return [line.strip() for line in self.lines[first : leaf.line - 1]]

    def _block(self, leaf: Leaf) -> None:
        lines = self.lines[leaf.line - 1 : leaf.end_line]
        self._emit("block", 0, self._own_comments(leaf), lines)

    def _emit(self, kind: str, level: int, comments: list[str], content: list[str]) -> None:
        first, more = {
            "heading": (f"{'#' * level} ", ""),
            "bullet": ("  " * level + "- ", "  " * level + "  "),
            "continued": ("  " * level + "  ", "  " * level + "  "),
        }.get(kind, ("", ""))
        if self.out and self.out[-1] and not (kind == "bullet" and self.last == "bullet" and not comments):
            self.out.append("")
        self.out += [more + comment for comment in comments]
        self.out += [(first if index == 0 else more) + line for index, line in enumerate(content)]
        self.last = kind

    def _comments(self, paragraph: WordParagraph) -> None:
        for comment in paragraph.comments:
            words = _one_line(comment.words).replace("--", "-")
            self.out += ["", f"<!-- comment ({comment.author}, {comment.date}): {words} -->"]
            self.last = None
            self._tell("comment", was=comment.author, now=words)

    def _blocks_edited(self) -> None:
        came = _by_block(self.returned)
        for block, words in self.blocks.items():
            if block and block in came and came[block] != words:
                gone, new = [w for w in words if w not in came[block]], [w for w in came[block] if w not in words]
                self._tell("block_edited", was=" / ".join(gone), now=" / ".join(new))

    def _tell(self, kind: ChangeKind, *, was: str = "", now: str = "") -> None:
        self.changes.append(Change(kind=kind, line=len(self.out), was=was, now=now))


def _by_block(paragraphs: Sequence[WordParagraph]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for paragraph in paragraphs:
        if paragraph.block is not None and paragraph.words.strip():
            found.setdefault(paragraph.block, []).append(paragraph.words)
    return found


def _moved(order: Sequence[int]) -> set[int]:
    """The fewest leaves that, taken out, leave the others in their old order."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for leaf in order:
        at = bisect_left(tails, leaf)
        previous[leaf] = ends[at - 1] if at else None
        tails[at : at + 1] = [leaf]
        ends[at : at + 1] = [leaf]
    kept: set[int] = set()
    at_end: int | None = ends[-1] if ends else None
    while at_end is not None:
        kept.add(at_end)
        at_end = previous[at_end]
    return set(order) - kept


def _marked(text: str, run: Run) -> str:
    """Bold and italic marks hug the words: Markdown wants no blank inside them."""
    mark = ("**" if run.bold else "") + ("*" if run.italic else "")
    core = text.strip()
    if not mark or not core:
        return text
    return text.replace(core, f"{mark}{core}{mark[::-1]}", 1)


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).strip()
