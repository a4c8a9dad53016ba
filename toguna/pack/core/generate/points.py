"""Water points: each an entity that visits make and change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from toguna.kernel.api import drawn_id
from toguna.pack.core.generate.calendar import evening_of
from toguna.pack.core.generate.drawn import Delivery, EntityNode, Filled, Ruling
from toguna.pack.core.generate.plan import Plan, Points, Visit

#: The works from which on a point is there.
_STANDING = ("installed", "handed_over")


def draw_points(plan: Plan, place_names: Mapping[str, str], rng: Random) -> Iterator[Delivery | Ruling]:
    numbers: dict[str, int] = {}
    for kind, points in enumerate(plan.points):
        for at in range(points.count):
            place = points.places[at % len(points.places)]
            label = f"{points.name['en']}, {place_names.get(place, place)}"
            numbers[label] = numbers.get(label, 0) + 1
            label += f" {numbers[label]}" if numbers[label] > 1 else ""
            visits = list(_visits(points, f"{kind}.{at}", place, label, rng))
            yield from visits
            if points.rejected is not None:
                ids = tuple(filled.instance_id for visit in visits for filled in visit.filled)
                yield Ruling(at=points.rejected, instance_ids=ids, state="rejected", reason=points.reason)


def _visits(points: Points, number: str, place: str, label: str, rng: Random) -> Iterator[Delivery]:
    entity_id = drawn_id("point", points.list, number, label)
    works, since, installed = "", "", ""
    for version, visit in enumerate(points.visits):
        first, last = map(date.fromisoformat, visit.on)
        day = first + timedelta(days=rng.randint(0, (last - first).days))
        since = since if visit.works == works else day.isoformat()
        works = visit.works
        installed = installed or (day.isoformat() if works in _STANDING else "")
        new = {"point_name": label, "point_type": points.type, "place": place}
        header = {
            "visited_on": day.isoformat(),
            "is_new": "no" if version else "yes",
            **({"point": entity_id} if version else new),
            **_state(visit, since, installed),
        }
        node = EntityNode(list_name=points.list, entity_id=entity_id, label=label, base_version=version or None)
        instance_id = f"uuid:{drawn_id('visit', entity_id, str(version))}"
        filled = Filled(form=points.form, header=header, instance_id=instance_id, entity=node)
        name = f"{points.list}-{number}-{version + 1}"
        yield Delivery(received_at=evening_of(day, rng), name=name, form=points.form, filled=(filled,), how="xml")


def _state(visit: Visit, since: str, installed: str) -> dict[str, object]:
    state = {
        "works": visit.works,
        "works_on": since,
        "cause": visit.cause,
        "expected_on": visit.expected_on,
        "installed_on": installed if visit.works in _STANDING else "",
        "functionality": visit.functionality,
    }
    return {name: value for name, value in state.items() if value}
