"""Backups of an instance, restoring them, bringing an older instance forward."""

from toguna.instance.api import current
from toguna.kernel.api import Problem
from toguna.maintenance.archive import check_archive, read_manifest
from toguna.maintenance.backing_up import Backup, backup
from toguna.maintenance.core.manifest import Manifest, Member
from toguna.maintenance.migrating import Migrated, migrate
from toguna.maintenance.restoring import Restored, record_restored, restore
from toguna.maintenance.store.digests import verify_attested

__all__ = [
    "Backup",
    "Manifest",
    "Member",
    "Migrated",
    "Restored",
    "backup",
    "check_archive",
    "migrate",
    "read_manifest",
    "record_restored",
    "restore",
    "verify",
]


def verify() -> tuple[Problem, ...]:
    """Rows that were attested at the last migration and are no longer there as they were."""
    return verify_attested(current().files)
