"""What happens to a referral itself; `sharing` moves access, tasks and postings with it in one transaction."""

from casework.referrals.service.escalation import escalate_due
from casework.referrals.service.states import Wanted, check_not_asked, check_wanted, move, record_sent, seal_words
from casework.referrals.service.talks import keep_talk

__all__ = [
    "Wanted",
    "check_not_asked",
    "check_wanted",
    "escalate_due",
    "keep_talk",
    "move",
    "record_sent",
    "seal_words",
]
