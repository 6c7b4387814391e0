"""The page «Реестр»: entries of a period, what stands behind each, and the decisions on them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.errors import Refused
from common.russian import counted, plural
from documents.formats import CONTENT_TYPES
from risk_registry.categories import Grounds
from risk_registry.jobs import classify_request
from risk_registry.models import RegistryEntry
from risk_registry.permissions import can_classify, can_do, can_see_registry
from risk_registry.selectors.evidence import entry_evidence
from risk_registry.selectors.lists import period_choice
from risk_registry.selectors.registry import one_entry, registry_rows
from risk_registry.services.registry import entries_decide
from risk_registry.tables import registry_workbook
from risk_registry.views.registry_page import Frame, frame_of, head_context, lines_of, list_context
from risk_registry.workflow import Deed
from school.models import User
from school.views.filtering import whole_number

_DONE = {
    Deed.AGREE: ("согласована", "согласованы", "согласовано"),
    Deed.APPROVE: ("утверждена", "утверждены", "утверждено"),
    Deed.ACCEPT: ("приведена к отметкам", "приведены к отметкам", "приведено к отметкам"),
    Deed.RETURN: ("возвращена", "возвращены", "возвращено"),
    Deed.REMOVE: ("исключена", "исключены", "исключено"),
    Deed.RESTORE: ("возвращена в реестр", "возвращены в реестр", "возвращено в реестр"),
}


@require_http_methods(["GET", "POST"])
def registry_list(request: HttpRequest) -> HttpResponse:
    """The list; a POST decides on the chosen entries, or on one."""
    user = reader(request)
    if request.method == "POST":
        return _decide(request, user)
    return _list(request, user)


def _list(request: HttpRequest, user: User, picked: Sequence[str] = (), status: int = 200) -> HttpResponse:
    frame = frame_of(request, user)
    told = list_context(request, frame, picked=picked) if frame is not None else {"period": None}
    return render(request, "risk_registry/registry_list.html", told, status=status)


def _decide(request: HttpRequest, user: User) -> HttpResponse:
    picks = request.POST.getlist("pick")
    if request.POST.get("what") == "causes":
        return redirect(f"{reverse('registry:agree')}?{urlencode({'pick': picks}, doseq=True)}")
    what, versions = _asked(request.POST.get("one", ""), request.POST.get("what", ""), picks)
    if not versions:
        messages.warning(request, "Отметьте записи, о которых решаете.")
        return _list(request, user, status=422)
    try:
        done = decide(user, what, versions, request.POST.get("comment", ""))
    except Refused as refusal:
        messages.error(request, _in_one_sentence(refusal))
        return _list(request, user, picks, status=422)
    messages.success(request, said(what, len(done)))
    return redirect(back_to_list(request))


def _asked(one: str, what: str, picks: Sequence[str]) -> tuple[Deed, dict[int, int]]:
    """The deed, and keys of entries with the versions seen: of one («approve:5:3»), else of the chosen («5:3»)."""
    if one:
        what, _, pick = one.partition(":")
        picks = [pick]
    versions = {}
    for pick in picks:
        key, _, version = pick.partition(":")
        versions[_number(key)] = _number(version)
    return _deed(what), versions


def _number(text: str) -> int:
    number = whole_number(text)
    if number is None:
        raise Http404
    return number


def _deed(word: str) -> Deed:
    if word not in _DONE:
        raise Http404
    return Deed(word)


def decide(
    user: User, what: Deed, versions: dict[int, int], comment: str, *, grounds: Grounds = Grounds.OTHER
) -> list[RegistryEntry]:
    """Do the deed for this person: 404 for an entry that they do not see, 403 where the deed is not theirs."""
    entries = list(RegistryEntry.objects.visible_to(user).filter(pk__in=versions))
    if len(entries) != len(versions):
        raise Http404
    if not can_do(user, what, entries):
        raise PermissionDenied("Это решение принимает другой человек: утверждает заместитель директора.")
    return entries_decide(by=user, versions=versions, what=what, comment=comment, grounds=grounds)


def said(what: Deed, number: int) -> str:
    """«2 записи утверждены.»"""
    return f"{counted(number, 'запись', 'записи', 'записей')} {plural(number, *_DONE[what])}."


def _in_one_sentence(refusal: Refused) -> str:
    return f"{refusal.message} ({', '.join(refusal.details)})" if refusal.details else refusal.message


def back_to_list(request: HttpRequest) -> str:
    """The list as it was filtered: every link and form of it carries its query along."""
    query = request.GET.urlencode()
    return f"{reverse('registry:list')}?{query}" if query else reverse("registry:list")


@require_GET
def entry_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, opened on its evidence; the list takes its row from here."""
    user = reader(request)
    entry = one_entry(user, pk)
    if entry is None:
        raise Http404
    frame = _frame_of_entry(request, user, entry)
    rows = registry_rows(user, [entry], frame.names)
    evidence = {entry.pk: entry_evidence(frame.user, entry, frame.names)}
    told = {
        **head_context(frame),
        "lines": lines_of(user, rows, set(request.GET.getlist("pick")), evidence),
        "entry": entry,
        "back": back_to_list(request),
        "query": request.GET.urlencode(),
        "sort": "",
    }
    return render(request, "risk_registry/registry_entry.html", told)


def _frame_of_entry(request: HttpRequest, user: User, entry: RegistryEntry) -> Frame:
    frame = frame_of(request, user, period=entry.period_id)
    assert frame is not None
    return frame


@require_POST
def registry_classify(request: HttpRequest) -> HttpResponse:
    """Order the period anew for the whole school; a worker computes it."""
    user = reader(request)
    if not can_classify(user):
        raise PermissionDenied("Реестр пересчитывает заместитель директора.")
    period = period_choice(user, whole_number(request.POST.get("period"))).period
    if period is None:
        raise Http404
    job = classify_request(by=user, period=period, key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)


@require_GET
def registry_export(request: HttpRequest) -> HttpResponse:
    """The rows of the filtered list, all pages of it, as a workbook."""
    frame = frame_of(request, reader(request))
    if frame is None:
        raise Http404
    answer = HttpResponse(registry_workbook(frame.user, frame.query, frame.names), CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = _attachment(f"Реестр, {frame.period.title} {frame.period.year}.xlsx")
    return answer


def _attachment(name: str) -> str:
    return str(content_disposition_header(True, name.replace("/", "–")))


def reader(request: HttpRequest) -> User:
    """Who asks; 403 for those who have no pupils in a school."""
    user: Any = request.user
    if not can_see_registry(user):
        raise PermissionDenied("Реестр видят сотрудники школы, у которых есть обучающиеся.")
    assert isinstance(user, User)
    return user
