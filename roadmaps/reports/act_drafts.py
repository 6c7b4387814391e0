"""Drafts of local acts made from what the program knows: for Word, to be finished by a person.

Only what the data give is written; what a school has to decide stays a visible blank. No pupil is named: a registry is
printed from the registry itself.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db.models import Count

from common.errors import Refused
from common.names import initials
from common.russian import counted
from consultations.models import Council
from documents.registry import ReportQuery
from documents.rendering.word import Word
from risk_registry.categories import Category, EntryState
from risk_registry.models import RegistryEntry
from risk_registry.reports.order_text import BLANK, PREAMBLE, OrderNumbers, order_points
from risk_registry.reports.order_text import TITLE as ORDER_TITLE
from risk_registry.selectors.periods import year_of
from roadmaps.models import Activity, Roadmap
from roadmaps.permissions_sittings import group_members
from roadmaps.reports.paper import responsible_words
from roadmaps.rules.demanded import BY_CODE
from roadmaps.selectors.activities import activities_of
from roadmaps.selectors.sittings import rhythms_of
from roadmaps.sitting_words import SittingKind, Unit
from school.models import AcademicYear, Period, School
from school.selectors_staff import school_heads

TITLE = "Проект локального акта"
REGISTRY_ORDER = "registry_order"
_APPENDIX = "приложение, оно печатается вместе с приказом периода в разделе «Отчёты»"
_COUNCILS = {"ppk": "ppk", "ppk_order": "ppk", "prevention": "prevent", "mediation": "mediate"}


@dataclass(frozen=True)
class Part:
    """A heading (may be empty), paragraphs, and a table (headings empty: none) with its widths in mm."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class ActPaper:
    """A draft of one act."""

    code: str
    school: str
    founder: str
    director: str
    title: str
    order: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class _Known:
    school: School
    year: AcademicYear


def draft_codes() -> dict[str, str]:
    """Code → title of everything of which there is a draft."""
    return {code: one.title for code, one in BY_CODE.items() if code in _MAKERS} | {REGISTRY_ORDER: ORDER_TITLE}


def build_act_draft(asked: ReportQuery) -> ActPaper:
    """The draft of `extra["draft"]`. Raises `Refused` for an unknown one or an unknown year."""
    code = str(asked.extra.get("draft", ""))
    maker = _MAKERS.get(code)
    if maker is None:
        raise Refused("Такого проекта нет: выберите его в реестре локальных актов.")
    known = _Known(asked.school, year_of(asked.school, asked.year))
    return ActPaper(
        code=code,
        school=asked.school.official_name,
        founder=asked.school.founder,
        director=school_heads(asked.school).director,
        title=draft_codes()[code],
        order=code.endswith("_order"),
        parts=tuple(maker(known, code)),
    )


def _registry_order(known: _Known, code: str) -> Sequence[Part]:
    rows = RegistryEntry.objects.filter(school=known.school, period__year=known.year, state=EntryState.APPROVED)
    counts = {
        (period, category): number
        for period, category, number in rows.values_list("period", "category").annotate(n=Count("pk")).order_by()
    }
    approved = Period.objects.filter(pk__in={period for period, _ in counts}).select_related("year")
    periods = list(approved.order_by("number"))
    shown = (Category.FAILING, Category.WEAK, Category.RESERVE)
    lines = tuple((one.title, *(str(counts.get((one.pk, told), 0)) for told in shown)) for one in periods)
    points = order_points(_last(periods, counts), school_heads(known.school).deputy, _APPENDIX)
    return (
        Part("", (PREAMBLE,)),
        Part("", tuple(f"{number}. {point}" for number, point in enumerate(points, 1))),
        Part(
            "Утверждено в реестре, человек",
            () if lines else ("В этом учебном году записей реестра ещё не утверждали.",),
            ("Период", *(one.label for one in shown)) if lines else (),
            lines,
            (65, 35, 40, 30),
        ),
    )


def _last(periods: Sequence[Period], counts: Mapping[tuple[int, str], int]) -> OrderNumbers | None:
    """The newest period of which anything is approved; None before that."""
    if not periods:
        return None
    last = periods[-1]
    told = {Category(category): number for (period, category), number in counts.items() if period == last.pk}
    return OrderNumbers(f"{last.title_accusative} {last.year.title} учебного года", told)


def _group_order(known: _Known, code: str) -> Sequence[Part]:
    people = tuple((one.full_name, post) for one, post in group_members(known.school, known.school.today()))
    rhythm = rhythms_of(known.school)[SittingKind.GROUP].words
    return (
        Part("", ("Для управления программой профилактики учебной неуспешности ПРИКАЗЫВАЮ:",)),
        Part("", ("1. Создать рабочую группу в составе:",), ("Кто", "В каком качестве"),
             (*people, (BLANK, "педагог"), (BLANK, "родитель (законный представитель)")), (90, 80)),
        Part("", (f"2. Рабочей группе заседать {rhythm}, решения оформлять протоколом.",
                  f"3. Руководителем рабочей группы назначить {BLANK}.",
                  "4. Контроль исполнения оставляю за собой.")),
    )  # fmt: skip


def _plan(known: _Known, code: str) -> Sequence[Part]:
    roadmap = Roadmap.objects.filter(school=known.school, year=known.year).first()
    rows = []
    for number, one in enumerate(activities_of(roadmap) if roadmap is not None else (), 1):
        rows.append((str(number), one.title, one.term_text, responsible_words(one, _named(one)) or BLANK))
    lines = tuple(rows) or (("1", BLANK, BLANK, BLANK),)
    head = ("№", "Мероприятие", "Срок", "Ответственные")
    return (
        Part("", (f"На {known.year} учебный год. Мероприятия — из дорожной карты.",), head, lines, (10, 80, 35, 45)),
    )


def _named(row: Activity) -> list[str]:
    return [initials(**one) for one in getattr(row, "named", ())]


def _system(known: _Known, code: str) -> Sequence[Part]:
    told = known.school.settings
    subjects = counted(told.reserve_max_subjects, "предмету", "предметам", "предметам")
    marks = counted(told.weak_min_marks, "неудовлетворительной отметки", "неудовлетворительных отметок",
                    "неудовлетворительных отметок")  # fmt: skip
    held = [(kind, one) for kind, one in rhythms_of(known.school).items() if one.unit != Unit.NONE]
    rhythms = [f"4.{number}. {kind.label}: {one.words}." for number, (kind, one) in enumerate(held, 1)]
    return (
        Part("1. Общие положения", (f"1.1. Где действует: {known.school.official_name}.", f"1.2. Цель: {BLANK}.",
                                    f"1.3. Основания: {BLANK}.")),
        Part("2. Кому помогают", (
            "2.1. Неуспевающий — обучающийся с неудовлетворительным результатом за период или не аттестованный.",
            f"2.2. Слабоуспевающий — успевает за период, но имеет от {marks} по предмету.",
            f"2.3. Группа резерва — единственные «3» за период не более чем по {subjects}.",
        )),
        Part("3. Реестр", (
            "3.1. Список составляется до 15 сентября и уточняется после каждого учебного периода.",
            "3.2. Классные руководители согласуют записи, заместитель директора утверждает реестр.",
            "3.3. Для каждой записи устанавливают причины и назначают помощь.",
        )),
        Part("4. Управление", tuple(rhythms)),
        Part("5. Заключительные положения", (f"5.1. Положение действует до {BLANK}.", f"5.2. {BLANK}.")),
    )  # fmt: skip


def _algorithm(known: _Known, code: str) -> Sequence[Part]:
    told = known.school.settings
    steps = (
        ("Составить список группы риска по итогам прошлого года", "до 15 сентября", "заместитель директора"),
        ("Классифицировать по отметкам и согласовать реестр", "после каждого учебного периода",
         "заместитель директора, классные руководители"),
        (f"Сообщить родителям о неудовлетворительных отметках (от {told.three_unsatisfactory_min} по предмету)",
         "сразу", "учитель-предметник или классный руководитель"),
        ("Установить причины: беседы с учеником, родителями, учителями", BLANK,
         "классный руководитель, педагог-психолог"),
        ("Составить индивидуальный маршрут и назначить тьютора", BLANK, BLANK),
        ("Провести занятия, повторный контроль по каждому пробелу", BLANK, "учитель-предметник"),
        ("Рассмотреть на консилиуме, когда обычных мер мало", BLANK, "специалисты службы"),
        ("Оценить результат и решить: исключить из реестра или продолжить", "в конце каждого учебного периода",
         "заместитель директора"),
    )  # fmt: skip
    lines = tuple((str(number), *step) for number, step in enumerate(steps, 1))
    return (Part("", ("Порядок шагов; пропуски заполняет школа.",), ("№", "Шаг", "Срок", "Кто"), lines,
                 (10, 80, 35, 45)),)  # fmt: skip


def _council_rows(known: _Known, code: str) -> tuple[tuple[str, str], ...]:
    councils = Council.objects.filter(school=known.school, year=known.year, kind=_COUNCILS[code], ended_on=None)
    today = known.school.today()
    return tuple(
        (one.staff.full_name, one.get_role_display().lower())
        for council in councils
        for one in council.members.select_related("staff")
        if one.sits_on(today)
    )


def _ppk_order(known: _Known, code: str) -> Sequence[Part]:
    rows = _council_rows(known, code) or ((BLANK, "председатель"), (BLANK, "секретарь"), (BLANK, "член"))
    return (
        Part("", ("Для психолого-педагогического сопровождения обучающихся ПРИКАЗЫВАЮ:",)),
        Part("", (f"1. Создать психолого-педагогический консилиум на {known.year} учебный год в составе:",),
             ("Кто", "В каком качестве"), rows, (90, 80)),
        Part("", (f"2. Консилиуму работать по положению от {BLANK}.", "3. Контроль исполнения оставляю за собой.")),
    )  # fmt: skip


def _regulation(known: _Known, code: str) -> Sequence[Part]:
    rows = _council_rows(known, code) if code in _COUNCILS else ()
    people = Part("3. Состав", () if rows else (f"3.1. {BLANK}.",), ("Кто", "В каком качестве") if rows else (), rows,
                  (90, 80))  # fmt: skip
    return (
        Part("1. Общие положения", (f"1.1. Где действует: {known.school.official_name}.",
                                    f"1.2. Основания: {BLANK}.")),
        Part("2. Цели и задачи", (f"2.1. {BLANK}.", f"2.2. {BLANK}.")),
        people,
        Part("4. Порядок работы", (f"4.1. {BLANK}.", f"4.2. {BLANK}.")),
        Part("5. Документы и сроки их хранения", (f"5.1. {BLANK}.",)),
    )  # fmt: skip


_Maker = Callable[[_Known, str], Sequence[Part]]
_MAKERS: dict[str, _Maker] = {
    REGISTRY_ORDER: _registry_order,
    "group_order": _group_order,
    "ppk_order": _ppk_order,
    "plan": _plan,
    "system": _system,
    "algorithm": _algorithm,
    "psych_service": _regulation,
    "prevention": _regulation,
    "ppk": _regulation,
    "mediation": _regulation,
    "mentoring": _regulation,
}


def draft_docx(paper: ActPaper) -> bytes:
    """The document for Word."""
    word = Word(paper.title, paper.school)
    word.letterhead(paper.founder, paper.school)
    if not paper.order:
        for text in ("УТВЕРЖДАЮ", f"Директор {BLANK} {paper.director}", "«____» ______________ 20____ г. № ______"):
            word.line(text, align="right")
    word.line("ПРОЕКТ", bold=True, align="center")
    if paper.order:
        word.line("ПРИКАЗ", bold=True, align="center", size=14)
        word.line("«____» ______________ 20____ г.\t\t\t\t\t\t№ ______")
    word.line(_heading(paper), bold=True, align="center", size=14)
    for part in paper.parts:
        _part(word, part)
    if paper.order:
        word.signatures((("Директор", paper.director),))
    return word.content()


def _heading(paper: ActPaper) -> str:
    """«Об утверждении реестра …» under «ПРИКАЗ»; else the title itself."""
    about = paper.title.removeprefix("Приказ ")
    return about[:1].upper() + about[1:] if paper.order else paper.title


def _part(word: Word, part: Part) -> None:
    if part.heading:
        word.line(part.heading, bold=True)
    for text in part.paragraphs:
        word.line(text, align="both")
    if part.headings:
        word.table(part.headings, part.rows, part.widths)


def draft_json(paper: ActPaper) -> bytes:
    """The value itself."""
    return json.dumps(asdict(paper), ensure_ascii=False, indent=1).encode()


def draft_name(paper: ActPaper) -> str:
    """«Проект. Положение о …»."""
    return f"Проект. {paper.title}"


RENDERERS = {"docx": draft_docx, "json": draft_json}
