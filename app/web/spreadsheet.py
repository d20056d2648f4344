"""Tables as files for spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from fastapi import Response


def csv_response(rows: Iterable[Sequence[str]], name: str) -> Response:
    """Rows as CSV."""
    out = StringIO()
    csv.writer(out).writerows(rows)
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
