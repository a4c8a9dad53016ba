"""An instance made from a pack, all or not at all, and its demonstration replayed in the order in which it happened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toguna.access.api import acting, add_account
from toguna.collect.api import load_reference, publish_form, review
from toguna.collect.core.submissions.values import Receipt
from toguna.collect.loading import load
from toguna.figures.api import indicators
from toguna.instance.api import Instance, building, writing
from toguna.journal.api import NewAct, append, head
from toguna.kernel.api import Problem, Refused, errors, parse_period
from toguna.kernel.core import clock
from toguna.organisations.api import load_organisations
from toguna.pack.consumers import catch_up
from toguna.pack.core.generate import Closing, Delivery, Drawn, Ruling, written
from toguna.pack.installing import lookup_rows
from toguna.pack.problems import REPLAY_REFUSED
from toguna.pack.reading import Pack, draw_pack, read_pack
from toguna.pack.rehearsal import plan_faults
from toguna.places.api import load_places
from toguna.publish.closing import close_period
from toguna.revisions.api import keep_tree, read_folder

#: Tells that so many more steps are done.
Step = Callable[[int], None]
#: Opens a stretch of work under a label, of so many steps.
Progress = Callable[[str, int], AbstractContextManager[Step]]


@dataclass(frozen=True, kw_only=True)
class Made:
    """What was made."""

    home: Path
    forms: int
    deliveries: int
    submissions: int
    corrected: int
    #: The journal's last sequence.
    sequence: int
    #: Warnings of the pack.
    problems: tuple[Problem, ...]


@contextmanager
def quietly(label: str, total: int) -> Iterator[Step]:
    """Progress that nobody watches."""
    yield lambda done: None


def new(folder: Path, home: Path, progress: Progress = quietly) -> Made:
    """Make the instance. Refuses a pack with faults, every one told, and a path at which something is; then nothing is left behind."""
    pack, problems = read_pack(folder)
    faults = errors(problems) if pack is None else plan_faults(pack)
    if faults or pack is None:
        raise Refused(*faults)
    drawn = draw_pack(pack)
    with building(home, pack.operation) as instance:
        with (
            clock.at(pack.plan.forms_published.replace(tzinfo=pack.operation.time_zone)) if pack.plan else nullcontext()
        ):
            _set_up(pack, instance, progress)
        received, corrected = _replay(pack, drawn, progress)
        if pack.plan is None and pack.sources is not None:
            received += _load_sources(pack)
        with clock.at(_moment(drawn.steps[-1])) if drawn.steps else nullcontext():
            _add_accounts(pack)
        with progress("lake", 1) as step:
            for outcome in catch_up():
                if outcome.error is not None:
                    raise outcome.error
            indicators()
            step(1)
        sequence = head().sequence
    return Made(
        home=home, forms=len(pack.forms), deliveries=len(drawn.deliveries), submissions=received, corrected=corrected,
        sequence=sequence, problems=problems,
    )  # fmt: skip


def _set_up(pack: Pack, instance: Instance, progress: Progress) -> None:
    """Everything that stands before the first submission."""
    owner = acting(None)
    digests = {
        "places.replaced": load_places(pack.folder / "places.csv", pack.operation.languages),
        "organisations.replaced": load_organisations(pack.folder / "organisations.csv", pack.operation.languages),
    }
    told = {"forms": len(pack.forms), **keep_tree(instance.files, read_folder(pack.folder))}
    made = NewAct(kind="instance.made", subject=pack.operation.id, detail=told)
    replaced = [
        NewAct(kind=kind, subject=kind.partition(".")[0], detail={"digest": own}) for kind, own in digests.items()
    ]
    with writing():
        append([made, *replaced], owner.name)
    load_reference("places", lookup_rows([(place.code, place.name) for place in pack.places]), owner)
    load_reference("organisations", lookup_rows([(one.code, one.name) for one in pack.organisations]), owner)
    for name, table in pack.references.items():
        load_reference(name, table.as_text(), owner)
    with progress("forms", len(pack.forms)) as step:
        for form in pack.forms.values():
            publish_form(form.path, owner)
            step(1)


def _add_accounts(pack: Pack) -> None:
    owner = acting(None)
    for row in pack.accounts.rows if pack.accounts else ():
        add_account(
            row["name"],
            [role.strip() for role in row["roles"].split(";")],
            owner,
            organisation=row["organisation"] or None,
            scope=[place.strip() for place in row["places"].split(";") if place.strip()],
        )


def _replay(pack: Pack, drawn: Drawn, progress: Progress) -> tuple[int, int]:
    """Load each delivery at its moment; returns how many submissions were received and how many corrected others."""
    received = corrected = 0
    with tempfile.TemporaryDirectory() as place, progress("records", len(drawn.steps)) as step:
        for number, one in enumerate(drawn.steps):
            with clock.at(_moment(one)):
                if isinstance(one, Delivery):
                    receipt = _load(pack, one, Path(place) / str(number))
                    received += len(receipt.received)
                    corrected += len(receipt.corrected)
                elif isinstance(one, Ruling):
                    review(one.instance_ids, one.state, one.reason, acting(None))
                else:
                    close_period(parse_period(one.period), one.at, acting(None))
            step(1)
    return received, corrected


def _load_sources(pack: Pack) -> int:
    """The source register of a pack that has no past. Refuses a row that its form refuses."""
    receipt = load([pack.folder / "sources.csv"], acting(None), form_id="source_register")
    _require_all(receipt, "sources.csv")
    return len(receipt.received)


def _load(pack: Pack, delivery: Delivery, folder: Path) -> Receipt:
    """Write the delivery's files and load them. Refuses a delivery of which anything was refused."""
    folder.mkdir()
    for name, content in written(delivery, pack.forms[delivery.form].schema):
        (folder / name).write_bytes(content)
    for name in delivery.photos:
        shutil.copyfile(pack.folder / "photos" / name, folder / name)
    receipt = load([folder], acting(None), replayed=True)
    _require_all(receipt, delivery.name)
    shutil.rmtree(folder)
    return receipt


def _require_all(receipt: Receipt, name: str) -> None:
    if receipt.refused:
        faults = [problem for problem in receipt.problems if problem.is_error]
        raise Refused(*(REPLAY_REFUSED.at(file=name, reason=fault.written()) for fault in faults[:20]))


def _moment(step: Delivery | Ruling | Closing) -> datetime:
    return step.received_at if isinstance(step, Delivery) else step.at
