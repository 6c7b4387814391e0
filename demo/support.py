"""Mentoring, programs, partners, courses and competitions of the demo school."""

from collections.abc import Iterable
from datetime import date

from demo.cast import STORIES
from demo.decisions import on_day
from iom.mentoring import Outcome, PairForm, Rhythm, Stage
from iom.models import MentoringPair, NetworkPartner, Program
from iom.programs import LevelWord, MetaArea, MetaLevel, Place, ProgramKind, Reach
from iom.services.mentoring import PairOf, PairPlan, pair_end, pair_propose, pair_start
from iom.services.pair_work import Assessed, Met, meeting_record, pair_assess
from iom.services.programs import AgreementDraft, ProgramDraft, agreement_keep, partner_keep, program_add
from iom.services.pupil_facts import Meta, Won, achievements_add, meta_add, seats_add
from school.models import Pupil, School, Staff, Subject, User

_BEGINS, _ENDS = date(2026, 10, 5), date(2027, 5, 21)
_ORDER = date(2026, 8, 28)
_COURSE, _EXTRA, _WORK = ProgramKind.COURSE, ProgramKind.EXTRA, ProgramKind.WORK
_NOO, _OOO, _SOO = LevelWord.PRIMARY, LevelWord.BASIC, LevelWord.SECONDARY

# Title, kind, levels, subject, of the network, functional literacy, approved.
_PROGRAMS = (
    ("Считаем и рассуждаем", _COURSE, (_NOO,), "Математика", False, True, True),
    ("Грамотный читатель", _COURSE, (_NOO, _OOO), "Русский язык", False, True, True),
    ("Математика без двоек", _COURSE, (_OOO,), "Алгебра", False, False, True),
    ("Русский язык: от правила к тексту", _COURSE, (_OOO,), "Русский язык", False, False, True),
    ("Физика вокруг нас", _COURSE, (_OOO,), "Физика", True, False, True),
    ("Обществознание на примерах", _COURSE, (_OOO, _SOO), "Обществознание", False, False, True),
    ("История моего края", _COURSE, (_OOO,), "История", False, False, False),
    ("Разговоры о важном", _COURSE, (_NOO, _OOO, _SOO), "", False, False, True),
    ("Инженерная мастерская", _EXTRA, (_OOO,), "", True, True, True),
    ("Финансовая грамотность", _EXTRA, (_OOO, _SOO), "", False, True, True),
    ("Хоровая студия", _EXTRA, (_NOO, _OOO), "", False, False, True),
    ("Алгебра, 7–9 классы", _WORK, (_OOO,), "Алгебра", False, False, True),
    ("Химия, 8–9 классы", _WORK, (_OOO,), "Химия", True, False, True),
)
_COURSES = {
    "Математика без двоек": ("Ковтун", "Тарасенко", "Белова"),
    "Русский язык: от правила к тексту": ("Рябов", "Ибрагимов", "Сомова"),
    "Физика вокруг нас": ("Мухина", "Зимина"),
    "Инженерная мастерская": ("Ёлкин", "Яшин"),
}


def support(school: School) -> None:
    """What stands beside lessons: pairs of each form, programs, partners, courses, competitions."""
    with on_day(school, date(2026, 9, 3)):
        _write_programs(school)
        _attend(school)
    _lead(school)
    with on_day(school, date(2026, 11, 13)):
        _win(school)


def _deputy() -> User:
    return User.objects.select_related("school", "staff").get(username="zavuch")


def _pupil(school: School, surname: str) -> Pupil:
    """One of the cast; a drawn pupil may have the same surname."""
    who = next(story.who for story in STORIES if story.who.last == surname)
    rows = Pupil.objects.select_related("school").filter(school=school, last_name=who.last, first_name=who.first)
    return rows.get(middle_name=who.middle)


def _staff(school: School, surname: str) -> Staff:
    return Staff.objects.filter(school=school, last_name=surname).earliest("pk")


def _subject(school: School, name: str) -> Subject | None:
    return Subject.objects.filter(school=school, name=name).first()


def _write_programs(school: School) -> None:
    by = _deputy()
    lasting = AgreementDraft("12", _ORDER, _ORDER, date(2028, 8, 31), "лаборатория физики и химии")
    ending = AgreementDraft("7", date(2025, 12, 10), date(2025, 12, 10), date(2026, 12, 9), "мастерская и станки")
    for name, gives, agreed in (
        ("Педагогический колледж", "лаборатория, студенты-наставники", lasting),
        ("Дом творчества «Вертикаль»", "мастерская, педагоги дополнительного образования", ending),
    ):
        partner_keep(by=by, school=school, name=name, gives=gives)
        agreement_keep(by=by, partner=NetworkPartner.objects.get(school=school, name=name), draft=agreed)
    partners = list(NetworkPartner.objects.filter(school=school).order_by("name"))
    for number, (title, kind, levels, subject, network, literacy, approved) in enumerate(_PROGRAMS, start=1):
        draft = ProgramDraft(
            kind=kind,
            title=title,
            levels=levels,
            starts=date(2026, 9, 1),
            ends=date(2027, 5, 31),
            subject=_subject(school, subject) if subject else None,
            network=network,
            partner=partners[kind != _EXTRA] if network else None,
            literacy=literacy,
            paper_number=f"{140 + number}-О" if approved else "",
            approved_on=_ORDER if approved else None,
        )
        program_add(by=by, school=school, draft=draft)


def _attend(school: School) -> None:
    by = _deputy()
    for title, surnames in _COURSES.items():
        program = Program.objects.select_related("school").get(school=school, title=title)
        pupils = [_pupil(school, surname) for surname in surnames]
        seats_add(by=by, program=program, pupils=pupils, starts=date(2026, 9, 3))


def _lead(school: School) -> None:
    """Pairs of each form: at work, without an entry of late, ended early, only proposed."""
    with on_day(school, date(2026, 10, 2)):
        physics, pupils, teachers, over = _pairs(school)
    with on_day(school, date(2026, 11, 20)):
        by = _deputy()
        _meet(by, physics, (6, 13, 20), "задачи на движение")
        _meet(by, pupils, (8, 15, 22), "словарный диктант", november=(12, 19))
        _meet(by, teachers, (7, 21), "посещение уроков", november=(18,))
        told = Assessed(Stage.MIDDLE, date(2026, 11, 19), Outcome.SOME, "меньше ошибок")
        pair_assess(by=by, pair=pupils, assessed=told)
        pair_end(by=by, pair=over, on=date(2026, 11, 6), why="ученик болел, пару подберут заново")
        russian = _subject(school, "Русский язык")
        asked = PairOf(
            PairForm.TEACHER, mentor=_staff(school, "Ильина"), pupil=_pupil(school, "Сомова"), subject=russian
        )
        plan = PairPlan("закрыть тему «Причастие»", date(2026, 11, 23), _ENDS, weekdays=(3,))
        pair_propose(by=by, who=asked, plan=plan)


def _pairs(school: School) -> tuple[MentoringPair, MentoringPair, MentoringPair, MentoringPair]:
    """A teacher and a pupil, two pupils, two teachers, and two pupils who will part early."""
    by, curator = _deputy(), _staff(school, "Власова")
    physics = PairOf(
        PairForm.TEACHER,
        mentor=_staff(school, "Бондарев"),
        pupil=_pupil(school, "Мухина"),
        subject=_subject(school, "Физика"),
    )
    pupils = PairOf(
        PairForm.PUPILS,
        mentor_pupil=_pupil(school, "Белова"),
        pupil=_pupil(school, "Рябов"),
        subject=_subject(school, "Русский язык"),
    )
    young = PairOf(
        PairForm.TEACHERS,
        mentor=_staff(school, "Крутова"),
        staff=_staff(school, "Сорокина"),
        subject=_subject(school, "Биология"),
    )
    over = PairOf(PairForm.PUPILS, mentor_pupil=_pupil(school, "Чернова"), pupil=_pupil(school, "Тарасенко"))
    words = "разобрать словарные слова, написать диктант на «3»"
    return (
        _begin(by, physics, "вернуться к четвёркам по физике", weekdays=(2,), program="Шаг к физике"),
        _begin(by, pupils, words, (4,), curator, assistant=True),
        _begin(by, young, "освоить работу с теми, кому трудно", (3,), rhythm=Rhythm.FORTNIGHT),
        _begin(by, over, "не пропускать уроки, делать задания вместе", (1,), curator),
    )


def _begin(
    by: User,
    who: PairOf,
    goals: str,
    weekdays: tuple[int, ...],
    curator: Staff | None = None,
    *,
    rhythm: Rhythm = Rhythm.WEEK,
    program: str = "Наставничество: шаг за шагом",
    assistant: bool = False,
) -> MentoringPair:
    plan = PairPlan(goals, _BEGINS, _ENDS, rhythm, weekdays, program, curator, assistant)
    return pair_start(by=by, pair=pair_propose(by=by, who=who, plan=plan))


def _meet(by: User, pair: MentoringPair, october: Iterable[int], text: str, november: Iterable[int] = ()) -> None:
    days = [date(2026, 10, day) for day in october] + [date(2026, 11, day) for day in november]
    for day in days:
        meeting_record(by=by, pair=pair, met=Met(day, minutes=40, text=text))


def _win(school: School) -> None:
    by = _deputy()
    for title, reach, place, day, subject, surnames in (
        ("Всероссийская олимпиада, школьный этап", Reach.SCHOOL, Place.PRIZE, 8, "Русский язык", ("Белова", "Чернова")),
        ("Русский медвежонок", Reach.NATIONAL, Place.PART, 11, "Русский язык", ("Рябов", "Зимина", "Белова")),
        ("Первый шаг в науку", Reach.MUNICIPAL, Place.WINNER, 12, "Физика", ("Мухина",)),
    ):
        month = 10 if day < 10 else 11
        won = Won(title, reach, place, date(2026, month, day), _subject(school, subject))
        achievements_add(by=by, pupils=[_pupil(school, surname) for surname in surnames], won=won)
    for surname, area, level, what in (
        ("Ковтун", MetaArea.REGULATIVE, MetaLevel.LOW, "план действий"),
        ("Ковтун", MetaArea.COGNITIVE, MetaLevel.BASE, "работа с таблицей"),
        ("Рябов", MetaArea.COMMUNICATIVE, MetaLevel.RAISED, "работа в паре"),
        ("Белова", MetaArea.COGNITIVE, MetaLevel.HIGH, "учебный проект"),
    ):
        told = Meta(area, level, date(2026, 10, 20), what, "комплексная работа")
        meta_add(by=by, pupils=[_pupil(school, surname)], meta=told)
