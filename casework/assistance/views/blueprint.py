"""The blueprint of help and its forms."""

from flask import Blueprint

from casework.cases.views.casefile import CaseForms

bp = Blueprint("assistance", __name__)
forms = CaseForms(bp)
form_page, show_form = forms.page, forms.show
