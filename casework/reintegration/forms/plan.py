"""Forms of the plan: begin, goals and their steps, stage and its papers."""

from __future__ import annotations

from casework.errors import n_
from casework.web.forms import BaseForm, Choice, Day, LongText


class PlanForm(BaseForm):
    """The beginning of a plan."""

    review_on = Day(n_("Look at the plan again on"), hint=n_("For example in three months."), future=True)


class GoalForm(BaseForm):
    """One goal of a plan."""

    domain = Choice(n_("Area of life"), needed=n_("Choose the area of life."), look="select")
    goal = LongText(n_("The goal, in the person's words"), needed=n_("Write the goal in the person's words."), rows=3)
    action = LongText(n_("What will be done, by whom"), rows=3)
    owner_user_id = Choice(n_("Who of us looks after it"), hint=n_("Leave empty if the person does."), look="select")
    due_on = Day(n_("By when"), future=True)


class StageForm(BaseForm):
    """A stage of reintegration."""

    stage = Choice(n_("Stage"), needed=n_("Choose the stage."))
    since_on = Day(n_("Since"), needed=n_("Enter the day on which the stage began."), past=True)


class StepForm(BaseForm):
    """One step of a goal."""

    action = LongText(n_("What will be done"), needed=n_("Write what will be done."), rows=2, limit=2_000)
    owner_user_id = Choice(
        n_("Who of us does it"), hint=n_("Leave empty if the person does it, or somebody named above."), look="select"
    )
    due_on = Day(n_("By when"), future=True)


class PaperForm(BaseForm):
    """A paper of a stage that is there."""

    document_id = Choice(
        n_("The scan"), hint=n_("Leave empty if the paper was not scanned. It lies in the folder then."), look="select"
    )
