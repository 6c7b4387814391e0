"""How long homework may take, and until when a complaint is answered."""

from datetime import date, timedelta

# СанПиН 1.2.3685-21, таблица 6.6: продолжительность выполнения домашних заданий, минут в день по всем предметам.
_NORMS = ((1, 60), (3, 90), (5, 120), (8, 150), (12, 210))
NORM_SOURCE = "СанПиН 1.2.3685-21, табл. 6.6"


def homework_norm(grade: int) -> int:
    """Minutes a day for all subjects together, at most; grades 1–12."""
    return next(minutes for last, minutes in _NORMS if grade <= last)


def answer_due(came_on: date, days: int) -> date:
    """The last day for an answer: so many calendar days after the complaint (59-ФЗ, ст. 12: 30 дней)."""
    return came_on + timedelta(days=days)
