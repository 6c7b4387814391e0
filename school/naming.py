"""How files and people write classes, subjects and names, and when two writings are one thing. Pure."""

import re

from common.names import name_key

_SPACES = re.compile(r"\s+")
_CLASS = re.compile(r"^(\d{1,2})\s*([-–—./]?)\s*[\"'«„“(]*\s*([^\W_][\w\s.-]*?)?\s*[\"'»“”)]*$")
_CLASS_WORD = re.compile(r"\s*\b(?:классы?|кл)\b\.?\s*", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;]+")
MAX_GRADE = 12


def tidy(text: str) -> str:
    """Without spaces at the ends and doubled ones inside, unbreakable ones included."""
    return _SPACES.sub(" ", text).strip()


def class_parts(text: str) -> tuple[int, str] | None:
    """(7, "А") of «7А», «7 "а"», «7-A» (Latin) or «7А класс»; (7, "-1") of «7-1»; None when it is no class."""
    found = _CLASS.match(tidy(_CLASS_WORD.sub(" ", text)))
    if found is None or not 1 <= int(found[1]) <= MAX_GRADE:
        return None
    letter = name_key(found[3] or "").upper()
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


def same_person(written: tuple[str, str, str], known: tuple[str, str, str]) -> bool:
    """Whether two (surname, first name, patronymic) may be one person's.

    First name and patronymic may be swapped, and either side may lack the patronymic; the rest is compared folded.
    """
    last, first, middle = (name_key(part) for part in written)
    other_last, other_first, other_middle = (name_key(part) for part in known)
    if last != other_last:
        return False
    if not middle or not other_middle:
        return first == other_first
    return (first, middle) in ((other_first, other_middle), (other_middle, other_first))


def email_or_nothing(text: str) -> str:
    """The address when it looks like one, else an empty string."""
    return text if len(text) <= 254 and _EMAIL.fullmatch(text) else ""
