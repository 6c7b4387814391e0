"""What a school still lacks to begin, in the order in which it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from common.russian import counted
from gradebook.models import Mark
from gradebook.permissions import can_import_gradebook
from risk_registry.models import Classification, PupilCategory
from risk_registry.permissions import can_classify
from school.models import START, Period, Pupil, School, Staff, User
from school.permissions import can_edit_school, can_issue_logins


@dataclass(frozen=True)
class SetupStep:
    """One step. `url` is empty for whoever may not take it."""

    title: str
    done: bool
    words: str
    url: str
    button: str


@dataclass(frozen=True)
class Setup:
    """All steps; the first that is not done is the one to take."""

    steps: tuple[SetupStep, ...]

    @property
    def ready(self) -> bool:
        """Whether every step is done."""
        return all(step.done for step in self.steps)

    @property
    def note(self) -> str:
        """How far it is."""
        done = sum(step.done for step in self.steps)
        return "всё готово" if self.ready else f"сделано {done} из {len(self.steps)}"

    @property
    def next(self) -> SetupStep | None:
        """What to do first."""
        return next((step for step in self.steps if not step.done), None)


def school_setup(user: User, school: School) -> Setup:
    """How far the school is; one query."""
    row = _counted(School.objects.filter(pk=school.pk)).get()
    edits, issues = can_edit_school(user), can_issue_logins(user)
    imports, decides = can_import_gradebook(user), can_classify(user)
    return Setup(
        (
            _step("Учебный год и периоды", row.periods, ("период", "периода", "периодов"), "school:years", edits,
                  "Проверить периоды"),
            _step("Контингент", row.pupils_now, ("обучающийся", "обучающихся", "обучающихся"), "school:import_pupils",
                  edits, "Загрузить учеников"),
            _step("Сотрудники", row.staff_now, ("сотрудник", "сотрудника", "сотрудников"), "school:import_staff", edits,
                  "Загрузить сотрудников"),
            _step("Логины", row.logins, ("логин выдан", "логина выдано", "логинов выдано"), "school:logins", issues,
                  "Выдать логины"),
            SetupStep("Список начала года", row.has_start or row.has_marks, _start_words(row),
                      reverse("registry:bring") if decides else reverse("gradebook:imports") if imports else "",
                      "Загрузить свой реестр" if decides else "Загрузить прошлый год"),
            SetupStep("Отметки", row.has_marks, "загружены" if row.has_marks else "ещё не загружены",
                      reverse("gradebook:imports") if imports else "", "Загрузить отметки"),
            SetupStep("Категории", row.has_categories, "посчитаны" if row.has_categories else "ещё не посчитаны",
                      reverse("registry:list") if decides else "", "Открыть реестр"),
        )
    )  # fmt: skip


def _start_words(row: Any) -> str:
    if row.has_start:
        return "составлен"
    return "начали с отметок" if row.has_marks else "к 15 сентября: файлы прошлого года или ваша таблица"


def _step(title: str, number: int, words: tuple[str, str, str], name: str, may: bool, button: str) -> SetupStep:
    told = counted(number, *words) if number else "ещё нет"
    return SetupStep(title, number > 0, told, reverse(name) if may else "", button)


def _counted(schools: QuerySet[School]) -> Any:
    def number(rows: QuerySet[Any]) -> Coalesce:
        grouped = rows.order_by().values("school").annotate(number=Count("pk"))
        return Coalesce(Subquery(grouped.values("number")), 0)

    periods = Period.objects.filter(year__school=OuterRef("pk")).exclude(system=START).order_by().values("year__school")
    listed = PupilCategory.objects.filter(period__system=START, period__year__school=OuterRef("pk"), unrated=False)
    return schools.annotate(
        periods=Coalesce(Subquery(periods.annotate(number=Count("pk")).values("number")), 0),
        pupils_now=number(Pupil.objects.filter(school=OuterRef("pk"))),
        staff_now=number(Staff.objects.filter(school=OuterRef("pk"), left_on__isnull=True)),
        logins=number(User.objects.filter(school=OuterRef("pk"), is_active=True)),
        has_start=Exists(listed),
        has_marks=Exists(Mark.objects.filter(school=OuterRef("pk"))),
        has_categories=Exists(Classification.objects.filter(school=OuterRef("pk"))),
    )
