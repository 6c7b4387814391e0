"""Whether the application can work; asked by the launcher and by compose."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 «ok» when database and cache answer, else 503 with the name of what does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", status=503, content_type="text/plain")
    try:
        cache.get("healthz")
    except RedisError:
        return HttpResponse("cache", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
