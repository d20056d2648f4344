"""Recording, publishing and archiving support, plans, bodies, strategies and reported needs."""

from app.features.support.service.publishing import archive_record, publish_record
from app.features.support.service.recording import change_record, record, store, store_again

__all__ = ["archive_record", "change_record", "publish_record", "record", "store", "store_again"]
