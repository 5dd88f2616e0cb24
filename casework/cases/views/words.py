"""What acts and views are called on the page 'Who has seen this case'."""

from __future__ import annotations

from flask_babel import gettext

from casework.errors import n_

VIEWS = {
    "list": n_("Saw it on a list"),
    "search": n_("Found it by searching"),
    "case": n_("Opened the case"),
    "notes": n_("Read the notes"),
    "form": n_("Opened a form"),
    "seen": n_("Looked at who has seen it"),
    "exclusions": n_("Looked at who is kept away"),
    "my_day": n_("Saw it on the day's list"),
    "board": n_("Saw it on the board"),
    "report": n_("Saw it in a report"),
    "export": n_("Took it out in a report"),
    "person": n_("Read who the person is"),
    "contact": n_("Read the contact rule"),
    "erasure": n_("Looked at erasing the person"),
    "documents": n_("Looked at the documents"),
    "document": n_("Opened a document"),
    "referral": n_("Opened a referral"),
    "consent": n_("Read the consent"),
    "identification": n_("Read the identification"),
    "screening": n_("Opened a screening"),
    "return": n_("Read the return"),
    "help": n_("Read the help given"),
    "reintegration": n_("Read the reintegration"),
    "group": n_("Opened a group"),
    "letter": n_("Opened a letter"),
    "access_log": n_("Looked at the access log"),
}
ACTS = {
    "case": n_("Changed the case"),
    "note": n_("Wrote a note"),
    "task": n_("Changed a task"),
    "contact": n_("Used or changed a contact"),
    "consent": n_("Recorded consent"),
    "referral": n_("Changed a referral"),
    "approval": n_("Asked or gave an approval"),
    "group": n_("Changed a group"),
    "document": n_("Added or changed a document"),
    "help": n_("Recorded help"),
    "person": n_("Changed who the person is"),
    "needs": n_("Recorded emergency needs"),
    "stay": n_("Recorded a stay"),
    "plan": n_("Changed the plan"),
    "visit": n_("Recorded a visit or call"),
    "visits": n_("Planned visits"),
    "closure": n_("Worked on the closure"),
    "stage": n_("Changed the stage"),
    "screening": n_("Worked on a screening"),
    "decision": n_("Recorded a decision"),
    "event": n_("Recorded what happened"),
    "risk": n_("Assessed the risk"),
    "return": n_("Worked on the return"),
    "access": n_("Changed who may see it"),
    "refused": n_("Was refused"),
}


def action_words(action: str) -> str:
    """Words for an action code such as 'view.list' or 'note.written'; the code itself when nobody named it."""
    kind, _, rest = action.partition(".")
    if kind == "view":
        return str(gettext(VIEWS.get(rest.partition(".")[0], n_("Looked at a page"))))
    if action == "contact.revealed":
        return str(gettext("Was shown a phone number or address"))
    return str(gettext(ACTS[kind])) if kind in ACTS else action.replace(".", " ").replace("_", " ")
