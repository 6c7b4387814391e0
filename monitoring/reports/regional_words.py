"""What the region's form says in words: the block for the report on self-evaluation, and what is read with care."""

from collections.abc import Iterator

from common.russian import date_short, decimal
from common.small_groups import LEAST_GROUP, may_be_told
from monitoring.reports.regional_reads import Answers, Told
from school.models import Period

LETTER = "письмо ГБОУ ИРО Краснодарского края от 03.02.2023 № 01-20/518"
_YES_NO = {
    "R05": (
        "Реализуются дополнительные программы курсов (модулей) по профилактике неуспешности и восполнению пробелов",
        "Дополнительные программы курсов (модулей) по профилактике неуспешности не реализуются",
    ),
    "R07": (
        "В штатном расписании есть педагог-тьютор",
        "В штатном расписании нет ставки педагога-тьютора",
    ),
    "R08": (
        "Реализуются психологические программы повышения вовлечённости родителей учащихся с низкими результатами",
        "Психологические программы повышения вовлечённости родителей не реализуются",
    ),
    "R09": (
        "Методическая служба школы ведёт направление адресной работы учителя со слабоуспевающими и неуспевающими",
        "Отдельного направления адресной работы со слабоуспевающими и неуспевающими у методической службы нет",
    ),
}


def caveats(period: Period, answers: Answers) -> list[str]:
    """What the reader must know before sending the form."""
    notes = []
    if answers.frozen_at is None:
        notes.append(f"Показатели за {period.title_accusative} ещё не зафиксированы: посчитано на день составления.")
    else:
        notes.append(f"Значения зафиксированы {date_short(answers.frozen_at.date())}.")
    lacking = [one.indicator.code for one in answers.regional if one.of_schools and one.value is None]
    if lacking:
        notes.append(f"Школа ещё не ответила на показатели {', '.join(lacking)}: ответить можно на их страницах.")
    return notes


def self_evaluation(period: Period, answers: Answers) -> list[str]:
    """Paragraphs for the report on self-evaluation, which the school publishes: nothing of a few pupils is told."""
    first = (
        f"Мониторинг показателей по профилактике учебной неуспешности за {period.title_accusative} "
        f"{period.year.title} учебного года ({LETTER})."
    )
    return [first, *_pupils(answers), *_schools(answers)]


def _pupils(answers: Answers) -> Iterator[str]:
    risk, routes = answers.of["R01"], answers.of["R02"]
    if risk.value is not None:
        yield f"Слабоуспевающие и неуспевающие обучающиеся составляют {_share(risk)}; {_region(risk)}."
    if routes.value is not None:
        yield (
            "Индивидуальный образовательный маршрут разработан для слабоуспевающих и неуспевающих: "
            f"{_share(routes)}; {_region(routes)}."
        )
    extra = answers.of["R06"]
    if extra.value is not None:
        yield f"Дополнительные занятия посещают неуспевающие: {_share(extra)}; {_region(extra)}."
    groups = (("R03", "Обучающиеся с ОВЗ"), ("R04", "Обучающиеся, для которых русский язык неродной,"))
    for code, words in groups:
        if answers.of[code].value is not None:
            yield f"{words} — {_share(answers.of[code])}; {_region(answers.of[code])}."


def _share(one: Told) -> str:
    """«28,5 % (41 из 144)»; a few are not told, neither those who are in a group nor those who are not."""
    part, whole = one.numerator or 0, one.denominator or 0
    if not may_be_told(part):
        return f"меньше {LEAST_GROUP} человек"
    if not may_be_told(whole - part):
        return f"все, кроме менее чем {LEAST_GROUP} человек" if part else f"никто из менее чем {LEAST_GROUP} человек"
    return f"{one.words} ({part} из {whole})"


def _region(one: Told) -> str:
    return f"в\u00a0крае\u00a0— {regional_words(one)}"


def regional_words(one: Told) -> str:
    """The region's value."""
    value = one.indicator.regional
    return "—" if value is None else f"{decimal(value)}\u00a0%"


def _schools(answers: Answers) -> Iterator[str]:
    for code, (yes, no) in _YES_NO.items():
        one = answers.of[code]
        if one.value is not None:
            ground = f" ({one.rests_on})" if one.rests_on and one.numerator else ""
            yield f"{yes if one.numerator else no}{ground}."
