"""The journal of talks with pupils: the list, a talk, correcting it, what became of the agreement."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.russian import counted
from iom.forms_work import KeptForm, RemarkForm, TalkFilterForm, TalkForm, WithdrawForm
from iom.models import PupilTalk
from iom.permissions_work import can_write_journals
from iom.selectors.journal_days import classes_then, journal_options
from iom.selectors.old_deeds import SHORT, SHOWN, old_deeds, old_rows
from iom.selectors.talks import TalkQuery, talks
from iom.services.journals import AUTHOR_ONLY, comment_add
from iom.services.talks import cause_words, talk_edit, talk_settle, talk_withdraw
from iom.views.talk_entry import draft_of
from iom.views.work_entry import journal_reader, journal_writer
from risk_registry.categories import DeedKind
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.forms.filtering import ANY
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.filtering import chips_of, options_of, query_without, whole_number
from school.views.outdated import form_view

_LABELS = {"text": "Фамилия", "teacher": "Кто проводил", "cls": "Класс", "period": "Период", "kind": "Договорённости"}


@require_GET
def talk_list(request: HttpRequest) -> HttpResponse:
    """The journal, filtered."""
    user, school = journal_reader(request)
    offered = journal_options(user, school, PupilTalk.objects.visible_to(user).filter(withdrawn_at__isnull=True))
    begins, ends = offered.span(whole_number(request.GET.get("period")))
    form = TalkFilterForm(
        request.GET,
        teacher=[*ANY, *offered.writers],
        cls=options_of(list(classes_then(user, begins))),
        period=[*ANY, *offered.periods],
    )
    chosen = form.chosen()
    query = _query(request, chosen, school.today(), (begins, ends))
    rows = talks(user, query)
    found = rows.count()
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": [(one, cause_words(one.causes)) for one in page.object_list],
        "old": old_deeds(user, DeedKind.TALK, query, most=SHOWN) if query.kind == SHORT else [],
        "short": old_rows(user, DeedKind.TALK, query).count() if not query.kind else 0,
        "short_url": query_without(request, kind=SHORT),
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "беседа", "беседы", "бесед"),
        "today": query.today,
        "writes": can_write_journals(user),
        "query": request.GET.urlencode(),
        "key": uuid4().hex,
        "kind": "talks",
    }
    return render(request, "iom/talk_list.html", told)


def _query(
    request: HttpRequest, chosen: dict[str, Any], today: date, span: tuple[date | None, date | None]
) -> TalkQuery:
    return TalkQuery(
        today=today,
        begins=span[0],
        ends=span[1],
        teacher=chosen.get("teacher"),
        school_class=chosen.get("cls"),
        pupil=whole_number(request.GET.get("pupil")),
        kind=chosen.get("kind", ""),
        text=chosen.get("text", ""),
    )


@require_GET
def talk_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk with its edits and comments."""
    user, talk = _seen(request, pk)
    told = {
        "talk": talk,
        "causes": cause_words(talk.causes),
        "edits": talk.edits.select_related("by__staff"),
        "comments": talk.comments.select_related("by__staff"),
        "own": talk.by_id == user.pk and talk.withdrawn_at is None and can_write_journals(user),
        "author": talk.by_id == user.pk,
        "writes": can_write_journals(user) and talk.withdrawn_at is None,
        "today": talk.school.today(),
        "form": RemarkForm(),
        "store": draft_of(user, talk.pupil) if "saved" in request.GET else "",
    }
    return render(request, "iom/talk_detail.html", told)


def _seen(request: HttpRequest, pk: int) -> tuple[User, PupilTalk]:
    user, _ = journal_reader(request)
    rows = PupilTalk.objects.visible_to(user).select_related("pupil", "school", "by__staff")
    return user, get_object_or_404(rows, pk=pk)


def _own(request: HttpRequest, pk: int) -> tuple[User, PupilTalk]:
    user, talk = _seen(request, pk)
    if talk.by_id != user.pk or not can_write_journals(user):
        raise PermissionDenied(AUTHOR_ONLY)
    return user, talk


def _up(talk: PupilTalk) -> tuple[str, str]:
    return f"Беседа: {talk.pupil.list_name}", reverse("work:talk", args=[talk.pk])


@form_view
def talk_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's own talk; after its day the edit is visible."""
    user, talk = _own(request, pk)
    names = ("occasion", "on", "causes", "agreed", "due")
    initial = {name: getattr(talk, name) for name in names}
    form = TalkForm(sent(request), today=talk.school.today(), initial=initial)
    page = FormPage("Исправить запись", _up(talk), meta="Исправления после дня записи видны вместе с тем, что было.")

    def save() -> None:
        talk_edit(by=user, talk=talk, version=talk.version, told=form.talk())

    return answer_form(request, page, form, save)


@form_view
def talk_settled(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of what was agreed: whoever works with the pupil says it."""
    user, talk = _seen(request, pk)
    journal_writer(request)
    form = KeptForm(sent(request), initial={"kept": talk.kept or "kept", "note": talk.kept_note})
    page = FormPage("Что вышло из договорённости", _up(talk), done="Записано.", meta=talk.agreed)

    def save() -> None:
        told = form.cleaned_data
        talk_settle(by=user, talk=talk, version=talk.version, kept=told["kept"], note=told["note"])

    return answer_form(request, page, form, save)


@form_view
def talk_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own talk with a reason."""
    user, talk = _own(request, pk)
    form = WithdrawForm(sent(request))
    page = FormPage("Отозвать запись", _up(talk), "Отозвать", "Запись отозвана.")

    def save() -> None:
        talk_withdraw(by=user, talk=talk, why=form.cleaned_data["why"])

    return answer_form(request, page, form, save)


@require_POST
def talk_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a talk."""
    user, talk = _seen(request, pk)
    journal_writer(request)
    form = RemarkForm(sent(request))
    text = form.cleaned_data["text"] if form.is_valid() else ""
    back = reverse("work:talk", args=[talk.pk])
    return answer_deed(request, lambda: comment_add(by=user, to=talk, text=text), "Замечание записано.", back)
