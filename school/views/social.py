"""The social passport: a pupil's, and the counts of a class and of the school. Each opening is logged."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.access import classes_for
from school.forms.social import SocialCancelForm, SocialCloseForm, SocialCorrectForm, SocialFactForm
from school.models import Pupil, SchoolClass, SocialFact, User
from school.permissions import can_edit_social_record, can_see_social_passport
from school.selectors_consents import purposes_in_force
from school.selectors_social import NOT_YOURS, social_counts, social_fact_for, social_names, social_passport
from school.services.social import (
    social_fact_add,
    social_fact_cancel,
    social_fact_close,
    social_fact_correct,
    social_flag_dismiss,
)
from school.social_groups import OF_FILES, SocialGroup
from school.views.base import FormPage, answer_deed, answer_form, asked, pupil_for, reader, sent, visible_pupil
from school.views.outdated import form_view

WRITERS_ONLY = "Социальный паспорт ведёт социальный педагог."


@require_GET
def passport(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the pupil's passport."""
    user, pupil = visible_pupil(request, pk)
    told = {
        "pupil": pupil,
        "passport": social_passport(user, pupil),
        "editable": can_edit_social_record(user, pupil),
    }
    return render(request, "school/social.html", told)


def _written(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    return pupil_for(request, pk, can_edit_social_record, WRITERS_ONLY)


def _up(pupil: Pupil) -> tuple[str, str]:
    return f"Социальный паспорт: {pupil.full_name}", reverse("school:social", args=[pupil.pk])


@form_view
def fact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a fact on a document; `?group=ovz` chooses which."""
    user, pupil = _written(request, pk)
    given = purposes_in_force(pupil, pupil.school.today())
    form = SocialFactForm(sent(request), given=given, initial={"group": asked(request, "group")})
    page = FormPage("Новая запись", _up(pupil), "Внести", template="school/social_form.html", more={"pupil": pupil})

    def save() -> None:
        social_fact_add(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


def _fact(request: HttpRequest, pk: int) -> tuple[User, SocialFact]:
    """404 for one that was cancelled; whoever fills in a form at that moment is told instead."""
    user, _ = reader(request)
    row = social_fact_for(user, pk)
    if row is None or (row.void_at is not None and request.method != "POST"):
        raise Http404
    return user, row


@form_view
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct days or ground."""
    user, row = _fact(request, pk)
    form = SocialCorrectForm(sent(request), fact=row)
    page = FormPage("Исправить запись", _up(row.pupil), meta=row.get_group_display())

    def save() -> None:
        social_fact_correct(by=user, fact=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def fact_close(request: HttpRequest, pk: int) -> HttpResponse:
    """It holds no longer."""
    user, row = _fact(request, pk)
    form = SocialCloseForm(sent(request), initial={"ends": row.pupil.school.today()})
    page = FormPage("Закрыть запись", _up(row.pupil), "Закрыть", "Запись закрыта.", meta=row.get_group_display())

    def save() -> None:
        social_fact_close(by=user, fact=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@form_view
def fact_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It was entered by mistake."""
    user, row = _fact(request, pk)
    form = SocialCancelForm(sent(request))
    page = FormPage("Внесено ошибочно", _up(row.pupil), "Отменить запись", "Отменено.", meta=row.get_group_display())

    def save() -> None:
        social_fact_cancel(by=user, fact=row, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """A contingent file is mistaken about the pupil."""
    user, pupil = _written(request, pk)
    group = request.POST.get("group", "")
    if group not in OF_FILES.values():
        raise Http404
    back = _up(pupil)[1]
    return answer_deed(request, lambda: social_flag_dismiss(by=user, pupil=pupil, group=group), "Отметка снята.", back)


@require_GET
def school_passport(request: HttpRequest) -> HttpResponse:
    """Counts by group and class; `?class=12`, `?day=2026-09-01`, `?group=ovz` for the names behind a number."""
    user, school = reader(request)
    if not can_see_social_passport(user):
        raise PermissionDenied(NOT_YOURS)
    chosen = asked_class(request, user)
    day = asked_day(request) or school.today()
    key = chosen.pk if chosen else None
    group = _group(asked(request, "group"))
    told = {
        "school": school,
        "counts": None if group else social_counts(user, day, key),
        "classes": classes_for(user),
        "class": chosen,
        "day": day,
        "today": school.today(),
        "group": group,
        "back": f"?day={day.isoformat()}" + (f"&class={key}" if key else ""),
        "names": social_names(user, group, day, key, asked(request, "page")) if group else None,
    }
    return render(request, "school/social_passport.html", told)


def _group(code: str) -> SocialGroup | None:
    return SocialGroup(code) if code in SocialGroup.values else None


def asked_class(request: HttpRequest, user: User) -> SchoolClass | None:
    """The class that the address names, of those whose page the person may open; None for all of them."""
    key = asked(request, "class")
    return classes_for(user).filter(pk=int(key)).first() if key.isdecimal() else None


def asked_day(request: HttpRequest) -> date | None:
    """The day that the address names; None for none, or for what is no day."""
    try:
        return date.fromisoformat(asked(request, "day"))
    except ValueError:
        return None
