"""Backups of an instance, restoring them, bringing an older instance forward, and the doctor's report."""
