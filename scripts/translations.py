"""Keeps the catalogues in step with the texts in code and templates, and checks that none is missing.

`translations.py` extracts all texts and merges them into app/locales/<language>/LC_MESSAGES;
`--check` changes nothing and fails when a text has no translation, is only guessed (fuzzy),
has other placeholders than the English, or when the plural rule of Arabic is not the common one.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"
TRANSLATED = ("ar", "fr")
TEMPLATES = ("templates/**.html", "templates/**.txt")
METHODS = [("**.py", "python"), *((name, "jinja2") for name in TEMPLATES)]
OPTIONS = {name: {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"} for name in TEMPLATES}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "noop": None}
ARABIC_PLURALS = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)
PLURALS = {"ar": ARABIC_PLURALS, "fr": "nplurals=2; plural=(n > 1);"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def extracted() -> Catalog:
    """All texts that readers may see, from code and templates."""
    template = Catalog(project="Medina", fuzzy=False)
    for name, line, message, comments, context in extract_from_dir(
        str(APP), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        template.add(message, None, [(f"app/{name}", line)], auto_comments=comments, context=context)
    return template


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return APP / "locales" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The catalogue of a language, empty where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Merge new texts into the catalogues; texts that are gone are dropped."""
    template = extracted()
    for language in TRANSLATED:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        out = io.BytesIO()
        write_po(out, catalogue, sort_output=True, omit_header=True, include_lineno=False, width=100)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_text(header(language) + out.getvalue().decode(), encoding="utf-8")


def header(language: str) -> str:
    """The head of a catalogue; without dates, which would change with every extraction."""
    lines = (
        "Project-Id-Version: Medina",
        f"Language: {language}",
        f"Plural-Forms: {PLURALS[language]}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def problems() -> Iterator[str]:
    """What is wrong with the catalogues, a line each."""
    template = extracted()
    for language in TRANSLATED:
        catalogue = read(language)
        written = path_of(language).read_text(encoding="utf-8") if path_of(language).exists() else ""
        if PLURALS[language] not in written:
            yield f"{language}: the plural rule is not {PLURALS[language]}"
        for message in template:
            if message.id:
                yield from _problems_of(language, message, catalogue.get(message.id, message.context))


def _problems_of(language: str, message: Message, found: Message | None) -> Iterator[str]:
    name = message.id[0] if isinstance(message.id, tuple | list) else message.id
    strings = found.string if found is not None else ""
    forms = list(strings) if isinstance(strings, tuple | list) else [strings]
    if not all(forms):
        yield f"{language}: not translated: {name!r}"
        return
    assert found is not None
    if found.fuzzy:
        yield f"{language}: only guessed: {name!r}"
    wanted = set(_PLACEHOLDER.findall(name))
    for form in forms:
        surplus = set(_PLACEHOLDER.findall(str(form))) - wanted
        lacking = wanted - set(_PLACEHOLDER.findall(str(form))) if len(forms) == 1 else set()
        if surplus or lacking:
            yield f"{language}: placeholders {sorted(surplus | lacking)} differ: {name!r}"


def main() -> None:
    """Update, or check and say what is wrong."""
    if "--check" not in sys.argv:
        update()
        return
    found = list(problems())
    for line in found:
        print(line)
    if found:
        sys.exit(f"{len(found)} problems in the catalogues; `make translations` adds new texts to them")


if __name__ == "__main__":
    main()
