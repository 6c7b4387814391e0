"""The words of trainings, communities, practices, visits and gaps. Plain Python: rules read them."""

from enum import StrEnum

from common.words import Word
from common.workflow import Transition, Workflow


class RecordState(Word):
    """Where a teacher's record stands; a returned one carries the word of whoever returned it."""

    ENTERED = "entered", "Ждёт подтверждения"
    CONFIRMED = "confirmed", "Подтверждена"
    RETURNED = "returned", "Возвращена"


class RecordDeed(StrEnum):
    """What a person does with a record. Correcting sends it back to the beginning, unless the confirmer corrects."""

    CONFIRM = "confirm"
    RETURN = "return"
    CORRECT = "correct"


RECORD = Workflow(
    [
        Transition(RecordDeed.CONFIRM, RecordState.ENTERED, RecordState.CONFIRMED),
        Transition(RecordDeed.RETURN, RecordState.ENTERED, RecordState.RETURNED, needs_comment=True),
        Transition(RecordDeed.RETURN, RecordState.CONFIRMED, RecordState.RETURNED, needs_comment=True),
        Transition(RecordDeed.CONFIRM, RecordState.RETURNED, RecordState.CONFIRMED),
        Transition(RecordDeed.CORRECT, RecordState.ENTERED, RecordState.ENTERED),
        Transition(RecordDeed.CORRECT, RecordState.RETURNED, RecordState.ENTERED),
        Transition(RecordDeed.CORRECT, RecordState.CONFIRMED, RecordState.ENTERED),
    ]
)


class Topic(Word):
    """What a training or a practice is about (паспорт программы, задачи 1, 2 и 4)."""

    WEAK = "weak", "Слабоуспевающие и неуспевающие"
    NEEDS = "needs", "Дети с особыми образовательными потребностями"
    MOTIVATION = "motive", "Мотивация к учению"
    ASSESSMENT = "assess", "Формирующее оценивание"
    DIGITAL = "digital", "Цифровые ресурсы"
    OTHER = "other", "Другое"


# «по вопросам работы со слабоуспевающими и неуспевающими, в т. ч. с особыми потребностями» (показатели 1 и 4)
ADDRESSED = (Topic.WEAK, Topic.NEEDS)


class TrainingKind(Word):
    """Three kinds of learning (паспорт программы, задача 1)."""

    FORMAL = "formal", "Формальное: курсы с документом"
    NONFORMAL = "nonform", "Неформальное: вебинар, семинар, стажировка"
    INFORMAL = "inform", "Информальное: самообразование"


class CommunityKind(Word):
    """What teachers meet as (паспорт программы, показатель 2)."""

    LESSON_STUDY = "ls", "Команда «Исследование урока» (LS)"
    LEARNING = "plc", "Профессиональное обучающееся сообщество"
    CREATIVE = "group", "Творческая группа"


class MeetingStep(Word):
    """What a meeting of a community was for: the steps of one Lesson Study cycle, or anything else."""

    PLAN = "plan", "Планирование урока"
    LESSON = "lesson", "Исследовательский урок"
    TALK = "talk", "Обсуждение урока"
    SUM = "sum", "Итоги цикла"
    OTHER = "other", "Другая встреча"


class Technology(Word):
    """What a visitor saw in a lesson, by taps. What each is evidence for: `rules.evidence`."""

    LEVELS = "levels", "Задания разного уровня"
    GROUPS = "groups", "Работа в парах и группах"
    PERSONAL = "person", "Индивидуальная помощь"
    PROJECT = "project", "Проект, исследование"
    GAME = "game", "Игровые приёмы"
    READING = "reading", "Работа с текстом, смысловое чтение"
    EMD = "emd", "Приёмы единого методического дня"
    SFERUM = "sferum", "«Сферум»"
    MY_SCHOOL = "myschool", "«Моя школа»"
    RESH = "resh", "РЭШ"
    CONTENT = "content", "«Цифровой образовательный контент»"
    CRITERIA = "criteria", "Критерии известны ученикам"
    FEEDBACK = "feedback", "Развёрнутая обратная связь"
    SELF = "self", "Самооценка и взаимооценка"


METHODS = (
    Technology.LEVELS,
    Technology.GROUPS,
    Technology.PERSONAL,
    Technology.PROJECT,
    Technology.GAME,
    Technology.READING,
    Technology.EMD,
)
PLATFORMS = (Technology.SFERUM, Technology.MY_SCHOOL, Technology.RESH, Technology.CONTENT)
FORMATIVE = (Technology.CRITERIA, Technology.FEEDBACK, Technology.SELF)


class Objectivity(Word):
    """Whether marks followed known criteria."""

    YES = "yes", "Соответствуют критериям"
    PART = "part", "Частично"
    NO = "no", "Не соответствуют"
    NONE = "none", "Отметок не было"


class WeakWork(Word):
    """Whether work with pupils who have difficulties was seen."""

    SEEN = "seen", "Видна"
    PART = "part", "Отчасти"
    NO = "no", "Не видна"
    NONE = "none", "Не требовалась"


SEEN_WITH_WEAK = (WeakWork.SEEN, WeakWork.PART)


class GapArea(Word):
    """Which skill a teacher misses (профессиональный дефицит)."""

    SUBJECT = "subject", "Предметный"
    METHOD = "method", "Методический"
    PEOPLE = "people", "Психолого-педагогический"
    ASSESSMENT = "assess", "Оценивание"
    DIGITAL = "digital", "Цифровой"


class GapFound(Word):
    """How a gap became known."""

    SELF = "self", "Самооценка"
    VISIT = "visit", "Посещение урока"
    TEST = "test", "Диагностика"
    UNION = "union", "Разговор в ШМО"
