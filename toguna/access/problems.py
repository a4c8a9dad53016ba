"""The faults of accounts and permissions."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("access")

ACCOUNT_UNKNOWN = FAULTS.error(
    "account_unknown",
    en=("There is no account {name!r}{near}.", "See `toguna user list`, or add it with `toguna user add`."),
    fr=("Il n'y a pas de compte {name!r}{near}.", "Voyez `toguna user list`, ou ajoutez-le avec `toguna user add`."),
)
ACCOUNT_DISABLED = FAULTS.error(
    "account_disabled",
    en=("The account {name} is disabled.", "Act as another account; what it did stays under its name."),
    fr=("Le compte {name} est désactivé.", "Agissez sous un autre compte ; ce qu'il a fait reste à son nom."),
)
ACCOUNT_TAKEN = FAULTS.error(
    "account_taken",
    en=("There is an account {name!r} already.", "Choose another name: a name is never given to somebody else."),
    fr=("Il y a déjà un compte {name!r}.", "Choisissez un autre nom : un nom n'est jamais donné à quelqu'un d'autre."),
)
NAME_BROKEN = FAULTS.error(
    "name_broken",
    en=("{name!r} is no account name.", "Use small letters, digits, . - and _, beginning with a letter; at most 60."),
    fr=(
        "{name!r} n'est pas un nom de compte.",
        "Minuscules, chiffres, . - et _, en commençant par une lettre ; 60 au plus.",
    ),
)
ROLE_UNKNOWN = FAULTS.error(
    "role_unknown",
    en=("There is no role {role!r}{near}.", "Choose from: {roles}."),
    fr=("Il n'y a pas de rôle {role!r}{near}.", "Choisissez parmi : {roles}."),
)
NO_ROLE = FAULTS.error(
    "no_role",
    en=("The account {name!r} would have no role.", "Give it one or more of: {roles}."),
    fr=("Le compte {name!r} n'aurait aucun rôle.", "Donnez-lui un ou plusieurs rôles : {roles}."),
)
PASSWORD_SHORT = FAULTS.error(
    "password_short",
    en=("The password has {length} characters.", "Use {least} or more, such as four unconnected words."),
    fr=("Le mot de passe a {length} caractères.", "Mettez-en {least} ou plus, par exemple quatre mots sans lien."),
)
NOT_PERMITTED = FAULTS.error(
    "not_permitted",
    en=("{name} may not do {act}{where}.", "Ask one of these roles: {roles}."),
    fr=("{name} n'a pas le droit de faire {act}{where_fr}.", "Demandez à l'un de ces rôles : {roles}."),
)
UNTOLD = FAULTS.error(
    "account_untold",
    en=(
        "The account {name} is not as the journal tells: {what}.",
        "Disable it, and find out who wrote to the database.",
    ),
    fr=(
        "Le compte {name} n'est pas ce que dit le journal : {what_fr}.",
        "Désactivez-le, et cherchez qui a écrit dans la base.",
    ),
)
PASSWORD_NONE = FAULTS.error(
    "password_none",
    en=(
        "The account {name} has no password, so that nobody can sign for it.",
        "Add accounts with `toguna user add --password`.",
    ),
    fr=(
        "Le compte {name} n'a pas de mot de passe : personne ne peut signer pour lui.",
        "Ajoutez les comptes avec `toguna user add --password`.",
    ),
)
PASSWORD_WRONG = FAULTS.error(
    "password_wrong",
    en=("That is not the password of {name}; nothing is signed.", "Run it again, or ask who holds the account."),
    fr=(
        "Ce n'est pas le mot de passe de {name} ; rien n'est signé.",
        "Relancez la commande, ou demandez à qui tient le compte.",
    ),
)
SIGN_NAMELESS = FAULTS.error(
    "sign_nameless",
    en=("The instance's owner has no password to sign with.", "Say which account signs with --as NAME."),
    fr=("Le propriétaire de l'instance n'a pas de mot de passe pour signer.", "Dites quel compte signe avec --as NOM."),
)
