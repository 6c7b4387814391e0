"""The words of events for parents. Plain Python: rules read them."""

from risk_registry.categories import Word


class EventKind(Word):
    """What the school invites parents to."""

    MEETING = "meeting", "Родительское собрание"
    LECTURE = "lecture", "Лекция"
    CLUB = "club", "Родительский клуб"
    DAY = "day", "День консультаций"


# «Приглашаем вас на…», «протокол …»
TO_WHAT = {
    EventKind.MEETING: "родительское собрание",
    EventKind.LECTURE: "лекцию",
    EventKind.CLUB: "встречу родительского клуба",
    EventKind.DAY: "день консультаций",
}
OF_WHAT = {
    EventKind.MEETING: "родительского собрания",
    EventKind.LECTURE: "лекции",
    EventKind.CLUB: "встречи родительского клуба",
    EventKind.DAY: "дня консультаций",
}


class EventState(Word):
    """Where an event stands."""

    PLANNED = "planned", "В плане"
    HELD = "held", "Прошло"
    CANCELLED = "undone", "Отменено"


class EventDeed(Word):
    """What was done with an event."""

    PLAN = "plan", "внесено в план"
    MOVE = "move", "перенесено"
    HOLD = "hold", "прошло"
    RETURN = "return", "отметка «прошло» снята"
    CANCEL = "cancel", "отменено"
    RESTORE = "restore", "возвращено в план"
    CONCLUDE = "sign", "протокол заключён"
    REOPEN = "reopen", "протокол открыт для исправления"


class Lacking(Word):
    """What a past event still waits for."""

    OUTCOME = "outcome", "Не отмечено, прошло ли"
    MARKS = "marks", "Не отмечено, кто был"
    PROTOCOL = "protocol", "Нет протокола"
