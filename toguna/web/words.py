"""What pages say of their own, in each language. Faults are not here: they stand in the catalogues of their rooms."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.kernel.api import Language
from toguna.kernel.core.messages import Counted, counted, formatted, translatable

#: By name, a `str.format` template; French stands in the catalogues.
WORDS: Mapping[str, str | Counted] = {
    # Around every page.
    "skip": translatable("Skip to the content"),
    "sections": translatable("Sections"),
    "demonstration": translatable("Demonstration: invented records, no real person"),
    "sign_out": translatable("Sign out"),
    "sign_in": translatable("Sign in"),
    "back_to_overview": translatable("Back to the overview"),
    "nav_overview": translatable("Overview"),
    "nav_mfa_index": translatable("My account"),
    "nav_figures": translatable("Figures"),
    "nav_journal": translatable("Journal"),
    "nav_people": translatable("People and rights"),
    "built": translatable("The built update"),
    # The problem page.
    "problem_403": translatable("You may not do this"),
    "problem_404": translatable("Not found"),
    "problem_409": translatable("Somebody else has changed this"),
    "problem_503": translatable("Busy for the moment"),
    "problem_other": translatable("That did not work"),
    "problem_id": translatable("Name of the problem: {id}"),
    # Signing in.
    "account_name": translatable("Account name"),
    "password": translatable("Password"),
    "sign_in_passkey": translatable("Sign in with a passkey"),
    "sign_in_help": translatable("No account? Ask your data manager for an invitation."),
    "lost_password": translatable("Lost your password? Ask your data manager for a new invitation."),
    "invitation_title": translatable("Welcome, {name}"),
    "invitation_text": translatable(
        "Choose a password of at least {least} characters, such as four unconnected words."
    ),
    "password_again": translatable("The same password again"),
    "passwords_differ": translatable("The two passwords differ. Type the same one twice."),
    "password_save": translatable("Save the password and sign in"),
    "link_title": translatable("Sign in as {name}"),
    "link_text": translatable(
        "This link belongs to a demonstration and works once. It signs you in without a password."
    ),
    # The own account.
    "own_title": translatable("My account"),
    "own_roles": translatable("Roles"),
    "own_organisation": translatable("Organisation"),
    "own_places": translatable("Places"),
    "own_everywhere": translatable("everywhere"),
    "own_any": translatable("any"),
    "own_change_password": translatable("Change the password"),
    "own_new_password": translatable("New password"),
    "own_old_password": translatable("Present password"),
    "own_old_wrong": translatable("That is not your present password."),
    "own_second": translatable("Second factor"),
    "own_second_none": translatable(
        "Only a password protects this account. Add a passkey: it cannot be guessed or copied."
    ),
    "own_passkeys": counted("{count} passkey", "{count} passkeys"),
    "own_add_passkey": translatable("Add a passkey"),
    "own_manage_passkeys": translatable("Manage passkeys"),
    "own_totp_on": translatable("An authenticator application gives codes for this account."),
    "own_totp_add": translatable("Use an authenticator application"),
    "own_totp_remove": translatable("Stop using the authenticator application"),
    "own_codes": counted("{count} recovery code is left", "{count} recovery codes are left"),
    "own_codes_new": translatable("Make new recovery codes"),
    "own_rights": translatable("What you may do"),
    "save": translatable("Save"),
    # A period and a place.
    "period": translatable("Period"),
    "place": translatable("Place"),
    "show": translatable("Show"),
    # The overview.
    "key_figures": translatable("Key figures"),
    "population": translatable("Population of concern"),
    "funding": translatable("Funding"),
    "missing": translatable("Missing returns"),
    "missing_none": translatable("No return that was due is missing."),
    "closed_at": translatable("Closed as of {at}."),
    "open_for": counted("{count} day to the cut-off.", "{count} days to the cut-off."),
    "open_past": translatable("The cut-off has passed and the period is not closed yet."),
    "late_since": counted("{count} record came later.", "{count} records came later."),
    "as_before": translatable("the same as in {period}"),
    "more_than_before": translatable("{size} more than in {period}"),
    "less_than_before": translatable("{size} less than in {period}"),
    "provisional": translatable("provisional"),
    "how_known": translatable("How each number is known"),
    "basis_counted": translatable("counted"),
    "basis_reported": translatable("reported by partners"),
    "basis_quoted": translatable("quoted from its owner"),
    "basis_estimated": translatable("estimated"),
    "basis_planned": translatable("planned"),
    "basis_stated": translatable("stated by the office"),
    # A figure.
    "how_we_know": translatable("How we know"),
    "known_counted": translatable("Counted from records, one by one."),
    "known_reported": translatable("Added up from what partners reported in their returns."),
    "known_quoted": translatable("Quoted from a document of whoever owns the number. We have not counted it."),
    "known_estimated": translatable("Estimated: nobody counted one by one."),
    "known_planned": translatable("Planned: a target or an amount asked for, not a result."),
    "known_at": translatable("As known on {at}."),
    "state_nil": translatable("Reported as none."),
    "state_not_reported": translatable("Whoever owes this figure has not reported it."),
    "state_not_expected": translatable("Nobody owes this figure for this place and period."),
    "state_not_applicable": translatable("The figure has no meaning for this place and period."),
    "state_unknown": translatable("There are records, but they do not say how many."),
    "state_withheld": translatable(
        "Withheld: shown, it could point at a person. Nobody sees it without a right to it."
    ),
    "by_month": translatable("By month"),
    "by_place": translatable("By region"),
    "by_sex": translatable("By sex"),
    "by_age": translatable("By age"),
    "by_population": translatable("By population group"),
    "by_organisation": translatable("By organisation"),
    "by_attendee": translatable("By who attended"),
    "by_nationality": translatable("By nationality"),
    "sex_f": translatable("female"),
    "sex_m": translatable("male"),
    "aged": translatable("{age} years"),
    "category_unknown": translatable("not said"),
    "as_table": translatable("The same as a table"),
    "made_from": translatable("Made from"),
    "as_of": translatable("as of {day}"),
    "see_rows": translatable("See the rows that it was made from"),
    "reference": translatable("Reference for a text"),
    "rows": translatable("Rows"),
    "rows_shown": translatable("Rows {first} to {last} of {count}."),
    "rows_hidden": counted("{count} more row is not yours to see.", "{count} more rows are not yours to see."),
    "rows_uncounted": translatable("There may be rows that you may not see. Ask the data's owner."),
    "rows_none": translatable("No row stands behind this figure here."),
    "day": translatable("Day"),
    "adds": translatable("Adds"),
    "more_rows": translatable("More rows"),
    "all_rows": translatable("See all the rows"),
    "earlier_rows": translatable("Rows before these"),
    "yes": translatable("yes"),
    "no": translatable("no"),
    "nothing_found": translatable("Nothing was found."),
    # The list of figures.
    "search_figures": translatable("Search by name"),
    "search": translatable("Search"),
    "figures_found": translatable("{found} of {count}"),
    "confidential": translatable("confidential"),
    # The journal.
    "journal_head": translatable("Keep this code elsewhere: only it can show that entries were deleted."),
    "act_number": translatable("Number"),
    "act_at": translatable("When"),
    "act_kind": translatable("What was done"),
    "act_actor": translatable("By whom"),
    "act_subject": translatable("To what"),
    "act_detail": translatable("Details"),
    "every": translatable("everything"),
    # People.
    "people_how": translatable(
        "The owner of the instance adds and invites people with `toguna user add` and `toguna user invite`."
    ),
    "person_name": translatable("Name"),
    "person_state": translatable("Signs in"),
    "person_disabled": translatable("disabled"),
    "person_signs_in": translatable("with a password"),
    "person_invited": translatable("not yet: no password was chosen"),
    "matrix": translatable("What each role may open"),
    "section": translatable("Section"),
    # Roles.
    "role_owner": translatable("owner of the instance"),
    "role_enumerator": translatable("Enumerator"),
    "role_data_manager": translatable("partner's data manager"),
    "role_field_office": translatable("field office"),
    "role_sector_officer": translatable("sector officer"),
    "role_information_manager": translatable("information manager"),
    "role_reporting_officer": translatable("reporting officer"),
    "role_protection_officer": translatable("protection officer"),
    "role_representative": translatable("Representative"),
    "role_auditor": translatable("Auditor"),
    "role_reader": translatable("Reader"),
}


def said(name: str, language: Language, /, **details: object) -> str:
    """The sentence of that name. Refuses (`KeyError`) a name or a detail that is missing."""
    return formatted(WORDS[name], details, language)
