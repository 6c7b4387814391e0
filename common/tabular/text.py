"""Texts of cells: tidied for keeping, and made comparable for recognising headings."""

import re
from datetime import date, datetime
from functools import lru_cache

from common.tabular.sheets import Cell

LATIN = "AaBCcEeHKMOoPpTXxyk"
CYRILLIC = "АаВСсЕеНКМОоРрТХхук"
LOOK_ALIKES = str.maketrans(LATIN, CYRILLIC)
FULL_WIDTH = str.maketrans("０１２３４５６７８９．／＋－", "0123456789./+-")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
HAS_CYRILLIC = re.compile("[А-Яа-яЁё]")
PUNCTUATION = re.compile(r"[.,:;()\"'«»“”„_*/\\|]+")


@lru_cache(maxsize=50_000)
def tidy(text: str) -> str:
    """The text with ordinary single spaces and nothing invisible."""
    return " ".join(INVISIBLE.sub("", text).split())


def shown(value: Cell) -> str:
    """The value as a person sees it in the cell: «6» for 6.0, «03.04.2026» for a date."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M").removesuffix(" 00:00")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def cyrillic(word: str) -> str:
    """Latin letters that look Cyrillic made Cyrillic, for a word that should be Russian."""
    return word.translate(LOOK_ALIKES)


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The text for comparing: lower case, ё as е, no punctuation, Latin look-alikes in Russian words replaced."""
    words = PUNCTUATION.sub(" ", tidy(text)).split()
    return " ".join(cyrillic(word) if HAS_CYRILLIC.search(word) else word for word in words).lower().replace("ё", "е")


def key_of(value: Cell) -> str:
    """`key` of a text cell; an empty string for any other."""
    return key(value) if isinstance(value, str) and len(value) <= 200 else ""
