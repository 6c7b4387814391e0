"""Confidential notes: that they stand, and their words on a click that is written down."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from consultations.forms_notes import CorrectionForm, NamedForm, NoteForm, OpenForm, RuleForm, TakeBackForm
from consultations.models import Appointment, ConfidentialNote, NoteOpening
from consultations.permissions import specialists_of
from consultations.permissions_talks import heads_notes, is_of_service, talk_scope
from consultations.selectors.note_words import note_words
from consultations.selectors.notes import (
    note_list,
    note_page,
    openings_told,
    openings_unseen,
    rule_changes,
    rule_now,
    shares_of,
    why_readable,
)
from consultations.services.notes import (
    NoteDraft,
    note_correct,
    note_name_readers,
    note_open,
    note_rule_choose,
    note_take_back,
    note_write,
    opening_seen,
)
from consultations.talk_words import NoteRule, WhyTakenBack
from school.access import pupils_for
from school.models import Pupil, User
from school.views.base import FormPage, answer_deed, answer_form, reader, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view

PER_PAGE = 50
_SERVICE = "Заметки ведёт и видит только служба: психологи, их руководитель, социальный педагог, логопед."
_AUTHOR = "Это делает автор заметки."


def _person(request: HttpRequest) -> User:
    user, _ = reader(request)
    if not is_of_service(user):
        raise PermissionDenied(_SERVICE)
    return user


def _head(request: HttpRequest) -> User:
    user = _person(request)
    if not heads_notes(user):
        raise PermissionDenied("Это решает руководитель службы.")
    return user


def notes_tabs(current: str) -> list[Tab]:
    """The pages of notes and plans."""
    pages = (
        ("Заметки", "notes:list"),
        ("Планы сопровождения", "plans:list"),
        ("Вскрытия", "notes:openings"),
        ("Правило", "notes:rule"),
    )
    return [Tab(title, reverse(name), name == current) for title, name in pages]


@require_GET
def note_list_page(request: HttpRequest) -> HttpResponse:
    """That there are notes: `?pupil=` of one pupil, `?own=1` the own ones."""
    user = _person(request)
    pupil = pupils_for(user).filter(pk=whole_number(request.GET.get("pupil")) or 0).first()
    own = "own" in request.GET
    rows = note_list(user, pupil=pupil.pk if pupil is not None else None, own=own)
    told = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "pupil": pupil,
        "own": own,
        "tabs": notes_tabs("notes:list"),
    }
    return render(request, "consultations/note_list.html", told)


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def note_on_pupil(request: HttpRequest, pk: int) -> HttpResponse:
    """A note on a visible pupil."""
    user = _person(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    up = (f"Заметки: {pupil.list_name}", f"{reverse('notes:list')}?pupil={pupil.pk}")
    return _writing(request, user, up, {"pupil": pupil}, ())


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def note_on_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A note on an own meeting: on all of it, or on one of its pupils."""
    user = _person(request)
    mine = Appointment.objects.visible_to(user).filter(specialist=talk_scope(user).staff)
    meeting = get_object_or_404(mine.select_related("school"), pk=pk)
    pupils = [row.pupil for row in meeting.pupils.select_related("pupil").order_by("pupil__sort_key")]
    about = {"appointment": meeting}
    if len(pupils) == 1:
        return _writing(request, user, _meeting_up(), about | {"pupil": pupils[0]}, ())
    return _writing(request, user, _meeting_up(), about, pupils)


def _meeting_up() -> tuple[str, str]:
    return "Заметки", reverse("notes:list")


def _writing(request: HttpRequest, user: User, up: tuple[str, str], about: dict[str, Any], pupils: Any) -> HttpResponse:
    assert user.school is not None
    school, meeting = user.school, about.get("appointment")
    choices = [("", "вся встреча"), *((one.pk, one.list_name) for one in pupils)] if pupils else []
    day = min(meeting.on, school.today()) if meeting is not None else school.today()
    form = NoteForm(sent(request), about=choices, initial={"on": day})
    page = FormPage("Конфиденциальная заметка", up, "Записать", "Заметка записана.", meta=_who_reads(user))

    def save() -> str:
        told = form.cleaned_data
        chosen: Pupil | None = next((one for one in pupils if str(one.pk) == told.get("about")), about.get("pupil"))
        draft = NoteDraft(told["on"], told["words"], chosen, meeting)
        return reverse("notes:note", args=[note_write(by=user, school=school, draft=draft).pk])

    return answer_form(request, page, form, save)


def _who_reads(user: User) -> str:
    assert user.school is not None
    rule = rule_now(user.school).label
    return f"Текст читает: {rule[:1].lower()}{rule[1:]}. Черновик нигде не сохраняется, пока вы не нажмёте «Записать»."


def _seen(request: HttpRequest, pk: int) -> tuple[User, ConfidentialNote]:
    user = _person(request)
    rows = ConfidentialNote.objects.visible_to(user)
    return user, get_object_or_404(rows.select_related("school", "pupil", "author", "appointment"), pk=pk)


def _own(request: HttpRequest, pk: int) -> tuple[User, ConfidentialNote]:
    user, note = _seen(request, pk)
    if talk_scope(user).staff != note.author_id:
        raise PermissionDenied(_AUTHOR)
    return user, note


def _up(note: ConfidentialNote) -> tuple[str, str]:
    return f"Заметка за {note.on:%d.%m.%Y}", reverse("notes:note", args=[note.pk])


@require_GET
def note_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of a note but its words."""
    user, note = _seen(request, pk)
    return render(request, "consultations/note.html", {"told": note_page(user, note), "today": note.school.today()})


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def note_reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, for whom the rule names; the click is in the log before they are fetched."""
    user, note = _seen(request, pk)
    words = note_words(user, note)
    if words is None:
        raise PermissionDenied("Текст этой заметки вам не открыт.")
    page = note_page(user, note)
    form = CorrectionForm(initial={"version": note.version, "words": words.words}) if page.own else None
    told = {"told": page, "shown": words, "form": form, "today": note.school.today()}
    return render(request, "consultations/note.html", told)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def note_correcting(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words by the author; the form stands under the words that were shown."""
    user, note = _own(request, pk)
    form = CorrectionForm(request.POST)
    page = FormPage("Исправить заметку", _up(note), "Сохранить", "Заметка исправлена. Прежний текст сохранён.")

    def save() -> None:
        told = form.cleaned_data
        note_correct(by=user, note=note, version=told["version"], words=told["words"])

    return answer_form(request, page, form, save)


@form_view
def note_taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists, by the author."""
    user, note = _own(request, pk)
    form = TakeBackForm(sent(request))
    page = FormPage("Отозвать заметку", _up(note), "Отозвать", "Заметка отозвана.")

    def save() -> str:
        note_take_back(by=user, note=note, why=WhyTakenBack(form.cleaned_data["why"]))
        return reverse("notes:list")

    return answer_form(request, page, form, save)


@form_view
def note_naming(request: HttpRequest, pk: int) -> HttpResponse:
    """Which colleagues read it beside the author."""
    user, note = _own(request, pk)
    people = specialists_of(user).exclude(pk=note.author_id)
    named = list(shares_of(note).values_list("colleague", "pupil"))
    initial = {"colleagues": [key for key, _ in named], "case": any(pupil is not None for _, pupil in named)}
    form = NamedForm(sent(request), people=people, case=note.pupil_id is not None, initial=initial)
    page = FormPage("Кто ещё читает заметку", _up(note), "Сохранить", "Сохранено.", warning=_unless_named(note))

    def save() -> None:
        told = form.cleaned_data
        note_name_readers(by=user, note=note, colleagues=list(told["colleagues"]), case=bool(told.get("case")))

    return answer_form(request, page, form, save)


def _unless_named(note: ConfidentialNote) -> str:
    if rule_now(note.school) == NoteRule.NAMED:
        return ""
    return "Сейчас правило службы коллег не допускает: названные прочтут заметку, только если правило вернётся."


@sensitive_post_parameters()
@sensitive_variables()
@form_view
def note_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Break the glass."""
    user = _head(request)
    _, note = _seen(request, pk)
    if why_readable(user, note) is not None:
        raise PermissionDenied("Вскрывать не нужно: текст этой заметки вам открыт.")
    form = OpenForm(sent(request), case=note.pupil_id is not None)
    page = FormPage(
        "Вскрыть заметку",
        _up(note),
        "Вскрыть на сутки",
        "Вскрыто на сутки. Автор извещён.",
        warning="Вскрытие записывается навсегда: кто, когда, на каком основании. Автор узнает о нём сразу.",
    )

    def save() -> None:
        told = form.cleaned_data
        note_open(by=user, note=note, grounds=told["grounds"], case=bool(told.get("case")))

    return answer_form(request, page, form, save)


@require_GET
def opening_list(request: HttpRequest) -> HttpResponse:
    """For the head all openings, for an author those of the own notes."""
    user = _person(request)
    unseen = set(openings_unseen(user).values_list("pk", flat=True))
    told = {
        "rows": [(one, one.opening.pk in unseen) for one in openings_told(user)],
        "tabs": notes_tabs("notes:openings"),
        "head": heads_notes(user),
    }
    return render(request, "consultations/note_openings.html", told)


@require_POST
def opening_known(request: HttpRequest, pk: int) -> HttpResponse:
    """An author says: I know."""
    user = _person(request)
    opening = get_object_or_404(NoteOpening, pk=pk, pk__in=openings_unseen(user).values("pk"))
    back = reverse("notes:openings")
    return answer_deed(request, lambda: opening_seen(by=user, opening=opening), "Отмечено.", back)


@form_view
def rule_page(request: HttpRequest) -> HttpResponse:
    """The service's rule and its changes; the head chooses another."""
    user = _person(request) if request.method == "GET" else _head(request)
    assert user.school is not None
    school, head = user.school, heads_notes(user)
    form = RuleForm(sent(request), initial={"rule": rule_now(school).value})
    more = {
        "rule": rule_now(school),
        "changes": rule_changes(school),
        "tabs": notes_tabs("notes:rule"),
        "head": head,
    }
    page = FormPage(
        "Кто читает заметки службы",
        ("Заметки", reverse("notes:list")),
        "Сменить правило",
        "Правило изменено. О нём узнают на этой странице.",
        template="consultations/note_rule.html",
        more=more,
    )

    def save() -> str:
        told = form.cleaned_data
        note_rule_choose(by=user, school=school, rule=NoteRule(told["rule"]), why=told["why"])
        return reverse("notes:rule")

    return answer_form(request, page, form, save)
