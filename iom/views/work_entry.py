"""Writing an entry of the journal of individual work, on a phone with one thumb; correcting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from iom.forms_work import WorkForm, offered_minutes
from iom.models import WorkEntry, WorkEntryPupil
from iom.permissions_work import can_see_journals, can_write_journals
from iom.selectors.work_form import (
    Choice,
    Place,
    choices_in,
    choices_of,
    habits_of,
    place_wanted,
    places_of,
    topics_offered,
)
from iom.services.journals import AUTHOR_ONLY
from iom.services.work import work_edit, work_record
from iom.work_words import Outcome, WorkWay
from school.access import pupils_for
from school.models import Enrolment, Pupil, School, Subject, User
from school.services.once import address_lock
from school.views.base import reader, sent
from school.views.filtering import whole_number

_CHIPS = 4


def journal_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_journals(user):
        raise PermissionDenied("Журналы видят сотрудники школы.")
    return user, school


def journal_writer(request: HttpRequest) -> tuple[User, School]:
    """Whoever works with pupils."""
    user, school = journal_reader(request)
    if not can_write_journals(user):
        raise PermissionDenied("Записи делают те, кто работает с учениками.")
    return user, school


@dataclass
class Entering:
    """What the page stands on: who may be picked, in which subject, what is filled in before a tap."""

    user: User
    school: School
    places: Sequence[Place]
    place: Place | None
    subject: Subject | None
    choices: list[Choice]
    initial: dict[str, Any]
    entry: WorkEntry | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def work_new(request: HttpRequest) -> HttpResponse:
    """A new entry. `?cls=&subject=` choose the class, `?pupil=` picks somebody, `?copy=1` fills in the last entry."""
    user, school = journal_writer(request)
    return _answer(request, _new(request, user, school))


@require_http_methods(["GET", "HEAD", "POST"])
def work_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's own entry, its pupils being the same."""
    user, school = journal_writer(request)
    rows = WorkEntry.objects.visible_to(user).select_related("subject", "school", "year")
    entry = get_object_or_404(rows, pk=pk)
    if entry.by_id != user.pk:
        raise PermissionDenied(AUTHOR_ONLY)
    lines = list(entry.pupils.filter(pupil__in=pupils_for(user).order_by()).select_related("pupil"))
    choices = choices_of(user, [line.pupil for line in lines], entry.subject)
    initial = {**_like(entry, lines), "on": entry.on}
    return _answer(request, Entering(user, school, (), None, entry.subject, choices, initial, entry))


def _new(request: HttpRequest, user: User, school: School) -> Entering:
    today, places = school.today(), places_of(user)
    pupil = _pupil(user, whole_number(request.GET.get("pupil")))
    copied = _last(user) if "copy" in request.GET else None
    latest = copied or (None if "cls" in request.GET or pupil else _last(user))
    cls = whole_number(request.GET.get("cls"))
    subject = whole_number(request.GET.get("subject"))
    if pupil is not None:
        cls = _class_of(pupil, school)
    elif latest is not None and cls is None:
        first = latest.pupils.select_related("pupil").first()
        cls = _class_of(first.pupil, school) if first is not None else None
        subject = latest.subject_id
    place = place_wanted(places, cls, subject)
    choices = choices_in(user, place, today) if place is not None else []
    known = {one.pupil.pk for one in choices}
    if pupil is not None and pupil.pk not in known:
        choices = [*choices_of(user, [pupil], place.subject if place else None), *choices]
    initial: dict[str, Any] = {"on": today, "pupils": [pupil.pk] if pupil is not None else []}
    if copied is not None:
        initial |= _like(copied, [line for line in copied.pupils.all() if line.pupil_id in known])
    chosen = copied.subject if copied is not None else place.subject if place is not None else None
    return Entering(user, school, places, place, chosen, choices, initial)


def _pupil(user: User, key: int | None) -> Pupil | None:
    return get_object_or_404(pupils_for(user), pk=key) if key is not None else None


def _class_of(pupil: Pupil, school: School) -> int | None:
    seats = Enrolment.objects.on(school.today()).filter(pupil=pupil)
    return seats.values_list("school_class", flat=True).first()


def _last(user: User) -> WorkEntry | None:
    rows = WorkEntry.objects.visible_to(user).standing().filter(by=user, extra_session__isnull=True)
    rows = rows.select_related("subject")
    return rows.order_by("-at", "-pk").first()


def _like(entry: WorkEntry, lines: Sequence[WorkEntryPupil]) -> dict[str, Any]:
    return {
        "pupils": [line.pupil_id for line in lines],
        "topic": entry.topic,
        "content": entry.content,
        "form": entry.form,
        "minutes": entry.minutes,
        "lines": {line.pupil_id: line for line in lines},
    }


def _answer(request: HttpRequest, told: Entering) -> HttpResponse:
    if request.method != "POST":
        return _page(request, told, None)
    with transaction.atomic():
        address_lock(request.path)
        form = WorkForm(sent(request), choices=told.choices, school=told.school)
        if form.is_valid():
            try:
                entry = _save(request, told, form)
            except Refused as refusal:
                form.add_error(None, [refusal.message, *refusal.details])
            else:
                messages.success(request, "Записано." if told.entry is None else "Исправлено.")
                return redirect(f"{reverse('work:entry', args=[entry.pk])}?saved=1")
    return _page(request, told, form)


def _save(request: HttpRequest, told: Entering, form: WorkForm) -> WorkEntry:
    if told.entry is None:
        return work_record(by=told.user, school=told.school, work=form.work(), pupils=form.worked_with())
    return work_edit(
        by=told.user,
        entry=told.entry,
        version=whole_number(request.POST.get("version")) or 0,
        work=form.work(),
        pupils=form.worked_with(),
    )


def _page(request: HttpRequest, told: Entering, form: WorkForm | None) -> HttpResponse:
    habits = habits_of(told.user, told.subject)
    values = _values(told, form, habits.last)
    topics = topics_offered(told.choices, habits.topics)
    lines = _lines(told, form, values)
    few = [line for line in lines if line["choice"].at_risk or line["picked"]]
    context = {
        "entering": told,
        "form": form,
        "values": values,
        "first": few or lines,
        "rest": [line for line in lines if few and line not in few],
        "lines": lines,
        "topics": topics,
        "chips": topics[:_CHIPS],
        "phrases": habits.phrases,
        "ways": WorkWay.choices(),
        "outcomes": Outcome.choices(),
        "minutes": offered_minutes(_number(values["minutes"])),
        "subjects": Subject.objects.filter(school=told.school),
        "today": told.school.today(),
        "copies": told.entry is None and habits.last is not None and "copy" not in request.GET,
        "store": "" if told.entry is not None else f"opora-work-{told.user.pk}",
    }
    return render(request, "iom/work_form.html", context, status=200 if form is None else 422)


def _number(text: Any) -> int | None:
    return whole_number(str(text)) if text else None


def _values(told: Entering, form: WorkForm | None, last: WorkEntry | None) -> dict[str, Any]:
    """What stands in the fields: as it was sent, else as the page begins."""
    names = ("topic", "content", "form", "minutes", "on", "outcome")
    if form is not None:
        values: dict[str, Any] = {name: form.data.get(name, "") for name in names}
        pupils = [whole_number(key) for key in form.data.getlist("pupils")]  # type: ignore[attr-defined]
        return {**values, "pupils": pupils, "subject": whole_number(form.data.get("subject", ""))}
    begin: dict[str, Any] = {"topic": "", "content": "", "form": "", "minutes": "", "outcome": ""}
    if last is not None:
        begin |= {"form": last.form, "minutes": last.minutes or ""}
    begin |= {"subject": told.subject.pk if told.subject else None, **told.initial}
    return {**begin, "on": begin["on"].isoformat()}


def _lines(told: Entering, form: WorkForm | None, values: dict[str, Any]) -> list[dict[str, Any]]:
    kept = told.initial.get("lines", {}) if told.entry is not None else {}
    return [
        {"choice": one, "picked": one.pupil.pk in values["pupils"], **_said(one, form, kept.get(one.pupil.pk))}
        for one in told.choices
    ]


def _said(one: Choice, form: WorkForm | None, line: WorkEntryPupil | None) -> dict[str, Any]:
    key = one.pupil.pk
    if form is not None:
        return {name: form.data.get(f"{letter}-{key}", "") for name, letter in _LETTERS.items()}
    if line is None:
        return dict.fromkeys(_LETTERS, "")
    return {"outcome": line.outcome, "result": line.result, "mark": line.mark, "gap": line.gap_id or ""}


_LETTERS = {"outcome": "o", "result": "r", "mark": "m", "gap": "g"}
