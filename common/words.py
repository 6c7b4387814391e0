"""Codes with the words that people read. Plain Python, so that rules stay so."""

from enum import StrEnum


class Word(StrEnum):
    """A code that tables and files hold, with the word that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        """A member is its code; `label` is Russian."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a column or a form."""
        return [(word.value, word.label) for word in cls]

    @classmethod
    def codes(cls) -> list[str]:
        """The codes, in order."""
        return [word.value for word in cls]
