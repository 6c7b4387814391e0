"""Logins made of names."""

from collections.abc import Callable

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia".replace("_", "").split(" "),
        strict=True,
    )
)


def in_latin(text: str) -> str:
    """«Ёлкина-Щукина» → «elkina-shchukina»; what is neither a letter, a digit nor a hyphen is left out."""
    letters = (_LATIN.get(letter, letter) for letter in text.lower())
    return "".join(letter for letter in "".join(letters) if (letter.isascii() and letter.isalnum()) or letter == "-")


def username_for(last: str, first: str, middle: str, is_taken: Callable[[str], bool]) -> str:
    """«ermolaeva.sv», or «ermolaeva.sv2» when that one is taken. Always in small letters."""
    base = f"{in_latin(last) or 'login'}.{in_latin(first)[:1]}{in_latin(middle)[:1]}".rstrip(".")
    number = 1
    name = base
    while is_taken(name):
        number += 1
        name = f"{base}{number}"
    return name
