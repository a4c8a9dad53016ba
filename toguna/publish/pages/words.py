"""What the pages themselves say, in each language; everything else is the author's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from toguna.kernel.api import Language
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.core.resolved import Basis

WORDS: Mapping[Language, Mapping[str, str]] = ByLanguage(
    {
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
            "none": "no return",
            "page_one": "Page 1",
            "also": "Aussi en français",
            "covers": "Covers",
            "known": "Figures as known on",
            "issued": "Issued on",
            "not_public": "DRAFT · not for publication",
            "draft_tag": "DRAFT",
            "internal_tag": "INTERNAL",
            "funded_of": "funded, of",
            "gap_share": "gap {share}",
            "received": "received",
            "targets": "targets of {year}",
            "target": "target",
            "no_result": "No result is recorded against the others.",
            "against": "{result}, against a target of {target}",
            "how_we_know": "How we know.",
            "how_known": "How each number is known",
            "links_to": "Each number links to its note on page {page}: whose it is, as of when, from what.",
            "notes_lead": "{count} figures are noted here, in the order of the pages; the figures beside the margin marks are the numbers of these notes. Figures that share a source share an entry.",
            "later": "What came later is counted in the next edition.",
            "same_in": "{file} holds the same, with HXL tags.",
            "page_n": "page {page}",
            "pages_n": "pages {first}–{last}",
            "head_month": "Month",
            "head_place": "Place",
            "head_sex": "Sex",
            "head_age": "Age",
            "head_other": "Category",
            "axis_month": "by month",
            "axis_place": "by region",
            "axis_sex": "by sex",
            "axis_age": "by age",
            "axis_other": "by category",
            "circles": "Circles by area.",
            "offices_sign": "UNHCR office.",
            "offices_square": "Squares are UNHCR offices.",
            "note_number": "note",
            "endorse": "Names and boundaries imply no endorsement.",
            "provisional_note": "Provisional: may still be corrected.",
            "withheld_note": "Withheld: what could point at a person is printed nowhere, nor in {file}.",
            "demonstration": "Toguna demonstration: invented records, public totals. No real person.",
            "one_scale": "bars on one scale",
            "in_month": "In the month",
            "sources": "Sources",
            "contact": "Contact",
            "notes_in": "Notes on every figure: operational update and {file}",
            "mark_alt": "Mark of the operation",
            "over_time": "{first} in {at_first}, {last} in {at_last}, highest {top} in {at_top}",
            "by_month": "by month",
            "by_month_gap": "by month (– no return)",
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
            "none": "aucun rapport",
            "page_one": "Page 1",
            "also": "Also in English",
            "covers": "Couvre la période du",
            "known": "Chiffres connus au",
            "issued": "Publié le",
            "not_public": "PROJET · ne pas diffuser",
            "draft_tag": "PROJET",
            "internal_tag": "INTERNE",
            "funded_of": "financés, sur",
            "gap_share": "déficit {share}",
            "received": "reçus",
            "targets": "cibles de {year}",
            "target": "cible",
            "no_result": "Aucun résultat n’est enregistré pour les autres.",
            "against": "{result}, pour une cible de {target}",
            "how_we_know": "Comment nous le savons.",
            "how_known": "Comment chaque chiffre est connu",
            "links_to": "Chaque chiffre renvoie à sa note, page {page} : de qui il vient, de quelle date, d’où.",
            "notes_lead": "{count} chiffres sont notés ici, dans l’ordre des pages ; les nombres à côté des signes en marge sont ceux de ces notes. Les chiffres d’une même source sont réunis.",
            "later": "Ce qui est arrivé depuis est compté dans l’édition suivante.",
            "same_in": "{file} contient les mêmes, avec des balises HXL.",
            "page_n": "page {page}",
            "pages_n": "pages {first}–{last}",
            "head_month": "Mois",
            "head_place": "Lieu",
            "head_sex": "Sexe",
            "head_age": "Âge",
            "head_other": "Catégorie",
            "axis_month": "par mois",
            "axis_place": "par région",
            "axis_sex": "par sexe",
            "axis_age": "par âge",
            "axis_other": "par catégorie",
            "circles": "Cercles proportionnels.",
            "offices_sign": "Bureau du HCR.",
            "offices_square": "Les carrés sont des bureaux du HCR.",
            "note_number": "note",
            "endorse": "Les noms et limites n’impliquent aucune reconnaissance.",
            "provisional_note": "Provisoire : peut encore être corrigé.",
            "withheld_note": "Non publié : ce qui pourrait désigner une personne n’est imprimé nulle part, ni dans {file}.",
            "demonstration": "Démonstration de Toguna : données inventées, totaux publics. Aucune personne réelle.",
            "one_scale": "barres à la même échelle",
            "in_month": "Dans le mois",
            "sources": "Sources",
            "contact": "Contact",
            "notes_in": "Notes sur chaque chiffre : mise à jour opérationnelle et {file}",
            "mark_alt": "Logo de l’opération",
            "over_time": "{first} en {at_first}, {last} en {at_last}, au plus {top} en {at_top}",
            "by_month": "par mois",
            "by_month_gap": "par mois (– aucun rapport)",
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
)

#: One number and several, per basis.
BASES: Mapping[Language, Mapping[Basis, tuple[str, str]]] = ByLanguage(
    {
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
)


#: The six marks in a legend.
LEGEND: Mapping[Language, Mapping[Basis, str]] = ByLanguage(
    {
        "en": {
            "counted": "counted from records",
            "reported": "reported by partners",
            "quoted": "quoted from owner",
            "estimated": "estimated",
            "planned": "planned",
            "stated": "stated by the office",
        },
        "fr": {
            "counted": "compté",
            "reported": "déclaré (partenaires)",
            "quoted": "cité de son auteur",
            "estimated": "estimé",
            "planned": "planifié",
            "stated": "constaté (bureau)",
        },
    }
)


def axis_names(by: Sequence[str], language: Language, kind: str) -> list[str]:
    """What figures are split by, in words: ``head`` for the heads of columns, ``axis`` for "by month, by region"."""
    known = {"month": "month", "sex": "sex", "age": "age"}
    return [
        WORDS[language][f"{kind}_{known.get(axis, 'place' if axis.startswith('place') else 'other')}"] for axis in by
    ]


def account_sentence(account: Counter[Basis], language: Language) -> str:
    """Grammar 6: ``152 numbers: 31 counted, 48 reported by partners, ...``, largest first."""
    total = account.total()
    parts = [
        f"{count} {BASES[language][basis][count > 1]}"
        for basis, count in sorted(account.items(), key=lambda item: (-item[1], item[0]))
    ]
    noun = ByLanguage({"en": ("number", "numbers"), "fr": ("chiffre", "chiffres")})[language][total != 1]
    colon = " :" if language == "fr" else ":"
    return f"{total} {noun}{colon} {', '.join(parts)}." if parts else f"{total} {noun}."
