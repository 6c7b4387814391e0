"""The words of academic debts (273-ФЗ, ст. 58) and of the way to the final exams. Plain Python: rules read them."""

from risk_registry.categories import Word


class DebtState(Word):
    """Where a debt stands between an unsatisfactory result and its end."""

    PROPOSED = "proposed", "Предложена"
    CONFIRMED = "confirmed", "Подтверждена"
    CLEARED = "cleared", "Ликвидирована"
    NOT_CLEARED = "overdue", "Не ликвидирована"
    DECLINED = "declined", "Отклонена"
    WITHDRAWN = "withdrawn", "Снята по отметкам"


class Outcome(Word):
    """How an attempt ended. Only illness and the school's own cancelling leave it uncounted."""

    PLANNED = "planned", "Назначена"
    PASSED = "passed", "Сдал"
    FAILED = "failed", "Не сдал"
    ABSENT = "absent", "Не явился"
    ILL = "ill", "Не явился по болезни"
    CANCELLED = "undone", "Отменена"


COUNTED = (Outcome.PLANNED, Outcome.PASSED, Outcome.FAILED, Outcome.ABSENT)
LOST = (Outcome.FAILED, Outcome.ABSENT)
HELD = (Outcome.PASSED, Outcome.FAILED)


class PauseKind(Word):
    """What the year of clearing does not include (273-ФЗ, ст. 58, ч. 5)."""

    ILLNESS = "illness", "Болезнь"
    LEAVE = "leave", "Академический отпуск"
    MATERNITY = "mother", "Отпуск по беременности и родам"


class Choice(Word):
    """What the parents choose when the debt was not cleared in time (273-ФЗ, ст. 58, ч. 9)."""

    REPEAT = "repeat", "Повторное обучение"
    ADAPTED = "adapted", "Адаптированная программа по рекомендации ПМПК"
    PLAN = "plan", "Индивидуальный учебный план"


class Need(Word):
    """What a debt waits for now."""

    CONFIRM = "confirm", "Подтвердить или отклонить"
    PLAN = "plan", "Назначить пересдачу"
    COMMISSION = "board", "Назначить комиссию"
    OUTCOME = "outcome", "Записать исход"
    WAIT = "wait", "Ждёт дня пересдачи"
    CLOSE = "close", "Решить: не ликвидирована"
    CHOICE = "choice", "Записать выбор родителей"
    NOTHING = "none", "Ничего"


OPEN_STATES = (DebtState.CONFIRMED, DebtState.NOT_CLEARED)


class TrialKind(Word):
    """What opens the way to the final exams besides marks."""

    INTERVIEW = "oral", "Итоговое собеседование"
    ESSAY = "essay", "Итоговое сочинение (изложение)"
