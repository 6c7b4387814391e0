"""Who is changing the data. Every writing statement carries its author into the database, where history is kept.

The author is told to PostgreSQL in the statement itself (`set_config(…, true)`, which lives as long as its
transaction), so that nothing remains on a pooled connection, a rolled back savepoint takes nothing away, and a
write outside a transaction is signed too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from celery import Task
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from psycopg2.sql import Composable

_WRITES = ("insert", "update", "delete", "merge", "with", "call", "do", "/*", "--")
_UNSAFE = str.maketrans("", "", "%'\\\0")
_HEAD = 24

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Author:
    """`user_id` is asked for when something is written, not before; `source` says which page, task or command."""

    user_id: Callable[[], int | None]
    source: str


_author: ContextVar[Author | None] = ContextVar("author", default=None)


@contextmanager
def acting(user: Any, source: str = "") -> Iterator[None]:
    """Within the block changes are signed by `user` (a User, or None where no person acts).

    An empty `source` keeps that of the surrounding block.
    """
    outer = _author.get()
    key = None if user is None else user.pk
    token = _author.set(Author(lambda: key, source or (outer.source if outer else "")))
    try:
        yield
    finally:
        _author.reset(token)


def deed(service: Callable[P, R]) -> Callable[P, R]:
    """A service that is one transaction, signed by its `by` argument.

    With `by=None` (the command line) the surrounding author stays.
    """

    @wraps(service)
    def signed(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs.get("by")
        with transaction.atomic():
            if by is None:
                return service(*args, **kwargs)
            with acting(by):
                return service(*args, **kwargs)

    return signed


def sign(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An `execute_wrapper`: puts the author before a statement that may write."""
    author = _author.get()
    if author is not None:
        text = _as_text(sql, context)
        if text[:_HEAD].lstrip().lower().startswith(_WRITES):
            sql = _signature(author) + text
    return execute(sql, params, many, context)


def _as_text(sql: Any, context: dict[str, Any]) -> str:
    """The driver also takes bytes and composed statements."""
    if isinstance(sql, Composable):
        return str(sql.as_string(context["connection"].connection))
    return sql.decode() if isinstance(sql, bytes) else str(sql)


def _signature(author: Author) -> str:
    """The values are a number and a name without quotes, backslashes or percent signs."""
    source = author.source.translate(_UNSAFE)
    # Finding the user may write (an expired session is deleted): that write is nobody's.
    token = _author.set(None)
    try:
        user_id = author.user_id()
    finally:
        _author.reset(token)
    told = "" if user_id is None else int(user_id)
    return f"SELECT set_config('opora.user', '{told}', true), set_config('opora.source', '{source}', true);"


def sign_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of `connection_created`; wrappers outlive a reconnection, so it is added once."""
    if sign not in connection.execute_wrappers:
        connection.execute_wrappers.append(sign)


class AuthorshipMiddleware:
    """Changes made by a page are signed by the person who asked for it, with the name of the page's address.

    The address itself is not kept: it may hold a secret.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _author.set(_author_of(request, ""))
        try:
            return self.get_response(request)
        finally:
            _author.reset(token)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """The address is resolved by now; `__call__` takes the author away again."""
        match = request.resolver_match
        _author.set(_author_of(request, match.view_name if match else ""))


def _author_of(request: HttpRequest, source: str) -> Author:
    return Author(lambda: getattr(request, "user", None) and request.user.pk, source)


class SignedTask(Task):  # type: ignore[type-arg]
    """Base of all Celery tasks: changes name the task; whoever runs a person's job adds `acting(person)`."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with acting(None, str(self.name)):
            return super().__call__(*args, **kwargs)
