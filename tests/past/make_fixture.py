"""Makes the instance of commit 9907250 that later changes are tested against: `9907250.tar.xz`.

In it: `sqlite/` (an instance folder), `postgresql/` (another's folder) and `postgresql.sql` (its database, as plain SQL).

Run it with the code of that commit, never with today's:

    git worktree add --detach OLD 9907250
    PYTHONPATH=OLD python tests/past/make_fixture.py OLD tests/past/fixture

`OLD/tests/pack/savania` is the pack; a form with entities, a text and invented records are added here. The clock is set, so that
nothing depends on the day; ids of instance and secrets are drawn and differ from run to run. PostgreSQL's half wants its binaries.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

WELLS = """# Well visit

| survey | | | | | | |
| | type | name | label::English (en) | label::Français (fr) | bind::tg:sensitivity | save_to | bind::tg:lake |
| | date | seen_on | Day | Jour | internal | | |
| | text | well | Well | Puits | internal | | yes |
| | select_one_from_file places.csv | place | Place | Lieu | internal | | |
| | text | status | Status | État | internal | status | yes |
| | integer | depth | Depth | Profondeur | internal | depth | |
| | text | keeper | Keeper | Gardien | confidential | | |
| entities | | | | | |
| | list_name | label | entity_id | create_if | update_if |
| | wells | ${well} | ${well} | ${status} = 'new' | ${status} != 'new' |
| settings | | | | | |
| | form_id | form_title | version | default_language | tg:date |
| | well_visit | Well visit | 1 | English (en) | seen_on |
"""
INDICATORS = """
wells_visited:
  label: {en: visits to wells, fr: visites de puits}
  unit: visits
  basis: counted
  kind: flow
  from: well_visit
  measure: count
  date: seen_on
  place: place
"""
UPDATE = """---
product: operational_update
title: Operational update
subtitle: Savania, April 2020
place: XS
covers: 2020-04
cut_off: 2020-05-06T12:00
language: en
languages: [en]
---

```highlights
- [340](fig:school_meals) school meals were served in the south.
- [26](fig:hygiene_participants) people took part in hygiene sessions in the north.
```
"""
VISITS = """seen_on,well,place,status,depth,keeper
2020-04-03,{0},XS0101,new,20,Awa Keita
2020-04-04,{1},XS0201,new,31,Issa Ba
2020-04-20,{0},XS0101,broken,,Awa Keita
"""
#: Asked before and after every migration; the answers stand in `9907250.json`.
FIGURES = ("hygiene_participants", "hygiene_participants?sex=f", "school_meals", "refugees", "wells_visited")
#: The journal's last act when everything is done.
LAST = "23"


def main(old: Path, out: Path) -> None:
    """Refuses (`AssertionError`) a step that does not do what it is here for."""
    os.umask(0o022)
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        answers = make(old, folder, home)
        (out / "9907250-names.json").write_text(json.dumps(names(home), indent=1, sort_keys=True) + "\n")
        settle(home)
        (out / "9907250.json").write_text(json.dumps(answers, indent=1, sort_keys=True) + "\n")
        other = folder / "other"
        other.mkdir()
        dump = make_on_postgresql(old, other)
        with tarfile.open(out / "9907250.tar.xz", "w:xz", preset=9) as tar:
            tar.add(home, "sqlite", filter=plain)
            tar.add(other / "home", "postgresql", filter=plain)
            tar.add(dump, "postgresql.sql", filter=plain)


def past(module: str) -> Any:
    """A module of that commit. Named by a string: whoever renames today's modules must not rename these."""
    return import_module(f"toguna.{module}")


def make(old: Path, folder: Path, home: Path) -> dict[str, object]:
    """The instance, by the verbs of that commit; returns what it answers."""
    toguna, clock, drawn_id = past("cli").main, past("kernel").clock, past("kernel").drawn_id

    def run(*words: str, status: int = 0) -> None:
        assert toguna([*words, "--home", str(home)]) == status, words

    pack = write_pack(old, folder)
    with clock.at(datetime(2020, 4, 1, 8, tzinfo=UTC)):
        run("new", "--pack", str(pack))
        run("user", "add", "awa", "--role", "reporting_officer")
        run("user", "add", "old-phone", "--role", "enumerator", "--place", "XS01")
        run("user", "disable", "old-phone")
    visits = folder / "visits.csv"
    visits.write_text(VISITS.format(drawn_id("well", "1"), drawn_id("well", "2")))
    with clock.at(datetime(2020, 4, 25, 8, tzinfo=UTC)):
        run("load", str(visits), "--form", "well_visit")
    with clock.at(datetime(2020, 5, 2, 8, tzinfo=UTC)):
        run("load", str(returned(folder, "first", women=11)))
        (folder / "bad.csv").write_text("seen_on,well,place,status,depth,keeper\n2020-04-03,x,XS99,new,20,\n")
        run("load", str(folder / "bad.csv"), "--form", "well_visit", status=1)
    with clock.at(datetime(2020, 5, 3, 8, tzinfo=UTC)):
        run("load", str(returned(folder, "second", women=12)))
        review(run)
    issue(run, pack)
    return ask(home)


def write_pack(old: Path, folder: Path) -> Path:
    """The pack of the tests with one form, one indicator and one text more."""
    pack = Path(shutil.copytree(old / "tests" / "pack" / "savania", folder / "pack"))
    (pack / "forms" / "well_visit.md").write_text(WELLS)
    (pack / "indicators" / "wells.yaml").write_text(INDICATORS)
    (pack / "updates").mkdir()
    (pack / "updates" / "2020-04.en.md").write_text(UPDATE)
    return pack


def returned(folder: Path, name: str, *, women: int) -> Path:
    """The partner's return of April; a second one corrects the first, by the form's key."""
    generate = past("pack.generate")
    schema = past("collect.forms").read_form(folder / "pack" / "forms" / "monthly_return.md").schema
    assert schema is not None
    hygiene = {"activity": "hygiene_session", "population": "HST", "place": "XS0101", "sessions": 2}
    meals = {"activity": "school_meal", "population": "REF", "place": "XS0201", "items": 340}
    rows = ({**hygiene, "women": women, "men": 5, "children": 9}, meals)
    header = {"organisation": "wellwater", "month": date(2020, 4, 1), "nil": "no"}
    filled = generate.Filled(form="monthly_return", header=header, rows={"result": rows})
    at = datetime(2020, 5, 2, tzinfo=UTC)
    delivery = generate.Delivery(
        received_at=at, name=name, form="monthly_return", filled=(filled,), how="xlsx", language="fr"
    )
    [(file, content)] = generate.written(delivery, schema)
    (folder / file).write_bytes(content)
    return folder / file


def review(run) -> None:  # type: ignore[no-untyped-def]
    """One visit is rejected."""
    last = (
        past("collect.models")
        .Submission.objects.filter(form_version__form_id="well_visit")
        .order_by("-sequence")
        .first()
    )
    run("review", last.instance_id, "--state", "rejected", "--reason", "duplicate", "--comment", "Sent twice")


def issue(run, pack: Path) -> None:  # type: ignore[no-untyped-def]
    """The period is closed and its text issued."""
    source = str(pack / "updates" / "2020-04.en.md")
    with past("kernel").clock.at(datetime(2020, 5, 6, 12, 30, tzinfo=UTC)):
        run("cutoff", "2020-04", "--at", "2020-05-06T12:00")
        run("update", "clear", source, "--by", "the Representative", "--on", "2020-05-06", "--means", "meeting")
        run("update", "issue", source)
        run("verify", "--editions")


def names(home: Path) -> dict[str, object]:
    """The names of that commit that never change, but for those in the answers: see `test_names.py`."""
    apps = import_module("django.apps").apps
    past("instance").open_instance(home)
    tables = sorted(model._meta.db_table for model in apps.get_models())
    source = past("figures.opened").feeds()
    offered = {one.name: sorted(one.table.logical) for feed in source for one in feed.offered()}
    folder = Path(past("kernel").__file__).parents[1]
    modules = [".".join(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("problems.py")]
    catalogue = past("kernel").Catalogue
    found = [value for name in modules for value in vars(past(name)).values() if isinstance(value, catalogue)]
    problems = {fault.id: fault.severity for one in found for fault in one.values()}
    return {
        "labels": sorted(config.label for config in apps.get_app_configs()),
        "tables": tables,
        "acts": sorted(past("access").rights().by_act),
        "used_acts": sorted({act.kind for act in past("journal").acts()}),
        "roles": sorted(past("access").rights().roles),
        "problems": problems,
        "verbs": sorted(past("cli.command").VERBS),
        "from": offered,
    }


def ask(home: Path) -> dict[str, object]:
    """What the instance answers as of its last act: figures, one trace, its accounts and editions."""
    answers: dict[str, object] = {}
    for reference in FIGURES:
        answers[reference] = told(home, "figures", reference, "--period", "2020-04", "--as-of", LAST)
    answers["trace"] = told(home, "trace", "hygiene_participants", "--period", "2020-04", "--as-of", LAST)
    answers["user list"] = told(home, "user", "list")
    answers["update editions"] = told(home, "update", "editions")
    return answers


def told(home: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "toguna", *words, "--home", str(home), "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def settle(home: Path) -> None:
    """One database file, without its log; nothing that is made anew."""
    database = sqlite3.connect(home / "toguna.sqlite3")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("VACUUM")
    database.close()
    empty(home)


def empty(home: Path) -> None:
    """Without what is made anew."""
    for name in ("cache", "lake"):
        shutil.rmtree(home / name)
        (home / name).mkdir(mode=0o700)


def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = 0
    return info


def make_on_postgresql(old: Path, folder: Path) -> Path:
    """The same past on a server of its own, its folder at `folder/home`; returns its dump."""
    sys.path.insert(1, str(old))
    postgresql = import_module("tests.postgresql")

    home = folder / "home"
    with postgresql.server() as dsn:
        postgresql.run(dsn, "CREATE DATABASE past")
        address = dsn.replace("dbname=postgres", "dbname=past")
        script = "import sys; from pathlib import Path; import make_fixture as m; m.make(*map(Path, sys.argv[1:]))"
        environment = {**os.environ, "TOGUNA_DATABASE": address, "PYTHONPATH": f"{old}:{Path(__file__).parent}"}
        subprocess.run([sys.executable, "-c", script, str(old), str(folder), str(home)], check=True, env=environment)
        program = shutil.which("pg_dump") or str(sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1])
        wanted = ["--no-owner", "--no-privileges", "--schema", "toguna", "--rows-per-insert", "100"]
        sql = subprocess.run([program, "--dbname", address, *wanted], check=True, capture_output=True, text=True).stdout
    dump = folder / "postgresql.sql"
    dump.write_text("".join(line for line in sql.splitlines(keepends=True) if not line.startswith("\\")))
    empty(home)
    settings = (home / "instance.toml").read_text().splitlines(keepends=True)
    (home / "instance.toml").write_text("".join(line for line in settings if not line.startswith("database")))
    return dump


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
