"""What happens to a referral itself; `sharing` moves access, tasks and postings with it in one transaction."""

from casework.referrals.service.escalation import escalate_due
from casework.referrals.service.letters import Paper, attach_scan, enter_letter, number_letter, scan_root
from casework.referrals.service.states import Wanted, check_not_asked, check_wanted, move, record_sent, seal_words
from casework.referrals.service.talks import keep_talk

__all__ = [
    "Paper",
    "Wanted",
    "attach_scan",
    "check_not_asked",
    "check_wanted",
    "enter_letter",
    "escalate_due",
    "keep_talk",
    "move",
    "number_letter",
    "record_sent",
    "scan_root",
    "seal_words",
]
