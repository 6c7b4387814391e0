"""The words of sittings: kinds, states, deeds, rhythms. Plain Python: rules read them."""

from datetime import date

from risk_registry.categories import Word


class SittingKind(Word):
    """Sittings by which the program is governed: those of its passport, of its roadmap and of the indicator P21."""

    BRIEFING = "briefing", "Планёрка"
    DIRECTOR = "director", "Совещание при директоре"
    DEPUTY = "deputy", "Совещание при завуче"
    GROUP = "group", "Рабочая группа"
    COUNCIL = "council", "Педагогический совет"
    UNION = "union", "Заседание ШМО"
    QUALITY = "quality", "Совет по качеству"


# «протокол …», «решение …»
OF_KIND = {
    SittingKind.BRIEFING: "планёрки",
    SittingKind.DIRECTOR: "совещания при директоре",
    SittingKind.DEPUTY: "совещания при завуче",
    SittingKind.GROUP: "заседания рабочей группы",
    SittingKind.COUNCIL: "педагогического совета",
    SittingKind.UNION: "заседания ШМО",
    SittingKind.QUALITY: "совета по качеству",
}


class SittingState(Word):
    """Where a sitting stands."""

    PLANNED = "planned", "В плане"
    HELD = "held", "Проведено"
    CANCELLED = "undone", "Отменено"


class SittingDeed(Word):
    """What was done with a sitting."""

    PLAN = "plan", "внесено в план"
    EDIT = "edit", "исправлено"
    HOLD = "hold", "проведено"
    RETURN = "return", "отметка «проведено» снята"
    CANCEL = "cancel", "отменено"
    RESTORE = "restore", "возвращено в план"
    SIGN = "sign", "протокол подписан"
    REOPEN = "reopen", "протокол открыт для исправления"


class Topic(Word):
    """What a question is about, as far as indicators ask."""

    OTHER = "other", "Другое"
    PREVENTION = "prevent", "Работа со слабоуспевающими и неуспевающими"
    REVIEW = "review", "Итоги реализации программы"


class DecisionState(Word):
    """What became of a decision."""

    OPEN = "open", "Выполняется"
    MOVED = "moved", "Срок перенесён"
    DONE = "done", "Выполнено"
    CANCELLED = "undone", "Отменено"


class DecisionDeed(Word):
    """What was done with a decision."""

    DONE = "done", "выполнено"
    MOVE = "move", "срок перенесён"
    CANCEL = "cancel", "отменено"
    RETURN = "return", "отметка снята"


class Unit(Word):
    """How often a kind of sitting is due."""

    WEEK = "week", "в неделю"
    MONTH = "month", "в месяц"
    PERIOD = "period", "в учебный период"
    JANUARY = "january", "в январе"
    YEAR = "year", "в год"
    NONE = "none", "по мере необходимости"


def lacking(state: str, on: date, *, signed: bool, today: date) -> str:
    """What a past sitting still waits for; empty when nothing."""
    if state == SittingState.PLANNED and on < today:
        return "Не отмечено, прошло ли"
    return "Нет протокола" if state == SittingState.HELD and not signed else ""
