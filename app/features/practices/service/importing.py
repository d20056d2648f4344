"""Storing practices from desk research."""

from datetime import datetime

from app.core.db import WriteSession
from app.core.edtf import EdtfDate, parse_date
from app.core.languages import LANGUAGES, Language, MultiText, Translation, source_hash
from app.core.sensitivity import Sensitivity
from app.features.practices.commands import TEXT_FIELDS, ImportPractice
from app.models.base import Publication
from app.models.practice import (
    PartnerRole,
    Practice,
    PracticeConcept,
    PracticeEvaluation,
    PracticeOutcome,
    PracticeOutput,
    PracticePartner,
    PracticePlace,
    PracticeSource,
    PracticeText,
    Stage,
)

SOURCE_LANGUAGE: Language = "en"


async def import_practice(
    session: WriteSession, command: ImportPractice, *, publication: Publication, now: datetime
) -> Practice:
    """Store a practice from desk research; what the sources do not say stays empty."""
    start, end = _edtf(command.start), _edtf(command.end)
    practice = Practice(
        slug=command.id,
        publication=publication,
        origin=command.origin,
        source_language=SOURCE_LANGUAGE,
        original_language=command.original_language,
        kind=command.kind,
        stage=command.status or Stage.UNKNOWN,
        start_edtf=command.start,
        start_from=start.start if start else None,
        start_until=start.end if start else None,
        end_edtf=command.end,
        end_from=end.start if end else None,
        end_until=end.end if end else None,
        lead_organisation=command.lead_organisation,
        contact_sensitivity=Sensitivity.HUB,
        staff=command.resources.staff,
        cost_amount=command.resources.cost,
        cost_currency=command.resources.currency,
        cost_basis=command.resources.cost_basis,
        settings=[],
        key_dates=[],
        building_blocks=[],
        replications=[],
        nlc_links=[],
        sdg_targets=[],
        links=[],
        evidence_level=command.evidence_level,
        owner_confirmed=command.owner_confirmed,
        confidence=command.confidence,
        lessons_basis=command.lessons_basis,
        transferability_basis=command.transferability_basis,
        sensitivity=Sensitivity.PUBLIC,
        created_at=now,
        updated_at=now,
        texts=_texts(command),
        places=[
            PracticePlace(position=i, place_id=p.place_id, role=p.role) for i, p in enumerate(command.places)
        ],
        concepts=[
            PracticeConcept(position=i, concept_code=code) for i, code in enumerate(command.concept_codes)
        ],
        partners=_partners(command),
        outputs=[
            PracticeOutput(
                position=i,
                indicator=_multi(o.indicator, o.indicator_fr, o.indicator_ar),
                value=o.value,
                qualifier=o.qualifier,
                period=o.period,
            )
            for i, o in enumerate(command.outputs)
        ],
        outcomes=[
            PracticeOutcome(
                position=i,
                outcome=_multi(o.outcome, o.outcome_fr, o.outcome_ar),
                direction=o.direction,
                method=o.method,
                study_reference=o.source,
            )
            for i, o in enumerate(command.outcomes)
        ],
        evaluations=[PracticeEvaluation(position=0, **command.evaluation.model_dump())]
        if command.evaluation
        else [],
        provenance=[
            PracticeSource(
                position=i,
                title=s.title,
                url=s.url,
                publisher=s.publisher,
                year=s.year,
                supports=s.what_it_supports,
            )
            for i, s in enumerate(command.sources)
        ],
        transfer_scores=[],
        rights_answers=[],
        reviews=[],
    )
    session.add(practice)
    await session.flush()
    return practice


def _texts(command: ImportPractice) -> list[PracticeText]:
    """The texts of all fields and languages; translations carry the hash of their source."""
    rows: list[PracticeText] = []
    for field in TEXT_FIELDS:
        source = command.text(field, SOURCE_LANGUAGE)
        for language in LANGUAGES:
            text = command.text(field, language)
            if text is None:
                continue
            is_source = language == SOURCE_LANGUAGE
            rows.append(
                PracticeText(
                    field=field,
                    language=language,
                    text=text,
                    status=Translation.ORIGINAL if is_source else Translation.MACHINE_DRAFT,
                    source_hash=None if is_source or source is None else source_hash(source),
                )
            )
    return rows


def _partners(command: ImportPractice) -> list[PracticePartner]:
    named = [(name, PartnerRole.PARTNER) for name in command.partners]
    named += [(name, PartnerRole.FUNDER) for name in command.funders]
    return [PracticePartner(position=i, name=name, role=role) for i, (name, role) in enumerate(named)]


def _multi(en: str, fr: str | None, ar: str | None) -> dict[str, object]:
    """An indicator or outcome with its machine drafts, dumped."""
    drafts = {k: (v, Translation.MACHINE_DRAFT) for k, v in (("fr", fr), ("ar", ar)) if v}
    return MultiText(SOURCE_LANGUAGE, {SOURCE_LANGUAGE: (en, Translation.ORIGINAL), **drafts}).dump()


def _edtf(text: str | None) -> EdtfDate | None:
    return parse_date(text) if text else None
