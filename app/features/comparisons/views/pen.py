"""Writing cells in the words of one reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.languages import LocalText
from app.core.messages import Words
from app.features.comparisons.rules.quantities import Quantity
from app.features.comparisons.views.table import Cell, Line
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import Shelf


@dataclass(frozen=True, slots=True)
class Pen:
    """Turns what records say into cells: `shelf` for codes and places, `words` for numbers and dates."""

    shelf: Shelf
    words: Words

    def text(self, finished: str) -> LocalText:
        """A finished text in the reader's language, or a name, which has none."""
        return LocalText(finished, self.shelf.language, self.shelf.language)

    def say(self, message: str, **params: str) -> LocalText:
        """A marked message in the reader's language."""
        return self.text(self.words.gettext(message, **params))

    def plain(self, *finished: str | None) -> Cell:
        """A cell of finished texts or names; empty ones are left out."""
        return Cell(tuple(Line(self.text(one)) for one in finished if one))

    def texts(self, texts: Iterable[LocalText | None]) -> Cell:
        """A cell of texts, each in its own language; texts that nobody reported are left out."""
        return Cell(tuple(Line(text) for text in texts if text))

    def code(self, group: str, code: str | None) -> Cell:
        """A cell with the word for a code of one of our own lists."""
        return self.plain(self.shelf.word(group, code)) if code is not None else Cell()

    def concepts(self, concepts: Sequence[ConceptLabel]) -> Cell:
        """A cell of concepts."""
        return self.plain(*(concept.label for concept in concepts))

    def number(self, quantity: Quantity, shown: str, notes: Sequence[LocalText | None] = ()) -> Cell:
        """A cell with a typed number, shown as the finished text `shown`."""
        line = Line(self.text(shown), tuple(note for note in notes if note))
        return Cell((line,), quantity=quantity)
