"""Sentences that may harm somebody, whatever their numbers are bound to: barred, or lifted by a named clearance; each with a wording that can stand.

The wording says nothing of how many, of whom or of where, so that it is true for every value, and gives no hint of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toguna.kernel.api import Fault, Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.harm import Saying, Statement, clauses, is_barred, statements
from toguna.publish.core.checks.read_sentence import Topic
from toguna.publish.core.tree import Table, walk

_FAULTS: Mapping[Saying, Fault] = {
    "few": fault.FEW_HARMED,
    "share": fault.SHARE_OF_HARMED,
    "only": fault.ONLY_HARMED,
    "shelter": fault.SHELTER_PLACED,
    "hostage": fault.HOSTAGE_DESCRIBED,
    "payment": fault.PAYMENT_ANNOUNCED,
    "security": fault.SECURITY_EVENT,
    "total": fault.HARM_TOTAL,
}
#: Where words stand that a paragraph's clearance covers.
_CLEARED = frozenset({"text", "caption"})
#: A sentence for each topic that tells of no case.
PROPOSALS: Mapping[Topic, Mapping[Language, str]] = {
    "violence": ByLanguage(
        {
            "en": "Survivors who come forward are referred to the services that they choose.",
            "fr": "Les survivantes qui se manifestent sont orientées vers les services de leur choix.",
        }
    ),
    "detention": ByLanguage(
        {
            "en": "UNHCR speaks with the authorities about the liberty of refugees and asylum-seekers.",
            "fr": "Le HCR parle avec les autorités de la liberté des réfugiés et des demandeurs d'asile.",
        }
    ),
    "health": ByLanguage(
        {
            "en": "Health partners offer testing and treatment in confidence.",
            "fr": "Les partenaires de santé proposent le dépistage et le traitement en toute confidentialité.",
        }
    ),
    "complaint": ByLanguage(
        {
            "en": "Complaints can be made in confidence and are followed up.",
            "fr": "Les plaintes peuvent être déposées en confiance et sont suivies.",
        }
    ),
    "shelter": ByLanguage(
        {
            "en": "Shelter is offered to those who need protection.",
            "fr": "Un hébergement est proposé à ceux qui ont besoin de protection.",
        }
    ),
    "hostage": ByLanguage(
        {
            "en": "The organisations concerned follow the situation and say nothing of it in public.",
            "fr": "Les organisations concernées suivent la situation et n'en disent rien en public.",
        }
    ),
    "payment": ByLanguage(
        {
            "en": "Families on the list are told in person when they will be served.",
            "fr": "Les familles inscrites sont averties en personne du moment où elles seront servies.",
        }
    ),
    "security": ByLanguage(
        {
            "en": "Insecurity limits where humanitarian workers can go.",
            "fr": "L'insécurité limite les déplacements des humanitaires.",
        }
    ),
}


def harmful_sentences(draft: Draft) -> Iterator[Finding]:
    """Every sentence that says what may harm somebody, judged by its words alone; or that no words of the text's language are known."""
    if not any(language == draft.language for _, language in draft.pack.sensitive.patterns):
        problem = fault.LANGUAGE_UNREAD.at(draft.at(1), language=draft.language)
        yield Finding(problem=problem, quote=draft.language)
    for passage in draft.passages:
        before = ""
        for sentence in clauses(draft.printed(passage)):
            for statement in statements(sentence, draft.language, draft.pack.sensitive, before):
                if is_barred(statement) or passage.where in _CLEARED:
                    line = (
                        passage.line_of(0, max(sentence.split(), key=len)) if len(passage.lines) > 1 else passage.line
                    )
                    yield _finding(draft, line, sentence, statement)
            before = sentence
    yield from _cells(draft)


def _cells(draft: Draft) -> Iterator[Finding]:
    """A number in a table, read with the heads of its row and column."""
    for table in walk(draft.update.blocks):
        if not isinstance(table, Table):
            continue
        heads = [draft.words(cell).strip() for cell in table.header]
        for number, row in enumerate(table.rows):
            cells = [draft.words(cell).strip() for cell in row]
            for column, cell in enumerate(cells[1:], start=1):
                head = heads[column] if column < len(heads) else ""
                sentence = f"{head}, {cells[0]}: {cell}."
                for statement in statements(sentence, draft.language, draft.pack.sensitive):
                    if re.fullmatch(r"\D?\s*[\d.,\s]+\s*%?", cell) and is_barred(statement):
                        yield _finding(draft, min(table.line + 2 + number, table.end_line), sentence, statement)


def _finding(draft: Draft, line: int, sentence: str, statement: Statement) -> Finding:
    words = " ".join(sentence.split())
    proposal = PROPOSALS[statement.topic][draft.language]
    problem = _FAULTS[statement.saying].at(draft.at(line), quote=statement.quote, proposal=proposal)
    return Finding(problem=problem, quote=words)
