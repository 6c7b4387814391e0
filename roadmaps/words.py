"""The words of the roadmap. Plain Python: rules read them."""

from risk_registry.categories import Word


class RoadmapState(Word):
    """Where a roadmap stands. An approved one is corrected with grounds, and approved anew."""

    DRAFT = "draft", "Проект"
    APPROVED = "approved", "Утверждена"
    CORRECTED = "corrected", "Корректируется"


class TermKind(Word):
    """Kinds of term: those of the sources' roadmap, and a date, and each period of the year."""

    MONTH = "month", "В одном месяце"
    MONTHS = "months", "В нескольких месяцах"
    RANGE = "range", "С месяца по месяц"
    RECURRING = "recurring", "Периодически"
    PERIOD = "period", "Каждый учебный период"
    DATE = "date", "На определённый день"
    ALL_YEAR = "all_year", "В течение года"
    CONTINUOUS = "continuous", "Постоянно"
    AS_NEEDED = "as_needed", "По мере необходимости"
    BY_SCHEDULE = "by_schedule", "По другому графику"


class Every(Word):
    """How often something recurs."""

    MONTH = "month", "каждый месяц"
    WEEK = "week", "каждую неделю"


class Schedule(Word):
    """By whose timetable."""

    ASSESSMENTS = "assessment_schedule", "график оценочных процедур"
    EVENTS = "events_schedule", "график мероприятий района и региона"
    OTHER = "other", "иной график"


class OccurrenceState(Word):
    """What became of one deed of an activity."""

    PLANNED = "planned", "Запланировано"
    MOVED = "moved", "Перенесено"
    HELD = "held", "Проведено"
    CANCELLED = "cancelled", "Отменено"


class OccurrenceDeed(Word):
    """What a person does with it."""

    HOLD = "hold", "отмечено проведённым"
    MOVE = "move", "перенесено"
    CANCEL = "cancel", "отменено"
    RETURN = "return", "отметка снята"


class EvidenceKind(Word):
    """What shows that an activity was held."""

    PROTOCOL = "protocol", "Протокол"
    LIST = "list", "Список"
    PHOTO = "photo", "Фотография"
    LINK = "link", "Ссылка"
    OTHER = "other", "Другой документ"


class Expected(Word):
    """The kinds of document by which the sources expect an activity to be shown."""

    LOCAL_ACT = "local_act", "Локальный акт"
    PROTOCOL = "protocol", "Протокол"
    TEST_ANALYSIS = "test_analysis", "Анализ работы"
    TERM_REPORT = "term_report", "Отчёт за период"
    ANALYTICAL_NOTE = "analytical_note", "Аналитическая справка"
    REGISTRY = "registry", "Сведения реестра"
    ROUTE = "ieo_route", "Индивидуальные маршруты"
    METHODICAL = "methodical", "Методические рекомендации"
    CAUSES = "causes_record", "Записи о причинах"
    WORK_JOURNAL = "individual_work_journal", "Журнал индивидуальной работы"
    PUPIL_TALKS = "student_talks_journal", "Журнал бесед с обучающимися"
    PARENT_TALKS = "parent_talks_journal", "Журнал бесед с родителями"
    OTHER = "other", "Другой документ"


class Duty(Word):
    """Who answers for an activity when nobody is named: the words of the sources."""

    ADMINISTRATION = "administration", "Администрация"
    DEPUTY = "deputy_director_uvr", "Заместитель директора по УВР"
    TEACHING_STAFF = "teaching_staff", "Педагогический коллектив"
    CLASS_TEACHER = "class_teacher", "Классные руководители"
    SUBJECT_TEACHER = "subject_teacher", "Учителя-предметники"
    METHODICAL_HEAD = "methodical_head", "Руководители ШМО"
    PSYCHOLOGIST = "psychologist", "Педагог-психолог"
    SOCIAL_PEDAGOGUE = "social_pedagogue", "Социальный педагог"
    SPEECH_THERAPIST = "speech_therapist", "Учитель-логопед"
    TUTOR = "tutor", "Тьюторы"
    MENTOR = "mentor", "Наставники"
