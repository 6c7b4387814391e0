"""The register of notices to parents: the list, making one or a class's, a notice with what became of it, printing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import Refused
from common.russian import counted
from documents.services.reports import report_job_request
from iom.views.choosing import choose_class, chosen_pupils, classes_with_pupils
from parents.forms_notices import NoticeFilterForm, NoticeForm, StepForm
from parents.models import Notice
from parents.permissions import (
    can_keep_notice,
    can_make_notices,
    can_see_conversations,
    makes_notices_of,
    notice_pupils,
)
from parents.registration import NOTICE
from parents.rules.notices import REPLY_IN, NoticeBody, telling, unanswered, why_not
from parents.selectors.conversations import partners_of
from parents.selectors.notice_facts import Known, known_of
from parents.selectors.notices import NoticeQuery, made_already, notices
from parents.services.notices import Draft, body_of, notice_step, notices_hand, notices_make
from parents.words import NoticeDeed, NoticeKind
from parents.workflow import NOTICE as WAY
from parents.workflow import WAITING
from risk_registry.models import Signal
from risk_registry.selectors.lists import period_choice
from risk_registry.selectors.signals import open_signals_of
from risk_registry.views.registry_page import PER_PAGE, CountedPaginator
from school.access import classes_for
from school.models import Guardian, Period, Pupil, School, User
from school.selectors_guardians import addressees_of, interpreter_words
from school.selectors_staff import positions_in_words
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import chips_of, options_of, whole_number
from school.views.outdated import form_view

_LABELS = {"text": "Фамилия", "cls": "Класс", "period": "Период", "kind": "Вид", "stage": "Состояние"}
_CLASS_KINDS = tuple(NoticeKind)
PRINT_MOST = 200


def notice_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_conversations(user):
        raise PermissionDenied("Уведомления родителям видят сотрудники школы.")
    return user, school


def _maker(request: HttpRequest) -> tuple[User, School]:
    user, school = notice_reader(request)
    if not can_make_notices(user):
        raise PermissionDenied("Уведомления составляют классный руководитель, администрация и служба.")
    return user, school


def notice_query(
    request: HttpRequest, user: User, school: School
) -> tuple[NoticeFilterForm, dict[str, Any], NoticeQuery]:
    """What the register is asked for: the form, what was chosen in it, the query."""
    choice = period_choice(user, whole_number(request.GET.get("period")), begins=False)
    form = NoticeFilterForm(
        request.GET,
        cls=options_of(list(classes_for(user))),
        period=[("", "Весь год"), *choice.options],
    )
    chosen = form.chosen()
    named = chosen.get("period")
    query = NoticeQuery(
        today=school.today(),
        period=next((one for one in choice.periods if one.pk == named), None),
        school_class=chosen.get("cls"),
        pupil=whole_number(request.GET.get("pupil")),
        kind=chosen.get("kind", ""),
        state=chosen.get("stage", ""),
        text=chosen.get("text", ""),
        by=user.pk if request.GET.get("mine") else None,
    )
    return form, chosen, query


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """The register, filtered."""
    user, school = notice_reader(request)
    form, chosen, query = notice_query(request, user, school)
    rows = notices(user, query)
    found = rows.count()
    page = CountedPaginator(rows, PER_PAGE, found).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": [(row, unanswered(row.state, WAITING, row.reply_by, query.today)) for row in page.object_list],
        "form": form,
        "chips": chips_of(request, form, chosen, _LABELS),
        "lead": counted(found, "уведомление", "уведомления", "уведомлений"),
        "makes": can_make_notices(user),
        "query": request.GET.urlencode(),
    }
    return render(request, "parents/notice_list.html", told)


@require_GET
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: what it tells, what became of it."""
    user, row = _seen(request, pk)
    keeps = can_keep_notice(user, row)
    told = {
        "notice": row,
        "body": body_of(row),
        "steps": row.steps.select_related("by__staff"),
        "deeds": WAY.deeds(row.state) if keeps else [],
        "interpreters": interpreter_words(row.pupil),
        "late": unanswered(row.state, WAITING, row.reply_by, row.school.today()),
    }
    return render(request, "parents/notice_detail.html", told)


def _seen(request: HttpRequest, pk: int) -> tuple[User, Notice]:
    user, _ = notice_reader(request)
    rows = Notice.objects.visible_to(user).select_related("pupil", "guardian", "school", "period", "by__staff")
    return user, get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, pk: int) -> tuple[User, Notice]:
    user, row = _seen(request, pk)
    if not can_keep_notice(user, row):
        raise PermissionDenied("Отметки об уведомлении ставят классный руководитель, администрация и служба.")
    return user, row


@require_POST
def notice_mark(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Handed over, known, declined: one tap."""
    user, row = _kept(request, pk)
    if what not in (NoticeDeed.HAND, NoticeDeed.KNOW, NoticeDeed.DECLINE):
        raise Http404
    version = whole_number(request.POST.get("version")) or 0
    back = reverse("notices:notice", args=[row.pk])
    return answer_deed(request, lambda: notice_step(by=user, notice=row, version=version, what=what), "Отмечено.", back)


@form_view
def notice_undo(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Take a mark back or withdraw the notice, with the reason."""
    user, row = _kept(request, pk)
    titles = {NoticeDeed.RETURN.value: "Снять отметку", NoticeDeed.WITHDRAW.value: "Отозвать уведомление"}
    if what not in titles or what not in WAY.deeds(row.state):
        raise Http404
    form = StepForm(sent(request))
    up = (f"Уведомление {row}", reverse("notices:notice", args=[row.pk]))
    page = FormPage(titles[what], up, titles[what], "Записано.", meta=row.pupil.list_name)

    def save() -> None:
        notice_step(by=user, notice=row, version=row.version, what=what, comment=form.cleaned_data["comment"])

    return answer_form(request, page, form, save)


@require_http_methods(["GET", "POST"])
def notice_new(request: HttpRequest, pk: int) -> HttpResponse:
    """About one pupil; `?kind=` what of, `?period=` when, `?signal=` the signal that it answers."""
    user, school = _maker(request)
    pupil = get_object_or_404(notice_pupils(user).select_related("school"), pk=pk)
    kind, period = _kind(request), _period(request, user)
    known = known_of([pupil], period, school.today()).get(pupil.pk)
    if known is None:
        raise Http404("В этом периоде ученик не числится ни в одном классе.")
    known_partners = partners_of(pupil, user)
    partners = [one for one in known_partners if one.told]
    untold = [one for one in known_partners if not one.told]
    choices = [(str(one.key), one.full) for one in partners]
    form = NoticeForm(sent(request), guardians=choices, named=bool(untold), initial=_begin(kind, school))
    body = telling(known.body, kind)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data.get("guardian")
        guardian = next((one.guardian for one in partners if str(one.key) == wanted), None)
        draft = Draft(pupil, _filled(form, body, known, user, guardian), guardian)
        made = _made(user, school, period, kind, form, lambda: [draft], {pupil.pk: _answered(request, user, pupil)})
        if made:
            messages.success(request, f"Уведомление составлено под № {made[0].number}.")
            return redirect("notices:notice", made[0].pk)
    told = {
        "pupil": pupil,
        "kind": kind,
        "kinds": NoticeKind.choices(),
        "period": period,
        "periods": _periods(user, period),
        "body": body,
        "why": why_not(body, kind),
        "form": form,
        "untold": untold,
        "addressees": partners,
        "interpreters": interpreter_words(pupil),
        "signal": request.GET.get("signal", ""),
    }
    return render(request, "parents/notice_form.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def notice_class(request: HttpRequest) -> HttpResponse:
    """About several of a class at once: those of whom there is something to tell are ticked."""
    user, school = _maker(request)
    chosen = chosen_pupils(request, user)
    if chosen is None:
        up = ("Уведомления", reverse("notices:list"))
        classes = [one for one in classes_with_pupils(user) if makes_notices_of(user, one)]
        return choose_class(request, user, "Уведомить родителей класса", up, classes)
    kind, period = _kind(request), _period(request, user)
    allowed = notice_pupils(user)
    pupils = [one for one in chosen.pupils if one.pk in set(allowed.values_list("pk", flat=True))]
    if not pupils:
        raise PermissionDenied("Уведомления этому классу составляет его классный руководитель или администрация.")
    known = list(known_of(pupils, period, school.today()).values())
    form = NoticeForm(sent(request), guardians=(), initial=_begin(kind, school))
    if request.method == "POST" and form.is_valid():
        made = _made(
            user, school, period, kind, form, lambda: _drafts(request, user, form, known, kind), seen=_shown(request)
        )
        if made:
            number = counted(len(made), "уведомление", "уведомления", "уведомлений")
            messages.success(request, f"Составлено: {number}, № {made[0].number}–{made[-1].number}.")
            return redirect(f"{reverse('notices:list')}?cls={chosen.school_class.pk}&kind={kind.value}")
    told = {
        "chosen": chosen,
        "kind": kind,
        "kinds": [(one.value, one.label) for one in _CLASS_KINDS],
        "period": period,
        "periods": _periods(user, period),
        "lines": _lines(request, user, known, kind, period),
        "form": form,
    }
    return render(request, "parents/notice_class.html", told, status=422 if form.is_bound else 200)


def _made(
    user: User,
    school: School,
    period: Period,
    kind: NoticeKind,
    form: NoticeForm,
    drafts: Callable[[], list[Draft]],
    signals: dict[int, list[Signal]] | None = None,
    seen: list[int] | None = None,
) -> list[Notice]:
    """Those that were made; none, with the reason in the form, when they were refused."""
    try:
        return notices_make(
            by=user, school=school, period=period, kind=kind, drafts=drafts(),
            reply_by=form.cleaned_data["reply_by"], signals=signals, seen=seen,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, [refusal.message, *refusal.details])
        return []


def _shown(request: HttpRequest) -> list[int]:
    """Keys of the notices that stood on the page when it was sent."""
    return [key for told in request.POST.getlist("shown") if (key := whole_number(told)) is not None]


def _begin(kind: NoticeKind, school: School) -> dict[str, Any]:
    """Good news wait for no answer."""
    return {} if kind == NoticeKind.GOOD else {"reply_by": school.today() + REPLY_IN}


def _drafts(request: HttpRequest, user: User, form: NoticeForm, known: list[Known], kind: NoticeKind) -> list[Draft]:
    """Of those who are ticked."""
    picked = {whole_number(key) for key in request.POST.getlist("pupils")}
    chosen = [one for one in known if one.pupil.pk in picked]
    named = addressees_of([one.pupil for one in chosen])
    return [
        Draft(one.pupil, _filled(form, telling(one.body, kind), one, user, who), who)
        for one in chosen
        for who in [named.get(one.pupil.pk)]
    ]


def _lines(
    request: HttpRequest, user: User, known: list[Known], kind: NoticeKind, period: Period
) -> list[dict[str, Any]]:
    """Each pupil with what the notice tells, whether there is one already, and whether the row is ticked; those of whom
    there is nothing to tell come last."""
    before = made_already(user, [one.pupil.pk for one in known], kind, period)
    picked = {whole_number(key) for key in request.POST.getlist("pupils")} if request.method == "POST" else None
    found = []
    for one in known:
        body, made = telling(one.body, kind), before.get(one.pupil.pk)
        silent = "" if kind == NoticeKind.COUNCIL else why_not(body, kind)
        ticked = one.pupil.pk in picked if picked is not None else not silent and made is None
        found.append({"pupil": one.pupil, "body": body, "why": silent, "made": made, "ticked": ticked})
    return sorted(found, key=lambda line: bool(line["why"]))


def _filled(form: NoticeForm, body: NoticeBody, known: Known, user: User, guardian: Guardian | None) -> NoticeBody:
    """With what the person added; the class teacher signs, or whoever makes it where the class has none."""
    leader = known.school_class.class_teacher
    signer = leader or user.staff
    return replace(
        body,
        to=guardian.full_name if guardian is not None else "",
        words=form.cleaned_data["words"].strip(),
        invitation=form.invitation(signer.short_name if signer is not None else ""),
        signed=signer.short_name if signer is not None else "",
        position="Классный руководитель" if leader is not None else _position(user, known),
    )


def _position(user: User, known: Known) -> str:
    """Of whoever makes it, where the class has no teacher of its own."""
    return positions_in_words(user.staff, known.pupil.school.today()) if user.staff is not None else ""


def _kind(request: HttpRequest) -> NoticeKind:
    told = request.GET.get("kind", "")
    return NoticeKind(told) if told in NoticeKind.codes() else NoticeKind.MARKS


def _period(request: HttpRequest, user: User) -> Period:
    period = period_choice(user, whole_number(request.GET.get("period")), begins=False).period
    if period is None:
        raise Http404("Учебного года ещё нет.")
    return period


def _periods(user: User, period: Period) -> list[tuple[int, str]]:
    """Of its year, those that have begun."""
    today = period.year.school.today()
    told = period_choice(user, period.pk, begins=False).periods
    return [(one.pk, one.title) for one in told if one.year_id == period.year_id and one.starts <= today]


def _answered(request: HttpRequest, user: User, pupil: Pupil) -> list[Signal]:
    wanted = whole_number(request.GET.get("signal"))
    return [one for one in open_signals_of(user, pupil) if one.pk == wanted]


@require_POST
def notice_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the paper of one notice."""
    user, row = _seen(request, pk)
    return _ordered(request, user, row.school, [row.pk])


@require_POST
def notices_print(request: HttpRequest) -> HttpResponse:
    """Order the papers of the register as it is filtered, in one file."""
    user, school = notice_reader(request)
    _, _, query = notice_query(request, user, school)
    keys = list(notices(user, query).values_list("pk", flat=True)[: PRINT_MOST + 1])
    if not keys or len(keys) > PRINT_MOST:
        messages.error(request, f"В один файл печатается от одного до {PRINT_MOST} уведомлений: сузьте отбор.")
        return redirect(f"{reverse('notices:list')}?{request.GET.urlencode()}")
    return _ordered(request, user, school, keys)


def _ordered(request: HttpRequest, user: User, school: School, keys: list[int]) -> HttpResponse:
    job = report_job_request(
        by=user,
        school=school,
        kind=NOTICE,
        period=0,
        format="pdf",
        key=f"notice:{request.POST.get('key', '')[:64]}:{keys[0]}:{len(keys)}",
        extra={"notices": keys},
    )
    return redirect("documents:job", pk=job.pk)


@require_POST
def notices_handed(request: HttpRequest) -> HttpResponse:
    """Mark those of the filtered register that were only made as handed over."""
    user, school = _maker(request)
    _, _, query = notice_query(request, user, school)
    rows = notices(user, query).filter(pupil__in=notice_pupils(user).order_by().values("pk"))
    back = f"{reverse('notices:list')}?{request.GET.urlencode()}"
    return answer_deed(
        request, lambda: notices_hand(by=user, notices=list(rows[:PRINT_MOST])), "Отмечено: переданы.", back
    )
