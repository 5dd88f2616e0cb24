"""Forms about people; the views stand in `cases`, because registering opens a case.

Each form takes its answers by `offer(codes.queries.choices)` and gives what the services want.
"""

from casework.people.forms.contact import ContactForm, EndContactForm, FirstContact, RevealForm
from casework.people.forms.group import ROWS, GroupForm, GroupRow
from casework.people.forms.identity import IdentityForm, OriginForm, SearchForm
from casework.people.forms.papers import (
    FactForm,
    NationalityForm,
    PaperChangeForm,
    PaperForm,
    RelationChangeForm,
    RelationForm,
    RelativeForm,
)

__all__ = [
    "ROWS",
    "ContactForm",
    "EndContactForm",
    "FactForm",
    "FirstContact",
    "GroupForm",
    "GroupRow",
    "IdentityForm",
    "NationalityForm",
    "OriginForm",
    "PaperChangeForm",
    "PaperForm",
    "RelationChangeForm",
    "RelationForm",
    "RelativeForm",
    "RevealForm",
    "SearchForm",
]
