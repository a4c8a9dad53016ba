"""Every column of every table: what finds a change made behind the journal's back, or why it need not be found.

A new column fails here until it is listed. Each that is listed with a fault is changed by SQL on an instance that holds a row of every table,
and `verify` must name that fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from tests.cli.test_verify_attacks import LATER, undone
from tests.collect.storage.conftest import xml
from tests.collect.storage.test_loading import PHOTO, rows
from tests.collect.submissions.forms import NOW
from tests.figures.disclosure.table_in_memory import INDICATORS, printed
from tests.figures.test_opened import DECEMBER, OWNER, opened, take
from tests.journal.test_tampering import execute
from tests.publish.memory import MemoryFigures
from tests.publish.test_editions import Office
from tests.registry.test_registry import FORM, WELLS, visit
from toguna.access import api as access
from toguna.access.api import add_account, disable_account
from toguna.cli.verify import _guarded, _tables, check_all
from toguna.collect import api as collect
from toguna.collect.api import publish_form, review
from toguna.collect.loading import load
from toguna.collect.receiving import receive
from toguna.figures import api as figures
from toguna.figures.api import cutoff
from toguna.figures.disclosure_ledger import keep
from toguna.figures.planned import PlannedFigures, digest_of_plans, keep_plans
from toguna.instance.api import Instance, writing
from toguna.instance.store.sql import triggers_of
from toguna.journal import api as journal
from toguna.kernel.core import clock
from toguna.organisations.api import load_organisations
from toguna.pack.consumers import catch_up
from toguna.places import api as places
from toguna.places.api import places_digest
from toguna.publish import clearing
from toguna.publish import verifying as publish
from toguna.publish.build import Desk
from toguna.registry import api as registry

__all__ = ["opened"]

#: A key that the engine draws and that nothing refers to.
KEY = "derived: the engine's own number of the row, which nothing names"
#: Says how far somebody has come; made anew, it costs time and changes no figure.
MARK = "derived: whoever follows the journal begins again and makes the same"
#: Outside the journal's promise, as docs/web.md says: that there was a session or a second factor is an act, what it is made of is not.
SIGN_IN = "unused: django-allauth's own table, which no rule and no figure reads"
DJANGO = "unused: Django's own table, which no rule and no figure reads"

SUBMISSION, ENTITY = "collect.submission_changed", "registry.stale"
#: Of each table either one answer for all its columns, or the answer for each; "*" for those that are not named.
HOW: Mapping[str, str | Mapping[str, str]] = {
    "journal_act": {
        "*": "journal.act_edited",
        "sequence": "journal.act_dropped",
        "previous": "journal.act_unlinked",
    },
    "journal_consumer": {"name": MARK, "sequence": "journal.consumer_ahead"},
    "work_lease": "derived: who works at what now; a lease that is wrong delays the work and changes no figure",
    "access_account": "access.account_untold",
    "access_grant": {"*": "access.account_untold", "id": KEY},
    "access_scope": {"*": "access.account_untold", "id": KEY},
    "places_place": {"*": "places.changed", "id": "derived: the order of the table, in which places are listed"},
    "places_loaded": {"id": "places.changed", "digest": "places.changed"},
    "organisations_organisation": {
        "*": "cli.table_untold",
        "id": "derived: the order of the table, in which they are listed",
    },
    "collect_form_version": {"*": "collect.form_untold", "id": "collect.raw_missing"},
    "collect_block": {"id": "collect.raw_missing", "form_version_id": SUBMISSION, "sha256": "collect.raw_changed"},
    "collect_submission": {
        "*": SUBMISSION,
        "sequence": "collect.submission_untold",
        "instance_id": "collect.submission_untold",
        "block_id": "collect.raw_changed",
        "raw_sha256": "collect.raw_changed",
        "state": "collect.state_untold",
    },
    "collect_submission_place": {"*": SUBMISSION, "id": KEY},
    "collect_review": "collect.review_untold",
    "collect_comment": {"*": "collect.review_untold", "id": KEY},
    "collect_attachment": {"*": SUBMISSION, "id": KEY},
    "collect_entity_operation": {"*": SUBMISSION, "id": KEY},
    "collect_quarantined": "collect.refusal_untold",
    "collect_reference_row": {"*": "collect.reference_untold", "id": KEY},
    "registry_version_span": {"*": ENTITY, "id": KEY},
    "registry_held": {"*": ENTITY, "id": KEY},
    "registry_resolution": "registry.resolution_untold",
    "registry_approval": "registry.approval_untold",
    "figures_cutoff": {"*": "lake.cut_off_untold", "id": KEY},
    "figures_printed": {"*": "lake.printed_untold", "id": "lake.printed_untold"},
    "figures_publication_plan": {"*": "lake.plan_untold", "id": KEY},
    "publish_section": {"*": "publish.section_owner_untold", "id": KEY},
    "publish_clearance": {"*": "publish.clearance_untold", "id": KEY},
    "publish_waiver": {"*": "publish.waiver_untold", "id": KEY},
    "publish_edition": {"*": "publish.edition_record_altered", "id": "publish.edition_gone"},
    "django_content_type": DJANGO,
    "auth_permission": DJANGO,
    "auth_group": DJANGO,
    "auth_group_permissions": DJANGO,
    "django_session": SIGN_IN,
    "mfa_authenticator": SIGN_IN,
    "account_emailaddress": SIGN_IN,
    "account_emailconfirmation": SIGN_IN,
}


def tables() -> dict[str, list[models.Field]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: list(model._meta.concrete_fields) for model in found}


def how(table: str, column: str) -> str | None:
    answer = HOW.get(table)
    if answer is None or isinstance(answer, str):
        return answer
    return answer.get(column, answer.get("*"))


#: The columns as they were looked at: one that is added stands in no list until somebody has.
LOOKED_AT = Path(__file__).with_name("columns.json")


def test_every_column_was_looked_at() -> None:
    """Says of a new column: list in `HOW` what finds its change, let the test below change it, then add it to `columns.json`."""
    there = {table: sorted(field.column for field in fields) for table, fields in tables().items()}
    assert there == json.loads(LOOKED_AT.read_text(encoding="utf-8"))
    assert [name for name, columns in there.items() for column in columns if how(name, column) is None] == []
    assert set(HOW) == set(there)


class _Ledger(MemoryFigures):
    """Prints two figures of a sensitive table, and keeps them."""

    def keep_printed(self, printed_facts: object, edition: str) -> str:
        return keep(
            edition,
            [
                printed("incidents?place=ML06,ML07&kind=theft", 108, at=7),
                printed("regions", 2, at=7, listed=("ML06", "ML07")),
            ],
            INDICATORS,
        )


class _Office(Office):
    """One that keeps what it prints in the disclosure ledger."""

    @property
    def desk(self) -> Desk:
        return replace(super().desk, figures=_Ledger(self.values))


@pytest.fixture
def full(opened: Instance, tmp_path: Path) -> Instance:
    """An instance with at least one row in every table of ours, by its own verbs."""
    _accounts()
    publish_form(FORM.encode(), OWNER, name="well_visit.md")
    publish_form(PHOTO.encode(), OWNER, name="photo.md")
    take(
        *(
            xml(f"uuid:{number}", women=40 + number, place=place)
            for number, place in enumerate(("ML07", "ML05", "ML06"))
        )
    )
    take(xml("uuid:7", women=47, corrects="uuid:2"), at=NOW + timedelta(hours=1))
    with clock.at(LATER):
        review(["uuid:1"], "approved", "other", OWNER, comment="Seen by telephone.")
        _entities()
        _files(tmp_path / "sent")
        assert [outcome.error for outcome in catch_up()] == [None, None]
        cutoff(DECEMBER, None, OWNER)
        _plan()
    _edition(tmp_path / "office")
    assert [outcome.error for outcome in catch_up()] == [None, None]
    return opened


def _accounts() -> None:
    columns = ("code", "name_en", "name_fr", "acronym", "kind", "aliases", "valid_from", "valid_to")
    values = ("wellwater", "Well Water", "Eau de puits", "WW", "ngo", "", "2016-01-01", "")
    loaded = {
        "organisations": load_organisations([dict(zip(columns, values, strict=True))]),
        "places": places_digest(),
    }
    with writing():
        acts = [
            journal.NewAct(kind=f"{name}.replaced", subject=name, detail={"digest": own})
            for name, own in loaded.items()
        ]
        journal.append(acts, "owner")
    add_account(
        "awa", ["reporting_officer"], OWNER, organisation="wellwater", scope=["ML07"], password="correct horse battery"
    )
    add_account("old-phone", ["enumerator"], OWNER, scope=["ML05"])
    disable_account("old-phone", OWNER)


def _entities() -> None:
    receive([visit(11, create=True, status="new"), visit(12, WELLS[1], days=1, base=1, status="dug")], (), OWNER)
    receive([visit(13, base=1, days=2, status="dug"), visit(14, base=1, days=3, status="dry")], (), OWNER)
    registry.fold()
    found = registry.entity("wells", WELLS[0])
    assert found is not None and found.conflict is not None
    registry.resolve("wells", WELLS[0], OWNER, base_version=found.version, properties={"status": "dry"})
    registry.require_approval("wells", True, OWNER)
    registry.fold()


def _files(folder: Path) -> None:
    """A photo that comes with its form, one that comes later, one that never comes; a row that is refused, and one that is taken after all."""
    folder.mkdir()
    text = '<data id="photo" version="1"><on>2016-12-05</on><picture>{0}.jpg</picture><meta><instanceID>uuid:{0}</instanceID></meta></data>'
    (folder / "p.jpg").write_bytes(b"\xff\xd8 a photo")
    for name in "pqr":
        (folder / f"{name}.xml").write_text(text.format(name))
        load([folder / f"{name}.xml"], OWNER)
    (folder / "q.jpg").write_bytes(b"\xff\xd8 another")
    load([folder / "q.xml"], OWNER)
    (folder / "bad.csv").write_bytes(rows("31/02/2016,Gao,cash,3,4,10"))
    load([folder / "bad.csv"], OWNER)


def _plan() -> None:
    """As the protection officer makes one coarser."""
    plans = [PlannedFigures(indicator="incidents", period=DECEMBER, figures=(printed("incidents", 108, at=7),))]
    detail = {"plans": digest_of_plans((plans, 7))}
    with writing():
        act = journal.NewAct(kind="publication.coarsened", subject="2016-12", detail=detail)
        keep_plans(plans, 7, journal.append([act], "owner").first)


def _edition(folder: Path) -> None:
    office = _Office(folder)
    compiled = office.compiled()
    clearing.set_owner(compiled, clearing.sections_of(compiled.parsed.update)[0].title, "Awa", OWNER)
    office.clear()
    office.edit(("in the north", "in 4 regions of the north"))
    compiled = office.compiled()
    [finding] = [each for each in compiled.report.findings if each.weight == "waivable"][:1]
    clearing.waive(compiled, finding.key, "Awa", "counted by hand", OWNER)
    office.edit(("in 4 regions of the north", "in the north"))
    office.issue()
    office.issue(nature="restated", reason="late returns")


#: Which of the checks of `verify` look at the tables of an app.
CHECKS = {
    "journal": lambda: journal.verify(),
    "access": access.verify,
    "places": lambda: (*places.verify(), *_tables()),
    "organisations": _tables,
    "collect": collect.verify,
    "registry": registry.verify,
    "figures": figures.verify,
    "publish": publish.verify,
}


def found(app: str) -> set[str]:
    """What the app's own checks find; damage may stop one, which is a finding too."""
    return {problem.id for problem in _guarded(app, CHECKS[app])}


@pytest.mark.slow
def test_a_change_of_any_column_is_named(full: Instance) -> None:
    assert check_all("en") == []
    missed: dict[str, Any] = {}
    for table, fields in tables().items():
        for field in fields:
            fault, app = how(table, field.column) or "", field.model._meta.app_label
            if fault.startswith(("derived: ", "unused: ")):
                continue
            with undone():
                disarm(table)
                change(table, field)
                if fault not in (told := found(app)):
                    missed[f"{table}.{field.column}"] = (fault, told)
    assert missed == {}, "\n".join(f"{name}: {what}" for name, what in missed.items())


def disarm(table: str) -> None:
    """Take away the triggers that refuse a change: whoever may alter the schema can."""
    for name in sorted(triggers_of(table)):
        if name.startswith(table):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            execute(f"DROP TRIGGER {name}{on}")


def change(table: str, field: models.Field) -> None:
    """Give one row of the table another value in this column. Refuses (`AssertionError`) an empty table."""
    quote = connection.ops.quote_name
    key = quote(field.model._meta.pk.column)
    column = quote(field.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {quote(table)} ORDER BY ({column} IS NULL), {key}")
        there = cursor.fetchall()
        assert there, f"no row in {table}"
        own, value = chosen(table, field, there)
        cursor.execute(f"UPDATE {quote(table)} SET {column} = %s WHERE {key} = %s", [value, own])
        assert cursor.rowcount == 1


def chosen(table: str, field: models.Field, there: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    """Which row gets which value."""
    own, value = there[0]
    if isinstance(field, models.ForeignKey):
        others = [
            key for key in field.related_model.objects.order_by("-pk").values_list("pk", flat=True) if key != value
        ]
        taken = {row[1] for row in there} if field.unique else set()
        return own, next(key for key in others if key not in taken)
    return own, other(field, value)


def other(field: models.Field, value: Any) -> Any:
    """A value of the same type that is another one."""
    match field:
        case models.BooleanField():
            return not value
        case models.JSONField():
            return json.dumps({"other": 1})
        case models.DateTimeField():
            at = datetime(2001, 1, 1, tzinfo=UTC)
            return connection.ops.adapt_datetimefield_value(at)
        case models.DateField():
            return connection.ops.adapt_datefield_value(date(2001, 1, 1))
        case models.DecimalField():
            return "1.5"
        case models.IntegerField():
            return (value or 0) + 9_000
    text = str(value or "")
    return ("0" if text[:1] != "0" else "1") + text[1:] if text else "x"
