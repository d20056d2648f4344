"""Counting tries, in a transaction of their own: a refused request rolls back, its count must not."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from app.core.db import WriteSession
from app.features.accounts.rules.throttling import Limit
from app.models.account import ThrottleCount


async def count_tries(
    session: WriteSession, tries: Mapping[str, Sequence[Limit]], *, now: datetime
) -> timedelta | None:
    """Count one try under every key; gives how long to wait when one was tried too often.

    The count is taken before the try, so that many at once cannot all slip through.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    await session.execute(delete(ThrottleCount).where(ThrottleCount.ends_at < now - timedelta(hours=1)))
    wait = timedelta(0)
    for key, limits in sorted(tries.items()):
        for limit in limits:
            begins = limit.begins(now)
            statement = insert(ThrottleCount).values(
                key=f"{key}:{int(limit.span.total_seconds())}",
                starts_at=begins,
                ends_at=begins + limit.span,
                count=1,
            )
            count = await session.scalar(
                statement.on_conflict_do_update(
                    index_elements=[ThrottleCount.key, ThrottleCount.starts_at],
                    set_={"count": ThrottleCount.count + 1},
                ).returning(ThrottleCount.count)
            )
            if (count or 0) > limit.most:
                wait = max(wait, begins + limit.span - now)
    return wait or None
