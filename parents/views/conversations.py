"""The journal of talks with parents: the list, a talk, writing it on a phone, correcting, withdrawing, printing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import Refused
from common.russian import counted
from documents.services.reports import report_job_request
from iom.forms_work import WithdrawForm
from iom.selectors.journal_days import journal_options
from iom.services.journals import AUTHOR_ONLY
from iom.views.choosing import choose_class, chosen_pupils
from iom.views.work import period_asked, pupils_asked
from parents.forms_conversations import OTHER, ConversationFilterForm, ConversationForm, SettleForm
from parents.models import Conversation
from parents.permissions import can_see_conversations, can_write_conversations
from parents.registration import PARENT_TALKS
from parents.selectors.conversations import (
    ConversationQuery,
    Partner,
    channels_for,
    conversations,
    habits_of,
    partners_of,
)
from parents.services.conversations import (
    conversation_edit,
    conversation_record,
    conversation_settle,
    conversation_withdraw,
    partner_words,
)
from parents.words import BegunBy, Signed
from risk_registry.models import Signal
from risk_registry.selectors.signals import open_signals_of, signal_words
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import classes_for, pupils_for
from school.forms.filtering import ANY
from school.models import Pupil, School, User
from school.services.once import address_lock
from school.views.base import FormPage, answer_form, reader, sent
from school.views.filtering import chips_of, options_of, whole_number
from school.views.outdated import form_view

_LABELS = {
    "text": "Фамилия",
    "teacher": "Кто проводил",
    "cls": "Класс",
    "period": "Период",
    "channel": "Как",
    "kind": "Договорённости",
}
_FORMATS = ("pdf", "xlsx")
_FIELDS = ("guardian", "who", "channel", "begun_by", "occasion", "said", "agreed", "due", "next_on", "signed", "on")


def talk_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_conversations(user):
        raise PermissionDenied("Журнал бесед с родителями видят сотрудники школы.")
    return user, school


def _writer(request: HttpRequest) -> tuple[User, School]:
    user, school = talk_reader(request)
    if not can_write_conversations(user):
        raise PermissionDenied("Беседы записывают те, кто работает с учениками.")
    return user, school


@require_GET
def conversation_list(request: HttpRequest) -> HttpResponse:
    """The journal, filtered."""
    user, school = talk_reader(request)
    offered = journal_options(user, school, Conversation.objects.visible_to(user).filter(withdrawn_at__isnull=True))
    form = ConversationFilterForm(
        request.GET,
        teacher=[*ANY, *offered.writers],
        cls=options_of(list(classes_for(user))),
        period=[*ANY, *offered.periods],
    )
    chosen = form.chosen()
    begins, ends = offered.span(chosen.get("period"))
    query = ConversationQuery(
        today=school.today(),
        begins=begins,
        ends=ends,
        teacher=chosen.get("teacher"),
        school_class=chosen.get("cls"),
        pupil=whole_number(request.GET.get("pupil")),
        channel=chosen.get("channel", ""),
        kind=chosen.get("kind", ""),
        text=chosen.get("text", ""),
    )
    rows = conversations(user, query)
    found = rows.count()
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": [(row, partner_words(row)) for row in page.object_list],
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "беседа", "беседы", "бесед"),
        "today": query.today,
        "query": request.GET.urlencode(),
        "writes": can_write_conversations(user),
    }
    return render(request, "parents/conversation_list.html", told)


@require_GET
def conversation_choose(request: HttpRequest) -> HttpResponse:
    """About whom: `?cls=` names the class, without it its choice comes first."""
    user, _ = _writer(request)
    chosen = chosen_pupils(request, user)
    if chosen is None:
        return choose_class(request, user, "Беседа с родителем", ("Беседы с родителями", reverse("parents:talks")))
    return render(request, "parents/conversation_choose.html", {"chosen": chosen, "pupils": list(chosen.pupils)})


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A talk with a parent of the pupil; `?signal=` names the signal that it answers."""
    user, school = _writer(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    waiting = list(open_signals_of(user, pupil))
    first = whole_number(request.GET.get("signal"))
    named = [one for one in waiting if one.pk == first] or (waiting if len(waiting) == 1 else [])
    begin: dict[str, Any] = {"on": school.today().isoformat(), "channel": habits_of(user).channel}
    begin |= {"signals": [one.pk for one in named], "occasion": signal_words(named[0]) if len(named) == 1 else ""}

    def save(form: ConversationForm) -> Conversation:
        chosen = [one for one in waiting if one.pk in form.cleaned_data["signals"]]
        return conversation_record(by=user, pupil=pupil, told=form.told(), signals=chosen)

    return _answer(request, user, pupil, begin, save, waiting=waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's own record; after its day the edit is visible."""
    user, row = _own(request, pk)
    days = {name: getattr(row, name) for name in ("on", "due", "next_on")}
    begin = {
        name: getattr(row, name) for name in ("who", "channel", "begun_by", "occasion", "said", "agreed", "signed")
    }
    begin |= {name: day.isoformat() if day is not None else "" for name, day in days.items()}
    begin["guardian"] = str(row.guardian_id) if row.guardian_id is not None else OTHER

    def save(form: ConversationForm) -> Conversation:
        version = whole_number(request.POST.get("version")) or 0
        return conversation_edit(by=user, conversation=row, version=version, told=form.told())

    return _answer(request, user, row.pupil, begin, save, row=row)


def _answer(
    request: HttpRequest,
    user: User,
    pupil: Pupil,
    begin: dict[str, Any],
    save: Any,
    *,
    waiting: Sequence[Signal] = (),
    row: Conversation | None = None,
) -> HttpResponse:
    partners = partners_of(pupil, user)
    begin = _by_the_wish(begin, partners) if row is None else begin
    signals = [(one.pk, signal_words(one)) for one in waiting]
    form = ConversationForm(sent(request), partners=partners, signals=signals)
    if request.method == "POST":
        with transaction.atomic():
            address_lock(request.path)
            if form.is_valid():
                try:
                    written = save(form)
                except Refused as refusal:
                    form.add_error(None, [refusal.message, *refusal.details])
                else:
                    messages.success(request, "Беседа записана." if row is None else "Исправлено.")
                    return redirect(f"{reverse('parents:talk', args=[written.pk])}?saved=1")
    told = _told_of(form, partners) | {
        "pupil": pupil,
        "row": row,
        "values": _values(form, begin),
        "signals": signals,
        "habits": habits_of(user),
        "today": pupil.school.today(),
        "store": _store(user, pupil) if row is None else "",
    }
    return render(request, "parents/conversation_form.html", told, status=422 if form.is_bound else 200)


def _told_of(form: ConversationForm, partners: Sequence[Partner]) -> dict[str, Any]:
    """The choices of the form: whom one may talk with, by what, how it was signed."""
    return {
        "form": form,
        "partners": [one for one in partners if one.told],
        "untold": [one for one in partners if not one.told],
        "limited": [one for one in partners if one.limited],
        "interpreters": [one for one in partners if one.told and one.guardian.interpreter],
        "other": OTHER,
        "channels": channels_for(partners),
        "sides": BegunBy.choices(),
        "signed": Signed.choices(),
    }


def _by_the_wish(begin: dict[str, Any], partners: Sequence[Partner]) -> dict[str, Any]:
    """The only parent's own way of being reached goes before the writer's habit."""
    told = [one for one in partners if one.told]
    if len(told) == 1 and told[0].guardian.way:
        return {**begin, "channel": told[0].guardian.way}
    return begin


def _store(user: User, pupil: Pupil) -> str:
    """Under which name the browser keeps the draft."""
    return f"opora-parents-{user.pk}-{pupil.pk}"


def _values(form: ConversationForm, begin: dict[str, Any]) -> dict[str, Any]:
    """What stands in the fields: as it was sent, else as the page begins."""
    if form.is_bound:
        picked = [whole_number(key) for key in form.data.getlist("signals")]  # type: ignore[attr-defined]
        return {**{name: form.data.get(name, "") for name in _FIELDS}, "signals": picked}
    return {**dict.fromkeys(_FIELDS, ""), "begun_by": BegunBy.SCHOOL.value, "signals": [], **begin}


def _seen(request: HttpRequest, pk: int) -> tuple[User, Conversation]:
    user, _ = talk_reader(request)
    rows = Conversation.objects.visible_to(user).select_related("pupil", "school", "guardian", "by__staff")
    return user, get_object_or_404(rows.prefetch_related("pupil__guardianships"), pk=pk)


def _own(request: HttpRequest, pk: int) -> tuple[User, Conversation]:
    user, row = _seen(request, pk)
    if row.by_id != user.pk or not can_write_conversations(user):
        raise PermissionDenied(AUTHOR_ONLY)
    return user, row


def _up(row: Conversation) -> tuple[str, str]:
    return f"Беседа с родителем: {row.pupil.list_name}", reverse("parents:talk", args=[row.pk])


@require_GET
def conversation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk with its edits."""
    user, row = _seen(request, pk)
    own = row.by_id == user.pk and row.withdrawn_at is None and can_write_conversations(user)
    told = {
        "row": row,
        "partner": partner_words(row),
        "edits": row.edits.select_related("by__staff"),
        "own": own,
        "settles": can_write_conversations(user) and row.withdrawn_at is None and bool(row.agreed),
        "today": row.school.today(),
        "store": _store(user, row.pupil) if "saved" in request.GET else "",
    }
    return render(request, "parents/conversation_detail.html", told)


@form_view
def conversation_settled(request: HttpRequest, pk: int) -> HttpResponse:
    """One came back to what was agreed: whoever works with the pupil says so."""
    user, row = _seen(request, pk)
    _writer(request)
    form = SettleForm(sent(request), initial={"on": row.kept_on or row.school.today(), "note": row.kept_note})
    page = FormPage("Вернулись к договорённости", _up(row), done="Записано.", meta=row.agreed)

    def save() -> None:
        told = form.cleaned_data
        conversation_settle(by=user, conversation=row, version=row.version, on=told["on"], note=told["note"])

    return answer_form(request, page, form, save)


@form_view
def conversation_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own record with a reason."""
    user, row = _own(request, pk)
    form = WithdrawForm(sent(request))
    page = FormPage("Отозвать запись", _up(row), "Отозвать", "Запись отозвана.")

    def save() -> None:
        conversation_withdraw(by=user, conversation=row, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_POST
def conversation_print(request: HttpRequest, format: str) -> HttpResponse:
    """Order the journal as it is filtered; the worker makes the file."""
    user, school = talk_reader(request)
    if format not in _FORMATS:
        raise Http404
    asked: dict[str, Any] = {name: whole_number(request.GET.get(name)) for name in ("teacher", "cls")}
    asked |= {name: request.GET.get(name, "")[:8] for name in ("kind", "channel")}
    asked |= pupils_asked(request, user)
    period = period_asked(request, school)
    job = report_job_request(
        by=user,
        school=school,
        kind=PARENT_TALKS,
        period=period.number if period is not None else 0,
        year=period.year.start if period is not None else None,
        format=format,
        key=f"parent_talks:{format}:{request.POST.get('key', '')[:64]}",
        extra=asked,
    )
    return redirect("documents:job", pk=job.pk)
