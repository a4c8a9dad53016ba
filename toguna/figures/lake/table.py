"""One Delta table of the lake: its files by month, and commits that add and remove files and say which act they reached.

Files are written by us (sorted, zstd), then named in one commit of the Delta log together with those they replace: a reader sees
all of a commit or nothing. The commit carries the sequence reached as the transaction of application ``toguna``.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from toguna.figures.core.lake_shape import LakeTable
from toguna.figures.core.snapshot import LakeFile, Snapshot
from toguna.instance.api import flush_file, flush_folder
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import deltalake
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    from deltalake import transaction
else:
    deltalake = library("deltalake")
    transaction = library("deltalake.transaction")
    pa = library("pyarrow")
    pc = library("pyarrow.compute")
    pq = library("pyarrow.parquet")

APPLICATION = "toguna"
#: Rows of a Parquet row group: what DuckDB gives one thread.
ROW_GROUP = 122_880
_CONFIGURATION = {"delta.checkpointInterval": "20", "delta.logRetentionDuration": "interval 7 days"}
#: Stands in the folder of a table that got columns after its first file.
_EVOLVED = "_evolved"
_COUNTED = ("_seq_from", "_seq_to")


def is_current(snapshot: Snapshot) -> bool:
    """The table is there, and no later commit stands in its log."""
    log = snapshot.folder / "_delta_log"
    return log.exists() and not (log / f"{snapshot.version + 1:020}.json").exists()


def exists(folder: Path) -> bool:
    return deltalake.DeltaTable.is_deltatable(str(folder))


def create(folder: Path, shape: LakeTable) -> None:
    """An empty table, or the one there with the shape's further columns added."""
    if not exists(folder):
        folder.mkdir(parents=True, exist_ok=True)
        deltalake.DeltaTable.create(
            folder, shape.delta, partition_by=["_month"], description=shape.identity, configuration=_CONFIGURATION
        )
        return
    table = deltalake.DeltaTable(folder)
    held = {field.name for field in table.schema().fields}
    fields = {field.name: field for field in deltalake.Schema.from_arrow(shape.delta).fields}
    missing = [field for name, field in fields.items() if name not in held]
    if missing:
        (folder / _EVOLVED).touch()
        table.alter.add_columns(
            missing, commit_properties=deltalake.CommitProperties(custom_metadata={"toguna": "new columns"})
        )


def fits(folder: Path, shape: LakeTable) -> bool:
    """Whether the table on disk can take the shape by adding columns only."""
    table = deltalake.DeltaTable(folder)
    if table.metadata().description != shape.identity:
        return False
    held = {field.name: field.type for field in table.schema().fields}
    fields = deltalake.Schema.from_arrow(shape.delta).fields
    wanted = {field.name for field in fields}
    return set(held) <= wanted and all(held.get(field.name, field.type) == field.type for field in fields)


def open_table(folder: Path) -> Snapshot:
    """The table as its newest commit has it."""
    table = deltalake.DeltaTable(folder)
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    files = sorted(
        (
            LakeFile(
                path=action["path"],
                month=action["partition._month"],
                rows=action["num_records"],
                size=action["size_bytes"],
                seq_from=action.get("max._seq_from") or 0,
                seq_to=action.get("max._seq_to") or 0,
            )
            for action in actions
        ),
        key=lambda file: (file.month, file.path),
    )
    names = tuple(field.name for field in table.schema().fields if field.name != "_month")
    return Snapshot(
        folder=folder,
        version=table.version(),
        reached=table.transaction_version(APPLICATION) or 0,
        files=tuple(files),
        columns=names,
        evolved=(folder / _EVOLVED).exists(),
    )


def write_file(folder: Path, month: str, rows: pa.Table, shape: LakeTable) -> transaction.AddAction:
    """A sorted file of one month, on disk and not yet part of the table."""
    name = uuid4().hex
    draft = folder / f"_month={month}" / f"_{name}.draft"
    draft.parent.mkdir(exist_ok=True)
    ordered = rows.sort_by([(column, "ascending") for column in shape.sorting])
    pq.write_table(ordered, draft, compression="zstd", row_group_size=ROW_GROUP, write_statistics=True)
    flush_file(draft)
    path = draft.with_name(f"{name[:8]}-{content_digest(draft)}.parquet")
    draft.rename(path)
    return transaction.AddAction(
        path=f"{path.parent.name}/{path.name}",
        size=path.stat().st_size,
        partition_values={"_month": month},
        modification_time=int(time.time() * 1000),
        data_change=True,
        stats=json.dumps(_statistics(ordered)),
    )


def content_digest(path: Path) -> str:
    """The part of a file's name that tells its content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:32]


def commit(
    folder: Path, shape: LakeTable, adds: Sequence[transaction.AddAction], removes: Sequence[LakeFile], reached: int
) -> None:
    """One commit: these files in, those out, and the table has reached this act. On disk before it returns."""
    for part in sorted({(folder / add.path).parent for add in adds}):
        flush_folder(part)
    table = deltalake.DeltaTable(folder)
    now = int(time.time() * 1000)
    gone = [
        transaction.RemoveAction(
            path=file.path,
            data_change=True,
            deletion_timestamp=now,
            size=file.size,
            partition_values={"_month": file.month},
        )
        for file in removes
    ]
    table.create_write_transaction(
        [*adds, *gone],
        "append",
        table.schema(),
        partition_by=["_month"],
        commit_properties=deltalake.CommitProperties(
            app_transactions=[deltalake.Transaction(APPLICATION, reached)],
            custom_metadata={"reached": str(reached), "at": datetime.now(UTC).isoformat(timespec="seconds")},
        ),
    )
    flush_log(folder)


def flush_log(folder: Path) -> None:
    """Make the table's last commits durable: the library does not, and the state of the lake will rely on them."""
    log = folder / "_delta_log"
    for path in sorted(log.glob("*.json"))[-2:]:
        flush_file(path)
    flush_folder(log)
    flush_folder(folder)


def vacuum(folder: Path, hours: int = 1) -> None:
    """Delete files that no commit names and no reader of the last hours can still hold."""
    deltalake.DeltaTable(folder).vacuum(
        retention_hours=hours, enforce_retention_duration=False, dry_run=False, full=True
    )


def read_files(snapshot: Snapshot, files: Sequence[LakeFile], schema: pa.Schema) -> pa.Table:
    """These files' rows in the given schema; columns that a file lacks are null."""
    parts = [pq.read_table(snapshot.folder / file.path, partitioning=None) for file in files]
    aligned = [
        pa.table(
            [
                part[field.name].cast(field.type)
                if field.name in part.column_names
                else pa.nulls(part.num_rows, field.type)
                for field in schema
            ],
            schema=schema,
        )
        for part in parts
    ]
    return pa.concat_tables(aligned) if aligned else schema.empty_table()


def _statistics(rows: pa.Table) -> dict[str, object]:
    least, most, nulls = {}, {}, {}
    for name in _COUNTED:
        bounds = pc.min_max(rows[name]).as_py()
        nulls[name] = rows[name].null_count
        if bounds["min"] is not None:
            least[name], most[name] = bounds["min"], bounds["max"]
    return {"numRecords": rows.num_rows, "minValues": least, "maxValues": most, "nullCount": nulls}
