"""Which engine answers: DuckDB, or a cluster for what reads many rows. From the environment, else from `instance.toml` (docs/scale.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from toguna.figures.lake.spark import CONNECT_SECONDS, SECONDS, SparkEngine, SparkSettings, TableFormat
from toguna.figures.lake.spark_address import is_token, parse_address, shown_address
from toguna.figures.problems import FAULTS
from toguna.kernel.api import Refused

#: Rows read from which on a cluster answers, unless a setting says otherwise: below it one machine is faster (docs/scale.md).
REMOTE_ABOVE = 200_000_000
DUCKDB = "duckdb"
#: Digits of the largest number that a setting may be.
_DIGITS = 15
#: A day: no setting of time may be longer.
_MOST_SECONDS = 86_400


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
    if not _is_number(above):
        raise Refused(FAULTS["engine_above"].at(value=above[:20], where=_where("engine_above", environment)))
    engine = _engine(address, lake, written, environment, where=_where("engine", environment))
    return RemoteEngine(engine=engine, above=int(above))


def engine_beside(
    address: str, lake: Path, written: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> SparkEngine:
    """The engine at an address that a verb was given; how it reads the lake stands in the settings. Refuses what is no such address."""
    return _engine(address, lake, written, environment, where="--engine")


def engine_at(
    address: str, lake: Path, there: str = "", tables: TableFormat = "files", *, where: str = "--engine"
) -> SparkEngine:
    """The engine at an address, not yet connected; `there`: the lake's folder as the cluster names it. Refuses what is no such address."""
    return _engine(address, lake, {"engine_lake": there, "engine_tables": tables}, {}, where=where)


def _engine(
    address: str, lake: Path, written: Mapping[str, Any], environment: Mapping[str, str], *, where: str
) -> SparkEngine:
    token = environment.get("TOGUNA_ENGINE_TOKEN", "")
    if token and not is_token(token):
        raise Refused(FAULTS["engine_token"].at())
    if parse_address(address, token) is None:
        fault = "engine_is_duckdb" if address == DUCKDB else "engine_setting"
        raise Refused(FAULTS[fault].at(value=shown_address(address), where=where))
    tables = _setting("engine_tables", written, environment) or "files"
    if tables not in get_args(TableFormat):
        raise Refused(FAULTS["engine_tables"].at(value=tables[:20], where=_where("engine_tables", environment)))
    return SparkEngine(
        SparkSettings(
            address=address,
            here=lake,
            there=_setting("engine_lake", written, environment) or str(lake.resolve()),
            tables=tables,  # type: ignore[arg-type]
            token=token,
            seconds=_seconds("engine_seconds", SECONDS, written, environment),
            connect_seconds=_seconds("engine_connect_seconds", CONNECT_SECONDS, written, environment),
        )
    )


def _seconds(name: str, usual: int, written: Mapping[str, Any], environment: Mapping[str, str]) -> int:
    found = _setting(name, written, environment) or str(usual)
    if not _is_number(found) or not 0 < int(found) <= _MOST_SECONDS:
        raise Refused(FAULTS["engine_seconds"].at(value=found[:20], where=_where(name, environment)))
    return int(found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def _setting(name: str, written: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    return environment.get(f"TOGUNA_{name.upper()}") or str(written.get(name, ""))


def _where(name: str, environment: Mapping[str, str]) -> str:
    variable = f"TOGUNA_{name.upper()}"
    return variable if environment.get(variable) else f"instance.toml, {name}"
