"""Files that are the same for everybody, named by their content when the server starts."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Beside what browsers ask for, a folder has what they do not.
NOT_SERVED = ["*.otf", "*.json", "*.txt", "*.svg.gz"]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names from the manifest that the server wrote when it started; a file's own name where there is none (a test, a verb)."""

    manifest_strict = False

    def hashed_name(self, name: str, content: object = None, filename: str | None = None) -> str:
        """A file that was not collected keeps its name."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
