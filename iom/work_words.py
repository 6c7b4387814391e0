"""The words of the journals: forms of individual work, how it went, what became of an agreement. Plain Python."""

from risk_registry.categories import Word


class WorkWay(Word):
    """Where and how a pupil was worked with, in the order in which it is offered."""

    LESSON = "lesson", "На уроке"
    AFTER = "after", "После уроков"
    CONSULTATION = "consult", "Консультация"
    EXTRA = "extra", "Доп. занятие"
    ONLINE = "online", "Онлайн"
    HOMEWORK = "home", "Домашний комплект"


class Outcome(Word):
    """How it went for one pupil."""

    DONE = "done", "Справился"
    PARTLY = "partly", "Частично"
    NOT_YET = "not", "Пока нет"


class Kept(Word):
    """What became of what was agreed in a talk; without a record nobody has said."""

    KEPT = "kept", "выполнено"
    BROKEN = "broken", "не выполнено"
    NEEDLESS = "needless", "стало не нужно"


MINUTES = (10, 15, 25, 40)
