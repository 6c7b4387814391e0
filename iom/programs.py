"""The words of programs, courses and achievements. Plain Python: rules read them."""

from risk_registry.categories import Word


class ProgramKind(Word):
    """What programs the register keeps (паспорт программы, показатель 14)."""

    COURSE = "vud", "Внеурочная деятельность"
    EXTRA = "extra", "Дополнительное образование"
    WORK = "work", "Рабочая программа предмета"


class LevelWord(Word):
    """Levels of education (273-ФЗ, ст. 10)."""

    PRIMARY = "noo", "НОО"
    BASIC = "ooo", "ООО"
    SECONDARY = "soo", "СОО"


class Reach(Word):
    """How far a competition reaches."""

    SCHOOL = "school", "школьный"
    MUNICIPAL = "local", "муниципальный"
    REGIONAL = "region", "региональный"
    NATIONAL = "country", "всероссийский"
    WORLD = "world", "международный"


class Place(Word):
    """What a pupil came to in a competition."""

    WINNER = "1", "победитель"
    PRIZE = "2", "призёр"
    PART = "3", "участник"


class MetaArea(Word):
    """Groups of metasubject results (ФГОС: универсальные учебные действия)."""

    COGNITIVE = "cognit", "Познавательные"
    COMMUNICATIVE = "commun", "Коммуникативные"
    REGULATIVE = "regul", "Регулятивные"


class MetaLevel(Word):
    """How well a metasubject result is formed."""

    LOW = "1", "низкий"
    BASE = "2", "базовый"
    RAISED = "3", "повышенный"
    HIGH = "4", "высокий"
