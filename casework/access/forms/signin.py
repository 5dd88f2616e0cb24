"""Forms of signing in and of the own account."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Code, Day, Password, Text, Tick


class SignInForm(BaseForm):
    """Name and password."""

    username = Text(n_("User name"), needed=n_("Enter your user name."), limit=80)
    password = Password(n_("Password"), needed=n_("Enter your password."))
    office = Tick(
        n_("This is an office computer that I use often"),
        hint=n_("Do not tick this on a borrowed phone or a computer that strangers use."),
    )


class CodeForm(BaseForm):
    """The one-time code, or a recovery code instead."""

    code = Code(
        n_("Code of six digits"),
        hint=n_("The app on your phone shows it; it changes every half minute."),
        optional_mark=False,
    )
    recovery = Text(
        n_("Or one of your recovery codes"), hint=n_("If you don't have your phone."), limit=40, optional_mark=False
    )


class ConfirmForm(BaseForm):
    """Proof of who sits here, before a grave act."""

    password = Password(n_("Password"), needed=n_("Enter your password."))
    code = Code(n_("Code of six digits"), hint=n_("Only if you use codes."))


class PasswordForm(BaseForm):
    """A new password."""

    old_password = Password(n_("Password until now"), needed=n_("Enter the password you used until now."))
    new_password = Password(
        n_("New password"),
        new=True,
        needed=n_("Enter a new password."),
        hint=n_("At least 12 characters. Four unrelated words are easy to keep and hard to guess."),
    )
    again = Password(n_("New password once more"), new=True, needed=n_("Enter the new password once more."))


class EnrolForm(BaseForm):
    """The first code of a new second step."""

    code = Code(n_("Code of six digits"), needed=n_("Enter the code that your phone shows."))


class OfficeForm(BaseForm):
    """Which membership to act for."""

    membership = Choice(n_("Act for"), needed=n_("Choose an office."), look="radios")


class DeputyForm(BaseForm):
    """Who approves in one's place, and when."""

    deputy_membership_id = Choice(n_("Who approves in your place"), needed=n_("Choose a colleague."))
    starts_on = Day(n_("First day"), needed=n_("Enter the first day."))
    ends_on = Day(n_("Last day"), needed=n_("Enter the last day."))
