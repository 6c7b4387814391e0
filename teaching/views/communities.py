"""Communities: one of them with its people and meetings, writing it down, correcting."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from school.selectors_history import history_of
from school.views.base import FormPage, answer_form, sent
from school.views.outdated import form_view
from teaching.forms import CommunityForm, MeetingForm
from teaching.models import Community, CommunityMeeting
from teaching.rights import may_change, may_decide, may_write_meetings
from teaching.services.communities import community_add, community_change, meeting_add, meeting_change
from teaching.views.base import changed_record, colleagues, people_of, seen_record, writer
from teaching.words import CommunityKind, MeetingStep


@require_GET
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """One community: its people, its cycle, its meetings."""
    user, row = seen_record(request, Community, pk, "staff", "decided_by__staff")
    shown = {
        "row": row,
        "what": "community",
        "members": row.members.filter(removed_at__isnull=True).select_related("staff"),
        "meetings": row.meetings.filter(removed_at__isnull=True).select_related("by__staff"),
        "changes_it": may_change(user, row),
        "decides": may_decide(user, row),
        "meets": may_write_meetings(user, row),
        "changes": history_of(row),
    }
    return render(request, "teaching/community.html", shown)


@form_view
def community_new(request: HttpRequest) -> HttpResponse:
    """Write a community down: one leads it oneself, or the confirmer says who does."""
    user, school, staff = writer(request)
    initial = {"staff": staff.pk, "starts": school.today(), "kind": CommunityKind.LESSON_STUDY}
    form = CommunityForm(sent(request), people=people_of(user, school), colleagues=colleagues(school), initial=initial)
    if "staff" in form.fields:
        form.fields["staff"].label = "Ведёт"
    page = FormPage("Сообщество", ("Сообщества", reverse("teaching:communities")), "Записать", "Сообщество записано.")

    def save() -> str:
        made = community_add(by=user, staff=form.person(staff), draft=form.draft())
        return _address(made.pk)

    return answer_form(request, page, form, save)


@form_view
def community_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a community and who is in it."""
    user, row = changed_record(request, Community, pk, "staff")
    members = row.members.filter(removed_at__isnull=True, ends__isnull=True)
    initial = {name: getattr(row, name) for name in ("kind", "title", "cycle", "starts", "ends")}
    initial["members"] = list(members.values_list("staff", flat=True))
    form = CommunityForm(sent(request), colleagues=colleagues(row.school), initial=initial)
    page = FormPage("Исправить сообщество", (row.title, _address(pk)), done="Записано.", meta=row.title)

    def save() -> None:
        community_change(by=user, community=row, draft=form.draft())

    return answer_form(request, page, form, save)


@form_view
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a meeting down."""
    user, row = seen_record(request, Community, pk)
    if not may_write_meetings(user, row):
        raise PermissionDenied("Встречи записывают участники сообщества.")
    form = MeetingForm(sent(request), initial={"on": row.school.today(), "step": MeetingStep.PLAN})
    page = FormPage("Встреча", (row.title, _address(pk)), "Записать", "Встреча записана.", meta=row.title)

    def save() -> None:
        told = form.cleaned_data
        meeting_add(by=user, community=row, on=told["on"], step=MeetingStep(told["step"]), text=told["text"])

    return answer_form(request, page, form, save)


@form_view
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a meeting."""
    user, row = changed_record(request, CommunityMeeting, pk, "community")
    form = MeetingForm(sent(request), initial={"on": row.on, "step": row.step, "text": row.text})
    page = FormPage("Исправить встречу", (row.community.title, _address(row.community_id)), done="Записано.")

    def save() -> None:
        told = form.cleaned_data
        meeting_change(by=user, meeting=row, on=told["on"], step=MeetingStep(told["step"]), text=told["text"])

    return answer_form(request, page, form, save)


def _address(pk: int) -> str:
    return reverse("teaching:community", args=[pk])
