"""The demo's roadmap of the year: approved in August; held, shown, moved and late by November."""

from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from roadmaps.models import Activity, Occurrence, Roadmap
from roadmaps.services.occurrences import evidence_add, occurrence_hold, occurrence_move, occurrence_record
from roadmaps.services.roadmaps import roadmap_approve, roadmap_create
from roadmaps.words import EvidenceKind
from school.models import AcademicYear, School, User

_AUGUST, _AUTUMN, _NOW = date(2026, 8, 31), date(2026, 10, 30), date(2026, 11, 20)
_HELD = (  # row of the catalogue, key of its term, day, what was done
    (1, "month-8", date(2026, 8, 28), "положение о профилактике, порядок учёта"),
    (2, "month-9", date(2026, 9, 24), "план на четверть"),
    (2, "month-10", date(2026, 10, 22), "итоги сентября и октября"),
    (4, "month-10", date(2026, 10, 23), "сведения по всем классам"),
    (8, "month-10", date(2026, 10, 15), "семинар для классных руководителей"),
)


def plan_the_year(school: School) -> None:
    """Twenty activities of the catalogue, some with people and places; routes are late, a seminar was moved."""
    with on_day(school, _AUGUST):
        roadmap = _approved(user_named("zavuch"))
    with on_day(school, _AUTUMN):
        _hold(user_named("zavuch"), roadmap)
    with on_day(school, _NOW):
        _move(user_named("zavuch"), roadmap)
        talks = Activity.objects.select_related("roadmap__school", "roadmap__year").get(roadmap=roadmap, origin=17)
        occurrence_record(
            by=user_named("klass"), activity=talks, on=date(2026, 11, 18), note="двое из 7А, договорились о занятиях"
        )


def _approved(deputy: User) -> Roadmap:
    year = AcademicYear.objects.select_related("school").get(school=deputy.school, starts__lte=_NOW, ends__gte=_NOW)
    roadmap = roadmap_create(by=deputy, year=year, catalogue=True)
    for origin, form, venue in (
        (8, "семинар", "кабинет 21"),
        (12, "семинар", "кабинет 21"),
        (20, "собрание", "актовый зал"),
    ):
        roadmap.activities.filter(origin=origin).update(form=form, venue=venue)
    head = user_named("shmo").staff
    assert head is not None
    for row in roadmap.activities.filter(origin__in=(10, 11)):
        row.people.add(head)
    roadmap.activities.filter(origin=3).update(with_point=True)
    return roadmap_approve(by=deputy, roadmap=roadmap, version=0, order_number="112", order_date=_AUGUST)


def _hold(deputy: User, roadmap: Roadmap) -> None:
    for origin, key, on, note in _HELD:
        row = _of(roadmap, origin, key)
        row = occurrence_hold(by=deputy, occurrence=row, version=row.version, on=on, note=note)
        if origin == 8:
            evidence_add(
                by=deputy, occurrence=row, kind=EvidenceKind.LINK, title="Новость о семинаре",
                url="https://school.example/news/seminar",
            )  # fmt: skip


def _move(deputy: User, roadmap: Roadmap) -> None:
    row = _of(roadmap, 12, "month-11")
    occurrence_move(by=deputy, occurrence=row, version=row.version, to=date(2026, 12, 11), why="психолог на курсах")


def _of(roadmap: Roadmap, origin: int, key: str) -> Occurrence:
    rows = Occurrence.objects.select_related("activity__roadmap__school", "activity__roadmap__year")
    return rows.get(activity__roadmap=roadmap, activity__origin=origin, key=key)
