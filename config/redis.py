"""One address of Redis or Valkey, as Celery and as the cache write it."""

from urllib.parse import parse_qs, urlsplit


def cache_url(url: str) -> str:
    """Celery's `redis+socket://PATH?virtual_host=N` as redis-py's `unix://PATH?db=N`; others stay as they are."""
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    number = parse_qs(parts.query).get("virtual_host", ["0"])[0]
    return f"unix://{parts.path}?db={number}"
