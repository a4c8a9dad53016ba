"""The compiler's door to figures, answered by the opened instance."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from toguna.access.api import Actor
from toguna.collect.api import counted, forms
from toguna.figures import api as figures
from toguna.figures.api import Context, Figure, FigureTable
from toguna.figures.core.definition import Category, Distinct, DistinctPlace, Indicator
from toguna.figures.core.disclosure.prints import PrintedFigure, printed_figure
from toguna.figures.core.printing import withheld
from toguna.figures.core.reference import Show, categories_of, parse_reference, values_of
from toguna.figures.core.show import alphabetical, number_style, show_figure, write_number
from toguna.figures.disclosure_ledger import disclosed_by, outside_plan, record_prints
from toguna.figures.disclosures import Disclosure
from toguna.figures.opened import synced
from toguna.instance.api import current
from toguna.journal import api as journal
from toguna.kernel.api import LANGUAGES, Language, Problem
from toguna.kernel.core import clock
from toguna.kernel.core.languages import FALLBACK, ByLanguage, Labels, labels
from toguna.places.api import Tree, trees
from toguna.publish.build import Desk
from toguna.publish.clearing import released_of, waivers_of
from toguna.publish.core.checks.pack_words import read_pack_words
from toguna.publish.core.figure_source import Answer, Asked, Cells, Disclosed, Fact, Meaning, SourceLine
from toguna.publish.core.front import Front
from toguna.publish.core.references import split_show
from toguna.publish.core.sections import text_id
from toguna.publish.disclosed import cell_words, cure_words
from toguna.publish.editions import previous_values
from toguna.publish.figure_names import Names, category_names, place_label, places_around
from toguna.publish.surroundings import read_surroundings, read_terms
from toguna.revisions.api import RevisionFiles, in_force

_UNKNOWN = "unknown"
#: A fact, or the fault that stops it.
_Answered = tuple[Fact | None, Problem | None]
#: The form by which a pack keeps what others published.
SOURCE_REGISTER = "source_register"


@dataclass(frozen=True, kw_only=True)
class InstanceFigures:
    """Figures of the instance, asked as one actor. Indicators and names are read once: it lives as long as one command or request.

    An answer is kept until the journal or the lake goes on: the translation and the by-products of a text ask the same again.
    """

    actor: Actor
    _trees: Callable[[date], Tree] = field(default_factory=trees, init=False, repr=False, compare=False)
    _kept: dict[Hashable, dict[str, _Answered]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _tables: dict[Hashable, FigureTable] = field(default_factory=dict, init=False, repr=False, compare=False)
    _known: dict[str, Indicator] = field(default_factory=dict, init=False, repr=False, compare=False)
    _names: dict[tuple[Language, date, str], Names] = field(default_factory=dict, init=False, repr=False, compare=False)

    def facts(self, references: Sequence[str], asked: Asked) -> Answer:
        kept = self._kept.setdefault(self._state(asked), {})
        if missing := [reference for reference in dict.fromkeys(references) if reference not in kept]:
            kept.update(zip(missing, self._answered(missing, asked), strict=True))
        found = [kept[reference] for reference in references]
        return Answer(facts=tuple(fact for fact, _ in found), problems=tuple(problem for _, problem in found))

    def _answered(self, references: Sequence[str], asked: Asked) -> Iterator[_Answered]:
        """Of each reference its fact, or the fault that stops it."""
        computed = figures.figures(references, self._context(asked))
        for reference, figure in zip(references, computed.figures, strict=True):
            if figure is None:
                yield None, self._problem(reference, asked)
            else:
                fact = self._fact(self._named(figure, reference, asked), asked)
                yield self._with_reason(fact, reference, asked), None

    def _state(self, asked: Asked) -> Hashable:
        """For which text, at which state of the records. Toguna's own languages share their answers: a fact is named in each of them."""
        language = LANGUAGES[0] if asked.language in LANGUAGES else asked.language
        return replace(asked, language=language), journal.head().sequence, synced()

    def cells(self, reference: str, by: Sequence[str], asked: Asked) -> Cells:
        key = reference, tuple(by), self._state(asked)
        if key not in self._tables:
            self._tables[key] = figures.table(reference, list(by), self._context(asked))
        found = self._tables[key]
        names = self._names_of(asked, found.total.indicator if found.total is not None else "")
        rows = tuple(
            (tuple(names.of(code) for code in codes), codes, self._fact(figure, asked))
            for categories, figure in found.rows
            for codes in (tuple(categories.values()),)
        )
        total = self._fact(found.total, asked) if found.total is not None else None
        title = _texts(found.total.label)[asked.language] if found.total is not None else ""
        return Cells(by=tuple(by), rows=rows, total=total, title=title, problems=tuple(found.problems))

    def within_plan(self, printed: Sequence[tuple[Fact, str]], asked: Asked) -> tuple[Fact, ...]:
        """By the plans that hold, and by what editions have printed already."""
        prints = [_print(fact, show) for fact, show in printed]
        outside = {id(one) for one in outside_plan([one for one in prints if one is not None])}
        return tuple(
            _outside_plan(fact) if id(one) in outside else fact for (fact, _), one in zip(printed, prints, strict=True)
        )

    def prints(self, printed: Sequence[tuple[Fact, str]]) -> list[PrintedFigure]:
        """These facts as a reader has them, each in its manner of showing."""
        return [one for one, _ in self._prints(printed).values()]

    def disclosed(self, printed: Sequence[tuple[Fact, str]], asked: Asked) -> tuple[Disclosed, ...]:
        """By the room's own audit, together with everything that editions have printed and plans let be printed."""
        prints = self._prints(printed)
        found = disclosed_by([one for one, _ in prints.values()])
        references = {key: fact.reference for key, (_, fact) in prints.items()}
        return tuple(self._disclosed(one, references, asked) for one in found)

    def keep_printed(self, printed: Sequence[tuple[Fact, str]], edition: str) -> str:
        """In the disclosure ledger."""
        return record_prints(edition, [one for one, _ in self._prints(printed).values()])

    def _prints(self, printed: Sequence[tuple[Fact, str]]) -> dict[int, tuple[PrintedFigure, Fact]]:
        """Each fact as a reader has it, by the identity of what the audit is given."""
        found = {}
        for fact, show in printed:
            if (one := _print(fact, show)) is not None:
                found[id(one)] = (one, fact)
        return found

    def _disclosed(self, one: Disclosure, references: Mapping[int, str], asked: Asked) -> Disclosed:
        indicator = self._indicators()[one.cell.indicator]
        spoken = _spoken(asked)
        names = {each: self._names_of(replace(asked, language=each), indicator.id) for each in spoken}
        labels = _texts(indicator.label)
        return Disclosed(
            cell={each: f"{labels[each]}, {cell_words(one.cell, names[each].of, each)}" for each in spoken},
            references=tuple(references[id(each)] for each in one.prints if id(each) in references),
            editions=one.editions,
            is_with_plan=one.is_with_plan,
            cure={each: cure_words(one.cure, each) for each in spoken},
        )

    def meaning(self, indicator: str) -> Meaning | None:
        known = self._indicators()
        found = known.get(indicator)
        return _meaning(found, known) if found is not None else None

    def labels(self) -> Mapping[str, Mapping[Language, str]]:
        return {name: _texts(indicator.label) for name, indicator in self._indicators().items()}

    def _indicators(self) -> Mapping[str, Indicator]:
        if not self._known:
            self._known.update(figures.indicators())
        return self._known

    def _names_of(self, asked: Asked, indicator: str) -> Names:
        key = (asked.language, asked.period.end, indicator)
        if key not in self._names:
            self._names[key] = Names(asked, self._indicators().get(indicator), self._trees)
        return self._names[key]

    def _fact(self, figure: Figure, asked: Asked) -> Fact:
        names = {each: self._names_of(replace(asked, language=each), figure.indicator) for each in _spoken(asked)}
        indicator = self._indicators()[figure.indicator]
        short = _texts(indicator.short) if indicator.short else {}
        fact = replace(_fact(figure, asked, names, self._trees), short=short, icon=indicator.icon)
        if figure.basis != "estimated" or fact.value is None:
            return fact
        definition = _texts(indicator.definition)
        return replace(fact, method={each: _method(figure, definition[each], each) for each in names})

    def shown(self, fact: Fact, language: Language, show: str) -> str:
        figure = fact.figure
        assert isinstance(figure, Figure)
        style = number_style(language, current().operation.number_style.get(language))
        return show_figure(figure, language, style, _show(show))

    def _context(self, asked: Asked) -> Context:
        return Context(
            period=asked.period,
            place=asked.place,
            as_of=asked.as_of,
            language=asked.language,
            actor=self.actor,
            public=asked.public,
        )

    def _named(self, figure: Figure, reference: str, asked: Asked) -> Figure:
        """The figure with the names that ``show=list`` prints: of the places, or of the values of a category, that it counts."""
        show = _show(split_show(reference).show)
        if show.style not in {"list", "names"} or figure.names or figure.value is None:
            return figure
        indicator = self._indicators()[figure.indicator]
        axis = _axis(indicator)
        if not axis:
            return figure
        found = figures.table(split_show(reference).reference, [axis], self._context(asked))
        codes = [next(iter(row.values())) for row, each in found.rows if each.value]
        names: dict[str, tuple[str, ...]] = {
            language: alphabetical(
                self._names_of(replace(asked, language=language), indicator.id).of(code) for code in codes
            )
            for language in _spoken(asked)
        }
        return replace(figure, names=names)

    def _with_reason(self, fact: Fact, reference: str, asked: Asked) -> Fact:
        """Of a figure that is not applicable, why, if the reports are coarser."""
        return replace(fact, too_fine=self._problem(reference, asked)) if fact.status == "not_applicable" else fact

    def _problem(self, reference: str, asked: Asked) -> Problem | None:
        """The first fault of one reference: asked alone, so that it is this one's."""
        return next(iter(figures.figures([reference], self._context(asked)).problems), None)


def _print(fact: Fact, show: str) -> PrintedFigure | None:
    """The fact as a reader has it; None where no number is printed."""
    return (
        printed_figure(fact.figure, _show(show), current().operation.place) if isinstance(fact.figure, Figure) else None
    )


def _outside_plan(fact: Fact) -> Fact:
    """The fact without what no plan lets be printed."""
    assert isinstance(fact.figure, Figure)
    return replace(
        fact, value=None, status="withheld", provisional=False, is_outside_plan=True, figure=withheld(fact.figure)
    )


def instance_desk(actor: Actor, front: Front | None = None) -> Desk:
    """The desk of the opened instance for a text: its figures, pictures, places and words of the pack's revision in force, waivers, the edition
    before."""
    instance, revision = current(), in_force()
    pack, kept = RevisionFiles(revision), instance.home / "publish"
    return Desk(
        figures=InstanceFigures(actor=actor),
        around=read_surroundings(pack, kept, instance.operation.languages),
        kept=kept,
        today=clock.now().astimezone(instance.operation.time_zone).date(),
        waivers=waivers_of(text_id(front)) if front else {},
        previous=previous_values(front) if front else {},
        terms=read_terms(pack),
        pack=read_pack_words(pack, registered_sources(), max(instance.operation.thresholds.values(), default=0)),
        released=released_of(text_id(front)) if front else frozenset(),
        revision=revision.digest,
        as_of=as_of_cut_off,
    )


def registered_sources() -> list[Mapping[str, object]] | None:
    """The rows of the source register that count now; None when the operation has none."""
    if not any(form.form_id == SOURCE_REGISTER for form in forms()):
        return None
    return [
        row
        for _, versions in counted(SOURCE_REGISTER, 0, journal.head().sequence)
        for version in versions
        if version.seq_to is None
        for rows in version.rows.values()
        for row in rows
    ]


def as_of_cut_off(front: Front) -> int | None:
    """The sequence of the text's cut-off: the one that was set for its period, else the last act up to the text's own `cut_off`."""
    kept = figures.cutoff_of(front.covers)
    if kept is not None:
        return int(kept.sequence)
    if front.cut_off is None:
        return None
    zone = current().operation.time_zone
    return journal.sequence_at(front.cut_off.replace(tzinfo=front.cut_off.tzinfo or zone))


def _axis(indicator: Indicator) -> str:
    """By what a count of distinct things names them; empty where it cannot."""
    if isinstance(indicator.measure, DistinctPlace):
        return f"place@{indicator.measure.level}"
    if isinstance(indicator.measure, Distinct):
        reads = {name: category.long.read for name, category in indicator.categories.items() if category.long}
        return next((name for name, read in reads.items() if read == indicator.measure.read), "")
    return ""


def _fact(figure: Figure, asked: Asked, names: Mapping[Language, Names], trees: Callable[[date], Tree]) -> Fact:
    places = trees(figure.period.end)
    return Fact(
        reference=_canonical(figure, asked),
        indicator=figure.indicator,
        label=_texts(figure.label),
        period=figure.period,
        place=figure.place or asked.place,
        within=places_around(figure.place or asked.place, places),
        place_name={language: place_label(figure.place or asked.place, places, language) for language in names},
        categories=figure.categories,
        category_names={language: category_names(figure, names[language]) for language in names},
        value=figure.value,
        is_sensitive=figure.threshold > 1,
        status=figure.status,
        unit=figure.unit,
        basis=figure.basis,
        owner_hedge=figure.owner_hedge,
        provisional=figure.provisional,
        sources=tuple(
            SourceLine(**{each.name: getattr(line, each.name) for each in fields(SourceLine)})
            for line in figure.sources
        ),
        definition=figure.definition,
        missing=figure.missing,
        figure=figure,
    )


def _canonical(figure: Figure, asked: Asked) -> str:
    """Indicator and keys sorted, period and place written out; without what only says how or as of when."""
    keys = dict(figure.categories)
    keys["period"] = figure.period.written()
    if figure.place and figure.place != asked.place:
        keys["place"] = figure.place
    return f"{figure.indicator}?{'&'.join(f'{key}={value}' for key, value in sorted(keys.items()))}"


_RANGE: Mapping[Language, str] = ByLanguage({"en": "between {low} and {high}", "fr": "entre {low} et {high}"})


def _method(figure: Figure, definition: str, language: Language) -> str:
    """The range of an estimate as its source gives it, and how it is made as its definition says."""
    style = number_style(language, current().operation.number_style.get(language))
    ranges = [
        _RANGE[language].format(low=write_number(line.low, style), high=write_number(line.high, style))
        for line in figure.sources
        if line.low is not None and line.high is not None
    ]
    return ". ".join(filter(None, (*ranges, definition.rstrip("."))))


def _texts(texts: Mapping[str, str]) -> Mapping[Language, str]:
    return labels(texts, current().operation.languages) or Labels({FALLBACK: ""})


def _spoken(asked: Asked) -> tuple[Language, ...]:
    """Toguna's own languages, and the text's."""
    return tuple(dict.fromkeys((*LANGUAGES, asked.language)))


def _show(show: str) -> Show:
    """A manner of showing as grammar 2 writes it; a plain number for one that cannot be read, whose fault is told with its reference."""
    reference, problems = parse_reference(f"any?show={show}")
    return Show() if reference is None or problems else reference.show


def _meaning(indicator: Indicator, known: Mapping[str, Indicator]) -> Meaning:
    categories: Mapping[str, Category] = categories_of(indicator, known)
    return Meaning(
        id=indicator.id,
        kind=indicator.kind,
        of=indicator.of,
        partitions={name: values for name, category in categories.items() if (values := _partition(category))},
        adds=indicator.persons != "distinct",
        persons=indicator.persons is not None,
        categories=tuple(categories),
    )


def _partition(category: Category) -> tuple[str, ...]:
    """The values whose figures make the whole. Of a long column a reader does not think of those not answered."""
    values = values_of(category)
    return tuple(sorted(values if category.wide else values - {_UNKNOWN}))
