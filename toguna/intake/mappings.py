"""The kept mappings: texts of the pack, one for each organisation and form, changed by the act ``mapping.kept``."""

from __future__ import annotations

from dataclasses import replace

from toguna.access.api import Actor, Subject, require_permit
from toguna.collect.definitions import definitions
from toguna.instance.api import current, writing
from toguna.intake import problems
from toguna.intake.core.mapping import FormMapping, Layout, Word, mapping_path, parse_mapping, write_mapping
from toguna.intake.core.questions import FormQuestions
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Problem, Refused, nearest
from toguna.organisations.api import require_organisation
from toguna.revisions.api import RevisionFiles, in_force, record

KEPT = "mapping.kept"


def questions_of(form_id: str) -> FormQuestions:
    """The questions of a form's newest version. Refuses a form that is not published."""
    (versions,) = definitions().narrowed(form_id).values()
    return FormQuestions(versions[-1])


def all_questions() -> dict[str, FormQuestions]:
    """Those of every published form's newest version."""
    return {form_id: FormQuestions(versions[-1]) for form_id, versions in definitions().forms.items()}


def mapping_of(organisation: str, form_id: str) -> FormMapping:
    """What is kept for this organisation and form; one without layouts where nothing is."""
    path = mapping_path(organisation, questions_of(form_id).schema.slug)
    content = RevisionFiles(in_force()).get(path)
    return parse_mapping(content.decode("utf-8"), path) if content is not None else FormMapping(form_id=form_id)


def keep_mapping(organisation: str, mapping: FormMapping, actor: Actor) -> str:
    """Keep a mapping, in the place of the one that was; act ``mapping.kept``. Returns its path in the pack.

    Refuses an organisation or form that is unknown, and a layout with questions that the form does not have.
    """
    require_permit(actor, KEPT, Subject(organisation=organisation))
    require_organisation(organisation)
    questions = questions_of(mapping.form_id)
    if faults := check_mapping(mapping, questions):
        raise Refused(*faults)
    path = mapping_path(organisation, questions.schema.slug)
    content = write_mapping(mapping).encode()
    with writing():
        before = in_force().files.get(path)
        revision = record({path: content}, actor)
        kept = current().files.put(content)
        if before != kept:
            append([NewAct(kind=KEPT, subject=path, detail={"mapping": kept, "pack": revision.digest})], actor.name)
    return path


def keep_layout(organisation: str, form_id: str, layout: Layout, actor: Actor) -> str:
    """Keep one layout beside, or in the place of, what is kept for the same headers; see `keep_mapping`."""
    return keep_mapping(organisation, mapping_of(organisation, form_id).with_layout(layout), actor)


def keep_word(organisation: str, form_id: str, list_name: str, written: str, code: str, actor: Actor) -> None:
    """Learn what a text means: a code of the list, or "" for blank. Refuses a list the form does not use, and a code it does not have."""
    questions = questions_of(form_id)
    using = [one for one in questions.all.values() if list_name in (one.list_name, one.target)]
    if not using:
        lists = ", ".join(sorted({one.list_name for one in questions.all.values()}))
        raise Refused(problems.WORD_LIST_UNKNOWN.at(form=form_id, list=list_name, lists=lists))
    lookup = definitions().checker(questions.schema).reader.lookup(using[0].column)
    if lookup is not None and code and code not in lookup.codes and not lookup.open_to_ids:
        near = nearest(code, lookup.codes)
        raise Refused(problems.WORD_CODE_UNKNOWN.at(list=list_name, code=code, near=f" ({near}?)" if near else ""))
    mapping = mapping_of(organisation, form_id)
    word = Word(to=code, by=actor.name)
    keep_mapping(organisation, replace(mapping.with_word(using[0].list_name, written, word), form_id=form_id), actor)


def check_mapping(mapping: FormMapping, questions: FormQuestions) -> list[Problem]:
    """Faults of a mapping's layouts against the form."""
    found: list[Problem] = []
    for layout in mapping.layouts:
        targets = [*layout.columns.values(), *layout.constants]
        targets += [
            f"{block.table}.{name}" if block.table else name
            for block in layout.blocks
            for name in (*block.columns.values(), *block.set)
        ]
        if layout.rows and layout.rows not in questions.repeats:
            nested = any(table.name == layout.rows for table in questions.schema.tables)
            fault = problems.MAPPING_NESTED.at(table=layout.rows) if nested else _unknown(questions, layout.rows)
            found.append(fault)
        found += [_unknown(questions, target) for target in dict.fromkeys(targets) if target not in questions.all]
        mapped = list(layout.columns.values())
        for target in dict.fromkeys(target for target in mapped if mapped.count(target) > 1):
            columns = ", ".join(header for header, own in layout.columns.items() if own == target)
            found.append(problems.MAPPING_QUESTION_TWICE.at(question=target, columns=columns))
    return found


def _unknown(questions: FormQuestions, target: str) -> Problem:
    near = nearest(target, questions.all)
    return problems.MAPPING_QUESTION_UNKNOWN.at(
        form=questions.schema.form_id, question=target, near=f" ({near}?)" if near else ""
    )
