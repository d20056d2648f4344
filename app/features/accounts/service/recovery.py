"""Codes on paper for the day a passkey is lost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update

from app.core.db import WriteSession
from app.features.accounts.rules.secrets import RECOVERY_CODES, RECOVERY_LENGTH, hash_code, new_code
from app.models.account import RecoveryCode


async def new_recovery_codes(
    session: WriteSession, account_id: UUID, key: bytes, *, now: datetime
) -> list[str]:
    """Codes to print, shown this once; earlier ones are good for nothing from now on."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [new_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(account_id=account_id, code_hash=hash_code(key, code), created_at=now, used_at=None)
        for code in codes
    )
    await session.flush()
    return codes


async def use_recovery_code(
    session: WriteSession, account_id: UUID, code: str, key: bytes, *, now: datetime
) -> bool:
    """Use a code, once."""
    used = await session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == hash_code(key, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return used is not None
