"""What the pages themselves say, in each language; everything else is the author's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from toguna.kernel.api import Language
from toguna.publish.core.resolved import Basis

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "key-figures": "Key figures",
        "highlights": "Highlights",
        "funding": "Funding",
        "population": "Population of concern",
        "priorities": "Priorities",
        "contacts": "Contacts",
        "links": "Links",
        "funded": "Funded",
        "gap": "Gap",
        "credit": "Photo credit:",
        "notes": "Notes on the figures",
        "account": "Account of the figures:",
        "back": "back to the text",
        "page": "Page",
        "of": "of",
        "number": "Number",
        "note": "What it is",
        "disclaimer": "The boundaries and names shown and the designations used on this map do not imply official endorsement or acceptance.",
        "provisional": "provisional",
        "withheld": "withheld",
        "contents": "Skip to the text",
        "scale": "kilometres",
        "own_page": "its page",
        "map": "Situation map",
        "offices": "Offices:",
        "draft": "DRAFT, not for publication",
        "replaced": "This edition replaces the one of {day}. {note}",
        "restated": "This edition restates the one of {day}: figures that came later are in it. {note}",
        "recorded": "Cleared by {by} on {day} {means}, recorded by {name}.",
        "e-mail": "by e-mail",
        "telephone": "by telephone",
        "meeting": "in a meeting",
        "unattested": "Acts that no password attests: {names}.",
        "withdrawn": "This edition was withdrawn on {day}.",
    },
    "fr": {
        "key-figures": "Chiffres clés",
        "highlights": "Faits saillants",
        "funding": "Financement",
        "population": "Population relevant de la compétence",
        "priorities": "Priorités",
        "contacts": "Contacts",
        "links": "Liens",
        "funded": "Financé",
        "gap": "Déficit",
        "credit": "Crédit photo :",
        "notes": "Notes sur les chiffres",
        "account": "Compte des chiffres :",
        "back": "retour au texte",
        "page": "Page",
        "of": "sur",
        "number": "Chiffre",
        "note": "Ce qu'il est",
        "disclaimer": "Les limites et les noms indiqués et les désignations employées sur cette carte n'impliquent ni reconnaissance ni acceptation officielle.",
        "provisional": "provisoire",
        "withheld": "non publié",
        "contents": "Aller au texte",
        "scale": "kilomètres",
        "own_page": "sa page",
        "map": "Carte de situation",
        "offices": "Bureaux :",
        "draft": "PROJET, ne pas diffuser",
        "replaced": "Cette édition remplace celle du {day}. {note}",
        "restated": "Cette édition révise celle du {day} : elle contient des chiffres parvenus depuis. {note}",
        "recorded": "Autorisé par {by} le {day} {means}, consigné par {name}.",
        "e-mail": "par courriel",
        "telephone": "par téléphone",
        "meeting": "en réunion",
        "unattested": "Actes qu'aucun mot de passe n'atteste : {names}.",
        "withdrawn": "Cette édition a été retirée le {day}.",
    },
}

#: One number and several, per basis.
BASES: Mapping[Language, Mapping[Basis, tuple[str, str]]] = {
    "en": {
        "counted": ("counted", "counted"),
        "reported": ("reported by partners", "reported by partners"),
        "quoted": ("quoted from its owner", "quoted from their owners"),
        "estimated": ("estimated", "estimated"),
        "planned": ("planned", "planned"),
        "stated": ("stated", "stated"),
    },
    "fr": {
        "counted": ("compté", "comptés"),
        "reported": ("déclaré par les partenaires", "déclarés par les partenaires"),
        "quoted": ("cité de son auteur", "cités de leurs auteurs"),
        "estimated": ("estimé", "estimés"),
        "planned": ("planifié", "planifiés"),
        "stated": ("constaté", "constatés"),
    },
}


def account_sentence(account: Counter[Basis], language: Language) -> str:
    """Grammar 6: ``152 numbers: 31 counted, 48 reported by partners, ...``, largest first."""
    total = account.total()
    parts = [
        f"{count} {BASES[language][basis][count > 1]}"
        for basis, count in sorted(account.items(), key=lambda item: (-item[1], item[0]))
    ]
    noun = {"en": ("number", "numbers"), "fr": ("chiffre", "chiffres")}[language][total != 1]
    colon = " :" if language == "fr" else ":"
    return f"{total} {noun}{colon} {', '.join(parts)}." if parts else f"{total} {noun}."
