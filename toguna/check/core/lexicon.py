"""The words that the checker knows besides those beside a number, English and French, as stems: groups, states, markers, changes."""

from __future__ import annotations

from toguna.kernel.core.stems import phrases, stems

#: Sets of sex and age groups that together are everybody.
COMPLETE: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "woman man",
        "female male",
        "girl boy",
        "woman man child",
        "woman man girl boy",
        "female male child",
        "female male girl boy",
        "child adult",
        "woman boy man girl elder",
        "girl boy adult",
        "female man",
        "woman male",
    )
)

#: Pairs and triples of states that are usually told apart completely.
STATES = stems(
    "killed injured dead death deaths wounded tués blessés morts décès confirmed probable suspected suspect confirmés "
    "probables suspects positive negative positifs négatifs invalid invalides refugees host community local locals "
    "réfugiés hôte hôtes autochtones new continuing functional recovered recoveries guéris guéri guérisons died active actifs "
    "actif décédés"
)

#: After one of these, what follows is some of what stands before (phrases of stems).
PARTIAL = phrases(
    "including|of which|of whom|of these|among them|among whom|among which|dont|notamment|parmi lesquels|parmi "
    "lesquelles|parmi eux|y compris|incluant|include|included|inclut|mainly|especially|such as|principally|"
    "principalement|mostly|largely|essentiellement|surtout|particularly|primarily"
)
#: After one of these, what follows is all of it.
WHOLE = phrases(
    "comprising|consisting of|consist of|composed of|soit|réparties|ventilées|composées de|consiste en|"
    "made up of|comprised of|broken down|disaggregated|as follows|namely|i.e|repartis|"
    "repartie|composé de|composée de|à savoir|se répartissent|ventilés|ventilée|split between|distributed as follows|"
    "divided|répartition|breakdown"
)

#: Words that set two figures against each other.
COMPARISON = stems(
    "compared against versus vs previously previous from up down increase decrease increased decreased rise drop fell "
    "rose contre comparé comparée rapport précédent précédente hausse baisse augmentation diminution respectively "
    "respectivement target targeted planned cible prévu prévus attendus expected"
)
INCREASE = stems(
    "increase increased increases rise rose risen growth grew grown more higher up hausse augmentation augmenté"
)
DECREASE = stems(
    "decrease decreased decreases decline declined drop dropped fell fall fallen reduction reduced fewer lower less baisse "
    "diminution diminué réduction recul"
)
