"""A light Arabic stem: the article and its clitics off, then the regular endings.

Works on folded words (no vowel signs, one alif, one ya). Snowball's Arabic stemmer cuts
ب of بلديات and keeps ا of شبكات, so it stands beside this one, never alone.
"""

import re

# A stem keeps at least three letters; what may be part of the word is only taken off longer ones.
_ARTICLE = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل)(?=\w{3})")
_ONE_LETTER = re.compile(r"^(?:و(?=\w{2})|[فبكل](?=\w{4}))")
_ENDING = re.compile(r"(?<=\w{3})(?:ات|ان|ون|ين|ها|هم|هن|نا|يه|يا|وا|ه|ي|ء)$")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")


def is_arabic(word: str) -> bool:
    """Whether the word is written in Arabic letters."""
    return _ARABIC_LETTER.search(word) is not None


def strip_article(word: str) -> str:
    """The word without ال and what is written together with it: و ف ب ك ل."""
    return _ARTICLE.sub("", word, count=1)


def close_ta_marbuta(word: str) -> str:
    """ة as ه, the way many people type it. Only after stemming: stemmers tell them apart."""
    return word.replace("ة", "ه")


def strip_one_letter_clitic(word: str) -> str:
    """The word without a leading و ف ب ك ل that may be a conjunction or a preposition."""
    return _ONE_LETTER.sub("", word, count=1)


def without_preposition(word: str) -> str:
    """A place name without "in", "to", "and" written in front: بتونس, للموصل; the article stays."""
    if word.startswith("لل"):
        return "ال" + word[2:]
    return strip_one_letter_clitic(word)


def light_stem(word: str) -> str:
    """`word`, free of its article, without regular endings for number, gender, adjective and owner."""
    stem = close_ta_marbuta(word)
    while (shorter := _ENDING.sub("", stem)) != stem:
        stem = shorter
    return stem
