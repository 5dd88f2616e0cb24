"""The blueprint of cases and its forms, made before the modules that hang their views on it."""

from flask import Blueprint

from casework.cases.views.casefile import CaseForms

bp = Blueprint("cases", __name__)
forms = CaseForms(bp)
form_page, show_form = forms.page, forms.show
