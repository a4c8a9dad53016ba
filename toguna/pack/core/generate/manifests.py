"""A movement with its manifest: who was on it, and who boarded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from toguna.kernel.api import drawn_id
from toguna.pack.core.generate.drawn import Delivery, Filled
from toguna.pack.core.generate.names import invented_name
from toguna.pack.core.generate.plan import Manifest, Plan


def draw_manifests(plan: Plan, rng: Random) -> Iterator[Delivery]:
    for manifest in plan.manifests:
        name = "-".join(("manifest", *list(manifest.header.values())[:1]))
        persons = [
            _person(manifest, sex, boarded, rng)
            for boarded, numbers in (("yes", manifest.boarded), ("no", manifest.absent))
            for sex, number in numbers.items()
            for _ in range(number)
        ]
        rng.shuffle(persons)
        filled = Filled(
            form=manifest.form,
            header=manifest.header,
            rows={manifest.repeat: persons},
            instance_id=f"uuid:{drawn_id('manifest', name)}",
        )
        yield Delivery(received_at=manifest.received, name=name, form=manifest.form, filled=(filled,), how="xml")


def _person(manifest: Manifest, sex: str, boarded: str, rng: Random) -> dict[str, object]:
    youngest, oldest = manifest.ages
    age = round(rng.triangular(youngest, oldest, 18))
    day = manifest.received.date() - timedelta(days=age * 365 + rng.randint(30, 360))
    born: date = day
    return {"name": invented_name(rng), "sex": sex, "born_on": born, "boarded": boarded, **manifest.set}
