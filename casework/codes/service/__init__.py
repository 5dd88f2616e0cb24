"""What may be done to code lists: check a value, fill them once, edit them with history."""

from casework.codes.service.checks import check, check_many, check_optional, check_place
from casework.codes.service.edits import add_code, edit
from casework.codes.service.holidays import add_holiday, copy_fixed, take_off_holiday
from casework.codes.service.seeds import seed

__all__ = [
    "add_code",
    "add_holiday",
    "check",
    "check_many",
    "check_optional",
    "check_place",
    "copy_fixed",
    "edit",
    "seed",
    "take_off_holiday",
]
