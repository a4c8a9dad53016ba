"""Where a figure comes from: the forms that are counted, or the documents that are quoted."""

from __future__ import annotations

from dataclasses import dataclass

from toguna.collect.api import forms
from toguna.figures.api import Figure
from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.notes import date_words


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One source in words."""

    title: str
    owner: str = ""
    as_of: str = ""
    misfit: str = ""
    is_stale: bool = False


def source_rows(figure: Figure, language: Language) -> list[SourceRow]:
    """The figure's sources; of a figure that the reader may not see, none."""
    titles = {one.form_id: ByLanguage(one.schema.title)[language] for one in forms() if one.schema.title}
    found = []
    for source in figure.sources:
        form = source.id.partition("/")[0]
        title = (source.title_fr if language == "fr" and source.title_fr else source.title) or titles.get(form) or form
        found.append(
            SourceRow(
                title=f"{title}, p.\u00a0{source.page}" if source.page else title,
                owner=source.owner_fr if language == "fr" and source.owner_fr else source.owner,
                as_of=date_words(source.as_of, language) if source.as_of and source.title else "",
                misfit=source.misfit_fr if language == "fr" and source.misfit_fr else source.misfit,
                is_stale=figure.stale,
            )
        )
    return list(dict.fromkeys(found))
