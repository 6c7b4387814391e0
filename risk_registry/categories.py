"""The words of the registry: categories, states of an entry, rules of signals. Imports neither models nor rules."""

from django.db import models


class Category(models.TextChoices):
    """Categories of the regional definitions, the graver first; each excludes the others."""

    FAILING = "failing", "Неуспевающий"
    WEAK = "weak", "Слабоуспевающий"
    RESERVE = "reserve", "Резерв"
    NONE = "none", "Вне категорий"


class EntryState(models.TextChoices):
    """Where an entry stands between the marks' proposal and the school's decision."""

    PROPOSED = "proposed", "Предложен"
    AGREED = "agreed", "Согласован"
    APPROVED = "approved", "Утверждён"
    RETURNED = "returned", "Возвращён"
    REMOVED = "removed", "Исключён"
    WITHDRAWN = "withdrawn", "Снят по отметкам"


class SignalRule(models.TextChoices):
    """What a signal was raised by."""

    THREE_UNSATISFACTORY = "three_unsatisfactory", "Три двойки и больше"


class SignalState(models.TextChoices):
    """Open while the marks say so."""

    OPEN = "open", "открыт"
    CLOSED = "closed", "закрыт"


AT_RISK = (Category.FAILING, Category.WEAK)
IN_REGISTRY = (Category.FAILING, Category.WEAK, Category.RESERVE)
