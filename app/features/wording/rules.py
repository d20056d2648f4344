"""What becomes of translations when a text is edited."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import FieldError
from app.core.languages import LANGUAGES, MultiText, Translation, source_hash
from app.core.messages import noop
from app.core.values import Texts

MISSING_SOURCE = noop("Write this in the language of the record")


@dataclass(frozen=True, slots=True)
class KeptText:
    """A stored text. `made_from` is the fingerprint of the source text that a translation was made from."""

    text: str
    status: Translation
    made_from: str | None = None


def revised(source: str, kept: Mapping[str, KeptText], typed: Texts) -> dict[str, KeptText]:
    """The texts after an edit, by language.

    A translation that was neither changed nor said anything new about goes out of date when its
    source changes. A changed one is what the editor says it is.
    """
    original = typed.text(source)
    found: dict[str, KeptText] = {}
    if original:
        found[source] = KeptText(original, Translation.ORIGINAL)
    mark = source_hash(original) if original else None
    before = kept.get(source)
    source_changed = before is not None and before.text != original
    for language in LANGUAGES:
        text = typed.text(language)
        if language == source or not text:
            continue
        said = Translation(typed.state[language]) if language in typed.state else None
        found[language] = _translation(kept.get(language), text, said, mark, source_changed=source_changed)
    return found


def _translation(
    before: KeptText | None, text: str, said: Translation | None, mark: str | None, *, source_changed: bool
) -> KeptText:
    if before is None or before.text != text:
        fresh = said if said and said is not Translation.OUT_OF_DATE else Translation.HUMAN
        return KeptText(text, fresh, mark)
    if said is not None and said is not before.status:
        return KeptText(text, said, mark if said is not Translation.OUT_OF_DATE else before.made_from)
    if source_changed:
        return KeptText(text, Translation.OUT_OF_DATE, before.made_from)
    return before


def revised_multi(source: str, dumped: Mapping[str, object] | None, typed: Texts) -> dict[str, object]:
    """The same for a dumped `MultiText`, which keeps no fingerprints."""
    kept = {code: KeptText(*pair) for code, pair in MultiText.load(dumped).texts.items()}
    after = revised(source, kept, typed)
    return MultiText(source, {code: (one.text, one.status) for code, one in after.items()}).dump()


def answers_of(dumped: Mapping[str, object] | None) -> dict[str, object]:
    """A dumped `MultiText` as the fields of a form."""
    texts = MultiText.load(dumped).texts
    return texts_as_answers({code: KeptText(*pair) for code, pair in texts.items()})


def texts_as_answers(texts: Mapping[str, KeptText]) -> dict[str, object]:
    """Texts as the fields of a form: one per language, and the state of each translation."""
    answers: dict[str, object] = {code: one.text for code, one in texts.items()}
    answers["state"] = {
        code: str(one.status) for code, one in texts.items() if one.status is not Translation.ORIGINAL
    }
    return answers


def source_errors(source: str, texts: Mapping[str, Texts]) -> list[FieldError]:
    """What is wrong with texts that must exist in the language of the record, by field name."""
    return [
        FieldError(f"{field}.{source}", MISSING_SOURCE)
        for field, typed in texts.items()
        if not typed.text(source)
    ]
