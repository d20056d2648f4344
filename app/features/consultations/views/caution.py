"""Where a section of the form seems to name a person."""

from app.features.consultations.rules.caution import cautions
from app.features.consultations.rules.questionnaire.questions import Kind
from app.features.consultations.views.forms import FieldView, FormView, RowsView


def cautioned_rows(form: FormView) -> tuple[tuple[str, str], ...]:
    """Pairs (field, name of its row) of statements whose words seem to name somebody."""
    return tuple(
        (part.name, row.title)
        for rows in form.parts
        if isinstance(rows, RowsView) and form.has_statements
        for row in rows.rows
        for part in row.parts
        if isinstance(part, FieldView) and part.kind == Kind.PROSE and cautions(part.value)
    )
