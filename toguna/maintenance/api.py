"""Backups of an instance, restoring them, bringing an older instance forward."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.maintenance.archive import check_archive, read_manifest
    from toguna.maintenance.backing_up import Backup, backup
    from toguna.maintenance.core.manifest import Manifest, Member
    from toguna.maintenance.examining import examine
    from toguna.maintenance.migrating import Migrated, migrate
    from toguna.maintenance.restoring import Restored, record_restored, restore
    from toguna.maintenance.verifying import verify

__all__ = [
    "Backup",
    "Manifest",
    "Member",
    "Migrated",
    "Restored",
    "backup",
    "check_archive",
    "examine",
    "migrate",
    "read_manifest",
    "record_restored",
    "restore",
    "verify",
]

__getattr__ = door(__name__, __file__)
