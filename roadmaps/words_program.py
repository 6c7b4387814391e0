"""The words of the program's passport. Plain Python: rules read them."""

from common.words import Word


class ProgramState(Word):
    """Where a program stands. An approved one is corrected with grounds, and approved anew."""

    DRAFT = "draft", "Проект"
    APPROVED = "approved", "Утверждена"
    CORRECTED = "corrected", "Корректируется"


class Template(Word):
    """What a program began with."""

    LONG = "long", "Долгосрочная программа"
    YEAR = "year", "Программа на один год"
    BLANK = "blank", "Программа школы"


class Section(Word):
    """The parts of the passport beside its indicators, in the order in which it is printed."""

    GOAL = "goal", "Цель"
    TASK = "task", "Задачи"
    STAGE = "stage", "Этапы и сроки"
    EXECUTOR = "executor", "Исполнители"
    GROUP = "group", "Рабочая группа"
    METHOD = "method", "Методы сбора и обработки информации"
    RESULT = "result", "Ожидаемые результаты"
    GOVERNANCE = "governance", "Порядок управления"


EMPTY = "не заполнено"
UNDECIDED = "не решено"
NO_BASE = "нет исходного значения"
