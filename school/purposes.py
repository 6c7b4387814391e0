"""What a guardian's consent may be for.

One consent is one document for one purpose (152-ФЗ, ст. 9, as it is since 01.09.2025).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

ADULT = 18


class Purpose(TextChoices):
    """The purposes that the school asks a consent for; each gates deeds of its own."""

    PSYCHOLOGICAL_HELP = "psychological_help", "психолого-педагогическая помощь"
    HEALTH = "health", "обработка сведений о здоровье"
    ORIGIN = "origin", "обработка сведений о родном языке и происхождении"


@dataclass(frozen=True)
class Terms:
    """What the form of a consent says: the law it rests on, what is consented to, which facts, what is done.

    `short` heads a column.
    """

    short: str
    law: str
    subject: str
    facts: tuple[str, ...]
    deeds: str


_PROCESSING = (
    "запись, хранение, уточнение, использование внутри школы, обезличивание, удаление; "
    "другим организациям эти сведения без отдельного согласия не передаются"
)
TERMS = {
    Purpose.PSYCHOLOGICAL_HELP: Terms(
        short="психолог",
        law="часть 3 статьи 42 Федерального закона от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»",
        subject="на оказание моему ребёнку психолого-педагогической и социальной помощи в школе",
        facts=(
            "консультации и занятия с педагогом-психологом, социальным педагогом, учителем-логопедом",
            "психолого-педагогическая диагностика трудностей в учении",
            "участие в психолого-педагогическом консилиуме",
        ),
        deeds="содержание бесед специалист не раскрывает, другие сотрудники знают только то, что встреча состоялась",
    ),
    Purpose.HEALTH: Terms(
        short="здоровье",
        law="статьи 9 и 10 Федерального закона от 27.07.2006 № 152-ФЗ «О персональных данных»",
        subject="на обработку сведений о состоянии здоровья",
        facts=(
            "ограниченные возможности здоровья и заключение психолого-медико-педагогической комиссии",
            "инвалидность ребёнка или родителя",
            "трудности развития, которые влияют на учёбу",
        ),
        deeds=_PROCESSING,
    ),
    Purpose.ORIGIN: Terms(
        short="язык и происхождение",
        law="статьи 9 и 10 Федерального закона от 27.07.2006 № 152-ФЗ «О персональных данных»",
        subject="на обработку сведений о родном языке и происхождении",
        facts=(
            "родной язык ребёнка и язык повседневного общения в семье",
            "приезд семьи из другой страны",
        ),
        deeds=_PROCESSING,
    ),
}


def adult_on(birth: date | None, day: date) -> bool:
    """Whether a pupil born then signs for themselves: from the day of turning eighteen; unknown birth counts as no."""
    return birth is not None and (day.year - birth.year, day.month, day.day) >= (ADULT, birth.month, birth.day)
