"""The faults of revisions: what may not be kept, what was changed meanwhile, what is missing."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("revisions")

# What may not be kept

PATH_INVALID = FAULTS.error(
    "path_invalid",
    '"{path}" cannot be the path of a file of the pack.',
    "Use a relative path of at most {most} characters, without .., hidden files, backslashes or control characters.",
)
PATH_TWICE = FAULTS.error(
    "path_twice",
    "{path} and {other} cannot both be in the pack: on some systems they are the same file, or one is a folder of the other.",
    "Rename one of them.",
)
FILE_TOO_LARGE = FAULTS.error(
    "file_too_large", "{path} has {bytes} bytes; a file of the pack may have {most}.", "Make the file smaller."
)
TOO_MANY_FILES = FAULTS.error(
    "too_many_files",
    "The pack would have {count} files; it may have {most}.",
    "Take out what the operation does not use.",
)
LINK = FAULTS.error("link", "{path} is a symbolic link.", "Put the file itself there.")
NO_FOLDER = FAULTS.error("no_folder", "There is no folder {path}.", "Name the folder of the operation pack.")

# What was changed meanwhile, what is missing

CHANGED_MEANWHILE = FAULTS.error(
    "changed_meanwhile",
    "{actor} changed {files} on {at}, after you read it; nothing was written.",
    "Read the newest version, make your change in it, and try again.",
)
REVISION_UNKNOWN = FAULTS.error(
    "revision_unknown", "There is no revision {digest}.", "`toguna pack history` lists the revisions."
)
FILE_UNKNOWN = FAULTS.error(
    "file_unknown", "The pack has no file {path}.", "Check the path. `toguna pack history` lists what was changed."
)
CONTENT_DIFFERS = FAULTS.error(
    "content_differs",
    "The content of {path} ({sha256}) was changed on the disk.",
    "Restore the folder files/ from a backup.",
)

# What verify finds

LIST_MISSING = FAULTS.error(
    "list_missing",
    "The list of files of revision {digest} (act {sequence}) is missing or damaged.",
    "Restore the folder files/ from a backup.",
)
CONTENT_MISSING = FAULTS.error(
    "content_missing",
    "The content of {path} ({sha256}) in the revision of act {sequence} is missing.",
    "Restore the folder files/ from a backup.",
)
PARENT_DIFFERS = FAULTS.error(
    "parent_differs",
    "The revision of act {sequence} does not follow the revision before it.",
    "Restore the database from a backup, and find out who wrote to it.",
)
NO_REVISION = FAULTS.error(
    "no_revision",
    "Nothing records which files the operation's pack has.",
    "Restore a backup, or bring the pack in with `toguna pack apply FOLDER`.",
)
COPY_DIFFERS = FAULTS.error(
    "copy_differs",
    "The file operation.toml in the instance is not the one of the pack. It is only a copy; the pack's version is used.",
    "If the change is meant, make it in the pack's folder. `toguna pack apply FOLDER` writes the copy again.",
)
