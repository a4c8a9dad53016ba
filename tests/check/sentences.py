"""Sentences as updates have them, with holes for their figures: what the generated documents of the scored table are made of.

`{T}` is the total, `{a}`..`{h}` its parts; `{p}` the percentage of `{a}` in `{T}`; `{q}` its rest to 100; `{R}` repeats `{T}`;
`{n}`, `{m}` are figures that belong to nothing. A line of dots begins another paragraph.
"""

SUMS_EN = """
UNHCR and its partner held 12 sessions in Sector {n} reaching {T} persons ({a} men, {b} women, {c} children) in June.
A total of {T} refugees ({a} female and {b} male) were relocated from the border to the settlement.
In May, {T} individuals were registered, of whom {a} were women, {b} men and {c} children.
The trainings reached {T} teachers, including {a} women and {b} men, in 14 schools.
{T} households received cash: {a} in Amudat, {b} in Kitgum and {c} in Lamwo.
Since January, {T} Malian refugees have returned from Burkina Faso ({a}), Niger ({b}) and Mauritania ({c}).
Partners distributed {T} kits, comprising {a} hygiene kits, {b} kitchen sets and {c} blankets.
WFP assisted {T} people (girls: {a}; boys: {b}; women: {c}; men: {d}) through general food distribution.
As of 30 June, {T} cases have been reported, {a} in Baidoa, {b} in Kismayo and {c} in Dollow.
The mission recorded {T} civilian casualties ({a} killed and {b} injured) during the quarter.
IOM provided transport to {T} migrants ({a} adults and {b} children).
Some {T} children ({a} boys and {b} girls) attended the learning spaces supported by UNICEF.
Of the {T} samples tested, {a} were positive and {b} negative.
The operation received USD {T} from donors: USD {a} from CERF, USD {b} from Switzerland and USD {c} from Japan.
During the week, {T} new arrivals were recorded at three entry points (Busia – {a}, Malaba – {b}, Mutukula – {c}).
Out of {T} protection incidents, {a} concerned theft, {b} extortion and {c} physical assault.
Health teams carried out {T} consultations: {a} for women, {b} for men, {c} for girls and {d} for boys.
{T} community leaders ({a}F/{b}M) were trained on feedback mechanisms.
The campaign vaccinated {T} children under five ({a} in Gedo, {b} in Bay, {c} in Bakool and {d} in Banadir).
The caseload of {T} persons consists of {a} refugees and {b} asylum-seekers.
{T} people were displaced by the floods: {a} in Beledweyne district, {b} in Jowhar and {c} in Balcad.
National societies deployed {T} volunteers, {a} of them women and {b} men.
The verification covered {T} households made up of {a} female-headed and {b} male-headed households.
{T} survivors (women {a}, girls {b}, men {c}) received psychosocial support.
A total of {T} latrines were built, including {a} in Kutupalong, {b} in Balukhali and {c} in Leda.
The centre admitted {T} patients ({a} new cases and {b} relapses).
{T} students from both communities ({a} refugees and {b} host community) sat the final examinations.
Between 1 and 31 May, {T} returnees arrived by road ({a}) and by air ({b}).
Farmers received {T} tools (hoes: {a}, watering cans: {b}, rakes: {c}) ahead of the rainy season.
By the end of the quarter, {T} farmers had been trained – {a} in Bor and {b} in Torit.
During the reporting week {T} alerts came in: {a} from health facilities, {b} from communities and {c} from points of entry.
In total {T} IDPs were biometrically registered; {a} are men, {b} are women and {c} are children.
Seven hundred kits aside, {T} items were issued ({a} tarpaulins; {b} mosquito nets; {c} jerrycans).
{T} beneficiaries were assisted through cash ({a}), vouchers ({b}) and in-kind food ({c}).
Shelters were damaged in {T} locations: Camp 4 ({a}), Camp 8W ({b}) and Camp 13 ({c}).
The total number of returnees is {T}, of which {a} by air and {b} by road.
Children under five account for {T} admissions ({a} SAM with complications, {b} MAM).
Contributions of {T} USD (ECHO: {a} USD; BHA: {b} USD) were confirmed.
Admissions in June stood at {T}, with {a} boys and {b} girls.
IFRC reached {T} people with hygiene promotion ({a} males and {b} females) in the affected provinces.
At the reception centre, {T} unaccompanied minors were hosted, {a} girls and {b} boys.
The humanitarian flight service carried {T} passengers: {a} from NGOs, {b} from UN agencies and {c} from donors.
A breakdown of the {T} cases shows {a} males and {b} females.
Of these {T} refugees, {a} are Congolese, {b} Burundian and {c} South Sudanese.
A total of {T} people were evacuated to the stadium. Of these, {a} are women, {b} are men and {c} are children.
The centres hosted {T} students during the month. In total, {a} came from the camps and {b} from the host community.
The food basket reached {T} beneficiaries, namely {a} in Zinder and {b} in Maradi.
"""

SUMS_FR = """
Le HCR a organisé des séances ayant touché {T} personnes ({a} hommes, {b} femmes, {c} enfants) dans la région de Gao.
Au total, {T} réfugiés ({a} femmes et {b} hommes) ont été rapatriés par voie aérienne.
{T} cas suspects ont été notifiés, dont {a} à Bunia, {b} à Rwampara et {c} à Mongbwalu.
Les cas se répartissent comme suit : {T} au total, soit {a} confirmés et {b} probables.
En mars, {T} ménages ont reçu des vivres : {a} à Diffa, {b} à Maradi et {c} à Zinder.
{T} enfants ({a} filles et {b} garçons) fréquentent les espaces amis des enfants.
Depuis janvier, {T} retours ont été facilités depuis le Niger ({a}), le Burkina Faso ({b}) et la Mauritanie ({c}).
{T} personnes sensibilisées dont {a} H et {b} F au cours des causeries éducatives.
Le PAM a assisté {T} bénéficiaires ({a} réfugiés et {b} autochtones) avec des coupons.
Parmi les {T} incidents de protection, {a} concernent des extorsions, {b} des vols et {c} des agressions.
Les équipes ont réalisé {T} consultations, réparties entre {a} femmes, {b} hommes et {c} enfants.
{T} échantillons analysés ({a} positifs, {b} négatifs).
Durant le mois, {T} personnes ont été prises en charge, à savoir {a} blessés, {b} malades et {c} femmes enceintes.
{T} nouveaux arrivants ({a} F, {b} H) ont été enregistrés au centre de transit.
Sur les {T} alertes reçues, {a} proviennent de Katwa, {b} de Beni et {c} de Butembo.
Les distributions ont touché {T} ménages, soit {a} ménages réfugiés et {b} ménages hôtes.
On dénombre {T} cas confirmés (Ituri : {a}, Nord-Kivu : {b}, Sud-Kivu : {c}).
L'UNICEF a vacciné {T} enfants contre la rougeole, dont {a} filles et {b} garçons.
{T} personnes vivant avec un handicap, dont {a} enfants, {b} adultes, ont reçu une aide.
Le nombre total de retournés est de {T}, répartis en {a} hommes, {b} femmes, {c} garçons et {d} filles.
Le site compte {T} habitants ({a} femmes, {b} filles, {c} hommes et {d} garçons).
Le dispositif a accueilli {T} personnes. Parmi elles, {a} sont des femmes et {b} des hommes.
Un total de {T} enseignants, dont {a} femmes et {b} hommes, ont été formés en pédagogie.
{T} kits ont été distribués dans 3 sites : {a} à Awaradi, {b} à Kindjandi et {c} à Gagamari.
La Croix-Rouge a mobilisé {T} volontaires ({a} à Goma, {b} à Bukavu et {c} à Uvira).
{T} nouveaux contacts ont été listés dans trois zones de santé : Katwa ({a}), Beni ({b}) et Goma ({c}).
Le montant reçu s'élève à {T} USD : {a} USD du CERF et {b} USD de la Suisse.
{T} déplacés internes, parmi lesquels {a} hommes et {b} femmes, ont été enregistrés sur le site.
Les latrines construites sont au nombre de {T}, dont {a} à Bria, {b} à Bambari et {c} à Kaga-Bandoro.
{T} décès ({a} communautaires et {b} hospitaliers) ont été déclarés pendant la semaine.
"""

SHARES_EN = """
{a} of the {T} alerts ({p}%) were investigated within 24 hours.
A total of {T} alerts have been received, with {a} ({p}%) verified.
Some {p} per cent ({a} out of {T} respondents) reported having enough water.
To date, {a}/{T} ({p}%) health facilities report weekly.
There were {T} confirmed cases and {a} deaths, a case fatality rate of {p}%.
The appeal is {p}% funded, with USD {a} received of the USD {T} required.
Only {a} out of {T} schools ({p}%) have reopened.
During the month {T} contacts were followed; {a} were seen ({p}%).
The positivity rate was {p}% ({a} positive of {T} samples tested).
Funding: USD {a} received against USD {T} requested ({p}%).
Of {T} households interviewed, {a} ({p}%) intend to return.
"""

SHARES_FR = """
{a} alertes sur {T} ({p} %) ont été investiguées dans les 24 heures.
Au total, {p} % des contacts ({a}/{T}) ont été vus.
{a} ménages sur {T} attendus, soit {p} %, ont été visités.
Les {T} échantillons analysés ont donné {a} positifs, soit un taux de positivité de {p} %.
Le plan est financé à {p} % ({a} USD reçus sur {T} USD requis).
{a} des {T} structures ({p} %) ont transmis leur rapport.
La létalité est de {p} % ({a} décès pour {T} cas).
Sur {T} personnes interrogées, {a} ({p} %) souhaitent rentrer.
"""

REPEATS_EN = """
{T} identity papers were handed to Burundian refugee pupils in Kigoma district.
...
Papers: {R} identity papers were issued to Burundian refugee pupils across schools in Kigoma district.
======
{T} people reached with safe drinking water in the three districts.
...
Through water trucking, partners reached {R} people with safe drinking water in the three districts affected by drought.
======
{T} refugees relocated to Kyangwali settlement since the start of the emergency.
...
Transfers continued during the week. To date {R} refugees have been relocated to Kyangwali settlement.
"""

REPEATS_FR = """
{T} cartes scolaires remises aux élèves réfugiés soudanais dans la province du Ouaddaï.
...
Éducation : {R} cartes scolaires ont été remises aux élèves réfugiés soudanais des écoles de la province du Ouaddaï.
======
{T} personnes ont reçu une assistance alimentaire d'urgence dans la province du Lac.
...
Le PAM et ses partenaires ont fourni une assistance alimentaire d'urgence à {R} personnes dans la province du Lac.
"""

CHANGES_EN = """
Arrivals fell from {T} to {a}, a decrease of {p}% over the previous month.
The number of new cases decreased by {p}% ({a} and {T} respectively) compared to the week before.
"""

CHANGES_FR = """
Les arrivées sont passées de {T} à {a}, soit une variation de {p} % (hausse ou baisse) par rapport au mois précédent.
"""

#: Nothing here claims a relation that its figures break: every finding in one of these is a false one.
TRAPS = """
In June, 4,210 people were reached, including 1,200 women, 900 girls and 310 persons with disabilities.
The sector assisted 350 households (1,890 people) in 4 villages and 1,204 households (5,010 people) elsewhere.
Since 2018, 540 complaints have been filed; 61 were filed in March 2020.
The outbreak counts 2,870 cases with 64 deaths, mainly in Lindi (1,120), Mtwara (806) and Pwani (391).
The pipeline delivered 930 metric tons of cereals, USD 1.8 million in cash and vouchers for 9,400 people.
Some 35% of the 1,250 heads of household own livestock, while more than 42% rent land.
The share of girls aged 10 to 14 out of school is 38%, and 47% of those aged 15 to 18.
On 27, 22 and 19 November, 3 incidents were reported on Route 7 and at kilometre 45.
About 300 shelters were repaired in 12 camps, and 45 schools received 3,400 desks.
Grades 6 and 10 exams begin on 12 June for 84,300 pupils, of whom 9,120 (4,870 girls) live in the camps.
The mission trained 85 midwives (61 women) and 32 ward chiefs (9 women) in two provinces.
In May 640 people crossed, compared with 471 in April and 298 in March.
The team visited 8 sites, 3 schools and 2 clinics, meeting 46 leaders and 212 residents.
The 4,100 pupils (2,210 girls; 3,040 in primary and 1,060 in secondary) all passed.
Grants were paid to 1,730 returnees, while 6,940 have been paid since the beginning of the year.
A 45-day ration was given to 1,200 families; a further 300 families will receive it in July.
The hospital has 120 beds, 80 of which are occupied, and 14 doctors for 23,000 inhabitants.
An increase from 1,200 to 1,500 arrivals was seen, 25% more than in the previous month.
Over 2,000 people (including 600 children under 5) fled to the hills between 3 and 9 May.
For week 12, 88/110 clinics (80%) reported, against 79 in week 11, and 23 alerts were raised.
The budget is CHF 12,400,000 (USD 13.1 million or EUR 12.6 million) for 20,000 families.
Les équipes ont vacciné 1 200 enfants de 6 à 59 mois dans 14 aires de santé en 5 jours.
Au 30 avril 2024, 2 950 contacts étaient suivis dont 2 110 vus, contre 1 870 la veille.
Sur 12 400 habitants sensibilisés, 9 800 l'ont été au marché et les autres dans 3 150 foyers.
Le HCR a remis 35 tentes, 120 bâches et 60 kits de cuisine à 60 familles à Abéché.
Environ 30 voyageurs ont été retenus ; plus de 6 millions d'habitants vivent dans la région, dont plus d'un million d'enfants.
La subvention de 450 000 FCFA a été remise à la coopérative ; 4 puits sur 7 donnent de l'eau.
La sortie de 3 malades guéris et de 12 convalescents à Kindu, et d'un autre à Kalima, réjouit les équipes.
À Kalemie, 512 élèves ont été touchés, 1 940 parents réunis et 7 300 foyers visités dans 3 quartiers.
Le relevé donne 64 cas probables et 9 cas confirmés dans 2 districts, avec un taux de suivi de 68,4 %.
Formation de 28 infirmiers (11 femmes) à Kabalo, et de 45 relais (19 femmes) à Manono.
La mission a duré 12 jours : 3 à Bol, puis le reste à Mao avec 18 partenaires et 4 autorités.
Au 31 mai, la province compte 96 300 déplacés, dont 18 297 sur des sites (soit 19 %) et 78 003 en famille (soit 81 %).
"""
