"""Every label under which a room shows its progress has words."""

import re

from tests.house.code import modules
from toguna.cli.words import WORDS


def test_progress_has_words() -> None:
    labels = {label for path in modules() for label in re.findall(r'\bprogress\("([a-z_]+)"', path.read_text())}
    assert {"forms", "lake", "records"} <= labels
    assert labels <= set(WORDS)
