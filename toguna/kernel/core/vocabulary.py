"""The words beside a number that say what it is, English and French, as stems: what is counted, units, money, months, names."""

from __future__ import annotations

from toguna.kernel.core.stems import stem, stems

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
    "vol room building avenue bp box cop covid art para pillar pilier lot ceca batch series episode"
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
    "received reached will would could can may should contre against versus vs than compared while but mais vers à au aux dans par pour sur avec ont a été sont est qui que dont and or et ou chez en of"
)
