"""A figure as pages show it: its words, its sign, how it stands against the period before, its last twelve months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from toguna.figures.api import Figure, FigureTable, shown
from toguna.figures.core.definition import Indicator
from toguna.figures.core.reference import FigureReference, Show, parse_reference
from toguna.kernel.api import Language, Period
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.pages.drawings.columns import columns
from toguna.publish.pages.drawings.svg import PAGE, Pen
from toguna.publish.pages.drawings.values import Known, Value
from toguna.web.parts.drawn import icon_of, inline, mark_of
from toguna.web.parts.memo import figures_kept, table_kept
from toguna.web.parts.period import Asked, months_before, short_month
from toguna.web.words import said

_MONTHS = 12
_NOTHING = SafeString("")


@dataclass(frozen=True, kw_only=True)
class Against:
    """How a figure stands against another: in words, and which way it went."""

    words: str
    way: str


@dataclass(frozen=True, kw_only=True)
class ShownFigure:
    """What a template needs of a figure."""

    label: str
    text: str
    #: Whether `text` is a number, and not why there is none.
    is_number: bool
    status: str
    basis: str
    basis_words: str
    sign: SafeString
    icon: SafeString
    address: str
    is_provisional: bool
    against: Against | None = None
    trend: SafeString = _NOTHING


def shown_figure(
    figure: Figure,
    of: Asked,
    indicator: Indicator | None,
    before: Figure | None = None,
    trend: SafeString | None = None,
) -> ShownFigure:
    """The figure in the page's language."""
    basis = said(f"basis_{figure.basis}", of.language)
    return ShownFigure(
        label=ByLanguage(figure.label)[of.language],
        text=shown_text(figure, of.language),
        is_number=figure.value is not None and figure.status == "value",
        status=figure.status,
        basis=figure.basis,
        basis_words=basis,
        sign=mark_of(figure.basis, basis),
        icon=icon_of(indicator.icon) if indicator is not None and indicator.icon else SafeString(""),
        address=address_of(figure.reference, of),
        is_provisional=figure.provisional,
        against=against(figure, before, of) if before is not None else None,
        trend=trend or _NOTHING,
    )


def address_of(reference: FigureReference, of: Asked) -> str:
    """The figure's own page."""
    own = {name: ",".join(values) for name, values in reference.categories.items()}
    place = ",".join(reference.place) or of.place or ""
    period = reference.period if reference.period and "-" in reference.period else of.period.written()
    query = urlencode({name: value for name, value in {**own, "period": period, "place": place}.items() if value})
    return f"{reverse('figure', args=[reference.indicator])}?{query}"


def against(figure: Figure, before: Figure, of: Asked) -> Against | None:
    """More or less than before, where both may be seen; nothing where one may not."""
    if figure.value is None or before.value is None:
        return None
    moved = figure.value - before.value
    name = short_month(before.period, of.language) if before.period.start.day == 1 else before.period.written()
    if moved == 0:
        return Against(words=said("as_before", of.language, period=name), way="same")
    size = shown_text(replace(figure, value=abs(moved), status="value"), of.language)
    way = "more" if moved > 0 else "less"
    return Against(words=said(f"{way}_than_before", of.language, size=size, period=name), way=way)


def shown_text(figure: Figure, language: Language) -> str:
    """The words of a figure; a share is a percentage unless the reference says otherwise."""
    show = figure.reference.show
    if figure.unit == "percent" and show == Show():
        show = Show(style="percent")
    return shown(figure, language, show)


def trend_of(reference: FigureReference, of: Asked, title: str) -> SafeString:
    """The last twelve months drawn; nothing where a month cannot be asked, or none has a value that may be seen."""
    months = months_before(of.period, _MONTHS)
    whole = Period(start=months[0].start, end=months[-1].end)
    asked = replace(reference, period=whole.written(), place=reference.place or ((of.place,) if of.place else ()))
    found = table_kept(asked.written(), ["month"], of.context(whole))
    values = values_by_month(found, months, of.language)
    if not any(value.amount is not None for value in values):
        return SafeString("")
    return inline(columns(values, Pen(palette=PAGE, size=9), of.language, width=190, height=58, title=title))


def values_by_month(found: FigureTable, months: Sequence[Period], language: Language) -> list[Value]:
    """A value a month, in order; a month without a figure keeps its place."""
    by_month: Mapping[str, Figure] = {cell["month"]: figure for cell, figure in found.rows}
    values = []
    for month in months:
        figure = by_month.get(month.written())
        text = shown_text(figure, language) if figure is not None else ""
        known: Known = "value"
        if figure is None or figure.value is None:
            known = "withheld" if figure is not None and figure.status == "withheld" else "none"
        amount = float(figure.value) if figure is not None and figure.value is not None else None
        values.append(Value(label=short_month(month, language), amount=amount, text=text, known=known))
    return values


def key_figures(
    references: Sequence[str], of: Asked, known: Mapping[str, Indicator], *, with_trend: bool
) -> list[ShownFigure]:
    """The figures of these references for the page's period and place, each beside the period before."""
    made = []
    for written in references:
        reference, faults = parse_reference(written)
        indicator = known.get(reference.indicator) if reference is not None else None
        if reference is None or faults or indicator is None:
            continue
        own = in_period(reference, of)
        now = figures_kept([own.written()], of.context()).figures[0]
        if now is None:
            continue
        before = figures_kept([own.written()], of.context(of.period.before())).figures[0] if with_trend else None
        trend = trend_of(own, of, ByLanguage(now.label)[of.language]) if with_trend else None
        made.append(shown_figure(now, of, indicator, before, trend))
    return made


def in_period(reference: FigureReference, of: Asked) -> FigureReference:
    """The reference for the page's own period and place: what a text says of either gives way, the year to date stays."""
    relative = reference.period if reference.period == "ytd" else None
    place = () if of.place else reference.place
    return replace(reference, period=relative, place=place, as_of=None, edition=None)
