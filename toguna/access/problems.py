"""The faults of accounts and permissions."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("access")

ACCOUNT_UNKNOWN = FAULTS.error(
    "account_unknown",
    "There is no account {name!r}{near}.",
    "See `toguna user list`, or add it with `toguna user add`.",
)
ACCOUNT_DISABLED = FAULTS.error(
    "account_disabled", "The account {name} is disabled.", "Act as another account; what it did stays under its name."
)
ACCOUNT_TAKEN = FAULTS.error(
    "account_taken",
    "There is an account {name!r} already.",
    "Choose another name: a name is never given to somebody else.",
)
NAME_BROKEN = FAULTS.error(
    "name_broken",
    "{name!r} is no account name.",
    "Use small letters, digits, . - and _, beginning with a letter; at most 60.",
)
ROLE_UNKNOWN = FAULTS.error("role_unknown", "There is no role {role!r}{near}.", "Choose from: {roles}.")
NO_ROLE = FAULTS.error("no_role", "The account {name!r} would have no role.", "Give it one or more of: {roles}.")
PASSWORD_SHORT = FAULTS.error(
    "password_short",
    counted("The password has {length} character.", "The password has {length} characters.", "length"),
    "Use {least} or more, such as four unconnected words.",
)
NOT_PERMITTED = FAULTS.error("not_permitted", "{name} may not do {act}{where}.", "Ask one of these roles: {roles}.")
UNTOLD = FAULTS.error(
    "account_untold",
    "The account {name} is not as the journal tells: {what}.",
    "Disable it, and find out who wrote to the database.",
)
PASSWORD_NONE = FAULTS.error(
    "password_none",
    "The account {name} has no password, so that nobody can sign for it.",
    "Add accounts with `toguna user add --password`.",
)
PASSWORD_WRONG = FAULTS.error(
    "password_wrong",
    "That is not the password of {name}; nothing is signed.",
    "Run it again, or ask who holds the account.",
)
SIGN_NAMELESS = FAULTS.error(
    "sign_nameless", "The instance's owner has no password to sign with.", "Say which account signs with --as NAME."
)
LINK_USELESS = FAULTS.error(
    "link_useless",
    "This link has been used, has been replaced by a newer one, or is too old.",
    "Ask whoever gave it to you for a new one.",
)
NO_DEMONSTRATION = FAULTS.error(
    "no_demonstration",
    "The operation is not a demonstration, so nobody signs in by a link alone.",
    "Invite people instead: they choose a password.",
)
OWNER_SIGNS_IN_NOWHERE = FAULTS.error(
    "owner_signs_in_nowhere",
    "The instance's owner has no account to sign in with.",
    "Add an account for the person, with the roles that they need.",
)
