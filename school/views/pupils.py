"""Pupils: the list, and who one pupil is."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.look import Tab
from school.access import classes_for, why_visible
from school.forms.pupils import NewPupilForm, PupilForm
from school.models import Pupil
from school.permissions import (
    can_edit_school,
    can_keep_guardians,
    can_see_contacts,
    can_see_readings,
    can_see_social_record,
)
from school.selectors_pupils import Presence, guardians_of, pupil_rows, responsible_for, seat_in_words, stays_of
from school.services.pupils import pupil_create, pupil_delete, pupil_update
from school.views.base import (
    FormPage,
    answer_deed,
    answer_form,
    asked,
    edited_pupil,
    editor,
    reader,
    sent,
    visible_pupil,
)
from school.views.outdated import form_view

_PER_PAGE = 50


@require_GET
def pupil_list(request: HttpRequest) -> HttpResponse:
    """Pupils whom the person may see."""
    user, _ = reader(request)
    presence = asked(request, "state")
    presence = presence if presence in Presence.values else Presence.PRESENT.value
    chosen, text, sort = asked(request, "class"), asked(request, "text"), asked(request, "sort", "name")
    found = pupil_rows(user, presence=presence, school_class=chosen, text=text, sort=sort)
    told = {
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "tabs": [Tab(one.label, f"?state={one.value}", one.value == presence) for one in Presence],
        "state": presence,
        "classes": classes_for(user),
        "class": chosen,
        "text": text,
        "sort": sort,
        "filtered": bool(chosen or text),
        "editable": can_edit_school(user),
    }
    return render(request, "school/pupil_list.html", told)


@require_GET
def pupil(request: HttpRequest, pk: int) -> HttpResponse:
    """The pupil's file: who they are, where they sat, who answers for them."""
    user, row = visible_pupil(request, pk)
    today = row.school.today()
    stays = stays_of(row)
    told = {
        "pupil": row,
        "stays": stays,
        "seat": seat_in_words(stays, today),
        "present": any(s.starts <= today and (s.ends is None or s.ends >= today) for s in stays),
        "ties": guardians_of(row),
        "contacts": can_see_contacts(user, row),
        "keeps_guardians": can_keep_guardians(user, row),
        "social_seen": can_see_social_record(user, row),
        "readings_seen": can_see_readings(user),
        "responsible": responsible_for(row, today),
        "why": why_visible(user, row),
        "editable": can_edit_school(user),
        "today": today,
    }
    return render(request, "school/pupil_detail.html", told)


@form_view
def pupil_new(request: HttpRequest) -> HttpResponse:
    """Enter a pupil."""
    user, school = editor(request)
    form = NewPupilForm(sent(request), instance=Pupil(school=school))
    page = FormPage("Новый обучающийся", ("Обучающиеся", reverse("school:pupils")), "Записать", "Обучающийся записан.")

    def save() -> str:
        fields = {name: form.cleaned_data[name] for name in PupilForm.Meta.fields}
        row = pupil_create(
            by=user,
            school=school,
            school_class=form.cleaned_data["school_class"],
            starts=form.cleaned_data["starts"],
            fields=fields,
        )
        return reverse("school:pupil", args=[row.pk])

    return answer_form(request, page, form, save)


@form_view
def pupil_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct who the pupil is."""
    user, row = edited_pupil(request, pk)
    form = PupilForm(sent(request), instance=row)
    page = FormPage("Личные данные", (row.full_name, reverse("school:pupil", args=[row.pk])))

    def save() -> None:
        fields = {name: form.cleaned_data[name] for name in PupilForm.Meta.fields}
        pupil_update(by=user, pupil=row, fields=fields)

    return answer_form(request, page, form, save)


@require_POST
def pupil_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a pupil entered by mistake."""
    user, row = edited_pupil(request, pk)
    back, done = reverse("school:pupil", args=[row.pk]), f"Запись удалена: {row.full_name}."
    return answer_deed(request, lambda: pupil_delete(by=user, pupil=row), done, back, reverse("school:pupils"))
