"""What becomes of a pupil when the academic year ends. Plain Python, so that the rules stay so."""

from enum import StrEnum


class Lot(StrEnum):
    """Source: 273-ФЗ, ст. 58: transfer, conditional transfer, a second year; or the pupil leaves the school."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Lot":
        """A member is its code; `label` is Russian."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    PROMOTED = "promoted", "Переведён"
    CONDITIONAL = "conditional", "Переведён условно"
    REPEATS = "repeats", "Оставлен на повторное обучение"
    FINISHED = "finished", "Окончил школу"
    LEFT = "left", "Выбывает"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a column or a form."""
        return [(lot.value, lot.label) for lot in cls]


GOES_ON = (Lot.PROMOTED, Lot.CONDITIONAL)
GONE = (Lot.FINISHED, Lot.LEFT)
