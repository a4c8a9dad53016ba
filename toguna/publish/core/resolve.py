"""Tree to resolved tree: every number of the text asked of the figures, in one call, and printed in the text's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from toguna.kernel.api import Place, Problem
from toguna.publish import problems as fault
from toguna.publish.core.bindings import check_bindings, stated_source
from toguna.publish.core.blocks import RULES, check_blocks
from toguna.publish.core.figure_source import Asked, Cells, Fact, FigureSource
from toguna.publish.core.front import Front, read_front
from toguna.publish.core.notes import SILENCES, month_name, note_of, parts_of, stated_note
from toguna.publish.core.numerals import value_of
from toguna.publish.core.references import Wanted, split_show
from toguna.publish.core.resolved import BlockFigures, Resolved, Row, Shown
from toguna.publish.core.series import SERIES, series_of
from toguna.publish.core.tree import Bound, Fenced, Span, Update, bound, walk


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """The resolved tree for renderers, and the facts behind it for the checks."""

    resolved: Resolved
    #: What each ``fig:`` number stands for; one that could not be resolved is absent.
    facts: Mapping[Span, Fact]
    #: The manner in which each is shown.
    shows: Mapping[Span, str]
    #: The facts of each fenced block's options, by its line.
    cells: Mapping[int, Cells]
    #: For which text they were asked.
    asked: Asked
    #: What the text's numbers would print that no publication plan has, with its manner of showing: for the audit, and for no page.
    unplanned: tuple[tuple[Fact, str], ...] = ()

    @property
    def front(self) -> Front:
        return self.resolved.front

    @property
    def update(self) -> Update:
        return self.resolved.update


def resolve(
    update: Update,
    source: FigureSource,
    *,
    default_place: str = "",
    as_of: int | None = None,
    audience: Literal["public", "internal"] = "public",
    is_within_plan: bool = True,
) -> Resolution:
    """Resolve every number of one language's text. `is_within_plan`: what no publication plan lets be printed is withheld.

    Refuses (`Refused`) front matter that cannot be read. All other faults are in ``resolved.problems``; a number that does not resolve
    keeps the words of its source.
    """
    front = read_front(update)
    asked = _asked_for(front, default_place, as_of, audience)
    numbers = list(bound(update))
    wanted = {number.span: split_show(number.reference) for number in numbers if number.binding == "fig"}
    options = list(_block_references(update))
    references = _references(wanted.values(), [text for _, _, text in options])
    answer = source.facts(references, asked)
    by_reference = dict(zip(references, answer.facts, strict=True))
    failed = dict(zip(references, answer.problems, strict=True))
    facts = {span: fact for span, each in wanted.items() if (fact := by_reference[each.asked]) is not None}
    shows = {span: each.show for span, each in wanted.items()}
    cells = dict(_all_cells(update, source, asked, by_reference))
    before = facts
    if asked.public and is_within_plan:
        facts, cells = _within_plan(facts, shows, cells, source, asked)
    unplanned = tuple((before[span], shows[span]) for span, fact in facts.items() if fact.is_outside_plan)
    problems = [
        *check_blocks(update),
        *check_bindings(update, front.language),
        *_placed_failures(update, numbers, wanted, options, failed),
        *(_placed(each, update.file, line) for line, found in cells.items() for each in found.problems),
    ]
    shown = {number.span: _shown(number, facts.get(number.span), shows, source, front) for number in numbers}
    blocks = _blocks(update, cells, source, front, [(facts[span], shown[span].text) for span in facts])
    resolved = Resolved(update=update, front=front, shown=shown, blocks=blocks, problems=tuple(problems))
    return Resolution(resolved=resolved, facts=facts, shows=shows, cells=cells, asked=asked, unplanned=unplanned)


def _references(wanted: Iterable[Wanted], options: Sequence[str]) -> list[str]:
    """What the text's numbers and its blocks ask for, each once."""
    asked = [each.asked for each in wanted] + [split_show(text).asked for text in options]
    return list(dict.fromkeys(asked))


def _asked_for(front: Front, default_place: str, as_of: int | None, audience: str) -> Asked:
    place = front.place or default_place
    return Asked(period=front.covers, place=place, language=front.language, as_of=as_of, public=audience == "public")


def _within_plan(
    facts: Mapping[Span, Fact],
    shows: Mapping[Span, str],
    cells: Mapping[int, Cells],
    source: FigureSource,
    asked: Asked,
) -> tuple[dict[Span, Fact], dict[int, Cells]]:
    """Facts and cells, each withheld where no publication plan lets it be printed as it is shown. A block shows numbers in full."""
    printed = [(fact, shows[span]) for span, fact in facts.items()]
    for found in cells.values():
        printed += [(fact, "number") for _, _, fact in found.rows]
        printed += [(found.total, "number")] if found.total is not None else []
    seen = iter(source.within_plan(printed, asked))
    own = {span: next(seen) for span in facts}
    blocks = {}
    for line, found in cells.items():
        rows = tuple((labels, codes, next(seen)) for labels, codes, _ in found.rows)
        blocks[line] = replace(found, rows=rows, total=next(seen) if found.total is not None else None)
    return own, blocks


def _blocks(
    update: Update,
    cells: Mapping[int, Cells],
    source: FigureSource,
    front: Front,
    printed: Sequence[tuple[Fact, str]],
) -> dict[int, BlockFigures]:
    fenced = {node.line: node for node in walk(update.blocks) if isinstance(node, Fenced)}
    return {
        line: replace(_block_figures(fenced[line], found, source, front), totals=_totals(found, printed))
        for line, found in cells.items()
    }


def _totals(cells: Cells, printed: Sequence[tuple[Fact, str]]) -> dict[str, str]:
    """Of places split by month: what the text prints of each place for all the months together. Nothing is added up here."""
    if len(cells.by) != 2 or cells.by[1] != "month" or not cells.rows:
        return {}
    periods = [fact.period for _, _, fact in cells.rows]
    start, end = min(period.start for period in periods), max(period.end for period in periods)
    indicator = cells.rows[0][2].indicator
    places = {codes[0] for _, codes, _ in cells.rows}
    return {
        fact.place: text
        for fact, text in printed
        if fact.indicator == indicator
        and fact.place in places
        and (fact.period.start, fact.period.end) == (start, end)
        and not fact.categories
    }


def _all_cells(
    update: Update, source: FigureSource, asked: Asked, facts: Mapping[str, Fact | None]
) -> Iterator[tuple[int, Cells]]:
    for node in walk(update.blocks):
        if isinstance(node, Fenced):
            found = _cells(node, source, asked, facts)
            if found is not None:
                yield node.line, found


def print_fact(fact: Fact, source: FigureSource, front: Front, show: str) -> Shown:
    """What one fact prints, with its note."""
    silence = SILENCES[front.language].get(fact.status)
    return Shown(
        text=silence if silence is not None else source.shown(fact, front.language, show),
        basis=fact.basis,
        status=fact.status,
        provisional=fact.provisional,
        note=note_of(fact, front.language),
        value=fact.value if silence is None else None,
        parts=parts_of(fact, front.language),
    )


def _shown(number: Bound, fact: Fact | None, shows: Mapping[Span, str], source: FigureSource, front: Front) -> Shown:
    if number.binding == "text":
        return Shown(text=number.shown, basis="text")
    if fact is not None:
        printed = print_fact(fact, source, front, shows[number.span])
        if number.shown[:1].isupper() and printed.text[:1].islower():
            # A number in words that begins its sentence keeps the author's capital.
            return replace(printed, text=printed.text[0].upper() + printed.text[1:])
        return printed
    note = stated_note(front.language, "") if number.binding == "stated" and stated_source(number) else ""
    return Shown(text=number.shown, basis="stated", note=note, value=value_of(number.shown, front.language))


def _block_references(update: Update) -> Iterator[tuple[Fenced, str, str]]:
    """Each single figure that a block's options ask for; those asked by category are cells."""
    for node in walk(update.blocks):
        if isinstance(node, Fenced) and "by" not in node.options:
            for option in RULES[node.kind].figures:
                if node.options.get(option):
                    yield node, option, node.options[option]


def _cells(node: Fenced, source: FigureSource, asked: Asked, facts: Mapping[str, Fact | None]) -> Cells | None:
    rule = RULES[node.kind]
    if node.options.get("series"):
        return series_of(node, source, asked)
    if "of" in rule.figures and node.options.get("of") and node.options.get("by"):
        by = [axis.strip() for axis in node.options["by"].split(",")]
        return source.cells(split_show(node.options["of"]).reference, by, asked)
    rows = [
        ((option,), (option,), fact)
        for option in rule.figures
        if node.options.get(option) and (fact := facts.get(split_show(node.options[option]).asked)) is not None
    ]
    return Cells(by=("option",), rows=tuple(rows), total=None) if rule.figures else None


def _block_figures(node: Fenced, cells: Cells, source: FigureSource, front: Front) -> BlockFigures:
    rows: dict[str, list[Row]] = {}
    for labels, codes, fact in cells.rows:
        option = codes[0] if cells.by in (("option",), SERIES) else "of"
        show = split_show(node.options.get(option, "")).show
        if show == "number" and fact.unit == "percent":
            show = "percent"
        named = tuple(
            month_name(code, front.language) if axis == "month" else label
            for axis, label, code in zip(cells.by, labels, codes, strict=False)
        )
        row = Row(labels=named or labels, codes=codes, shown=print_fact(fact, source, front, show))
        rows.setdefault(option, []).append(row)
    first = cells.rows[0][2] if cells.rows else None
    title = node.options.get("title") or cells.title or (first.label[front.language] if first else "")
    return BlockFigures(
        title=title[:1].upper() + title[1:],
        unit=first.unit if first else "",
        by=cells.by,
        rows={option: tuple(found) for option, found in rows.items()},
    )


def _placed_failures(
    update: Update,
    numbers: list[Bound],
    wanted: Mapping[Span, Wanted],
    options: list[tuple[Fenced, str, str]],
    failed: Mapping[str, Problem | None],
) -> Iterator[Problem]:
    """Each failure at every place where its reference stands, and keys given twice."""
    places = [(wanted[number.span].asked, number.line) for number in numbers if number.span in wanted]
    places += [(split_show(text).asked, node.line) for node, _, text in options]
    for reference, line in places:
        problem = failed[reference]
        if problem is not None:
            placed = _placed(problem, update.file, line)
            yield replace(placed, details={**placed.details, "reference": reference})
        keys = [pair.partition("=")[0] for pair in reference.partition("?")[2].split("&")]
        for key in {key for key in keys if keys.count(key) > 1}:
            yield fault.REFERENCE_TWICE.at(Place(file=update.file, line=line), reference=reference, key=key)


def _placed(problem: Problem, file: str, line: int) -> Problem:
    return replace(problem, place=Place(file=file, line=line))
