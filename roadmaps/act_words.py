"""The words of the register of local acts. Plain Python: rules read them."""

from risk_registry.categories import Word


class ActKind(Word):
    """Kinds of local acts. Agreements with partners are read from the register of partners, not written here."""

    REGULATION = "regul", "Положение"
    ALGORITHM = "algo", "Алгоритм"
    PLAN = "plan", "План"
    CARD = "card", "Технологическая карта"
    ORDER = "order", "Приказ"
    OTHER = "other", "Другой акт"


class ActState(Word):
    """Where an act stands."""

    DRAFT = "draft", "Проект"
    ADOPTED = "adopted", "Принят"
    APPROVED = "approved", "Утверждён"
    FORCE = "force", "Действует"
    REPEALED = "repealed", "Утратил силу"


class ActDeed(Word):
    """What was done with an act."""

    ENTER = "enter", "внесён в реестр"
    EDIT = "edit", "исправлен"
    ADOPT = "adopt", "принят"
    APPROVE = "approve", "утверждён"
    ENACT = "enact", "введён в действие"
    REPEAL = "repeal", "утратил силу"
    RETURN = "return", "возвращён в проект"
