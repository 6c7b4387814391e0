"""The words of duties by role (технологическая карта). Plain Python: rules read them."""

from risk_registry.categories import Word


class DutyRole(Word):
    """Whose duties the sources list, in their order."""

    DEPUTY = "deputy", "Заместитель директора по УВР"
    ADMINISTRATION = "admin", "Администрация"
    SUBJECT_TEACHER = "subject", "Учитель-предметник"
    CLASS_TEACHER = "class", "Классный руководитель"
    METHODICAL_HEAD = "method", "Руководитель методического объединения"
    SERVICE = "service", "Социально-психологическая служба"
    STUDENT = "student", "Обучающийся"
    PARENTS = "parents", "Родители"


class Cycle(Word):
    """When or how often a duty is due."""

    START = "start", "до 15 сентября"
    BEGINNING = "begin", "в начале учебного года"
    PERIOD = "period", "в течение каждого учебного периода"
    PERIOD_END = "end", "в конце каждого учебного периода и года"
    YEAR_END = "year_end", "в конце учебного года"
    WEEK = "week", "еженедельно"
    HALF_MONTH = "fortn", "два раза в месяц"
    MONTH = "month", "ежемесячно"
    EACH = "each", "один раз в учебный период"
    HALF_YEAR = "half", "не менее двух раз в год"
    AT_ONCE = "at_once", "немедленно"
    NEED = "need", "когда есть повод"
    ALWAYS = "always", "постоянно"


class DutyKind(Word):
    """What the sources make of a duty."""

    TASK = "task", "дело"
    PRACTICE = "practice", "приём работы"
    THRESHOLD = "threshold", "дело с порогом"
    WORKFLOW = "workflow", "цепочка дел"
    FIELD = "field", "срок"
    TRIGGER = "trigger", "ответ на событие"
    PROHIBITION = "prohibition", "запрет"
    ESCALATION = "escalation", "ступени"
    OPTIONAL = "optional", "при необходимости"
    DUTY = "duty", "обязанность"
    RIGHT = "right", "право"
    CONTROL = "control", "контроль"
    REPORT = "report", "справка"
    RECURRING = "recurring", "регулярное дело"
    DOCUMENT = "document", "документ"
    NOTIFICATION = "notification", "извещение"
    MEASURE = "measure", "мера технологической карты"
    BODY = "body", "заседание"
    OWN = "own", "добавлено школой"


class Source(Word):
    """Where a duty is written."""

    PROGRAM = "program", "школьная программа профилактики, раздел 10"
    CARD = "card", "примерная технологическая карта"
    PASSPORT = "passport", "паспорт программы, порядок управления"
    SCHOOL = "school", "решение школы"


class Handling(Word):
    """How a done-mark comes to be."""

    COMPUTED = "computed", "отметка появляется сама"
    HAND = "hand", "отметка вручную"
