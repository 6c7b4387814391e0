"""The agenda as a calendar that other programs read by a secret address (docs/decisions/0015-calendar.md)."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from desk.feed import calendar_of
from desk.services.reminders import calendar_owner
from school.access import access_of

_MINUTE = 60
_BY_ADDRESS = 120  # a whole school may stand behind one address
_WRONG = 20


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Days and what is due on them, without names; 404 for a key that opens nothing, 429 for too many tries."""
    address = str(get_adapter().get_client_ip(request))
    if _count(f"feed:{address}") > _BY_ADDRESS or cache.get(f"feed-wrong:{address}", 0) >= _WRONG:
        return _too_many()
    user = calendar_owner(request.GET.get("key", ""))
    if user is None:
        _count(f"feed-wrong:{address}")
        raise Http404("Такого календаря нет.")
    today = access_of(user).today
    body = calendar_of(user, today, request.build_absolute_uri("/").rstrip("/")) if today is not None else b""
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _count(key: str) -> int:
    """How often within this minute, this time included; shared by all processes."""
    cache.add(key, 0, _MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended between the two
        return 1


def _too_many() -> HttpResponse:
    answer = HttpResponse(
        "Слишком часто. Повторите через минуту.", status=429, content_type="text/plain; charset=utf-8"
    )
    answer["Retry-After"] = str(_MINUTE)
    return answer
