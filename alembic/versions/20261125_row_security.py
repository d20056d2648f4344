"""row security: PostgreSQL lets each scope touch its own rows only

The settings `medina.*` are told at the start of each transaction; one that is missing lets nothing
through. `own` and `hub` list places, countries (`country:IQ`) or everywhere (`*`). The policies hold
for the owner of the tables too (FORCE); superusers and roles with BYPASSRLS pass them by.
SQLite has no such thing: there is nothing to do.

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_row_security
Revises: 20261125_event_slug
"""

from collections.abc import Sequence

from alembic import op

revision: str = "20261125_row_security"
down_revision: str | None = "20261125_event_slug"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PARTS = ("participant", "concern", "approach", "asset", "gap", "need")
SUGGESTIONS = "correction_suggestion"
DESK = (
    "practice",
    "practice_text",
    "practice_place",
    "practice_concept",
    "practice_partner",
    "practice_output",
    "practice_outcome",
    "practice_evaluation",
    "practice_source",
    "practice_transfer_score",
    "practice_rights_answer",
    "practice_review",
    "event",
    "representation",
    "statement",
    "support",
    "local_action_plan",
    "national_body",
    "national_strategy",
    "figure",
    "reported_need",
    "person",
    "office",
    "office_holding",
)
TABLES = ("consultation", *PARTS, "stored_answer", *DESK, SUGGESTIONS)


def _told(name: str) -> str:
    """A setting; as a subquery it is read once per statement, not once per row."""
    return f"(SELECT current_setting('medina.{name}', true))"


def _items(name: str) -> str:
    return f"(SELECT string_to_array(current_setting('medina.{name}', true), ','))::text[]"


def _covers(name: str, place: str) -> str:
    """Whether the area of a setting covers a place."""
    return (
        f"('*' = ANY ({_items(name)}) OR {place} = ANY ({_items(name)}) OR {place} IN"
        f" (SELECT p.id FROM place p WHERE 'country:' || p.country_code = ANY ({_items(name)})))"
    )


IS_SYSTEM = f"{_told('system')} = 'on'"
MAY_EDIT = f"{_told('edit')} = 'on'"
IS_DESK = f"({IS_SYSTEM} OR {_told('desk')} = 'on')"


def _readable(c: str) -> str:
    """Whether a consultation may be read: all of one's own, for the hub what was sent at least once."""
    with_hub = f"({c}.reference IS NOT NULL AND {_covers('hub', f'{c}.place_id')})"
    return f"({IS_SYSTEM} OR {_covers('own', f'{c}.place_id')} OR {with_hub})"


def _writable(c: str) -> str:
    with_hub = f"({MAY_EDIT} AND {c}.reference IS NOT NULL AND {_covers('hub', f'{c}.place_id')})"
    return f"({IS_SYSTEM} OR {_covers('own', f'{c}.place_id')} OR {with_hub})"


def _of_consultation(table: str, condition: str) -> str:
    """Whether a part belongs to a consultation of which `condition` holds."""
    return f"EXISTS (SELECT 1 FROM consultation c WHERE c.id = {table}.consultation_id AND {condition})"


def _policies(table: str) -> dict[str, str]:
    """By command, what a row must be like: before the command, after it, or both."""
    if table == "consultation":
        reading, writing = _readable("consultation"), _writable("consultation")
    elif table in PARTS:
        reading = _of_consultation(table, _readable("c"))
        writing = _of_consultation(table, _writable("c"))
    elif table == "stored_answer":
        own = f"({IS_SYSTEM} OR {_covers('own', 'c.place_id')})"
        is_official = f"({IS_SYSTEM} OR {_told('own')} <> '')"
        free = f"({table}.consultation_id IS NULL AND {is_official})"
        reading = writing = f"({free} OR {_of_consultation(table, own)})"
    else:
        reading = writing = IS_DESK
    adding = "true" if table == SUGGESTIONS else writing  # readers suggest corrections
    return {
        "SELECT": f"USING ({reading})",
        "INSERT": f"WITH CHECK ({adding})",
        "UPDATE": f"USING ({writing}) WITH CHECK ({writing})",
        "DELETE": f"USING ({writing})",
    }


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in TABLES:
        for command, condition in _policies(table).items():
            op.execute(f"CREATE POLICY medina_{command.lower()} ON {table} FOR {command} {condition}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        for command in ("select", "insert", "update", "delete"):
            op.execute(f"DROP POLICY medina_{command} ON {table}")
