"""The second factor: one-time codes (RFC 6238, 30 s, one step either way, each once) and ten recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import secrets
from datetime import timedelta
from uuid import UUID

import pyotp
import segno
from sqlalchemy import delete, select, update

from casework.access.models import FactorReset, RecoveryCode, User, UserSealed
from casework.access.service import sessions
from casework.audit import recorder
from casework.audit.recorder import Doer
from casework.db import db, utcnow
from casework.errors import InvalidInput, InvalidTransition, NotAllowed, NotVisible, n_
from casework.vault import fields, keys
from casework.vault.models import DataKey

STEP = 30
ISSUER = "Casework"
RECOVERY_CODES = 10
RESET_DELAY = timedelta(hours=24)
WRONG_CODE = n_("The code is not right, was used already, or there were too many tries. Wait for the next one.")


def begin(user: User) -> str:
    """A new secret for this user, not yet in force; the same one until it is confirmed. Returns it in base32."""
    if user.factor_since_at is not None:
        raise InvalidTransition(n_("A second step is set up already."))
    sealed = db.session.get(UserSealed, user.id)
    if sealed is not None and sealed.factor_secret is not None:
        return str(fields.unseal(sealed, "factor_secret"))
    secret = pyotp.random_base32()
    _keep(user, sealed, secret)
    return secret


def pending(user: User) -> str | None:
    """The secret that waits to be confirmed, or None."""
    return None if user.factor_since_at is not None else _secret(user)


def confirm(user: User, *, code: str, by: Doer) -> list[str]:
    """Put the new secret in force if the code is right; ends the user's other sessions; returns recovery codes."""
    secret = pending(user)
    step = right_step(secret or "", code, after=None)
    if secret is None or step is None:
        message = n_("This code does not match. Look at the clock of the phone, then enter the next code.")
        raise InvalidInput(message, field="code")
    user.factor_since_at = utcnow()
    user.factor_last_step = step
    codes = new_recovery_codes(user)
    recorder.record(by, "factor.enrolled", subject=("user", user.id))
    sessions.end_all(user.id, reason="factor_changed", by=by, keep=by.session_id)
    db.session.flush()
    return codes


def use_code(user: User, code: str) -> bool:
    """True if this is a right code of a step not used before; the step is used up by a conditional update."""
    secret = _secret(user) if user.factor_since_at else None
    if secret is None:
        return False
    step = right_step(secret, code, after=user.factor_last_step)
    if step is None:
        return False
    fresh = (User.factor_last_step.is_(None)) | (User.factor_last_step < step)
    done = db.session.execute(update(User).where(User.id == user.id, fresh).values(factor_last_step=step))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def use_recovery_code(user: User, code: str) -> bool:
    """True if this recovery code was not used before; it is used up."""
    if user.factor_since_at is None:
        return False
    done = db.session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
        .where(RecoveryCode.code_mask == _mask(user.id, code))
        .values(used_at=utcnow())
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def right_step(secret: str, code: str, *, after: int | None) -> int | None:
    """The 30-second step this code belongs to, now or one step away, later than `after`; None if it is wrong."""
    if not secret or not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    clock = pyotp.TOTP(secret)
    now = int(utcnow().timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(clock.generate_otp(step), code) and (after is None or step > after):
            return step
    return None


def fresh_code(user: User) -> str:
    """A code that works now: what the list of demo accounts shows. Empty without a second factor."""
    secret = _secret(user) if user.factor_since_at else None
    if secret is None:
        return ""
    now = int(utcnow().timestamp()) // STEP
    after = user.factor_last_step or 0
    step = next((step for step in (now, now + 1) if step > after), now)
    return pyotp.TOTP(secret).generate_otp(step)


def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes of 80 random bits; the old ones stop working. Shown once, only their HMAC is kept."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = []
    for _ in range(RECOVERY_CODES):
        text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
        codes.append("-".join(text[start : start + 4] for start in range(0, 16, 4)))
    db.session.add_all([RecoveryCode(user_id=user.id, code_mask=_mask(user.id, code)) for code in codes])
    db.session.flush()
    return codes


def renew_recovery_codes(user: User, *, by: Doer) -> list[str]:
    """Ten new codes on the user's own wish."""
    if user.id != by.user_id or user.factor_since_at is None:
        raise NotAllowed(n_("Set up the second step first."))
    recorder.record(by, "factor.recovery_renewed", subject=("user", user.id))
    return new_recovery_codes(user)


def recovery_codes_left(user_id: UUID) -> int:
    """How many recovery codes still work."""
    query = select(RecoveryCode.id).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return len(db.session.scalars(query).all())


def picture(user: User, secret: str) -> bytes:
    """The QR code of the secret as SVG, without styles, for a route of its own (img-src 'self')."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue()


def set_up_at_once(user: User, *, secret: str | None = None) -> str:
    """Give an account its second factor without asking for a code: demo data and tests only. Returns the secret."""
    secret = secret or pyotp.random_base32()
    _keep(user, db.session.get(UserSealed, user.id), secret)
    user.factor_since_at = utcnow()
    db.session.flush()
    return secret


def ask_reset(user: User, *, by: Doer) -> FactorReset:
    """First step of helping a user who lost the phone and the recovery codes: one administrator asks."""
    if user.id == by.user_id:
        raise NotAllowed(n_("Nobody resets the own second step. Ask another administrator."))
    if user.factor_since_at is None:
        raise InvalidTransition(n_("This account has no second step."))
    if open_reset(user.id) is not None:
        raise InvalidTransition(n_("A reset was asked for already."))
    request = FactorReset(user_id=user.id, asked_by_id=by.user_id, asked_at=utcnow())
    db.session.add(request)
    recorder.record(by, "factor.reset_asked", subject=("user", user.id))
    db.session.flush()
    return request


def approve_reset(request: FactorReset, *, by: Doer) -> None:
    """Second step, by another administrator; it works 24 hours later, and the user sees it until then."""
    if by.user_id in (request.asked_by_id, request.user_id):
        raise NotAllowed(n_("Another administrator has to approve this."))
    if request.approved_by_id is not None or request.cancelled_at is not None:
        raise InvalidTransition(n_("This was decided already."))
    request.approved_by_id = by.user_id
    request.due_at = utcnow() + RESET_DELAY
    recorder.record(by, "factor.reset_approved", subject=("user", request.user_id))
    db.session.flush()


def cancel_reset(request: FactorReset, *, by: Doer) -> None:
    """The user, or an administrator, stops a reset that has not happened."""
    if request.done_at is not None:
        raise InvalidTransition(n_("This was decided already."))
    request.cancelled_at = utcnow()
    recorder.record(by, "factor.reset_cancelled", subject=("user", request.user_id))
    db.session.flush()


def approve_open_reset(user: User, *, by: Doer) -> None:
    """Approve the reset that waits for this user. NotVisible if none does."""
    approve_reset(_waiting_reset(user), by=by)


def cancel_open_reset(user: User, *, by: Doer) -> None:
    """Stop the reset that waits for this user. NotVisible if none does."""
    cancel_reset(_waiting_reset(user), by=by)


def _waiting_reset(user: User) -> FactorReset:
    found = open_reset(user.id)
    if found is None:
        raise NotVisible
    return found


def open_reset(user_id: UUID) -> FactorReset | None:
    """The reset of this user that is asked for or approved and not over, or None."""
    query = select(FactorReset).where(
        FactorReset.user_id == user_id, FactorReset.done_at.is_(None), FactorReset.cancelled_at.is_(None)
    )
    return db.session.execute(query).scalars().first()


def carry_out_due_reset(user: User, *, by: Doer) -> bool:
    """At sign-in: drop the second factor if an approved reset has waited its 24 hours. True if it did."""
    request = open_reset(user.id) if user.factor_since_at else None
    if request is None or request.due_at is None or request.due_at > utcnow():
        return False
    request.done_at = utcnow()
    user.factor_since_at = user.factor_last_step = None
    sealed = db.session.get(UserSealed, user.id)
    if sealed is not None:
        fields.seal(sealed, factor_secret=None)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    sessions.end_all(user.id, reason="factor_changed", by=by)
    recorder.record(by, "factor.reset_done", subject=("user", user.id))
    db.session.flush()
    return True


def _secret(user: User) -> str | None:
    sealed = db.session.get(UserSealed, user.id)
    if sealed is None or sealed.factor_secret is None:
        return None
    return str(fields.unseal(sealed, "factor_secret"))


def _keep(user: User, sealed: UserSealed | None, secret: str) -> None:
    if sealed is None:
        if db.session.execute(select(DataKey.root_id).where(DataKey.root_id == user.id)).first() is None:
            keys.make_root("system", user.id)
        sealed = UserSealed(id=user.id, root_id=user.id)
        db.session.add(sealed)
    fields.seal(sealed, factor_secret=secret)
    db.session.flush()


def _mask(user_id: UUID, code: str) -> bytes:
    plain = "".join(character for character in code.lower() if character.isalnum())
    return hmac.new(keys.ring().pepper, b"recovery\x00" + user_id.bytes + plain.encode(), hashlib.sha256).digest()
