"""The words of surveys. Plain Python: rules read them."""

from risk_registry.categories import Word

CODE_DIGITS = 12  # of a slip's or a class's code: digits are typed alike on every keyboard
SCALE_STEPS = 5


class Ask(Word):
    """How a question is answered."""

    ONE = "one", "Один ответ"
    SEVERAL = "many", "Несколько ответов"
    SCALE = "scale", "Шкала от 1 до 5"
    TEXT = "text", "Свои слова"


class Audience(Word):
    """Who answers, and whether it is known who has said what."""

    PARENTS = "par", "Родители, без имён"
    PUPILS = "anon", "Обучающиеся, без имён"
    PUPIL = "pup", "Обучающийся, с именем"
    TEACHER = "tea", "Классный руководитель об обучающемся"

    @property
    def anonymous(self) -> bool:
        """Whether answers are counted only, and nobody's are kept."""
        return self in (Audience.PARENTS, Audience.PUPILS)


class CampaignState(Word):
    """Where a survey stands. That its days are over follows from them and is no state."""

    DRAFT = "draft", "Готовится"
    OPEN = "open", "Идёт"
    CLOSED = "closed", "Закрыт"


class Way(Word):
    """How one comes to an anonymous questionnaire."""

    SLIPS = "slips", "Талоны с одноразовыми кодами"
    LINK = "link", "Общий код класса: проще раздать, но ответить можно и дважды"
    PAPER = "paper", "Только бланки на бумаге"


class SheetWay(Word):
    """How the answers of a named person came in."""

    SLIP = "slip", "сам(а), по коду"
    HAND = "hand", "внесено со слов или с бланка"
    OWN = "own", "ответил(а) сам(а)"
