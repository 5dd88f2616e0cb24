"""What happens to a referral itself; `sharing` moves access, tasks and postings with it in one transaction."""

from casework.referrals.service.escalation import escalate_due
from casework.referrals.service.states import Wanted, move, record_sent, seal_words

__all__ = ["Wanted", "escalate_due", "move", "record_sent", "seal_words"]
