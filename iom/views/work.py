"""The journal of individual work: the list, an entry with what others say of it, withdrawing, the paper."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.names import name_key
from common.russian import counted
from documents.services.reports import report_job_request
from iom.forms_work import RemarkForm, WithdrawForm, WorkFilterForm
from iom.models import ExtraSession, JournalComment, WorkEntry
from iom.permissions_work import can_write_journals
from iom.registration_work import TALKS_JOURNAL, WORK_JOURNAL
from iom.selectors.journal_days import classes_then, journal_options
from iom.selectors.old_deeds import SHORT, SHOWN, old_deeds
from iom.selectors.work import WorkQuery, pupils_of_entries, with_seat, work_entries
from iom.services.extra_sessions import extra_session_forget
from iom.services.journals import AUTHOR_ONLY, comment_add, comment_read
from iom.services.work import work_withdraw
from iom.views.work_entry import journal_reader, journal_writer
from risk_registry.categories import DeedKind
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import pupils_for
from school.forms.filtering import ANY
from school.models import Period, School, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import chips_of, options_of, whole_number
from school.views.outdated import form_view

_LABELS = {
    "text": "Фамилия", "teacher": "Педагог", "cls": "Класс", "subject": "Предмет", "period": "Период", "form": "Форма",
}  # fmt: skip
_REPORTS = {"work": WORK_JOURNAL, "talks": TALKS_JOURNAL}
_FORMATS = ("pdf", "xlsx")


@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """The journal, filtered."""
    user, school = journal_reader(request)
    standing = WorkEntry.objects.visible_to(user).standing()
    offered = journal_options(user, school, standing, "by", "extra_session__group__teacher__user")
    begins, ends = offered.span(whole_number(request.GET.get("period")))
    form = WorkFilterForm(
        request.GET,
        teacher=[*ANY, *offered.writers],
        cls=options_of(list(classes_then(user, begins))),
        subject=[*ANY, *offered.subjects],
        period=[*ANY, *offered.periods],
    )
    chosen = form.chosen()
    query = WorkQuery(
        begins=begins,
        ends=ends,
        teacher=chosen.get("teacher"),
        school_class=chosen.get("cls"),
        pupil=whole_number(request.GET.get("pupil")),
        subject=chosen.get("subject"),
        form=chosen.get("form", ""),
        text=chosen.get("text", ""),
    )
    rows = work_entries(user, query)
    found = rows.count()
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": page.object_list,
        "old": old_deeds(user, DeedKind.WORK, query, most=SHOWN) if query.form == SHORT else [],
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "запись", "записи", "записей"),
        "writes": can_write_journals(user),
        "query": request.GET.urlencode(),
        "key": uuid4().hex,
        "kind": "work",
    }
    return render(request, "iom/work_list.html", told)


@require_GET
def work_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its pupils whom the person sees, what was edited, what others say."""
    user, entry = _seen(request, pk)
    lines = list(with_seat(pupils_of_entries(user).filter(entry=entry)).select_related("pupil", "gap", "control"))
    known = {line.pupil_id for line in lines}
    edits = [one for one in entry.edits.select_related("pupil", "by__staff") if one.pupil_id in (None, *known)]
    told = {
        "entry": entry,
        "lines": lines,
        "edits": edits,
        "comments": entry.comments.select_related("by__staff"),
        "own": entry.by_id == user.pk and entry.withdrawn_at is None and can_write_journals(user),
        "author": entry.by_id == user.pk,
        "writes": can_write_journals(user),
        "form": RemarkForm(),
        "store": f"opora-work-{user.pk}" if "saved" in request.GET else "",
    }
    return render(request, "iom/work_detail.html", told)


def _seen(request: HttpRequest, pk: int) -> tuple[User, WorkEntry]:
    user, _ = journal_reader(request)
    lesson = ("extra_session__staff", "extra_session__group__teacher")
    rows = WorkEntry.objects.visible_to(user).select_related("subject", "school", "by__staff", *lesson)
    return user, get_object_or_404(rows, pk=pk)


@require_POST
def work_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about an entry."""
    user, entry = _seen(request, pk)
    journal_writer(request)
    form = RemarkForm(sent(request))
    text = form.cleaned_data["text"] if form.is_valid() else ""
    back = reverse("work:entry", args=[entry.pk])
    return answer_deed(request, lambda: comment_add(by=user, to=entry, text=text), "Замечание записано.", back)


@require_POST
def comment_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The author of an entry or a talk has read a comment on it; for others there is nothing here."""
    user, _ = journal_reader(request)
    comments = JournalComment.objects.select_related("entry__school", "talk__school")
    comment = get_object_or_404(comments, Q(entry__by=user) | Q(talk__by=user), pk=pk)
    back = reverse("work:entry" if comment.entry_id else "work:talk", args=[comment.entry_id or comment.talk_id])
    return answer_deed(request, lambda: comment_read(by=user, comment=comment), "Отмечено как прочитанное.", back)


@form_view
def work_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own entry with a reason."""
    user, entry = _seen(request, pk)
    if entry.by_id != user.pk or not can_write_journals(user):
        raise PermissionDenied(AUTHOR_ONLY)
    form = WithdrawForm(sent(request))
    lesson = ExtraSession.objects.filter(entry=entry, entry__withdrawn_at__isnull=True).first()
    also = "" if lesson is None else " Это запись дополнительного занятия: уйдёт и отметка, кто на нём был."
    page = FormPage(
        "Отозвать запись",
        (str(entry), reverse("work:entry", args=[entry.pk])),
        "Отозвать",
        "Запись отозвана.",
        meta=f"Запись останется видна как отозванная. Её повторный контроль снимется, сигналы откроются снова.{also}",
    )

    def save() -> None:
        why = form.cleaned_data["why"]
        if lesson is not None:
            extra_session_forget(by=user, session=lesson, why=why)
        else:
            work_withdraw(by=user, entry=entry, why=why)

    return answer_form(request, page, form, save)


@require_POST
def journal_print(request: HttpRequest, kind: str, format: str) -> HttpResponse:
    """Order one of the journals as it is filtered; the worker makes the file."""
    user, school = journal_reader(request)
    if kind not in _REPORTS or format not in _FORMATS:
        raise Http404
    period = period_asked(request, school)
    job = report_job_request(
        by=user,
        school=school,
        kind=_REPORTS[kind],
        period=period.number if period is not None else 0,
        year=period.year.start if period is not None else None,
        format=format,
        key=f"{kind}:{format}:{request.POST.get('key', '')[:64]}",
        extra=_asked(request, user),
    )
    return redirect("documents:job", pk=job.pk)


def period_asked(request: HttpRequest, school: School) -> Period | None:
    """The chosen one; the beginning of a year stands for the whole year, as number 0 does in the report."""
    wanted = whole_number(request.GET.get("period"))
    return Period.objects.filter(pk=wanted, year__school=school).select_related("year").first() if wanted else None


def _asked(request: HttpRequest, user: User) -> dict[str, Any]:
    """The filter as the report takes it: keys and codes, no names."""
    told: dict[str, Any] = {name: whole_number(request.GET.get(name)) for name in ("teacher", "cls", "subject")}
    told |= pupils_asked(request, user)
    return {**told, "form": request.GET.get("form", "")[:8], "kind": request.GET.get("kind", "")[:8]}


def pupils_asked(request: HttpRequest, user: User) -> dict[str, Any]:
    """Keys of the pupils whom the address means: a surname becomes those who bear it; nothing when it means all."""
    text, pupil = name_key(request.GET.get("text", "")[:100]), whole_number(request.GET.get("pupil"))
    if not text and pupil is None:
        return {}
    rows = pupils_for(user).filter(sort_key__startswith=text).order_by()
    return {"pupils": list((rows if pupil is None else rows.filter(pk=pupil)).values_list("pk", flat=True))}
