"""The words that the checker knows, English and French, as stems (`stem`): groups, hedges, markers, units, months."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Hedge = Literal["", "about", "over", "least", "nearly"]

_ELISION = re.compile(r"^(?:l|d|qu|n|s|j|c|m|t)['’]", re.I)


@lru_cache(maxsize=20000)
def stem(word: str) -> str:
    """Lower case, no accents, no elided article, no plural: `l'Adolescente` -> `adolescente`, `cities` -> `city`."""
    word = _ELISION.sub("", word)
    if not word.isascii():
        folded = unicodedata.normalize("NFD", word)
        word = "".join(letter for letter in folded if not unicodedata.combining(letter))
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        return word[:-1]
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of a line of words."""
    return frozenset(stem(word) for word in text.split())


#: Which way of splitting people or cases a word belongs to, and where in it.
_SEX_AGE = {
    "woman": "women woman femme femmes",
    "man": "men man homme hommes",
    "female": "female females féminin feminine f",
    "male": "male males masculin m h",
    "girl": "girl girls fille filles fillette fillettes",
    "boy": "boy boys garçon garçons",
    "child": "child children enfant enfants minor minors mineur mineurs",
    "adult": "adult adults adulte adultes",
    "elder": "elderly elder elders aged âgées âgés",
    "youth": "youth youths adolescent adolescents jeune jeunes",
}
SEX_AGE: dict[str, str] = {stem(word): name for name, words in _SEX_AGE.items() for word in words.split()}

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

PERSONS = stems(
    "people person persons individual individuals refugee refugees idp idps returnee returnees migrant migrants "
    "beneficiary beneficiaries participant participants member members student students pupil pupils teacher teachers "
    "learner learners caregiver caregivers worker workers patient patients survivor survivors victim victims adult "
    "adults adolescent adolescents youth youths women men girls boys children asylum-seeker asylum-seekers seeker "
    "seekers volunteer volunteers staff personnel resident residents citizen citizens national nationals venezuelan "
    "venezuelans client clients mother mothers farmer farmers leader leaders arrivals arrival evacuee evacuees "
    "personne personnes individu individus réfugié réfugiés déplacé déplacés pdi retourné retournés rapatrié rapatriés "
    "bénéficiaire bénéficiaires participants élève élèves enseignant enseignants femme femmes homme hommes fille filles "
    "garçon garçons enfant enfants adulte adultes jeune jeunes prestataire prestataires agent agents relais acteur "
    "acteurs habitant habitants survivante survivantes victime victimes demandeur demandeurs malade malades écolier "
    "écoliers membre membres volontaire volontaires leaders ressortissant ressortissants"
)
HOUSEHOLDS = stems("household households family families ménage ménages famille familles hh hhs foyer foyers")
#: What is counted beside people; a split by sex does not make it up.
THINGS = stems(
    "session sessions kit kits site sites school schools workshop workshops training trainings campaign campaigns tent "
    "tents latrine latrines borehole boreholes village villages location locations locality localities centre centres "
    "center centers point points structure structures group groups committee committees partner partners organization "
    "organizations organisation organisations ngo ngos district districts province provinces state states lga lgas "
    "region regions commune communes camp camps settlement settlements shelter shelters visit visits activity "
    "activities project projects event events team teams vehicle vehicles séance séances formation formations école "
    "écoles atelier ateliers campagne campagnes forage forages village villages localité localités équipe équipes "
    "activité activités projet projets partenaire partenaires comité comités tente tentes abri abris zs zone zones aire "
    "aires space spaces facility facilities clinic clinics dignity trucks truck"
)


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases parted by bars, each as its stems."""
    return tuple(tuple(stem(word) for word in phrase.split()) for phrase in text.split("|"))


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

HEDGES: dict[str, Hedge] = {
    "about": "about",
    "some": "about",
    "approximately": "about",
    "around": "about",
    "roughly": "about",
    "estimated": "about",
    "approx": "about",
    "circa": "about",
    "environ": "about",
    "quelque": "about",
    "près de": "about",
    "autour de": "about",
    "~": "about",
    "over": "over",
    "more than": "over",
    "above": "over",
    "plus de": "over",
    "plus d'": "over",
    ">": "over",
    "at least": "least",
    "au moins": "least",
    "minimum": "least",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "presque": "nearly",
    "up to": "nearly",
    "jusqu'à": "nearly",
    "less than": "nearly",
    "moins de": "nearly",
    "fewer than": "nearly",
}

_MONTHS = "january february march april may june july august september october november december"
_MOIS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS = {stem(name): index % 12 + 1 for index, name in enumerate(f"{_MONTHS} {_MOIS}".split())}
MONTHS |= {
    "jan": 1,
    "feb": 2,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_JOURS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
DAYS = {stem(name): index % 7 for index, name in enumerate(f"{_DAYS} {_JOURS}".split())}

#: A number after one of these names something; it counts nothing.
NAMING = stems(
    "grade table tableau figure fig graph annex annexe phase category catégorie level niveau page no n° nº week semaine "
    "day jour section article resolution résolution round chapter chapitre objective objectif sitrep update report part "
    "version step étape number numéro priority priorité outcome output result résultat ipc tier line ligne issue volume "
    "vol room building avenue bp box art para pillar pilier lot ceca batch series episode"
)
#: With a capital and a number they are a name: `Camp 4`, `Zone 2`.
PARTS_OF_TOWN = stems(
    "camp block bloc zone ward sector secteur quartier site unit lot corridor area district lake aire extension"
)
#: A number before one of these measures; parts of a count it is not.
MEASURES = stems(
    "year years ans an année années month months mois day days jour jours hour hours heure heures week weeks semaine "
    "semaines minute minutes km kilometre kilometres kilometer kilometers km² m² m mm cm inch inches ft feet mph km/h mw "
    "kw kcal degree degrees °c year-old years-old percentage point points mb miles mile mi gb ghz"
)
CURRENCY = {
    "usd",
    "us$",
    "$",
    "€",
    "eur",
    "chf",
    "gbp",
    "£",
    "cfa",
    "fcfa",
    "xof",
    "xaf",
    "dollar",
    "dollars",
    "euro",
    "euros",
}
CURRENCY |= {"cad", "sek", "nok", "dkk", "jpy", "¥", "ngn", "etb", "kes", "htg", "cdf", "fc"}

#: Words that end what is counted.
BREAKS = stems(
    "in at from by with who that which were was are is have has had been be for to on during across through since as "
    "received reached à au aux dans par pour sur avec ont a été sont est qui que dont and or et ou chez en of"
)
