"""The edges: thin routes that hand over to the features.

Every page lives under its language; `{lang:lang}` matches exactly the three that exist, and
`{section:section}` exactly the sections of a consultation.
"""

from starlette.convertors import StringConvertor, register_url_convertor

from app.core.languages import LANGUAGES
from app.features.consultations.rules.questionnaire import SECTIONS


class LanguageConvertor(StringConvertor):
    """One of the languages of Medina."""

    regex = "|".join(LANGUAGES)


class SectionConvertor(StringConvertor):
    """One of the sections of a consultation."""

    regex = "|".join(SECTIONS)


register_url_convertor("lang", LanguageConvertor())
register_url_convertor("section", SectionConvertor())
