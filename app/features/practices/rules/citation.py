"""How a record is cited: BibTeX and RIS, from the same few facts."""

import re
from dataclasses import dataclass
from datetime import date

AUTHOR = "MENA Regional Hub"
COLLECTION = "Medina, good practice library"

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "#": r"\#",
        "&": r"\&",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: a version of a record, named by the day it was published."""

    key: str
    title: str
    version_of: date
    address: str
    language: str


def bibtex(citation: Citation) -> str:
    """An entry for BibTeX and BibLaTeX. Texts are UTF-8; what TeX reads as a command is escaped."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_one_line(citation.title).translate(_TEX)}}}",
        "howpublished": COLLECTION,
        "year": str(citation.version_of.year),
        "month": str(citation.version_of.month),
        "note": f"Version of {citation.version_of.isoformat()}",
        "url": citation.address,
        "langid": {"ar": "arabic", "fr": "french"}.get(citation.language, "english"),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{medina-{citation.key},\n{lines}\n}}\n"


def ris(citation: Citation) -> str:
    """An entry in RIS, the format that reference managers share."""
    lines = [
        ("TY", "ELEC"),
        ("AU", AUTHOR),
        ("TI", _one_line(citation.title)),
        ("T2", COLLECTION),
        ("PY", str(citation.version_of.year)),
        ("DA", citation.version_of.strftime("%Y/%m/%d")),
        ("UR", citation.address),
        ("LA", citation.language),
        ("ID", f"medina-{citation.key}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def _one_line(text: str) -> str:
    """A text that cannot begin a new line of the file."""
    return _SPACE.sub(" ", text).strip()
