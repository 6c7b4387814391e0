"""How files and people write classes, subjects and names, and when two writings are one thing. Pure."""

import re

# Latin capitals that look like Cyrillic ones; small letters too, where a file was typed on the wrong layout.
_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYaceopxykmbht", "АВСЕНКМОРТХУасеорхукмвнт")
_SPACES = re.compile(r"\s+")
_CLASS = re.compile(r"^(\d{1,2})\s*([-–—./]?)\s*[\"'«„“(]*\s*([^\W_][\w\s.-]*?)?\s*[\"'»“”)]*$")
_CLASS_WORD = re.compile(r"\s*\b(?:классы?|кл)\b\.?\s*", re.IGNORECASE)
MAX_GRADE = 12


def tidy(text: str) -> str:
    """Without spaces at the ends and doubled ones inside, unbreakable ones included."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """The writing by which names are compared: small letters, ё = е, Cyrillic for look-alike Latin, one space."""
    return tidy(text).translate(_LOOK_ALIKES).lower().replace("ё", "е")


def class_parts(text: str) -> tuple[int, str] | None:
    """(7, "А") of «7А», «7 "а"», «7-A» (Latin) or «7А класс»; (7, "-1") of «7-1»; None when it is no class."""
    found = _CLASS.match(tidy(_CLASS_WORD.sub(" ", text)))
    if found is None or not 1 <= int(found[1]) <= MAX_GRADE:
        return None
    letter = (found[3] or "").translate(_LOOK_ALIKES).upper()
    if letter[:1].isdigit():
        # «7-1» needs its hyphen: «71» would be another class.
        return (int(found[1]), f"-{letter}") if found[2] else None
    return (int(found[1]), letter) if len(letter) <= 20 else None


def person_parts(text: str) -> tuple[str, str, str]:
    """(surname, first name, patronymic) of a full name in this order; what is missing is an empty string.

    All after the second word is the patronymic: «Мамедов Али Гасан оглы».
    """
    words = tidy(text).split(" ", 2)
    last, first, middle = [*words, "", "", ""][:3]
    return last, first, middle
