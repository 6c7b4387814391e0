"""The words of individual routes: kinds, states, gaps, steps. Plain Python: rules read them."""

from risk_registry.categories import Word


class RouteKind(Word):
    """Whom a route is for; one of a pupil's kind goes on at a time."""

    FAILING = "failing", "Неуспевающий"
    WEAK = "weak", "Слабоуспевающий"
    RESERVE = "reserve", "Группа резерва"
    LANGUAGE = "language", "Русский язык неродной"
    NEEDS = "needs", "ОВЗ"
    TEACHER = "teacher", "Педагог"


class RouteState(Word):
    """Where a route stands. A change of an approved one begins again at the draft; its version stays in force."""

    DRAFT = "draft", "Черновик"
    WITH_PARENTS = "parents", "Согласован педагогами"
    AGREED = "agreed", "Ответ родителей получен"
    ACTIVE = "active", "Действует"
    FINISHED = "finished", "Завершён"
    WITHDRAWN = "undone", "Отозван"


OVER = (RouteState.FINISHED, RouteState.WITHDRAWN)


class Found(Word):
    """How a gap was found."""

    CONTROL = "control", "Контрольная работа"
    TASK = "task", "Задание ВПР или другой внешней работы"
    LESSON = "lesson", "На уроке"
    TALK = "talk", "В беседе"
    OTHER = "other", "Иначе"


class Unit(Word):
    """In what a gap is measured; more is better in each."""

    MARK = "mark", "отметка"
    PERCENT = "percent", "% выполнения"
    POINTS = "points", "баллы"
    TASKS = "tasks", "верно решённые задания"


class GapState(Word):
    """A gap is closed by its control alone; dropped when it was no gap, with the reason."""

    OPEN = "open", "Открыт"
    CLOSED = "closed", "Закрыт"
    DROPPED = "dropped", "Снят"


class StepKind(Word):
    """What is done for the pupil."""

    LESSON = "lesson", "Работа на уроке"
    EXTRA = "extra", "Дополнительное занятие"
    CONSULTATION = "consult", "Консультация"
    HOMEWORK = "homework", "Домашний комплект заданий"
    EDUCATION = "course", "Дополнительное образование"
    COMPETITION = "contest", "Конкурс или олимпиада"
    TUTOR = "tutor", "Встреча с тьютором"
    SPECIALIST = "special", "Помощь специалиста"
    TRAINING = "training", "Обучение педагога"


class Every(Word):
    """How often."""

    LESSON = "lesson", "на каждом уроке"
    WEEK = "week", "раз в неделю"
    TWICE = "twice", "два раза в неделю"
    FORTNIGHT = "two", "раз в две недели"
    MONTH = "month", "раз в месяц"
    PERIOD = "period", "раз в учебный период"


class StepState(Word):
    """What became of a step of the plan; without a record it is planned, never «not done»."""

    PLANNED = "planned", "Запланирован"
    DONE = "done", "Выполнен"
    NOT_DONE = "undone", "Не состоялся"


class WhyNot(Word):
    """Why a step was not delivered: nothing of it says that it would not have helped."""

    PUPIL_AWAY = "away", "обучающийся отсутствовал"
    TEACHER_AWAY = "staff", "педагог отсутствовал"
    REFUSED = "refused", "обучающийся или родители отказались"
    NO_TIME = "time", "не нашлось времени или места"
    NEEDLESS = "needless", "стало не нужно"
    OTHER = "other", "другое"


class Side(Word):
    """Whose agreement to a route."""

    TEACHER = "teacher", "Учитель-предметник"
    PSYCHOLOGIST = "psych", "Педагог-психолог"
    PARENTS = "parents", "Родители"


class Way(Word):
    """How the parents agreed or refused."""

    SIGNED = "signed", "подпись на листе"
    MEETING = "meeting", "лично"
    PHONE = "phone", "по телефону"
    LETTER = "letter", "письмом"
    JOURNAL = "journal", "в электронном журнале"
    LINK = "link", "по ссылке"


class PaperKind(Word):
    """What approves a route."""

    ORDER = "order", "приказ"
    COUNCIL = "council", "протокол ППк"


class Decision(Word):
    """What a review decides."""

    CONTINUE = "go", "Продолжить"
    CHANGE = "change", "Изменить"
    FINISH = "finish", "Завершить"


class Change(Word):
    """How a gap moved since the last review, from much worse to reached."""

    MUCH_WORSE = "1", "намного хуже"
    WORSE = "2", "хуже"
    SAME = "3", "без изменений"
    BETTER = "4", "лучше"
    REACHED = "5", "цель достигнута"


class SessionState(Word):
    """What became of an extra lesson; one without a record is none of these."""

    PLANNED = "planned", "Назначена замена"
    HELD = "held", "Проведено"
    CANCELLED = "undone", "Не состоялось"


class CancelWhy(Word):
    """Why an extra lesson did not take place."""

    TEACHER = "staff", "учителя не было"
    PUPILS = "pupils", "никто не пришёл"
    EVENT = "event", "школьное мероприятие"
    CLOSED = "closed", "карантин или отмена занятий"
    ROOM = "room", "не было кабинета"
    OTHER = "other", "другое"


class TableKind(Word):
    """What a person brings as a table: a timetable, or routes that the school already keeps."""

    EXTRA = "extra", "Дополнительные занятия"
    LESSONS = "lessons", "Уроки"
    ROUTES = "routes", "Маршруты"


class TableState(Word):
    """Where a brought timetable stands."""

    OPEN = "open", "Ждёт решения"
    WRITTEN = "written", "Записано"
    UNDONE = "undone", "Отменено"
    DISCARDED = "dropped", "Отброшено"
