"""Routes of the demo school in every state: whole stories of pupils of the cast, and of one teacher."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from demo import cast
from demo.decisions import on_day
from iom.models import Gap, Route, RoutePart
from iom.rules.routes import StepIdea
from iom.services.agreeing import (
    ParentsWord,
    parents_answer,
    part_agree,
    psychologist_agree,
    psychologist_asked,
    route_hand_on,
    still_to_agree,
)
from iom.services.deciding import ApprovingPaper, route_approve, route_withdraw
from iom.services.making import RouteWish, route_make, teacher_route_make
from iom.services.planning import GapPlan, StepPlan, gap_add, gap_change, step_add
from iom.services.progress import StepEnd, control_add, step_conclude
from iom.services.reviewing import Outcome, Review, route_review
from iom.services.route_templates import TemplateWish, template_row_add, template_save
from iom.services.stepping import part_mark
from iom.words import Decision, RouteKind, RouteState, Way
from risk_registry.models import RegistryEntry
from school.models import Pupil, School, Staff, Subject, User

_FIRST_END, _SECOND_END = date(2026, 10, 31), date(2026, 12, 30)
_EARLY, _AUTUMN, _NOW = date(2026, 9, 28), date(2026, 10, 5), date(2026, 11, 9)


def guide(school: School) -> None:
    """Templates first; then stories in the order of their days, and what waits for somebody today."""
    with on_day(school, _EARLY):
        _templates(school)
        _recovered(school)
    _changed(school)
    with on_day(school, _NOW):
        _refused(school)
        _waits_for_approval(school)
        _waits_for_parents(school)
        _drafts(school)
        _of_teacher(school)


def _deputy() -> User:
    return User.objects.get(username="zavuch")


def _leader() -> User:
    return User.objects.get(username="klass")


def _fresh(route: Route) -> Route:
    return Route.objects.select_related("school", "pupil").get(pk=route.pk)


def _templates(school: School) -> None:
    deputy = _deputy()
    wishes = (
        (TemplateWish("Пробелы в знаниях", cause="PED03"), "consult", "Консультация по трудным темам", "week"),
        (TemplateWish("Нет мотивации", cause="PED04"), "tutor", "Встреча: цель на две недели", "two"),
        (TemplateWish("Алгебра: поддержка", subject=_subject(school, "Алгебра")), "extra", "Группа поддержки", "week"),
        (TemplateWish("Русский язык: грамотность", subject=_subject(school, "Русский язык")), "homework",
         "Карточки по правилам недели", "week"),
    )  # fmt: skip
    for wish, kind, text, every in wishes:
        template = template_save(by=deputy, school=school, template=None, wish=wish)
        template_row_add(by=deputy, template=template, step=StepIdea(kind, text, every, "меньше ошибок по теме"))


def _subject(school: School, name: str) -> Subject:
    return Subject.objects.get(school=school, name=name)


def _make(school: School, surname: str, kind: RouteKind, *subjects: str, gaps: bool = False) -> Route | None:
    """A draft for a pupil of the cast; None in a demo so small that it has no such pupil."""
    who = next(story.who for story in cast.STORIES if story.who.last == surname)
    rows = Pupil.objects.select_related("school").filter(school=school, last_name=who.last, first_name=who.first)
    pupil = rows.order_by("pk").first()
    if pupil is None:
        return None
    keys = [_subject(school, name).pk for name in subjects]
    entry = RegistryEntry.objects.filter(pupil=pupil, period__number=1).first()
    return route_make(by=_leader(), pupil=pupil, kind=kind, entry=entry, wish=RouteWish(subjects=keys, gaps=gaps))


def _part(route: Route, subject: str | None) -> RoutePart:
    return route.parts.get(subject__name=subject) if subject else route.parts.get(subject=None)


def _gap(route: Route, subject: str, topic: str, due: date, work: str = "") -> Gap:
    part = _part(route, subject)
    plan = GapPlan(topic, Decimal(3), due, "control", baseline=Decimal(2), planned_work=work)
    return gap_add(by=_by(part.teacher), part=part, plan=plan)


def _step(route: Route, subject: str | None, kind: str, text: str, on: date | None = None) -> None:
    part = _part(route, subject)
    every = "" if on else "week"
    plan = StepPlan(kind, text, who=part.teacher, on=on, every=every, expected="увереннее в теме")
    step_add(by=_by(part.teacher), part=part, plan=plan)


def _by(person: Staff | None) -> User:
    """The person's own login, or the deputy's for those without one."""
    return User.objects.filter(staff=person, staff__isnull=False).first() or _deputy()


def _agree(route: Route) -> None:
    for part in route.parts.select_related("teacher").exclude(subject=None):
        if not part.agreements.filter(ended_at=None).exists():
            part_agree(by=_by(part.teacher), part=part, seen=part_mark(part))
    now = _fresh(route)
    if now.state == RouteState.DRAFT and psychologist_asked(now):
        psychologist_agree(by=User.objects.get(username="psiholog"), route=now, version=now.version)
    now = _fresh(route)
    if now.state == RouteState.DRAFT and not still_to_agree(now):
        route_hand_on(by=_leader(), route=now, version=now.version)


def _parents(route: Route, *, refusal: str = "") -> None:
    now = _fresh(route)
    guardian = now.pupil.guardians.first() if now.pupil is not None else None
    word = ParentsWord(not refusal, Way.MEETING, now.school.today(), guardian, refusal)
    parents_answer(by=_leader(), route=now, version=now.version, word=word)


def _approve(route: Route, number: str, kind: str = "order") -> Route:
    now = _fresh(route)
    paper = ApprovingPaper(kind, number, now.school.today())
    route_approve(by=_deputy(), route=now, version=now.version, paper=paper)
    return _fresh(route)


def _review(
    route: Route, decision: Decision, outcomes: Sequence[tuple[Gap, str]], text: str, then: date | None
) -> None:
    now = _fresh(route)
    period = now.year.periods.get(system=now.year.main_system, number=1)
    gaps = {gap.pk: Outcome(outcome, "повторная работа") for gap, outcome in outcomes}
    review = Review(period, now.school.today(), decision, gaps, text, then)
    route_review(by=_leader(), route=now, version=now.version, review=review)


def _recovered(school: School) -> None:
    """Чернова: algebra since September, closed by its control, finished by the review of the first quarter."""
    route = _make(school, "Чернова", RouteKind.WEAK, "Алгебра")
    if route is None:
        return
    gap = _gap(route, "Алгебра", "Действия с дробями", _FIRST_END, "Карточки, консультация по четвергам")
    _agree(route)
    _parents(route)
    _approve(route, "112")
    with on_day(school, date(2026, 10, 26)):
        control_add(by=_deputy(), gap=Gap.objects.get(pk=gap.pk), on=date(2026, 10, 22), result=Decimal(4))
    with on_day(school, _FIRST_END):
        _review(route, Decision.FINISH, [(gap, "5")], "Тема освоена, четверть без двоек", None)


def _changed(school: School) -> None:
    """Зимина: physics since October; the review changed the route, so it has two versions."""
    with on_day(school, _AUTUMN):
        route = _make(school, "Зимина", RouteKind.WEAK, "Физика")
        if route is None:
            return
        gap = _gap(route, "Физика", "Равномерное движение", date(2026, 11, 20), "Задачи на график движения")
        _step(route, "Физика", "consult", "Консультация", date(2026, 10, 14))
        _agree(route)
        _parents(route)
        _approve(route, "118")
    with on_day(school, date(2026, 10, 15)):
        step = route.plan.get(on=date(2026, 10, 14))
        end = StepEnd(done_on=date(2026, 10, 14), helped=True, note="разобрали три задачи")
        step_conclude(by=_deputy(), step=step, version=step.version, end=end)
    with on_day(school, date(2026, 11, 3)):
        then = date(2026, 12, 25)
        _review(route, Decision.CHANGE, [(gap, "4")], "движение освоено частично, прибавилась сила", then)
        now = Gap.objects.get(pk=gap.pk)
        plan = GapPlan(
            now.topic, now.target, date(2026, 12, 4), now.found, baseline=now.baseline, planned_work=now.planned_work
        )
        gap_change(by=_deputy(), gap=now, version=now.version, plan=plan)
        _gap(_fresh(route), "Физика", "Сила и масса", date(2026, 12, 18), "Опыты в паре с наставником")
        _agree(route)
        _parents(route)
    with on_day(school, date(2026, 11, 10)):
        _approve(route, "134")


def _refused(school: School) -> None:
    """Рябов: the parents refused, the work goes on; his review was due on 16 November and is late."""
    route = _make(school, "Рябов", RouteKind.FAILING, "Русский язык")
    if route is None:
        return
    _gap(route, "Русский язык", "Правописание причастий", _SECOND_END, "Словарные диктанты по пятницам")
    _step(route, "Русский язык", "lesson", "Карточка с образцом")
    _step(route, None, "tutor", "Разговор о том, что получилось", date(2026, 11, 13))
    _agree(route)
    _parents(route, refusal="считают, что справится с репетитором")
    _approve(route, "5", "council")
    Route.objects.filter(pk=route.pk).update(next_review=date(2026, 11, 16))


def _waits_for_approval(school: School) -> None:
    """Ковтун: two subjects, agreed by all; the deputy has to approve."""
    route = _make(school, "Ковтун", RouteKind.FAILING, "Алгебра", "Геометрия")
    if route is None:
        return
    _gap(route, "Алгебра", "Линейные уравнения", _SECOND_END, "Группа поддержки, домашние карточки")
    _gap(route, "Алгебра", "Степень с натуральным показателем", date(2026, 12, 11))
    _gap(route, "Геометрия", "Признаки равенства треугольников", _SECOND_END)
    _step(route, None, "special", "Занятия с психологом: самоорганизация")
    _agree(route)
    _parents(route)


def _waits_for_parents(school: School) -> None:
    """Белова: a good pupil with one three."""
    route = _make(school, "Белова", RouteKind.RESERVE, "Алгебра", gaps=True)
    if route is None:
        return
    _step(route, "Алгебра", "contest", "Школьный этап олимпиады", date(2026, 12, 3))
    _agree(route)


def _drafts(school: School) -> None:
    """Тарасенко waits for his teachers, Ибрагимов has two: of Russian and for special needs; Яшин needed none."""
    draft = _make(school, "Тарасенко", RouteKind.FAILING, "Алгебра")
    if draft is not None:
        _gap(draft, "Алгебра", "Темы, пропущенные по болезни", _SECOND_END)
    language = _make(school, "Ибрагимов", RouteKind.LANGUAGE, "Русский язык")
    if language is not None:
        _gap(language, "Русский язык", "Согласование в роде и числе", _SECOND_END, "Словарь урока перед темой")
        _agree(language)
        _parents(language)
        _approve(language, "6", "council")
    needs = _make(school, "Ибрагимов", RouteKind.NEEDS, "Русский язык")
    if needs is not None:
        _gap(needs, "Русский язык", "Чтение условия вслух", _SECOND_END)
        _step(needs, None, "special", "Занятия с логопедом")
        _agree(needs)
    needless = _make(school, "Яшин", RouteKind.WEAK, "История")
    if needless is not None:
        now = _fresh(needless)
        route_withdraw(by=_leader(), route=now, version=now.version, why="сам исправил обе двойки")


def _of_teacher(school: School) -> None:
    """The teacher of mathematics: a professional gap, led by the head of the methodical union."""
    head, teacher = User.objects.get(username="shmo"), User.objects.get(username="predmet")
    if head.staff is None or teacher.staff is None:
        return
    person = Staff.objects.select_related("school").get(pk=teacher.staff.pk)
    route = teacher_route_make(by=head, staff=person, wish=RouteWish(tutor=head.staff))
    part = _part(route, None)
    gap_add(
        by=teacher,
        part=part,
        plan=GapPlan("Приёмы работы с заданиями на доказательство", Decimal(70), _SECOND_END, "other",
                     baseline=Decimal(40), unit="percent", control_form="открытый урок"),
    )  # fmt: skip
    step_add(by=teacher, part=part, plan=StepPlan("training", "Курс по геометрии 7 класса", on=date(2026, 12, 8)))
    part_agree(by=teacher, part=part, seen=part_mark(part))
    _approve(route, "17")
