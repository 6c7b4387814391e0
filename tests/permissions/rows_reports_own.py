"""Reports about a class and about a teacher: the administration's all, a teacher's the own ones."""

from collections.abc import Callable
from typing import Any

from monitoring.models import Report
from monitoring.reports.kinds import Wanted, document_kind
from monitoring.services import document_make
from tests.factories import make_class
from tests.permissions.row import Row
from tests.permissions.world import World

CLASS, TEACHER = "class_teacher", "subject_teacher"


def add(world: World) -> None:
    """Drafts about 7А and about who teaches there; copies about a class and a teacher of nobody in the table."""
    period, by = world.things["period"], world.users["dep"]
    other_class, other_teacher = make_class(world.school, "8Б"), world.person("met")
    led = Wanted(world.school, period, school_class=world.school_class)
    taught = Wanted(world.school, period, teacher=world.person("sub"))
    world.things["of_class"] = document_make(by=by, kind=document_kind(CLASS), wanted=led)
    world.things["of_teacher"] = document_make(by=by, kind=document_kind(TEACHER), wanted=taught)
    world.things["of_other_class"] = _copy(world.things["of_class"], school_class=other_class)
    world.things["of_other_teacher"] = _copy(world.things["of_teacher"], teacher=other_teacher)


def _copy(report: Report, **about: Any) -> Report:
    fields = ("school", "kind", "period", "data", "digest", "made_at")
    return Report.objects.create(**{name: getattr(report, name) for name in fields}, **about)


def _of(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"pk": world.things[name].pk}


def _pdf(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"pk": world.things[name].pk, "format": "pdf"}


def _make_class(world: World) -> dict[str, Any]:
    return {"period": world.things["period"].pk, "kind": CLASS, "of": world.school_class.pk}


def _make_other_class(world: World) -> dict[str, Any]:
    return {**_make_class(world), "of": world.things["of_other_class"].school_class_id}


def _make_teacher(world: World) -> dict[str, Any]:
    return {"period": world.things["period"].pk, "kind": TEACHER, "of": world.person("sub").pk}


def _make_all(kind: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"period": world.things["period"].pk, "kind": kind}


def _sentence(world: World) -> dict[str, Any]:
    return {"deed": "all"}


def _text(world: World) -> dict[str, Any]:
    return {"conclusions": "Продолжить занятия."}


def _day(world: World) -> dict[str, Any]:
    return {"day": "2026-11-20"}


def _grounds(world: World) -> dict[str, Any]:
    return {"grounds": "ошибка в данных"}


# fmt: off
_OTHERS = "403 403  403 403 403 403 403 403 403 403"
_OTHER_CLASS, _OTHER_TEACHER = "about another class", "about another teacher"
ROWS = [
    #                             anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("monitoring:detail",   f"302  404   200 200 200 404 {_OTHERS}", _of("of_class"), about="about the own class"),
    Row("monitoring:detail",   f"302  404   200 200 404 404 {_OTHERS}", _of("of_other_class"), about=_OTHER_CLASS),
    Row("monitoring:detail",   f"302  404   200 200 404 200 {_OTHERS}", _of("of_teacher"), about="about the own lessons"),
    Row("monitoring:detail",   f"302  404   200 200 404 404 {_OTHERS}", _of("of_other_teacher"), about=_OTHER_TEACHER),
    Row("monitoring:print",    f"302  404   302 302 302 404 {_OTHERS}", _pdf("of_class"), "post", about="of the own class"),
    Row("monitoring:print",    f"302  404   302 302 404 404 {_OTHERS}", _pdf("of_other_class"), "post",
        about=_OTHER_CLASS),
    Row("monitoring:print",    f"302  404   302 302 404 302 {_OTHERS}", _pdf("of_teacher"), "post",
        about="of the own lessons"),
    Row("monitoring:make",     f"302  404   302 302 302 404 {_OTHERS}", _make_class, "post", about="of the own class"),
    Row("monitoring:make",     f"302  404   302 302 404 404 {_OTHERS}", _make_other_class, "post", about=_OTHER_CLASS),
    Row("monitoring:make",     f"302  404   302 302 404 302 {_OTHERS}", _make_teacher, "post",
        about="of the own lessons"),
    Row("monitoring:make_all", f"302  404   302 302 403 403 {_OTHERS}", _make_all(CLASS), "post", about="of all classes"),
    Row("monitoring:make_all", f"302  404   302 302 403 403 {_OTHERS}", _make_all(TEACHER), "post",
        about="of all teachers"),
    Row("monitoring:say",      f"302  404   302 302 302 404 {_OTHERS}", _of("of_class"), "post", _sentence,
        about="in the report of the own class"),
    Row("monitoring:say",      f"302  404   302 302 404 302 {_OTHERS}", _of("of_teacher"), "post", _sentence,
        about="in the report of the own lessons"),
    Row("monitoring:conclude", f"302  404   302 302 302 404 {_OTHERS}", _of("of_class"), "post", _text,
        about="of the own class"),
    Row("monitoring:conclude", f"302  404   302 302 404 302 {_OTHERS}", _of("of_teacher"), "post", _text,
        about="of the own lessons"),
    Row("monitoring:conclude", f"302  404   302 302 404 404 {_OTHERS}", _of("of_other_class"), "post", _text,
        about=_OTHER_CLASS),
    Row("monitoring:approve",  f"302  404   302 302 403 404 {_OTHERS}", _of("of_class"), "post", _day,
        about="of the own class"),
    Row("monitoring:approve",  f"302  404   302 302 404 403 {_OTHERS}", _of("of_teacher"), "post", _day,
        about="of the own lessons"),
    Row("monitoring:withdraw", f"302  404   302 302 403 404 {_OTHERS}", _of("of_class"), "post", _grounds,
        about="of the own class"),
]
# fmt: on
