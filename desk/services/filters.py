"""Lists as a person filtered them, kept under names of their own."""

from django.db import IntegrityError, transaction
from django.http import QueryDict

from common.errors import Refused
from desk.models import FilteredPage, SavedFilter
from school.models import User

MOST = 20
LONGEST = 500  # as the column
# What says where in the list one stands, or of which period it is: a kept list opens on the present one.
_PASSING = ("page", "pick", "period", "plain", "seen")


def tidy_query(query: str) -> str:
    """The filter alone, its parts in one order; the form in which queries are kept and compared."""
    given = QueryDict(query)
    told = QueryDict(mutable=True)
    for name in sorted(given):
        values = [value for value in given.getlist(name) if value and "\0" not in value]
        if name not in _PASSING and values:
            told.setlist(name, values)
    return told.urlencode()


def filter_save(*, by: User, page: str, name: str, query: str, default: bool = False) -> SavedFilter:
    """Keep the filter; the same name again replaces what stood under it. Raises `Refused`."""
    tidy = tidy_query(query)
    if page not in FilteredPage.values or not tidy or len(tidy) > LONGEST:
        raise Refused("Здесь нечего запоминать: сначала выберите, что показать.")
    if not name.strip():
        raise Refused("Назовите отбор.")
    mine = SavedFilter.objects.filter(user=by, page=page)
    with transaction.atomic():
        if mine.exclude(name=name.strip()).count() >= MOST:
            raise Refused(f"Больше {MOST} отборов на странице не запомнить: удалите лишние.")
        if default:
            mine.update(is_default=False)
        kept, _ = SavedFilter.objects.update_or_create(
            user=by, page=page, name=name.strip(), defaults={"query": tidy, "is_default": default}
        )
    return kept


def filter_change(*, by: User, kept: SavedFilter, name: str, default: bool) -> None:
    """Another name, and whether the page opens with it. Raises `Refused` for a name that is taken."""
    if not name.strip():
        raise Refused("Назовите отбор.")
    mine = SavedFilter.objects.filter(user=by, page=kept.page)
    try:
        with transaction.atomic():
            if default:
                mine.exclude(pk=kept.pk).update(is_default=False)
            mine.filter(pk=kept.pk).update(name=name.strip(), is_default=default)
    except IntegrityError:
        raise Refused(f"Отбор «{name.strip()}» на этой странице уже есть.") from None


def filter_remove(*, by: User, kept: SavedFilter) -> None:
    """Forget the filter."""
    SavedFilter.objects.filter(user=by, pk=kept.pk).delete()
