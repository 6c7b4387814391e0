"""The words of decisions about families that evade their duties. Plain Python: rules read them."""

from risk_registry.categories import Word


class CaseState(Word):
    """Where a case stands."""

    OPEN = "open", "Идёт"
    CLOSED = "closed", "Завершено"
    WITHDRAWN = "undone", "Отозвано"


class CaseOutcome(Word):
    """How a case ended."""

    MENDED = "mended", "Родители выполняют договорённости"
    SUPPORT = "support", "Семья на сопровождении службы"
    HANDED = "handed", "Материалы переданы в комиссию"
    NO_GROUNDS = "none", "Основания не подтвердились"
    OTHER = "other", "Иное"


class StepKind(Word):
    """To whom the school turns. Each step is a person's decision; none follows from another by itself."""

    PSYCHOLOGIST = "psychol", "Педагог-психолог"
    SOCIAL = "social", "Социальный педагог"
    SMALL_COUNCIL = "small", "Малый педагогический совет"
    PREVENTION = "prevent", "Совет профилактики"
    COMMISSION = "kdn", "Комиссия по делам несовершеннолетних"


class StepState(Word):
    """Where a step stands."""

    OPEN = "open", "Ждёт исхода"
    DONE = "done", "Есть исход"
    WITHDRAWN = "undone", "Отменён"


class FactKind(Word):
    """What a fact was counted from."""

    TALK = "talk", "беседа"
    NOTICE = "notice", "уведомление"
