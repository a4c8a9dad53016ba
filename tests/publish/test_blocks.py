"""Fenced blocks: what each takes, told with its line and the near word."""

import pytest

from toguna.publish.core.blocks import check_blocks, first_number, items
from toguna.publish.core.parse import parse_update
from toguna.publish.core.tree import Fenced

FRONT = "---\nproduct: operational_update\n---\n"

GOOD = """```key-figures
- [730](fig:certificates) birth certificates were delivered
- [about 300](fig:children?show=about) children took part
```

```funding
funded: funded_share
gap: gap_share
[USD 49.2 million](fig:funding_requested?show=million) requested
```

```chart
type: bar
of: cash_recipients?period=2016-09..2016-12
by: place@1
```

```map
title: Mali
```

```photo
file: repatriation.svg
credit: © UNHCR Mali
alt: A drawing of people before an aeroplane
Ivorian refugees prepare to return home on 21 December.
```

```table
| Region | Persons |
| --- | --- |
| Gao | [962](fig:a) |
```
"""


def test_good_blocks_have_no_fault() -> None:
    update = parse_update(FRONT + GOOD, "u.md").update
    assert check_blocks(update) == []
    figures = update.blocks[0]
    assert isinstance(figures, Fenced)
    numbers = [first_number(item) for item in items(figures)]
    assert [number.shown for number in numbers if number] == ["730", "about 300"]


@pytest.mark.parametrize(
    ("block", "faults"),
    [
        ("```chart\nof: a\n```", [("publish.option_missing", 4)]),
        ("```chart\nof: a\nby: sex\ntyp: bar\n```", [("publish.option_unknown", 4)]),
        ("```chart\nof: a\nby: sex\ntype: pie\n```", [("publish.option_value_wrong", 4)]),
        ("```chart\nof: a\nby: sex; drop table\n```", [("publish.option_value_wrong", 4)]),
        ("```map\nof: a\n```", [("publish.option_missing", 4)]),
        ("```key-figures\nwords\n```", [("publish.block_body_wrong", 5), ("publish.block_body_wrong", 4)]),
        ("```key-figures\n- [1](fig:a) x\n- no number\n```", [("publish.number_not_first", 6)]),
        ("```photo\nfile: x.png\n```", [("publish.option_missing", 4)] * 2),
    ],
)
def test_faults_with_their_line(block: str, faults: list[tuple[str, int]]) -> None:
    found = check_blocks(parse_update(FRONT + block, "u.md").update)
    assert [(problem.id, problem.place.line) for problem in found] == faults
