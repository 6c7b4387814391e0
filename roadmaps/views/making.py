"""Making a roadmap: its beginning, title, directions, activities; approval and correction."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from roadmaps.forms import (
    CATALOGUE,
    ActivityForm,
    ApproveForm,
    GroundsForm,
    NameForm,
    NewForm,
    TitleForm,
    activity_initial,
)
from roadmaps.models import Direction, Roadmap
from roadmaps.services.activities import (
    activity_add,
    activity_edit,
    activity_remove,
    activity_restore,
    direction_add,
    direction_remove,
    direction_rename,
)
from roadmaps.services.roadmaps import (
    roadmap_approve,
    roadmap_copy,
    roadmap_correct,
    roadmap_create,
    roadmap_rename,
)
from roadmaps.views.common import (
    UP,
    asked_roadmap,
    edited_activity,
    edited_roadmap,
    home_of,
    roadmap_editor,
    seen_version,
)
from roadmaps.words import RoadmapState
from school.models import Staff, User
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.outdated import form_view


@form_view
def roadmap_new(request: HttpRequest) -> HttpResponse:
    """From the shipped catalogue, from another year's, or blank."""
    user, school = roadmap_editor(request)
    year = asked_roadmap(request, user, school).year
    if year is None:
        raise Http404("Учебного года ещё нет.")
    earlier = {str(one.year.start): one for one in Roadmap.objects.visible_to(user).select_related("year", "school")}
    form = NewForm(sent(request), earlier=[(key, f"с дорожной карты {one.year}") for key, one in earlier.items()])

    def save() -> str:
        source = form.cleaned_data["source"]
        if source in earlier:
            row = roadmap_copy(by=user, source=earlier[source], year=year)
        else:
            row = roadmap_create(by=user, year=year, catalogue=source == CATALOGUE)
        return home_of(row)[1]

    page = FormPage(
        f"Дорожная карта на {year}",
        (UP, f"{reverse('roadmap:list')}?year={year.start}"),
        button="Начать",
        done="Проект дорожной карты готов: поправьте его и утвердите.",
    )
    return answer_form(request, page, form, save)


@form_view
def roadmap_title(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title."""
    user, row = edited_roadmap(request, pk)
    form = TitleForm(sent(request), initial={"title": row.title})

    def save() -> None:
        roadmap_rename(by=user, roadmap=row, title=form.cleaned_data["title"])

    return answer_form(request, FormPage("Название дорожной карты", home_of(row)), form, save)


@form_view
def roadmap_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve by an order."""
    user, row = edited_roadmap(request, pk)
    form = ApproveForm(sent(request), initial={"order_date": row.school.today()})
    version = seen_version(request, row.version)

    def save() -> None:
        roadmap_approve(
            by=user,
            roadmap=row,
            version=version,
            order_number=form.cleaned_data["order_number"],
            order_date=form.cleaned_data["order_date"],
        )

    page = FormPage(
        "Утвердить дорожную карту",
        home_of(row),
        button="Утвердить",
        done="Утверждена. Редакция сохранена и печатается такой, какой утверждена.",
        meta=f"{row.title}, {row.year}",
        template="roadmaps/deed_form.html",
        more={"version": version},
    )
    return answer_form(request, page, form, save)


@form_view
def roadmap_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what is approved for changes."""
    user, row = edited_roadmap(request, pk)
    form = GroundsForm(sent(request))
    version = seen_version(request, row.version)

    def save() -> None:
        roadmap_correct(by=user, roadmap=row, version=version, grounds=form.cleaned_data["why"])

    page = FormPage(
        "Скорректировать дорожную карту",
        home_of(row),
        button="Начать корректировку",
        done="Можно править. Утверждённая редакция сохранена; правки вступят в силу с новым приказом.",
        template="roadmaps/deed_form.html",
        more={"version": version},
    )
    return answer_form(request, page, form, save)


@form_view
def direction_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A direction of the school's own."""
    user, row = edited_roadmap(request, pk)
    form = NameForm(sent(request))

    def save() -> None:
        direction_add(by=user, roadmap=row, name=form.cleaned_data["name"])

    return answer_form(request, FormPage("Новое направление", home_of(row)), form, save)


@form_view
def direction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""
    user, row = _direction(request, pk)
    form = NameForm(sent(request), initial={"name": row.name})

    def save() -> None:
        direction_rename(by=user, direction=row, name=form.cleaned_data["name"])

    remove = {"remove": reverse("roadmap:direction_remove", args=[row.pk]), "remove_words": "Удалить направление"}
    template = "school/form.html" if row.activities.exists() else "school/form_removable.html"
    page = FormPage("Направление", home_of(row.roadmap), template=template, more=remove)
    return answer_form(request, page, form, save)


@require_POST
def direction_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """A direction without activities goes."""
    user, row = _direction(request, pk)
    back = reverse("roadmap:direction", args=[row.pk])
    return answer_deed(
        request, lambda: direction_remove(by=user, direction=row), "Направление удалено.", back, home_of(row.roadmap)[1]
    )


def _direction(request: HttpRequest, pk: int) -> tuple[User, Direction]:
    row = get_object_or_404(Direction.objects.select_related("roadmap__year", "roadmap__school"), pk=pk)
    user, _ = edited_roadmap(request, row.roadmap_id)
    return user, row


@form_view
def activity_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new row."""
    user, row = edited_roadmap(request, pk)
    initial = {"direction": request.GET.get("direction", "")}
    form = ActivityForm(sent(request), initial=initial, **_choices(row))
    form.corrects = False

    def save() -> None:
        activity_add(by=user, roadmap=row, draft=form.draft())

    page = FormPage("Новое мероприятие", home_of(row), warning=_closed(row))
    return answer_form(request, page, form, save)


@form_view
def activity_editing(request: HttpRequest, pk: int) -> HttpResponse:
    """A row written anew."""
    user, row = edited_activity(request, pk)
    form = ActivityForm(sent(request), initial=activity_initial(row), **_choices(row.roadmap))

    def save() -> None:
        activity_edit(by=user, activity=row, draft=form.draft())

    up = (row.title, reverse("roadmap:activity", args=[row.pk]))
    return answer_form(request, FormPage("Изменить мероприятие", up, warning=_closed(row.roadmap)), form, save)


def _choices(row: Roadmap) -> dict[str, Any]:
    staff = Staff.objects.filter(school=row.school, left_on__isnull=True).order_by("sort_key")
    return {"start": row.year.start, "directions": list(row.directions.all()), "staff": list(staff)}


def _closed(row: Roadmap) -> str:
    if row.state != RoadmapState.APPROVED:
        return ""
    return "Дорожная карта утверждена: чтобы изменить её, начните корректировку на её странице."


@form_view
def activity_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out."""
    user, row = edited_activity(request, pk)
    form = GroundsForm(sent(request))
    form.fields["why"].required = row.roadmap.number > 0

    def save() -> None:
        activity_remove(by=user, activity=row, why=form.cleaned_data["why"])

    page = FormPage(
        "Исключить мероприятие", home_of(row.roadmap), button="Исключить", done="Исключено.", meta=row.title,
        warning=_closed(row.roadmap),
    )  # fmt: skip
    return answer_form(request, page, form, save)


@require_POST
def activity_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was taken out."""
    user, row = edited_activity(request, pk)
    if row.removed_on is None:
        raise Http404("Мероприятие и так в дорожной карте.")
    back = home_of(row.roadmap)[1]
    return answer_deed(request, lambda: activity_restore(by=user, activity=row), "Мероприятие возвращено.", back)
