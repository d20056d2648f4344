"""Reading persons and offices: for hub staff, and for whoever makes published copies."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.people.views import OfficeLine, PersonLine
from app.models.people import Office, Person

_PERSON = (Person.id, Person.slug, Person.name, Person.name_variants)
_OFFICE = (Office.id, Office.slug, Office.title, Office.title_code, Office.place_id, Office.country_code)


async def person_by_id(session: AsyncSession, person_id: UUID | None) -> PersonLine | None:
    """A person, or None."""
    if person_id is None:
        return None
    row = (await session.execute(select(*_PERSON).where(Person.id == person_id))).one_or_none()
    return PersonLine(row.id, row.slug, row.name, tuple(row.name_variants)) if row else None


async def office_by_id(session: AsyncSession, office_id: UUID | None) -> OfficeLine | None:
    """An office, or None."""
    if office_id is None:
        return None
    row = (await session.execute(select(*_OFFICE).where(Office.id == office_id))).one_or_none()
    return OfficeLine(*row) if row else None


async def person_ids(session: AsyncSession, slugs: Sequence[str]) -> Mapping[str, UUID]:
    """The keys of persons by slug; slugs that do not exist are left out."""
    rows = await session.execute(select(Person.slug, Person.id).where(Person.slug.in_(slugs)))
    return {row.slug: row.id for row in rows}


async def office_ids(session: AsyncSession, slugs: Sequence[str]) -> Mapping[str, UUID]:
    """The keys of offices by slug; slugs that do not exist are left out."""
    rows = await session.execute(select(Office.slug, Office.id).where(Office.slug.in_(slugs)))
    return {row.slug: row.id for row in rows}
