"""One page a kind of work, made from the pack: where its records come from, its forms, its indicators, its place in the update, its dangers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toguna.collect.core.schema import Schema, text_in
from toguna.figures.core.definition import Indicator
from toguna.figures.core.expressions import Expression, Literal
from toguna.figures.core.expressions.tree import children
from toguna.kernel.api import errors
from toguna.pack.core.systems import RULES, Danger, System
from toguna.pack.reading import Pack
from toguna.pack.review import Reviewed

_ORIGINS = {
    "source": "documents of others, quoted",
    "return": "rows of the partners' monthly return",
    "list": "a list that the operation keeps",
    "table": "an agreed table",
    "note": "cleared notes of the office",
    "visit": "visits to the field",
    "reference": "a reference table of the pack",
    "publication": "the publication itself",
}
_STATES = ("state", "step", "status", "stage", "works", "publication", "selection")


def system_pages(reviewed: Reviewed) -> Mapping[str, str]:
    """The pages by file name, and `README.md` that lists them. Refuses (`ValueError`) a pack with errors."""
    if reviewed.pack is None or errors(reviewed.problems):
        raise ValueError("a pack with errors has no pages")
    pages = {f"{system.id.lower()}.md": _page(reviewed.pack, system) for system in reviewed.systems}
    return {"README.md": _contents(reviewed.pack, reviewed.systems), **pages}


def _contents(pack: Pack, systems: Sequence[System]) -> str:
    title = pack.operation.name.get("en", pack.operation.id)
    lines = [
        f"# {title}: the kinds of work",
        "",
        "Made from the pack by `toguna pack pages`; a test holds them equal.",
        "",
        "| | kind of work | records come from | owner |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| [{system.id}]({system.id.lower()}.md) | {system.name} | {_ORIGINS[system.comes_from]} | {_organisation(pack, system.owner)} |"
        for system in systems
    ]
    return "\n".join(lines) + "\n"


def _page(pack: Pack, system: System) -> str:
    own = [indicator for indicator in pack.indicators.values() if belongs(indicator, system)]
    parts = [
        f"# {system.id}: {system.name}",
        "",
        f"- **Owner:** {_organisation(pack, system.owner)}",
        f"- **Records come from:** {_ORIGINS[system.comes_from]}",
        f"- **Who may see them:** {', '.join(role.replace('_', ' ') for role in system.sees)}; figures as their sensitivity allows",
        f"- **In the update:** {'; '.join(system.printed)}",
        "",
    ]
    for form in system.forms:
        parts += _form(pack.forms[form].schema, system)
    for table in system.tables:
        parts += [f"## Table `{table}`", "", f"Kept in `{table}.csv` of the pack.", ""]
    if own:
        parts += _indicators(pack, own)
    parts += ["## What goes wrong, and what catches it", ""]
    parts += [f"- {danger.what} {_guard(danger)}" for danger in system.wrong]
    return "\n".join(parts) + "\n"


def belongs(indicator: Indicator, system: System) -> bool:
    """Whether it is one of the system's: named, of one of its forms or tables, or of one of its rows of the monthly return."""
    if indicator.id in system.indicators:
        return True
    table = (indicator.table or "").split("/")[0]
    if table != "monthly_return":
        return table in (*system.forms, *system.tables) and table != "source_register"
    return indicator.where is not None and not texts_in(indicator.where).isdisjoint(system.activities)


def texts_in(node: Expression) -> set[str]:
    """Every text that an expression compares with."""
    own = {node.value} if isinstance(node, Literal) and isinstance(node.value, str) else set()
    return own.union(*(texts_in(child) for child in children(node)))


def _form(schema: Schema, system: System) -> Iterator[str]:
    yield f"## Form `{schema.form_id}`: {text_in(schema.title, 'en', schema.form_id)}"
    yield ""
    if schema.form_id == "monthly_return" and system.activities:
        labels = {choice.name: text_in(choice.label, "en") for choice in schema.choices.get("activity", ())}
        yield f"Its rows of: {', '.join(labels.get(name, name) for name in system.activities)}."
        yield ""
        return
    for table in schema.tables:
        yield f"{'Each form' if not table.name else f'Each row of `{table.name}`'}:"
        yield ""
        yield "| question | type | kept | must be filled in |"
        yield "| --- | --- | --- | --- |"
        for column in table.columns:
            must = "yes" if column.required in ("true()", "yes") else "no" if not column.required else "at times"
            label = text_in(column.label, "en", column.name)
            yield f"| `{column.name}` {label} | {column.type} | {column.sensitivity.replace('_', ' ')} | {must} |"
        yield ""
    for table in schema.tables:
        for column in table.columns:
            if column.name in _STATES and column.choice_list:
                states = [text_in(choice.label, "en", choice.name) for choice in schema.choices[column.choice_list]]
                yield f"It moves through (`{column.name}`): {' → '.join(states)}."
                yield ""


def _indicators(pack: Pack, own: Sequence[Indicator]) -> Iterator[str]:
    printed = _printed(pack)
    yield "## Indicators"
    yield ""
    yield "| indicator | what it is | basis | kind | lines of the ledger |"
    yield "| --- | --- | --- | --- | --- |"
    for indicator in own:
        lines = ", ".join(f"`{line}`" for line in printed.get(indicator.id, ())) or "-"
        yield f"| `{indicator.id}` | {text_in(indicator.label, 'en')} ({indicator.unit}) | {indicator.basis} | {indicator.kind} | {lines} |"
    yield ""


def _printed(pack: Pack) -> Mapping[str, list[str]]:
    """Lines of the ledger by the indicator that they refer to."""
    found: dict[str, list[str]] = {}
    for row in pack.ledger.as_text() if pack.ledger else ():
        found.setdefault(row["reference"].partition("?")[0], []).append(row["id"])
    return found


def _organisation(pack: Pack, code: str) -> str:
    return next((one.name.get("en", code) for one in pack.organisations if one.code == code), code)


def _guard(danger: Danger) -> str:
    kind, _, name = danger.by.partition(":")
    match kind:
        case "form":
            form, _, question = name.partition(".")
            return f"Caught by the question `{question}` of `{form}`."
        case "indicator":
            indicator, _, key = name.partition(".")
            return f"Held by `{key}` of the indicator `{indicator}`."
        case "table":
            return f"Held by the column `{name}`."
        case "fault":
            return f"Told when a text is checked (`publish.check.{name}`)."
    return RULES[name]
