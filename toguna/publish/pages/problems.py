"""The faults of an operation's look: its accent, mark and typeface; of pictures that may not be shown; of pages that do not hold what they should."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("publish.look")

LOOK_COLOUR = FAULTS.error(
    "accent_not_a_colour",
    en=("The accent {accent!r} is not a colour.", 'Write it as in `accent = "#0B4F8C"`.'),
    fr=("L'accent {accent!r} n'est pas une couleur.", 'Écrivez-le comme dans `accent = "#0B4F8C"`.'),
)
LOOK_CONTRAST = FAULTS.error(
    "accent_too_light",
    en=(
        "The accent {accent} has a contrast of {ratio} on white; text needs {least}.",
        "Choose a darker colour.",
    ),
    fr=(
        "L'accent {accent} a un contraste de {ratio} sur le blanc ; un texte demande {least}.",
        "Choisissez une couleur plus foncée.",
    ),
)
LOOK_MARK = FAULTS.error(
    "mark_unreadable",
    en=(
        "The mark {mark!r} is not an SVG file of the pack's theme folder, or it does more than draw.",
        "Put a plain SVG file into theme/ and name it in [look].",
    ),
    fr=(
        "Le logo {mark!r} n'est pas un fichier SVG du dossier theme du lot, ou fait plus que dessiner.",
        "Placez un simple fichier SVG dans theme/ et nommez-le dans [look].",
    ),
)
LOOK_FACE = FAULTS.error(
    "typeface_without_files",
    en=(
        "The typeface {text!r} has no file in theme/fonts.",
        "Put its .otf or .ttf files there, or take `text` out of [look].",
    ),
    fr=(
        "La police {text!r} n'a pas de fichier dans theme/fonts.",
        "Placez-y ses fichiers .otf ou .ttf, ou retirez `text` de [look].",
    ),
)
