"""The form of the regional monitoring: nine indicators with the school's answers, and a block for self-evaluation.

Source: monitoring of indicators of the prevention of failure at school, letter of the regional institute of 03.02.2023
№ 01-20/518.
"""

from django.urls import reverse

from common.errors import Refused
from documents.papers.parts import NONE, Cell, Column, Paper, Section, Table, Text, number_cell
from monitoring.reports import regional_words as words
from monitoring.reports.heads import head_of, heads_of, year_line
from monitoring.reports.kinds import Wanted
from monitoring.reports.regional_reads import BESIDE, Answers, Told, regional_answers

KIND = "regional"
TITLE = "Мониторинг показателей по профилактике учебной неуспешности"


def build_regional(wanted: Wanted) -> Paper:
    """Values of the period, frozen or counted now. Raises `Refused` while neither pupils nor answers are known."""
    answers = regional_answers(wanted.period)
    if all(one.value is None for one in answers.regional):
        raise Refused(
            f"За {wanted.period.title_accusative} показатели региона посчитать не из чего: нет ни категорий, ни "
            "ответов школы."
        )
    heads = heads_of(wanted)
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(year_line(wanted), words.LETTER),
        head=head_of(wanted),
        sections=(_form(wanted, answers), _beside(answers), _block(wanted, answers)),
        caveats=tuple(words.caveats(wanted.period, answers)),
        approves=heads.director,
        signatures=(("Заместитель директора по УВР", heads.deputy),),
    )


_FORM = (
    Column("code", "№"),
    Column("title", "Показатель"),
    Column("numerator", "Числитель", "number"),
    Column("denominator", "Знаменатель", "number"),
    Column("value", "Школа", "number"),
    Column("region", "Край", "number"),
)
_RESTS = (
    Column("code", "№"),
    Column("answer", "Ответ"),
    Column("rests_on", "На чём основан"),
    Column("by", "Кто ответил"),
)


def _form(wanted: Wanted, answers: Answers) -> Section:
    values = Table(
        "indicators",
        "Значения",
        _FORM,
        tuple(_row(wanted, one) for one in answers.regional),
        note="На R05, R07–R09 школа отвечает «да» или «нет»: доля по ним считается в муниципалитете. «Край» — значения "
        "1131 школы из письма 2023 года.",
    )
    rests = Table(
        "answers", "Ответы школы", _RESTS, tuple(_answer(wanted, one) for one in answers.regional if one.of_schools)
    )
    basis = next((one.basis for one in answers.regional if one.basis), "")
    counted = (Text((f"Группа риска — {basis}.",), quiet=True),) if basis else ()
    return Section("form", "1. Показатели", (values, *counted, rests))


def _row(wanted: Wanted, one: Told) -> tuple[Cell, ...]:
    link = _link(wanted, one)
    numbers = (Cell(NONE), Cell(NONE)) if one.of_schools else _numbers(one)
    region = one.indicator.regional
    return (
        Cell(one.indicator.code, link=link),
        Cell(one.indicator.title),
        *numbers,
        _value(one, link),
        Cell(words.regional_words(one), None if region is None else float(region)),
    )


def _answer(wanted: Wanted, one: Told) -> tuple[Cell, ...]:
    rests_on = one.rests_on or ("Нет ответа." if one.value is None else NONE)
    return Cell(one.indicator.code, link=_link(wanted, one)), _value(one), Cell(rests_on), Cell(one.by or NONE)


def _link(wanted: Wanted, one: Told) -> str:
    return reverse("indicators:indicator", args=[wanted.period.pk, one.indicator.code])


def _numbers(one: Told) -> tuple[Cell, Cell]:
    return number_cell(one.numerator), number_cell(one.denominator)


def _value(one: Told, link: str = "") -> Cell:
    """A share is a number, an answer is its word; a share of nothing is «нет данных»."""
    number = None if one.value is None or one.of_schools else float(one.value)
    return Cell(one.words, number, link if one.value is not None else "")


_BESIDE = (
    Column("code", "Показатель"),
    Column("asks", "Что считается"),
    Column("numerator", "Числитель", "number"),
    Column("denominator", "Знаменатель", "number"),
    Column("value", "Значение", "number"),
)


def _beside(answers: Answers) -> Section:
    rows = [_near(answers.of[one]) for code, others in BESIDE.items() for one in (code, *others)]
    table = Table(
        "beside",
        "Похожие показатели региона и программы",
        _BESIDE,
        tuple(rows),
        note="R06 считается от числа одних неуспевающих, P12 — от неуспевающих и слабоуспевающих. R02 учитывает "
        "маршрут, который педагоги согласовали, P10 — утверждённый, S2 берёт и группу резерва. Числа расходятся "
        "поэтому, ошибки в этом нет; в форму региона идёт R.",
    )
    oddities = [f"{one.indicator.code}: {text}" for one in answers.regional for text in one.indicator.oddities]
    return Section("beside", "2. Где источники расходятся", (table, Text((" ".join(oddities),), quiet=True)))


def _near(one: Told) -> tuple[Cell, ...]:
    asks = f"{one.indicator.numerator} / {one.indicator.denominator}"
    return (Cell(one.indicator.code), Cell(asks), *_numbers(one), _value(one))


def _block(wanted: Wanted, answers: Answers) -> Section:
    told = words.self_evaluation(wanted.period, answers)
    return Section(
        "self_evaluation",
        "3. Для отчёта о самообследовании",
        (Text(tuple(told)),),
    )
