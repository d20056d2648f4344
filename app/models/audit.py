"""Who saw or changed what: rows that are only ever added, each chained to the one before.

No content, no address of a person or of a machine; people by pseudonym. The database itself refuses
UPDATE and DELETE of `audit_entry` (triggers of the revision that made it).
"""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base

HASH = String(64)
"""A SHA-256 in hexadecimal."""


class AuditEntry(Base):
    """One thing that happened. `sequence` grows by one; `hash` covers the row and `previous_hash`.

    `actor` is the pseudonym of an account, or `visitor`, `system`, `token:<pseudonym>`. Texts that do
    not apply are empty. `object_kind` is the name of the record's table.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object_id_object_kind", "object_id", "object_kind"),)

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(CODE, index=True)
    event: Mapped[str] = mapped_column(CODE, index=True)
    route: Mapped[str] = mapped_column(CODE)
    object_kind: Mapped[str] = mapped_column(CODE)
    object_id: Mapped[str] = mapped_column(CODE)
    outcome: Mapped[str] = mapped_column(CODE)
    request_id: Mapped[str] = mapped_column(CODE)
    previous_hash: Mapped[str] = mapped_column(HASH)
    hash: Mapped[str] = mapped_column(HASH)


class AuditHead(Base):
    """Where the chain ends, signed with a key that the database does not have.

    One row (id 1), and also the lock: who holds it is the one writer that extends the chain.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(HASH)
    signature: Mapped[str] = mapped_column(HASH)
