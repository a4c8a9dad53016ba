"""The demonstration with a random tenth of its records taken out, at least one of every kind, and whole places of what counts places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from random import Random

from toguna.pack.core.generate import Closing, Delivery, Drawn, Filled, Ruling
from toguna.pack.core.generate.drawn import Row

#: What a row of a repeat is of, beside its month: a tenth of each such kind is taken out.
_KIND = ("activity", "attendee", "population", "incident_type", "region", "sex", "boarded", "earmarking", "actor_kind")
#: The same of forms without a repeat.
_FLAT_KIND = ("type", "state", "service", "sex", "asylum", "kind", "body", "recipient")
#: Quoted, and replaced instead.
_QUOTED = ("source_register", "funding_update")
#: Columns of which, in every month and activity, a random tenth of the values goes wholly.
_WHOLE = {"monthly_return": ("place",), "incident_table": ("region", "incident_type")}
#: Of flat forms: what groups their lines, and of what a random value goes wholly.
_FLAT = {"cash_payment": ("list_version", "payment_place")}


def thin(drawn: Drawn, rng: Random, regions: dict[str, str], keys: dict[str, tuple[str, ...]]) -> Drawn:
    """The same without them. `regions`: the region of each place of payment; `keys`: the key columns of each form."""
    out: set[Hashable] = set()
    deliveries = [step for step in drawn.steps if isinstance(step, Delivery)]
    out |= _rows_out(deliveries, rng)
    out |= _payments_out(deliveries, rng, regions)
    out |= _entities_out(deliveries, rng)
    out |= _lines_out(deliveries, rng, keys)
    steps = [_without(step, out, keys) if isinstance(step, Delivery) else step for step in drawn.steps]
    here = {filled.instance_id for step in steps if isinstance(step, Delivery) for filled in step.filled}
    kept = [
        step
        for step in steps
        if (isinstance(step, Delivery) and step.filled)
        or (isinstance(step, Ruling) and set(step.instance_ids) <= here)
        or isinstance(step, Closing)
    ]
    return Drawn(steps=tuple(kept))


def _tenth(members: Iterable[Hashable], rng: Random) -> set[Hashable]:
    """A random tenth, at least one."""
    ordered = sorted(set(members), key=str)
    return set(rng.sample(ordered, max(1, len(ordered) // 10))) if ordered else set()


def _rows_out(deliveries: Sequence[Delivery], rng: Random) -> set[Hashable]:
    """Rows of repeats, by form, sender, month and number: the versions of a return share them."""
    kinds: dict[Hashable, list[Hashable]] = defaultdict(list)
    whole: dict[Hashable, dict[Hashable, list[Hashable]]] = defaultdict(lambda: defaultdict(list))
    for delivery in deliveries:
        for filled in delivery.filled:
            for repeat, rows in filled.rows.items():
                for number, row in enumerate(rows):
                    identity = _row_id(filled, repeat, number)
                    month = str(filled.header.get("month", ""))
                    kinds[(filled.form, month, *(row.get(column) for column in _KIND))].append(identity)
                    for column in _WHOLE.get(filled.form, ()):
                        group = (filled.form, month, row.get("activity"), column)
                        if row.get(column) != "extortion":
                            whole[group][str(row.get(column))].append(identity)
    out: set[Hashable] = set()
    for members in kinds.values():
        out |= _tenth(members, rng)
    for values in whole.values():
        for value in _tenth(values, rng):
            out |= set(values[value])
    return out


def _payments_out(deliveries: Sequence[Delivery], rng: Random, regions: dict[str, str]) -> set[Hashable]:
    by_lot: dict[Hashable, list[Hashable]] = defaultdict(list)
    by_region: dict[Hashable, set[Hashable]] = defaultdict(set)
    for delivery in deliveries:
        for filled in delivery.filled if delivery.form in _FLAT else ():
            row = filled.header
            region = regions[str(row["payment_place"])]
            by_lot[(row["list_version"], region)].append(row["payment"])
            by_region[region].add(row["payment"])
    out: set[Hashable] = set()
    for members in by_lot.values():
        out |= _tenth(members, rng)
    for region in _tenth(by_region, rng):
        out |= by_region[region]
    return out


def _entities_out(deliveries: Sequence[Delivery], rng: Random) -> set[Hashable]:
    """Entities: a tenth of each type, and all that stand in a random one of the places."""
    by_type: dict[Hashable, list[Hashable]] = defaultdict(list)
    by_place: dict[Hashable, set[Hashable]] = defaultdict(set)
    for delivery in deliveries:
        for filled in delivery.filled:
            if filled.entity is not None and filled.entity.base_version is None:
                kind, place = filled.header["point_type"], str(filled.header["place"])
                by_type[(kind, place[:4])].append(filled.entity.entity_id)
                by_place[place].add(filled.entity.entity_id)
    out: set[Hashable] = set()
    for members in by_type.values():
        out |= _tenth(members, rng)
    timbuktu = [place for place in by_place if str(place).startswith("ML06")]
    for place in _tenth(timbuktu, rng):
        out |= by_place[place]
    return out


def _lines_out(deliveries: Sequence[Delivery], rng: Random, keys: dict[str, tuple[str, ...]]) -> set[Hashable]:
    """Lines of lists and notes without a repeat, by form, month of receipt and kind."""
    kinds: dict[Hashable, list[Hashable]] = defaultdict(list)
    for delivery in deliveries:
        for filled in delivery.filled if delivery.form not in (*_FLAT, *_QUOTED) else ():
            if not filled.rows and filled.entity is None and "nil" not in filled.header:
                kind = tuple(str(filled.header.get(column)) for column in _FLAT_KIND)
                kinds[(filled.form, delivery.received_at.month, *kind)].append(_line_id(filled, keys))
    return set().union(*(_tenth(members, rng) for members in kinds.values()))


def _line_id(filled: Filled, keys: dict[str, tuple[str, ...]]) -> Hashable:
    return (filled.form, *(str(filled.header.get(column)) for column in keys[filled.form]), filled.instance_id)


def _row_id(filled: Filled, repeat: str, number: int) -> Hashable:
    header = filled.header
    sender = header.get("organisation") or header.get("source") or header.get("movement") or filled.instance_id
    return (filled.form, str(sender), str(header.get("month", "")), repeat, number)


def _without(delivery: Delivery, out: set[Hashable], keys: dict[str, tuple[str, ...]]) -> Delivery:
    kept = []
    for filled in delivery.filled:
        entity = filled.entity.entity_id if filled.entity else None
        if entity in out or _line_id(filled, keys) in out or (filled.form in _FLAT and filled.header["payment"] in out):
            continue
        rows = {name: _kept(filled, name, own, out) for name, own in filled.rows.items()}
        left = {name: own for name, own in rows.items() if own}
        header = filled.header
        if "nil" in header and filled.rows and not left:
            header = {name: value for name, value in header.items() if name != "narrative"} | {"nil": "yes"}
        kept.append(replace(filled, header=header, rows=left))
    return replace(delivery, filled=tuple(kept))


def _kept(filled: Filled, repeat: str, rows: Sequence[Row], out: set[Hashable]) -> list[Row]:
    return [row for number, row in enumerate(rows) if _row_id(filled, repeat, number) not in out]
