"""An activity with its terms: held, moved, cancelled, shown by evidence."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from roadmaps.forms import EvidenceForm, GroundsForm, HoldForm, MoveForm
from roadmaps.models import Evidence, Occurrence, Roadmap
from roadmaps.permissions import can_edit_roadmap, can_mark
from roadmaps.reports.paper import responsible_words, tags_of
from roadmaps.rules.checks import is_late
from roadmaps.rules.term_words import term_of
from roadmaps.rules.terms import is_standing
from roadmaps.services.occurrences import (
    evidence_add,
    evidence_withdraw,
    occurrence_cancel,
    occurrence_hold,
    occurrence_move,
    occurrence_record,
    occurrence_return,
)
from roadmaps.views.common import (
    check_marks,
    home_of,
    marked_activity,
    roadmap_editor,
    roadmap_reader,
    seen_activity,
    seen_occurrence,
    seen_version,
)
from roadmaps.words import OccurrenceDeed, RoadmapState, TermKind
from roadmaps.workflow import OCCURRENCE
from school.models import User
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view

_HEADINGS = {
    OccurrenceDeed.HOLD: ("Проведено", "Отметить проведённым"),
    OccurrenceDeed.MOVE: ("Перенести срок", "Перенести"),
    OccurrenceDeed.CANCEL: ("Отменить", "Отменить мероприятие"),
    OccurrenceDeed.RETURN: ("Снять отметку", "Снять отметку"),
}
# Held is marked by whoever answers for it; terms are the administration's.
_OF_EDITORS = (OccurrenceDeed.MOVE, OccurrenceDeed.CANCEL)


@require_GET
def activity_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what it is, its terms with what became of them, what shows it."""
    user, row = seen_activity(request, pk)
    today = row.roadmap.school.today()
    marks, edits = can_mark(user, row), can_edit_roadmap(user)
    rows = row.occurrences.prefetch_related("evidence__by__staff", "evidence__file", "steps__by__staff")
    running = row.roadmap.state != RoadmapState.DRAFT and row.removed_on is None
    told = {
        "activity": row,
        "up": home_of(row.roadmap),
        "responsible": responsible_words(row, [person.short_name for person in row.people.all()]),
        "tags": tags_of(row),
        "kind": TermKind(row.term_kind).label,
        "standing": is_standing(term_of(row.term_kind, row.term)),
        "rows": [
            (one, is_late(one.state, one.ends, today), _deeds(one, edits) if marks and running else []) for one in rows
        ],
        "marks": marks and running,
        "edits": edits and row.roadmap.state != RoadmapState.APPROVED and row.removed_on is None,
        "draft": row.roadmap.state == RoadmapState.DRAFT,
        "user_pk": user.pk,
        "manages": edits,
    }
    return render(request, "roadmaps/activity.html", told)


def _deeds(row: Occurrence, edits: bool) -> list[tuple[str, str]]:
    possible = [OccurrenceDeed(what) for what in OCCURRENCE.deeds(row.state)]
    return [(what.value, _HEADINGS[what][0]) for what in possible if edits or what not in _OF_EDITORS]


@form_view
def activity_record(request: HttpRequest, pk: int) -> HttpResponse:
    """What was held of a line without terms."""
    user, row = marked_activity(request, pk)
    form = HoldForm(sent(request), initial={"on": row.roadmap.school.today()})

    def save() -> None:
        occurrence_record(by=user, activity=row, on=form.cleaned_data["on"], note=form.cleaned_data["note"])

    up = (row.title, reverse("roadmap:activity", args=[row.pk]))
    page = FormPage("Записать проведение", up, button="Записать", done="Записано.", meta=row.term_text)
    return answer_form(request, page, form, save)


@form_view
def occurrence_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Hold, move, cancel, or take a mark back."""
    user, row = seen_occurrence(request, pk)
    if what not in OccurrenceDeed.codes():
        raise Http404("Так с мероприятием не поступают.")
    deed = OccurrenceDeed(what)
    check_marks(user, row.activity)
    if deed in _OF_EDITORS:
        roadmap_editor(request)
    heading, button = _HEADINGS[deed]
    version = seen_version(request, row.version)
    form, save = _form_of(request, user, row, deed, version)
    page = FormPage(
        heading,
        (row.activity.title, reverse("roadmap:activity", args=[row.activity_id])),
        button=button,
        done=f"Записано: {deed.label}.",
        meta=f"{row.title}, срок {row.ends:%d.%m.%Y}",
        template="roadmaps/deed_form.html",
        more={"version": version},
    )
    return answer_form(request, page, form, save)


def _form_of(
    request: HttpRequest, user: User, row: Occurrence, deed: OccurrenceDeed, version: int
) -> tuple[forms.Form, Callable[[], None]]:
    given: dict[str, Any] = {"by": user, "occurrence": row, "version": version}
    today = row.activity.roadmap.school.today()
    form: forms.Form
    if deed == OccurrenceDeed.HOLD:
        form = HoldForm(sent(request), initial={"on": min(today, row.ends)})
        return form, lambda: _done(occurrence_hold(**given, **form.cleaned_data))
    if deed == OccurrenceDeed.MOVE:
        form = MoveForm(sent(request))
        return form, lambda: _done(occurrence_move(**given, **form.cleaned_data))
    form = GroundsForm(sent(request))
    service = occurrence_cancel if deed == OccurrenceDeed.CANCEL else occurrence_return
    return form, lambda: _done(service(**given, **form.cleaned_data))


def _done(_: Occurrence) -> None:
    """The form leads back to the activity."""


@form_view
def evidence_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A file or an address that shows what was held."""
    user, row = seen_occurrence(request, pk)
    check_marks(user, row.activity)
    form = EvidenceForm(sent(request), request.FILES or None)

    def save() -> None:
        told = form.cleaned_data
        evidence_add(
            by=user, occurrence=row, kind=told["kind"], title=told["title"], content=told["file"], url=told["url"]
        )

    page = FormPage(
        "Приложить подтверждение",
        (row.activity.title, reverse("roadmap:activity", args=[row.activity_id])),
        button="Приложить",
        done="Подтверждение приложено.",
        meta=row.title,
    )
    return answer_form(request, page, form, save)


@form_view
def evidence_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was attached by mistake: one's own, or as the administration anybody's."""
    user, _ = roadmap_reader(request)
    roadmaps = Roadmap.objects.visible_to(user)
    rows = Evidence.objects.filter(occurrence__activity__roadmap__in=roadmaps, withdrawn_at__isnull=True)
    row = get_object_or_404(rows.select_related("occurrence__activity__roadmap__school"), pk=pk)
    _, occurrence = seen_occurrence(request, row.occurrence_id)
    check_marks(user, occurrence.activity)
    if row.by_id != user.pk:
        roadmap_editor(request)
    form = GroundsForm(sent(request))

    def save() -> None:
        evidence_withdraw(by=user, evidence=row, why=form.cleaned_data["why"])

    up = (occurrence.activity.title, reverse("roadmap:activity", args=[occurrence.activity_id]))
    page = FormPage("Снять подтверждение", up, button="Снять", done="Подтверждение снято.", meta=row.title)
    return answer_form(request, page, form, save)
