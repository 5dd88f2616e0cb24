"""Tables of referrals, of what is said about them, and of the letters that carry them."""

from casework.referrals.models.letter import Letter, LetterCase, LetterCounter, LetterSealed
from casework.referrals.models.referral import (
    Referral,
    ReferralChange,
    ReferralClass,
    ReferralSealed,
    ReferralTalk,
    ReferralTalkSealed,
)

__all__ = [
    "Letter",
    "LetterCase",
    "LetterCounter",
    "LetterSealed",
    "Referral",
    "ReferralChange",
    "ReferralClass",
    "ReferralSealed",
    "ReferralTalk",
    "ReferralTalkSealed",
]
