"""Forms of words by which a sentence counts, singles out, shares, places or dates, in English and French: what word lists cannot say."""

from __future__ import annotations

import re

from toguna.kernel.core.languages import ByLanguage

#: People's names, articles, shares: what a language says them with.
ARTICLE = ByLanguage(
    {
        "en": r"\b(?:an?|another|one|both|few|handful of|couple of|pair of)\b(?! (?:number|lot|majority|total|few|series|range) )",
        "fr": r"\b(?:une?|quelques|toutes deux|tous deux|(?:les|ces|ses) deux|poignée de|couple de)\b",
    }
)
DEFINITE = re.compile(
    r"\b(?:the|this|that|la|cette|ce|le|l['’])\s*(?:young |jeune )?(?:woman|girl|boy|man|child|survivor|victim|mother|refugee|student|femme|fille|fillette|garçon|"
    r"homme|enfant|survivante|victime|réfugiée?|élève)\b(?!['’])",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"\b(?:from|de)\s+$", re.IGNORECASE)
NONE = ByLanguage(
    {
        "en": r"\b(?:no(?! to\b)|none|nobody|no one|not an?|not one|not a single|never|without any|zero|nil)\b",
        "fr": r"\b(?:aucune?|pas une?|pas de|pas d['’]|personne n|nulle?|jamais|z[ée]ro|n[ée]ant|sans aucune?)\b",
    }
)
ONLY = ByLanguage(
    {
        "en": r"\b(?:only|sole|solely|exclusively|nowhere else|nowhere but|alone|all|every)\b",
        "fr": r"\b(?:seule?s?|seulement|uniquement|exclusivement|nulle part ailleurs|tous|toutes)\b|\bn(?:e\b|['’])[^.]{0,60}?\bqu(?:e\b|['’])",
    }
)
ALL = re.compile(r"^(?:all|every|tous|toutes)$", re.IGNORECASE)
ONE_PLACE = re.compile(
    r"\b(?:one|a single|the same|une seule|un seul|la même|le même)\s+(?:\w+\s+)?(?:region|district|commune|village|site|camp|place|town|région|cercle|lieu|ville|localité)\b",
    re.IGNORECASE,
)
SHARE = ByLanguage(
    {
        "en": r"(?:%|\b(?:per cent|percent|half|majority|most|thirds?|quarters?|one in|two in|tenth)\b)",
        "fr": r"(?:%|\b(?:pour cent|moitié|majorité|plupart|tiers|quarts?|une sur|un sur|dixième)\b)",
    }
)
OTHERS = re.compile(
    r"\b(?:the others?|the rest|the remaining|remainder|other|les autres|le reste|autres)\b", re.IGNORECASE
)
OUT_OF = re.compile(
    r"\b(?:of|out of|among|sur|parmi|des|de ces|de)\s+(?:the\s+|these\s+|les\s+|ces\s+)?$", re.IGNORECASE
)
NOT = re.compile(
    r"\b(?:not|other|others|rest|remaining|were|was|are|sont|étaient|relèvent|autres|reste|ne)\b", re.IGNORECASE
)
GROUP = re.compile(
    r"\b(?:the|these|those|our|les|des|ces|du|of|aux)\s+(?:\w+\s+)?(?:students?|pupils?|trainees?|participants?|members?|beneficiar\w+|class|women|girls|boys|men|"
    r"élèves?|étudiante?s|participante?s|stagiaires|membres|bénéficiaires|femmes|filles|garçons|hommes|classe)\b",
    re.IGNORECASE,
)
DONE = re.compile(r"(?:ed|ées?|és?|by force|de force|sexuellement|in prison|en prison)$", re.IGNORECASE)
GENERIC = re.compile(
    r"\s+(?:can|must|may|should|could|needs to|has the right|peut|doit|devrait|a le droit)\b", re.IGNORECASE
)
NAMED = re.compile(
    r"^\W*(?P<name>[A-ZÀ-Þ][a-zà-ÿ'’-]+(?:\s[A-ZÀ-Þ][a-zà-ÿ'’-]+)?)"
    r"(?:,\s(?:aged?\s|âgée?\s(?:de\s)?)?(?:\d{1,2}\b|\w+)|\s(?:was|is|has been|a été|est|avait été)\b)"
)
TITLED = re.compile(r"\b(?:Mrs?|Ms|Mme|Mlle|M)\.?\s[A-ZÀ-Þ][a-zà-ÿ]+")
NO_NAME = re.compile(
    r"(?:\w+ly|In|On|At|For|Since|From|During|After|Before|By|However|Moreover|Also|There|This|That|These|It|He|She|They|No|Survivors?|Women|Girls|Men|Children|"
    r"Violence|Rape|Nobody|None|Overall|Today|Yet|Thus|Further\w*|Here|According|Refugees?|People|En|Au|Aux|À|Dans|Depuis|Selon|Ainsi|Enfin|Ensuite|Cependant|"
    r"Toutefois|Pour|Par|Le|La|Les|Un|Une|Des|Ce|Cette|Il|Elle|Aucun\w*|Personne|Survivante?s?|Femmes|Filles|Enfants|Violences?|Viols?|Deux|Trois|Quatre|Cinq|Six)",
)
MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
DAY = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:of\s+)?(?:{MONTHS})|(?:{MONTHS})\s+\d{{1,2}}\b(?!\d)|tomorrow|demain|next week|semaine prochaine|lundi|mardi|mercredi|jeudi|vendredi|Monday|Tuesday|Wednesday|Thursday|Friday)", re.IGNORECASE)  # fmt: skip
PLACED = re.compile(
    rf"\b(?:in|at|near|from|outside|around|à|au|aux|en|dans|de|près de|d['’])\s*(?:the\s+|la\s+|le\s+|les\s+|l['’])?(?:\w+\s+(?:of|de|d['’])\s*(?:the\s+)?)?"
    rf"(?!(?:{MONTHS})\b)[A-ZÀ-Þ][a-zà-ÿ]+"
)
AMOUNT = re.compile(r"\b(?:XOF|CFA|FCFA|USD|EUR|GBP|F CFA|francs?|dollars?|euros?)\b|[$€£]")
HELPED = re.compile(
    r"\b(?:helped|referred|treated|received?|supported|assisted|given|cared|accompanied|aidée?s?|référée?s?|orientée?s?|soignée?s?|reçu|soutenue?s?|accompagnée?s?|prises? en charge)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?<=[.!?…])(?:[\"”»)*]+)?\s+(?=[A-ZÀ-Þ0-9\[*«“\"(])|\s?;\s+")
SHORT = re.compile(r"(?:\b(?:i\.e|e\.g|M|Mme|Dr|Mr|Mrs|No|St|p|art|cf|al)|\b[A-Z])\.$")
STAFF = re.compile(
    r"\b(?:staff|teachers?|police|guards?|soldiers?|against|misconduct|corruption|fraud|personnel|enseignants?|policiers?|gardiens?|contre|fraude|inconduite|girls?|"
    r"women|filles?|femmes?)\b",
    re.IGNORECASE,
)
AT_PLACE = re.compile(r"\s+(?:in|at|à|au|aux|en|dans)\s+(?:the\s+|la\s+|le\s+|l['’])?(?:\w+\s+(?:of|de)\s+)?[A-ZÀ-Þ]")
ORGANISATION = re.compile(
    r"\b(?!(?:Aid|An?|The|One|Two|Three|Health|Humanitarian|Social|Local|National|Community|Relief|School)\b)[A-Z][\w&-]+\s+(?:staff|workers?|employees?|nurses?|drivers?|"
    r"agents?|teachers?|doctors?|colleagues?|contractors?)\b|\b(?:employée?s?|salariée?s?|agente?s?|infirmi\w+|chauffeurs?|collabor\w+)\s+(?:de\s|du\s|des\s|d['’])\s*(?:l['’])?[A-ZÀ-Þ]\w+"
)
THE_HELD = re.compile(
    r"\b(?:the|le|la|les|l['’]|this|these)\s*(?:\w+\s+)?(?:kidnapped|abducted|\w+\s+enlevée?)", re.IGNORECASE
)
ONLY_PLACE = re.compile(r"\s+(?:region|district|commune|village|site|camp|place|town|one|région|cercle|lieu|ville|localité)\w*\s+(?:where|with|that|in which|où|qui|ayant)\b", re.IGNORECASE)  # fmt: skip
ONE_PERCENT = re.compile(r"\b(?:one|un)(?=\s(?:per cent|percent|pour cent)\b)", re.IGNORECASE)
