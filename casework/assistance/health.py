"""Words and rules of the health check and of sessions in the three classes apart: no database, no request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.errors import InvalidInput, n_

FIELDS = ("health", "psychosocial", "legal")
"""Data classes whose sessions stand in pages of their own (docs/domain.md 1)."""
CONSENTS = {
    "yes": n_("Agreed"),
    "guardian": n_("A guardian agreed, and the child too"),
    "no": n_("Said no"),
}
YES_NO = {"yes": n_("Yes"), "no": n_("No")}
YES_NO_UNKNOWN = {**YES_NO, "unknown": n_("Not known")}
LEVELS = {
    "none": n_("No difficulty"),
    "some": n_("Some difficulty"),
    "a_lot": n_("A lot of difficulty"),
    "cannot": n_("Cannot do it at all"),
}
FITNESS = {
    "yes": n_("Fit to travel"),
    "with_conditions": n_("Fit to travel with conditions"),
    "no": n_("Not fit to travel now"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the health check: a code of the list health_screening, its words and the answers it takes."""

    code: str
    label: str
    part: str
    answers: Mapping[str, str]
    hint: str = ""


SYMPTOMS = ("tb_cough", "tb_fever", "tb_night_sweats", "tb_weight_loss")
"""The four-symptom screen (docs/domain.md 4)."""
FUNCTIONS = (
    "disability_seeing",
    "disability_hearing",
    "disability_walking",
    "disability_remembering",
    "disability_selfcare",
    "disability_communicating",
)
"""The Washington Group short set."""
PARTS = {
    "tb": n_("Tuberculosis: four signs and tests"),
    "functioning": n_("Seeing, hearing, moving: what is difficult"),
    "now": n_("How the person is now"),
    "travel": n_("Travel"),
}
_FILMS = {
    "not_done": n_("Not done"),
    "normal": n_("Normal"),
    "abnormal_suggestive": n_("Suggests tuberculosis"),
    "abnormal_other": n_("Something else"),
}
_RAPID_TESTS = {
    "not_done": n_("Not done"),
    "mtb_not_detected": n_("Not detected"),
    "mtb_detected_rif_susceptible": n_("Detected, rifampicin works"),
    "mtb_detected_rif_resistant": n_("Detected, rifampicin does not work"),
    "mtb_detected_rif_indeterminate": n_("Detected, rifampicin not clear"),
    "invalid": n_("Test failed"),
}
QUESTIONS = (
    Question("tb_cough", n_("Cough"), "tb", YES_NO),
    Question("tb_fever", n_("Fever"), "tb", YES_NO),
    Question("tb_night_sweats", n_("Night sweats"), "tb", YES_NO),
    Question("tb_weight_loss", n_("Weight loss"), "tb", YES_NO),
    Question("tb_contact", n_("Lived close to somebody with tuberculosis"), "tb", YES_NO_UNKNOWN),
    Question("tb_previous", n_("Treated for tuberculosis before"), "tb", YES_NO_UNKNOWN),
    Question("cxr", n_("Chest X-ray"), "tb", _FILMS),
    Question("xpert", n_("Rapid molecular test"), "tb", _RAPID_TESTS),
    Question("disability_seeing", n_("Seeing, even with glasses"), "functioning", LEVELS),
    Question("disability_hearing", n_("Hearing, even with a hearing aid"), "functioning", LEVELS),
    Question("disability_walking", n_("Walking or climbing steps"), "functioning", LEVELS),
    Question("disability_remembering", n_("Remembering or concentrating"), "functioning", LEVELS),
    Question("disability_selfcare", n_("Washing or dressing"), "functioning", LEVELS),
    Question("disability_communicating", n_("Understanding or being understood"), "functioning", LEVELS),
    Question("injury", n_("Injury"), "now", YES_NO),
    Question("chronic_medicine", n_("Needs medicine every day"), "now", YES_NO),
    Question(
        "pregnant", n_("Pregnant"), "now", {**YES_NO_UNKNOWN, "not_asked": n_("Not asked")}, n_("Ask in private.")
    ),
    Question("self_harm_risk", n_("Danger of hurting herself or himself"), "now", YES_NO),
    Question(
        "sexual_violence_72h",
        n_("Sexual violence in the last 72 hours"),
        "now",
        {**YES_NO, "not_asked": n_("Not asked")},
        n_("Ask only if you are trained for it. Care within 72 hours prevents HIV and pregnancy."),
    ),
    Question(
        "hiv_volunteered",
        n_("HIV, only if the person brings it up"),
        "now",
        {"positive": n_("Positive"), "negative": n_("Negative"), "unknown": n_("Not known")},
        n_("Never ask. Leave it open when nothing was said."),
    ),
    Question("fit_to_travel", n_("Fit to travel"), "travel", FITNESS),
)
"""The health check as the page asks it; every answer may be left open."""
URGENT = ("self_harm_risk", "sexual_violence_72h")
"""A yes to one of these needs care today."""
_BY_CODE = {question.code: question for question in QUESTIONS}


def check_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that were given. Raises InvalidInput for a question or an answer that is not on the list."""
    given = {code: answer for code, answer in answers.items() if answer}
    for code, answer in given.items():
        if code not in _BY_CODE or answer not in _BY_CODE[code].answers:
            raise InvalidInput(n_("Choose one of the values in the list."), field=code)
    return given


def presumptive_tb(answers: Mapping[str, str]) -> bool | None:
    """Any of the four signs, or an X-ray that suggests it (docs/domain.md 4, default). None: too little was asked."""
    if any(answers.get(code) == "yes" for code in SYMPTOMS) or answers.get("cxr") == "abnormal_suggestive":
        return True
    return False if all(answers.get(code) == "no" for code in SYMPTOMS) else None


def disabled(answers: Mapping[str, str]) -> bool | None:
    """'A lot' or 'cannot' for any function counts as disabled. None: not all were asked, and none of them so."""
    levels = [answers.get(code) for code in FUNCTIONS]
    if any(level in ("a_lot", "cannot") for level in levels):
        return True
    return None if None in levels else False


def urgent(answers: Mapping[str, str]) -> list[str]:
    """Codes of the answers that need care today."""
    return [code for code in URGENT if answers.get(code) == "yes"]


def in_words(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """(question, answer) as message ids, in the order of the page."""
    return [(one.label, one.answers[answers[one.code]]) for one in QUESTIONS if one.code in answers]
