"""What is asked when a need is sent to another office, and when that office answers."""

from __future__ import annotations

from casework.errors import n_
from casework.referrals.kinds import CHANNELS, DIRECTIONS, OUTCOMES, SUBJECTS
from casework.web.forms import (
    BaseForm,
    Choice,
    Choices,
    Day,
    Hidden,
    LongText,
    Moment,
    Number,
    Option,
    Text,
    Upload,
    YesNo,
)


class NeedForm(BaseForm):
    """Which help, and where: the questions before the referral itself. Read from the address, it changes nothing."""

    class Meta(BaseForm.Meta):
        csrf = False

    service = Choice(n_("What does the person need?"), look="select")
    province = Choice(n_("Where?"), look="select")


class ReferralForm(BaseForm):
    """One service for one person. `shown` carries what the sender looked at."""

    to = Hidden()
    service_type = Hidden()
    kind = Hidden(default="referral")
    after = Hidden(limit=36)
    shown = Hidden(limit=128)
    purpose = Choice(n_("For which purpose did the person agree?"), needed=n_("Choose what it is for."), look="select")
    priority = Choice(n_("How soon must they answer?"), needed=n_("Choose how soon they must answer."))
    reason = Choice(n_("Why now?"), look="select")
    need = LongText(n_("What is needed"), needed=n_("Say what is needed."), rows=4, limit=5_000)
    not_to_say = LongText(n_("What must not be said, and to whom"), rows=2, limit=2_000)
    follow_up = LongText(n_("What follow-up do you expect?"), hint=n_("By whom, how, when."), rows=2, limit=2_000)
    next_contact_on = Day(n_("Next contact"), future=True)
    classes = Choices(n_("What to share, of what the person agreed to"), hint=n_("Untick what they do not need."))


class DeclineForm(BaseForm):
    """A refusal with its reason."""

    reason = Choice(n_("Why not?"), needed=n_("Choose why."), look="select")
    note = LongText(n_("What would help instead"), rows=3, limit=5_000)


class FeedbackForm(BaseForm):
    """What came of it."""

    outcome = Choice(
        n_("What came of it?"),
        choices=[Option(code, words) for code, words in OUTCOMES.items()],
        needed=n_("Choose what came of it."),
    )
    feedback = LongText(n_("Feedback"), hint=n_("The sender and the office that carries the case read it."), rows=4)
    next_contact_on = Day(n_("Next contact"), future=True)


class HeardForm(BaseForm):
    """Who said it for an office without accounts, as it reached the sender."""

    who = Text(n_("Who told you?"), needed=n_("Enter who told you."), hint=n_("Name and post."))
    channel = Choice(
        n_("How did it reach you?"),
        choices=[Option(code, words) for code, words in CHANNELS.items()],
        needed=n_("Choose how it reached you."),
    )
    given_at = Moment(n_("When?"), needed=n_("Enter when they told you."), past=True)
    paper = Text(n_("Where does the paper lie?"), hint=n_("Folder and shelf, if there is a paper."), limit=200)


class BehalfForm(HeardForm):
    """The answer of an office without accounts, as it reached the sender."""

    answer = Choice(
        n_("What did they answer?"),
        choices=[Option("accepted", n_("They accept")), Option("rejected", n_("They do not accept"))],
        needed=n_("Choose what they answered."),
    )
    reason = Choice(n_("Why not?"), hint=n_("If they do not accept."), look="select")
    note = LongText(n_("What they said"), rows=3, limit=5_000)


class HeardFeedbackForm(HeardForm, FeedbackForm):
    """What came of it, as the office told the sender."""


class BackForm(BaseForm):
    """The person goes back to the sender."""

    reason = Choice(n_("Why do you send the person back?"), needed=n_("Choose why."), look="select")
    outcome = Choice(
        n_("What came of what was asked?"),
        choices=[Option(code, words) for code, words in OUTCOMES.items()],
        needed=n_("Choose what came of it."),
    )
    feedback = LongText(
        n_("What you did, and what is needed now"),
        hint=n_("The sender and the office that carries the case read it."),
        needed=n_("Say what you did and what is needed now."),
        rows=4,
    )
    next_contact_on = Day(n_("Next contact"), future=True)


class HeardBackForm(HeardForm, BackForm):
    """The office told the sender that the person comes back."""


class CallForm(BaseForm):
    """The sender called the office."""

    reached = YesNo(n_("Did you reach somebody?"), needed=n_("Say whether you reached somebody."))
    who = Text(n_("Whom?"), hint=n_("Name and post, if you reached somebody."))
    at = Moment(n_("When?"), needed=n_("Enter when you called."), past=True)
    said = LongText(n_("What was said"), rows=2, limit=2_000)


class RoomForm(BaseForm):
    """How much room the own office has."""

    service_type = Choice(n_("Service"), needed=n_("Choose a service of your office."), look="select")
    free = Number(n_("Places free now"), hint=n_("Leave it empty if you can't say."), highest=100_000)


class PaperForm(BaseForm):
    """A letter on paper, for the register."""

    direction = Choice(
        n_("Did it come in or go out?"),
        choices=[Option(code, words) for code, words in DIRECTIONS.items()],
        needed=n_("Choose whether it came in or went out."),
    )
    day = Day(n_("Date"), hint=n_("On the letter, or of its arrival."), needed=n_("Enter the date."), past=True)
    subject = Choice(
        n_("What is it?"),
        choices=[Option(code, words) for code, words in SUBJECTS.items()],
        needed=n_("Choose what it is."),
        look="select",
    )
    other = Choice(n_("The other office"), look="select")
    other_name = Text(n_("Or its name, if it is not on the list"), limit=200)
    their_number = Text(n_("Their number"), limit=100)
    codes = Text(n_("Codes of the cases it is about"), hint=n_("Such as CW-7KQ2M CW-93HFA. Empty: about no person."))
    data_class = Choice(n_("What it is about"), hint=n_("It decides who may see it."), look="select")
    about = LongText(n_("Subject in words"), hint=n_("No names of people."), rows=2, limit=2_000)
    paper = Text(n_("Where does the paper lie?"), hint=n_("Folder and shelf, if there is a paper."), limit=200)


class ScanForm(BaseForm):
    """The signed and stamped letter, as a picture or PDF."""

    file = Upload(
        n_("Scan or photo of the signed letter"),
        needed=n_("Choose a file."),
        accept=".jpg,.jpeg,.png,.webp,.pdf",
        hint=n_("At most 10 MB."),
    )
