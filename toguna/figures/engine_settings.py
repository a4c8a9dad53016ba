"""Which engine answers: DuckDB, or a cluster for what reads many rows. From the environment, else from `instance.toml` (docs/scale.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from toguna.figures.lake.spark import SparkEngine, SparkSettings, TableFormat
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Refused

#: Rows read from which on a cluster answers, unless a setting says otherwise: below it one machine is faster (docs/scale.md).
REMOTE_ABOVE = 200_000_000
DUCKDB = "duckdb"


@dataclass(frozen=True, kw_only=True)
class RemoteEngine:
    """A cluster, and the number of rows read from which on it answers."""

    engine: SparkEngine
    above: int


def remote_engine(
    lake: Path, written: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> RemoteEngine | None:
    """The engine that the settings name, not yet connected; None for DuckDB alone. Refuses a setting that says nothing of use."""
    address = _setting("engine", written, environment)
    if address in ("", DUCKDB):
        return None
    above = _setting("engine_above", written, environment) or str(REMOTE_ABOVE)
    if not above.isascii() or not above.isdigit():
        raise Refused(FAULTS["engine_above"].at(value=above, where=_where("engine_above", environment)))
    tables = _setting("engine_tables", written, environment) or "files"
    if tables not in get_args(TableFormat):
        raise Refused(FAULTS["engine_tables"].at(value=tables, where=_where("engine_tables", environment)))
    there = _setting("engine_lake", written, environment)
    engine = engine_at(address, lake, there, tables, where=_where("engine", environment))  # type: ignore[arg-type]
    return RemoteEngine(engine=engine, above=int(above))


def engine_beside(
    address: str, lake: Path, written: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> SparkEngine:
    """The engine at an address that a verb was given; how it reads the lake stands in the settings. Refuses what is no such address."""
    given = {**written, "engine": address, "engine_above": "0"}
    named = {name: value for name, value in environment.items() if name not in ("TOGUNA_ENGINE", "TOGUNA_ENGINE_ABOVE")}
    found = remote_engine(lake, given, named)
    if found is None:
        raise Refused(FAULTS["engine_setting"].at(value=address, where="--engine"))
    return found.engine


def engine_at(
    address: str, lake: Path, there: str = "", tables: TableFormat = "files", *, where: str = "--engine"
) -> SparkEngine:
    """The engine at an address, not yet connected; `there`: the lake's folder as the cluster names it. Refuses what is no such address."""
    if not _is_address(address):
        raise Refused(FAULTS["engine_setting"].at(value=address.partition("/;")[0], where=where))
    return SparkEngine(SparkSettings(address=address, here=lake, there=there or str(lake.resolve()), tables=tables))


def _is_address(text: str) -> bool:
    """Whether the text is `sc://host`, with a port from 1 to 65535 if it names one."""
    try:
        parts = urlsplit(text)
        return parts.scheme == "sc" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _setting(name: str, written: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    return environment.get(f"TOGUNA_{name.upper()}") or str(written.get(name, ""))


def _where(name: str, environment: Mapping[str, str]) -> str:
    variable = f"TOGUNA_{name.upper()}"
    return variable if environment.get(variable) else f"instance.toml, {name}"
