"""A school brings its own registry: a file, how it is to be read, what each row becomes, one step and its undoing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.russian import counted
from common.tabular import UnreadableFile
from gradebook.selectors_batches import pupils_to_choose
from risk_registry.brought import COLUMN_WORDS, Column
from risk_registry.categories import IN_REGISTRY, Category
from risk_registry.forms_brought import BringForm
from risk_registry.links import registry_link
from risk_registry.models import BroughtRegistry, BroughtState
from risk_registry.permissions import can_decide_registry
from risk_registry.selectors.brought import BroughtPlan, brought_for, brought_plan, differing, notes_of
from risk_registry.selectors.lists import period_choice
from risk_registry.services.brought import (
    brought_correct,
    brought_discard,
    brought_undo,
    brought_write,
    registry_bring,
)
from risk_registry.views.registry import reader
from school.models import Pupil, User
from school.views.base import sent
from school.views.brought import chosen_of, columns_shown, columns_told, named_inputs, table_act
from school.views.filtering import whole_number

_PER_PAGE = 50
_CATEGORIES = [(category.value, category.label) for category in IN_REGISTRY]


def _decider(request: HttpRequest) -> User:
    user = reader(request)
    if not can_decide_registry(user):
        raise PermissionDenied("Свой реестр загружает заместитель директора.")
    return user


@require_http_methods(["GET", "POST"])
def bring_page(request: HttpRequest) -> HttpResponse:
    """The place for the file, and the files that were brought before."""
    user = _decider(request)
    choice = period_choice(user, whole_number(request.GET.get("period")))
    chosen = choice.period.pk if choice.period is not None else None
    form = BringForm(sent(request), request.FILES or None, periods=choice.options, initial={"period": chosen})
    if request.method == "POST" and form.is_valid():
        period = period_choice(user, form.cleaned_data["period"]).period
        assert period is not None
        file = form.cleaned_data["file"]
        try:
            brought = registry_bring(by=user, period=period, name=file.name, content=file.read())
        except (UnreadableFile, Refused) as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("registry:brought", brought.pk)
    told = {"form": form, "period": choice.period, "brought": brought_for(user)[:_PER_PAGE]}
    return render(request, "risk_registry/bring.html", told, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def brought_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns with the first rows beside them, and what each row becomes."""
    user = _decider(request)
    brought = get_object_or_404(brought_for(user), pk=pk)
    if request.method == "POST":
        return _act(request, user, brought)
    plan = brought_plan(user, brought)
    return render(request, "risk_registry/brought.html", _context(request, user, brought, plan))


def _context(request: HttpRequest, user: User, brought: BroughtRegistry, plan: BroughtPlan) -> dict[str, Any]:
    return {
        "brought": brought,
        "period": brought.period,
        "open": brought.state == BroughtState.OPEN,
        "written": brought.state == BroughtState.WRITTEN,
        "columns": columns_shown(brought),
        "kinds": [(column.value, words) for column, words in COLUMN_WORDS.items()],
        "categories": _CATEGORIES,
        "words": list(enumerate(plan.categories.items())),
        "subject_words": [(number, word) for number, (word, key) in enumerate(plan.subjects.items()) if key is None],
        "subjects": list(plan.names.items()),
        "plan": plan,
        "page": Paginator(_lines(plan), _PER_PAGE).get_page(request.GET.get("page")),
        "notes": notes_of(brought, plan) if brought.state == BroughtState.WRITTEN else [],
        "differing": differing(brought, plan) if brought.state == BroughtState.WRITTEN else [],
        "everybody": pupils_to_choose(user) if brought.state == BroughtState.OPEN and plan.unsettled else {},
        "registry": registry_link(period=brought.period_id),
    }


def _lines(plan: BroughtPlan) -> list[tuple[Any, list[str]]]:
    """Rows that ask first, then those left out, then those that are taken; each with the names of its subjects."""
    rows = sorted(plan.rows, key=lambda row: (not row.settles, not row.why, row.row.number))
    return [(row, [plan.names[key] for key in row.subjects]) for row in rows]


def _act(request: HttpRequest, user: User, brought: BroughtRegistry) -> HttpResponse:
    deeds = {
        "save": lambda: _correct(request, user, brought),
        "write": lambda: _write(request, user, brought),
        "discard": lambda: _discard(user, brought),
        "undo": lambda: _undo(user, brought),
    }
    return table_act(request, deeds, "registry:brought", brought.pk, "registry:bring")


def _correct(request: HttpRequest, user: User, brought: BroughtRegistry) -> str:
    """What the form names: `column-3`, `word-0`, `subject-2` by places on the page, `row-17` by the row's number."""
    plan = brought_plan(user, brought)
    subjects = chosen_of(request, "subject", list(plan.subjects), list(map(str, plan.names)))
    brought_correct(
        by=user,
        brought=brought,
        columns={place: Column(what) for place, what in columns_told(request, brought, list(Column)).items()},
        words=chosen_of(request, "word", list(plan.categories), [*dict(_CATEGORIES), Category.NONE]),
        subjects={word: int(key) for word, key in subjects.items()},
        settled=_settled(user, named_inputs(request, "row")) | _typed(user, named_inputs(request, "name")),
    )
    return "Разбор обновлён."


def _settled(user: User, chosen: dict[int, str]) -> dict[int, int]:
    """Pupils of the school only; 0 leaves the row out."""
    wanted = {number: whole_number(value) for number, value in chosen.items()}
    own = set(Pupil.objects.filter(school=user.school, pk__in=set(wanted.values())).values_list("pk", flat=True))
    return {number: key for number, key in wanted.items() if key is not None and (key == 0 or key in own)}


def _typed(user: User, names: dict[int, str]) -> dict[int, int]:
    """Pupils by what was typed beside a row. Raises `Refused` for a text that is nobody's."""
    known = pupils_to_choose(user) if names else {}
    unknown = next((text for text in names.values() if text.strip() not in known), "")
    if unknown:
        raise Refused(f"Нет обучающегося «{unknown.strip()}»: выберите из подсказок под полем.")
    return {number: known[text.strip()] for number, text in names.items()}


def _write(request: HttpRequest, user: User, brought: BroughtRegistry) -> str:
    """What stands on the page is kept before it is written."""
    _correct(request, user, brought)
    number = brought_write(by=user, brought=brought)
    return f"{counted(number, 'запись предложена', 'записи предложены', 'записей предложено')} в реестр."


def _discard(user: User, brought: BroughtRegistry) -> str:
    brought_discard(by=user, brought=brought)
    return "Файл отброшен, в реестр ничего не записано."


def _undo(user: User, brought: BroughtRegistry) -> str:
    stayed = brought_undo(by=user, brought=brought)
    if stayed:
        return f"Загрузка отменена. Остались записи, которые с тех пор меняли: {', '.join(stayed)}."
    return "Загрузка отменена: записи из файла убраны."
