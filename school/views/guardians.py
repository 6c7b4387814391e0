"""Guardians of a pupil: who they are, how to reach them, what they may be told, two records made one."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from school.access import pupils_for
from school.forms.guardians import GuardianForm, ShareGuardianForm
from school.models import Guardian, Guardianship, Pupil, User
from school.permissions import (
    can_join_guardians,
    can_keep_guardians,
    can_see_contacts,
    can_see_social_record,
)
from school.restricted import GUARDIANS
from school.selectors_guardians import guardian_cards, guardian_changes, other_children
from school.selectors_pupils import guardians_like
from school.services.guardians import guardian_detach, guardian_save, guardian_share, guardians_merge
from school.services.reading import log_reading
from school.views.base import FormPage, answer_deed, answer_form, asked, pupil_for, reader, sent
from school.views.outdated import form_view

KEEPERS_ONLY = "Представителей записывают классный руководитель, социальный педагог и администрация школы."
JOINERS_ONLY = "Это делают социальный педагог и администрация: они видят представителей всех классов."
READERS_ONLY = "Контакты представителей видят классный руководитель, администрация и служба."


def _up(pupil: Pupil) -> tuple[str, str]:
    return f"{pupil.list_name}: представители", reverse("school:guardians", args=[pupil.pk])


def _kept_pupil(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    return pupil_for(request, pk, can_keep_guardians, KEEPERS_ONLY)


def _own_tie(request: HttpRequest, pk: int) -> tuple[User, Pupil, Guardianship]:
    user, _ = reader(request)
    rows = Guardianship.objects.select_related("guardian", "pupil__school")
    tie = get_object_or_404(rows.filter(pupil__in=pupils_for(user).order_by()), pk=pk)
    if not can_keep_guardians(user, tie.pupil):
        raise PermissionDenied(KEEPERS_ONLY)
    return user, tie.pupil, tie


@require_GET
def guardians(request: HttpRequest, pk: int) -> HttpResponse:
    """The guardians of one pupil, each with contacts, what they may be told, and what was changed."""
    user, pupil = pupil_for(request, pk, can_see_contacts, READERS_ONLY)
    joins = can_join_guardians(user)
    cards = guardian_cards(user, pupil, joins=joins)
    told = {
        "pupil": pupil,
        "cards": cards,
        "changes": guardian_changes(pupil, [card.tie for card in cards]),
        "editable": can_keep_guardians(user, pupil),
        "joins": joins,
    }
    return render(request, "school/guardians.html", told)


@form_view
def guardian_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a guardian."""
    user, pupil = _kept_pupil(request, pk)
    family = can_see_social_record(user, pupil)
    form = GuardianForm(sent(request), instance=Guardian(school=pupil.school), family=family)
    page = FormPage("Новый законный представитель", _up(pupil), "Записать")
    return answer_form(request, page, form, lambda: _save(user, pupil, form, None))


def _save(user: User, pupil: Pupil, form: GuardianForm, tie: Guardianship | None) -> None:
    relation = form.cleaned_data["relation"]
    guardian_save(by=user, pupil=pupil, tie=tie, relation=relation, fields=form.person(), family=form.family())


@form_view
def guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a guardian; names and contacts for all children of theirs, the rest for this child."""
    user, pupil, tie = _own_tie(request, pk)
    family = can_see_social_record(user, pupil)
    if family:
        log_reading(by=user, pupils=[pupil], what=GUARDIANS)
    form = GuardianForm(sent(request), instance=tie.guardian, tie=tie, family=family)
    page = FormPage(tie.guardian.full_name, _up(pupil), meta=_others(user, tie))
    return answer_form(request, page, form, lambda: _save(user, pupil, form, tie))


def _others(user: User, tie: Guardianship) -> str:
    """Whose guardian the person is besides: contacts change there too."""
    seen, unseen = other_children(user, tie.guardian, tie.pupil)
    names = [one.list_name for one in seen] + (["ребёнка другого класса"] if unseen else [])
    return f"имя и контакты изменятся и у других детей: {', '.join(names)}" if names else ""


@require_POST
def guardian_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is no longer this pupil's guardian."""
    user, pupil, tie = _own_tie(request, pk)
    return answer_deed(request, lambda: guardian_detach(by=user, tie=tie), "Представитель убран.", _up(pupil)[1])


def _joined_pupil(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    return pupil_for(request, pk, lambda user, _: can_join_guardians(user), JOINERS_ONLY)


@form_view
def guardian_known(request: HttpRequest, pk: int) -> HttpResponse:
    """A guardian whom the school knows already: a brother's or sister's parent."""
    user, pupil = _joined_pupil(request, pk)
    text = asked(request, "text", pupil.last_name[:5])
    form = ShareGuardianForm(sent(request), found=guardians_like(pupil, text))
    page = FormPage(
        "Представитель из школьного списка",
        _up(pupil),
        "Добавить",
        template="school/guardian_known.html",
        more={"text": text},
    )

    def save() -> None:
        guardian_share(by=user, pupil=pupil, **form.cleaned_data)

    return answer_form(request, page, form, save)


@require_POST
def guardian_merge(request: HttpRequest, pk: int, double: int) -> HttpResponse:
    """Two records of the school are one person; the one at this pupil stays."""
    user, _ = reader(request)
    if not can_join_guardians(user):
        raise PermissionDenied(JOINERS_ONLY)
    rows = Guardianship.objects.select_related("guardian", "pupil__school")
    tie = get_object_or_404(rows.filter(pupil__in=pupils_for(user).order_by()), pk=pk)
    other = get_object_or_404(Guardian, school=tie.pupil.school, pk=double)
    done = "Записи объединены: контакты второй сохранены как дополнительные."
    back = _up(tie.pupil)[1]
    return answer_deed(request, lambda: guardians_merge(by=user, kept=tie.guardian, double=other), done, back)
