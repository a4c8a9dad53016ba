"""Which verb lives in which module, and how a verb is run.

A module of verbs offers ``add_arguments(parser)`` and ``run(arguments) -> int`` (exit status: 0 done, 1 found faults, 2 could not
run). The table names modules and does not import them, so that ``toguna check`` works on the small install.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from toguna.kernel import Refused


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One line of the table."""

    module: str
    does: str
    example: str


#: Every verb of the command. A verb with several words has several lines in its own module, not here.
VERBS: dict[str, Verb] = {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = VERBS.get(words[0]) if words else None
    if verb is None:
        return _overview(words)
    module = import_module(verb.module)
    parser = argparse.ArgumentParser(
        prog=f"toguna {words[0]}",
        description=verb.does,
        epilog=f"Example: {verb.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(words[1:])))
    except Refused as refused:
        for problem in refused.problems:
            print(problem.written(), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; what was acknowledged is kept.", file=sys.stderr)
        return 2


def _overview(words: Sequence[str]) -> int:
    asked = not words or words[0] in {"-h", "--help", "help"}
    stream = sys.stdout if asked else sys.stderr
    if not asked:
        print(f"toguna has no verb {words[0]!r}. It has:", file=stream)
    width = max(map(len, VERBS), default=0)
    for name, verb in sorted(VERBS.items()):
        print(f"  toguna {name:<{width}}  {verb.does}", file=stream)
    return 0 if asked else 2


def cannot(sentence: str) -> NoReturn:
    """End the verb with a sentence and exit status 2."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)
