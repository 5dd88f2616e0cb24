"""Forms of administration: offices, teams, users, roles."""

from __future__ import annotations

from casework.access.forms.signin import DeputyForm
from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Choices, Number, Text, Tick


class OfficeChangeForm(BaseForm):
    """Facts of an office that may change."""

    name = Text(n_("Name"), needed=n_("Enter the name of the office."), limit=120)
    name_km = Text(n_("Name in Khmer"), limit=120)
    type = Choice(n_("Kind of office"), needed=n_("Choose the kind of office."), look="select")
    country = Choice(n_("Country"), needed=n_("Choose a country."), look="select")
    parent_id = Choice(
        n_("Stands under"), look="select", hint=n_("For reports only. The office above sees nothing through this.")
    )
    has_users = Tick(
        n_("People of this office sign in here"), hint=n_("Leave it empty where others record answers on its behalf.")
    )
    active = Tick(n_("In use"))


class OfficeNewForm(OfficeChangeForm):
    """A new office."""

    code = Text(
        n_("Code"),
        needed=n_("Enter a code."),
        limit=20,
        hint=n_("Capital letters, digits and hyphens, such as DOSVY-BTB. It stays."),
    )


class ProvincesForm(BaseForm):
    """Where an office works."""

    provinces = Choices(n_("Provinces served"))


class ServiceForm(BaseForm):
    """A service an office offers."""

    service_type = Choice(n_("Service"), needed=n_("Choose a service."), look="select")
    capacity = Number(
        n_("How many people at once"), highest=100_000, hint=n_("Leave it empty where there is no fixed number.")
    )


class TeamForm(BaseForm):
    """A new team."""

    name = Text(n_("Name of the team"), needed=n_("Enter a name."), limit=120)


class UserNewForm(BaseForm):
    """A new user of an office."""

    display_name = Text(n_("Name as colleagues know it"), needed=n_("Enter the name."), limit=80)
    username = Text(
        n_("User name"),
        needed=n_("Enter a user name."),
        limit=40,
        hint=n_("Small letters, digits, dots and hyphens, such as sok.dara."),
    )
    roles = Choices(n_("Roles"), needed=n_("Choose at least one role."))
    team_id = Choice(n_("Team"), look="select")
    language = Choice(n_("Language of the pages"), needed=n_("Choose a language."))


class MembershipForm(BaseForm):
    """Roles and team of a user in the office."""

    roles = Choices(n_("Roles"), needed=n_("Choose at least one role."))
    team_id = Choice(n_("Team"), look="select")
    active = Tick(n_("Works here"))


class RoleForm(BaseForm):
    """What a role allows."""

    scope = Choice(n_("Reach"), needed=n_("Choose how far the role reaches."), look="radios")
    permissions = Choices(n_("What it allows"))
    classes = Choices(n_("Which data it may see"), hint=n_("Consent and grants narrow this further for each case."))


class OfficeDeputyForm(DeputyForm):
    """A deputy for a colleague who is away."""

    membership = Choice(n_("Who is away"), needed=n_("Choose who is away."), look="select")
