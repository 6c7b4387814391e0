"""The words of the registry: categories, states of an entry, rules of signals. Plain Python, so that rules stay so."""

from common.words import Word as Word  # the floors above take it from here


class Category(Word):
    """Categories of the regional definitions, the graver first; each excludes the others."""

    FAILING = "failing", "Неуспевающий"
    WEAK = "weak", "Слабоуспевающий"
    RESERVE = "reserve", "Резерв"
    NONE = "none", "Вне категорий"


class EntryState(Word):
    """Where an entry stands between the marks' proposal and the school's decision."""

    PROPOSED = "proposed", "Предложен"
    AGREED = "agreed", "Согласован"
    APPROVED = "approved", "Утверждён"
    RETURNED = "returned", "Возвращён"
    REMOVED = "removed", "Исключён"
    WITHDRAWN = "withdrawn", "Снят по отметкам"


class Grounds(Word):
    """Why an entry leaves the registry by a person's decision."""

    REACHED = "reached", "Достигнут результат"
    MOVED = "moved", "Выбыл"
    MISTAKE = "mistake", "Внесён ошибочно"
    OTHER = "other", "Другое"


class SignalRule(Word):
    """What a signal was raised by."""

    THREE_UNSATISFACTORY = "three_unsatisfactory", "Три двойки и больше"
    ABSENCES = "absences", "Пропуски без уважительной причины"
    CONTROL_FAILED = "control_failed", "Двойка за контрольную работу"
    FALLING_TREND = "falling_trend", "Отметки падают"
    EXTERNAL_GAP = "external_gap", "Внешняя работа расходится с отметками"
    FEW_MARKS = "few_marks", "Мало отметок до конца периода"


class SignalState(Word):
    """Open until it is answered, dismissed, or the marks no longer say so."""

    OPEN = "open", "открыт"
    ACTED = "acted", "есть ответ"
    DISMISSED = "dismissed", "отклонён"
    CLOSED = "closed", "закрыт"


class DeedKind(Word):
    """What was done for a pupil, in the shortest form."""

    TALK = "talk", "Беседа"
    WORK = "work", "Индивидуальная работа"
    NOTE = "note", "Заметка"


class AnswerKind(Word):
    """What answers a signal: a deed of this floor, or what a floor above has made."""

    TALK = "talk", "Беседа"
    WORK = "work", "Индивидуальная работа"
    NOTE = "note", "Заметка"
    ROUTE = "route", "Индивидуальный маршрут"
    MEETING = "meeting", "Запись к специалисту"
    REFERRAL = "referral", "Направление к специалисту"
    PARENTS = "parents", "Беседа с родителями"
    NOTICE = "notice", "Уведомление родителям"


AT_RISK = (Category.FAILING, Category.WEAK)
IN_REGISTRY = (Category.FAILING, Category.WEAK, Category.RESERVE)
