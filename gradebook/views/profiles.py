"""Profiles of e-journals: chosen and corrected in the preview of a batch, and on pages of their own."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gradebook.forms_profiles import ProfileForm, ProfileNewForm
from gradebook.jobs import read_request
from gradebook.models import ImportProfile
from gradebook.profiles import SHIPPED
from gradebook.selectors_profiles import LAYOUT_TITLES, profile_changes, profiles_for
from gradebook.services import profiles
from gradebook.views.imports import answer, batch_for, importer
from school.models import User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view

_KEPT = "Значения сохранены для следующих загрузок. Записанное раньше осталось прежним."


@require_POST
def import_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the codes of these files a meaning, and read again."""
    user, school = importer(request)
    batch = batch_for(user, pk)
    layout = request.POST.get("layout", "")
    codes, words = _pairs(request.POST, "code", "meaning"), _pairs(request.POST, "word", "value")

    def deed() -> None:
        profiles.codes_set(by=user, school=school, layout=layout, codes=codes, words=words)
        read_request(by=user, batch=batch, key=request.POST.get("once", ""))

    return answer(request, batch, deed, _KEPT)


def _pairs(told: QueryDict, names: str, meanings: str) -> dict[str, str]:
    return dict(zip(told.getlist(names), told.getlist(meanings), strict=False))


@require_POST
def import_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Read files of this layout by another profile, now and from now on."""
    user, school = importer(request)
    batch = batch_for(user, pk)
    layout, chosen = request.POST.get("layout", ""), request.POST.get("profile", "")

    def deed() -> None:
        profiles.profile_choose(by=user, school=school, layout=layout, chosen=chosen)
        read_request(by=user, batch=batch, key=request.POST.get("once", ""))

    return answer(request, batch, deed, "Профиль запомнен для следующих загрузок.")


@require_safe
def profile_list(request: HttpRequest) -> HttpResponse:
    """The school's profiles, and by which one files of each kind are read."""
    _, school = importer(request)
    used = profiles_for(school)
    rows = [
        (row, [title for layout, title in LAYOUT_TITLES.items() if used.of(layout).code == str(row.pk)])
        for row in ImportProfile.objects.filter(school=school)
    ]
    return render(request, "gradebook/profile_list.html", {"rows": rows, "shipped": list(SHIPPED.values())})


@form_view
def profile_new(request: HttpRequest) -> HttpResponse:
    """A profile that begins as a shipped one."""
    user, school = importer(request)
    form = ProfileNewForm(sent(request), initial={"shipped": request.GET.get("from", "usual")})
    page = FormPage("Новый профиль", _list(), "Создать", "Профиль создан: проверьте коды.")

    def save() -> str:
        made = profiles.profile_create(by=user, school=school, **form.cleaned_data)
        return reverse("gradebook:profile", args=[made.pk])

    return answer_form(request, page, form, save)


@form_view
def profile_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables of one profile, for which files it is used, and who changed what."""
    user, profile = _profile(request, pk)
    form = ProfileForm(sent(request), profile=profile)
    shipped = SHIPPED.get(profile.shipped)
    page = FormPage(
        profile.title,
        _list(),
        done=_KEPT,
        warning=shipped.doubt.capitalize() + "." if shipped and shipped.doubt else "",
        template="gradebook/profile_form.html",
        more={"profile": profile, "changes": profile_changes(user, profile)},
    )

    def save() -> None:
        told = form.told()
        profiles.profile_update(by=user, profile=profile, title=told.title, codes=told.codes, words=told.words)
        profiles.profile_layouts_set(by=user, profile=profile, layouts=told.layouts)

    return answer_form(request, page, form, save)


@require_POST
def profile_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The school does without this profile."""
    user, profile = _profile(request, pk)
    done = "Профиль удалён. Записанное по нему осталось прежним."
    back = reverse("gradebook:profiles")
    return answer_deed(request, lambda: profiles.profile_delete(by=user, profile=profile), done, back)


def _profile(request: HttpRequest, pk: int) -> tuple[User, ImportProfile]:
    user, school = importer(request)
    return user, get_object_or_404(ImportProfile.objects.filter(school=school).select_related("school"), pk=pk)


def _list() -> tuple[str, str]:
    return "Профили журналов", reverse("gradebook:profiles")
