"""All routes of a school on paper, from the tables to one file: throughput with two processes over that with one."""

import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from statistics import median

from bench.data import autumn_school
from bench.figures import Figure
from iom.models import Gap, PlanStep, Route, RoutePart
from iom.reports.route_print import Forms, one_file
from iom.reports.route_sheet import in_order, sheets_of
from school.models import Enrolment, School, Subject

ROUTES = 200
SUBJECTS = 2


def run(routes: int = ROUTES, times: int = 3) -> list[Figure]:
    """Elapsed time, in turns: here it is what people wait for that matters, and the machine has to be quiet."""
    school = autumn_school(routes)
    _plan(school, routes)
    turns = [(_seconds(partial(_print, school, 1)), _seconds(partial(_print, school, 2))) for _ in range(times)]
    ratio = median(one / two for (one, _), (two, _) in turns)
    alone, together = (median(turn[n][0] for turn in turns) for n in (0, 1))
    own = median(turn[1][1] for turn in turns)
    detail = f"{routes} routes of two subjects, with the parents' page: {alone:.1f} s alone, {together:.1f} s by two"
    detail += f"; {own:.1f} s of processor in the job's own process"
    return [Figure("routes.batch", ratio, 1.8, "higher", "×", detail)]


def _seconds(deed: Callable[[], object]) -> tuple[float, float]:
    """How long it takes, and how long this process itself works at it."""
    began, worked = time.monotonic(), time.process_time()
    deed()
    return time.monotonic() - began, time.process_time() - worked


def _print(school: School, workers: int) -> None:
    sheets = sheets_of(in_order(Route.objects.filter(school=school)), as_of=school.today(), course=True)
    one_file(sheets, Forms(parents=True), workers=workers)


def _plan(school: School, number: int) -> None:
    """A draft for so many pupils: in each of two subjects a gap and two steps."""
    today, now, year = school.today(), school.now(), school.years.get()
    seats = Enrolment.objects.on(today).filter(pupil__school=school).order_by("pk")[:number]
    routes = Route.objects.bulk_create(
        Route(
            school=school, year=year, kind="failing", pupil_id=seat.pupil_id, school_class_id=seat.school_class_id,
            begins=today, ends=year.ends, created_at=now, changed_at=now,
        )
        for seat in seats
    )  # fmt: skip
    if len(routes) != number:
        raise AssertionError(f"{len(routes)} pupils where {number} were to be")
    subjects = list(Subject.objects.filter(school=school).order_by("pk")[:SUBJECTS])
    parts = RoutePart.objects.bulk_create(
        RoutePart(route=route, pupil_id=route.pupil_id, subject=subject) for route in routes for subject in subjects
    )
    Gap.objects.bulk_create(
        Gap(
            school=school, pupil_id=part.pupil_id, route_id=part.route_id, part=part, topic="Сложение дробей",
            found="control", source="Контрольная работа", baseline=Decimal(2), target=Decimal(3), created_at=now,
            due=today + timedelta(days=30), planned_work="Разбор ошибок, тренировочные задания",
        )
        for part in parts
    )  # fmt: skip
    PlanStep.objects.bulk_create(
        PlanStep(school=school, pupil_id=part.pupil_id, route_id=part.route_id, part=part, kind=kind, every="week")
        for part in parts
        for kind in ("extra", "homework")
    )
