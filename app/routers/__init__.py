"""Addresses only: which use case, which template.

Paths of pages begin with `/{lang:lang}`, one of the three languages.
"""

from starlette.convertors import StringConvertor, register_url_convertor


class LanguageConvertor(StringConvertor):
    """The first part of a page's path."""

    regex = "ar|fr|en"


register_url_convertor("lang", LanguageConvertor())
