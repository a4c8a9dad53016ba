"""Modules under 400 lines and functions under 40, or a reason."""

from tests.house.code import ROOT, functions, modules

#: Longer ones, and why. A catalogue of faults is a table: it has no logic to get lost in.
LONGER_MODULES = {path for path in modules() if path.name == "problems.py"}
LONGER_FUNCTIONS: dict[str, str] = {}


def test_modules_are_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := path.read_text().count("\n")) > 400 and path not in LONGER_MODULES
    }
    assert not long, f"split these along what they do: {long}"


def test_functions_are_short() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{function.name}": lines
        for path in modules()
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > 40 and function.name not in LONGER_FUNCTIONS
    }
    assert not long, f"split these, or give the reason in LONGER_FUNCTIONS: {long}"
