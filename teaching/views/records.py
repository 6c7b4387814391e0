"""What happens to every record: confirmed by a tap, returned with a word, taken back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view
from teaching.forms import RemoveForm, WordForm
from teaching.models import CommunityMeeting, Confirmable, LessonVisit, Record, TeacherGap
from teaching.permissions import can_confirm
from teaching.rights import may_decide
from teaching.selectors.own import KINDS, waiting_records
from teaching.services.records import OWN, record_confirm, record_remove, record_return
from teaching.views.base import changed_record, seen_record, tabs_of, teaching_reader

CONFIRMERS = "Записи подтверждают заместитель директора и руководители ШМО."
_REMOVABLE: dict[str, type[Record]] = {**KINDS, "visit": LessonVisit, "gap": TeacherGap, "meeting": CommunityMeeting}


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything of colleagues that waits, the oldest first."""
    user, _ = teaching_reader(request)
    if not can_confirm(user):
        raise PermissionDenied(CONFIRMERS)
    return render(request, "teaching/waiting.html", {"rows": waiting_records(user), "tabs": tabs_of(user, "waiting")})


def _decided(request: HttpRequest, what: str, pk: int) -> tuple[User, Confirmable]:
    if what not in KINDS:
        raise Http404
    user, row = seen_record(request, KINDS[what], pk)
    if not may_decide(user, row):
        raise PermissionDenied(OWN if can_confirm(user) else CONFIRMERS)
    return user, row


@require_POST
def confirm(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Say that a record holds, as it was seen (`version`)."""
    user, row = _decided(request, what, pk)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    back = reverse("teaching:waiting") if "list" in request.POST else reverse(f"teaching:{what}", args=[pk])
    return answer_deed(
        request, lambda: record_confirm(by=user, row=row, version=version), f"Подтверждено: {row}.", back
    )


@form_view
def give_back(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Return a record to its author, with a word."""
    user, row = _decided(request, what, pk)
    form = WordForm(sent(request), initial={"version": row.version})
    page = FormPage(
        "Вернуть с замечанием",
        (str(row), reverse(f"teaching:{what}", args=[pk])),
        "Вернуть",
        "Возвращено.",
        meta=str(row),
    )

    def save() -> str:
        told = form.cleaned_data
        record_return(by=user, row=row, version=told["version"], word=told["word"])
        return reverse("teaching:waiting")

    return answer_form(request, page, form, save)


@form_view
def remove(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Take a record back, with the reason."""
    if what not in _REMOVABLE:
        raise Http404
    user, row = changed_record(request, _REMOVABLE[what], pk)
    form = RemoveForm(sent(request))
    up = _up(what, row)
    page = FormPage("Отозвать запись", up, "Отозвать", "Запись отозвана.", meta=str(row))

    def save() -> str:
        record_remove(by=user, row=row, why=form.cleaned_data["why"])
        return up[1] if isinstance(row, CommunityMeeting) else _list_of(what)

    return answer_form(request, page, form, save)


def _up(what: str, row: Record) -> tuple[str, str]:
    if isinstance(row, CommunityMeeting):
        return str(row.community), reverse("teaching:community", args=[row.community_id])
    return str(row), reverse(f"teaching:{what}", args=[row.pk])


def _list_of(what: str) -> str:
    plural = {"training": "trainings", "community": "communities", "practice": "practices", "visit": "visits"}
    return reverse(f"teaching:{plural.get(what, 'gaps')}")
