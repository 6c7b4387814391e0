"""What stands in the navigation. Each app adds its entries in `AppConfig.ready()`; the frame shows those allowed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import TextChoices
from django.urls import get_script_prefix, reverse

from school.models import User


class Section(TextChoices):
    """The groups of the navigation, in their order; the first has no heading."""

    MAIN = "main", ""
    HELP = "help", "Помощь"
    SERVICE = "service", "Специалисты"
    PARENTS = "parents", "Родители"
    TEACHERS = "teachers", "Педагоги"
    PROGRAM = "program", "Программа"
    RESULTS = "results", "Итоги"
    DATA = "data", "Данные"
    SCHOOL = "school", "Школа"


# What is looked up least comes first. These fold, one after another, until the rest fits on a screen.
_FOLDED = (
    Section.SCHOOL,
    Section.DATA,
    Section.TEACHERS,
    Section.PARENTS,
    Section.SERVICE,
    Section.RESULTS,
    Section.PROGRAM,
)
_FIT = 18  # links, in a window 800 px high


@dataclass(frozen=True)
class NavItem:
    """One entry. `allowed` decides who sees it; `count`, at most one query, is the number shown beside it.

    `key` is the letter that opens it after «П» («перейти»); letters are those of the Russian keyboard, each once.
    `also` are further pages that belong to it though their addresses begin otherwise.
    """

    title: str
    url_name: str
    section: Section
    order: int
    allowed: Callable[[User], bool]
    count: Callable[[User], int] | None = None
    key: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavLink:
    """An entry as it is shown to one person on one page."""

    title: str
    url: str
    current: bool
    count: int | None
    key: str = ""

    @property
    def code(self) -> str:
        """The key as the browser names it, whatever the keyboard's layout."""
        return code_of(self.key)


@dataclass(frozen=True)
class NavGroup:
    """A section with what the person may open in it. One that `folds` is seldom needed: it opens on a click."""

    key: str
    title: str
    links: tuple[NavLink, ...]
    folds: bool

    @property
    def current(self) -> bool:
        """Whether the page that is shown belongs to it."""
        return any(link.current for link in self.links)


# The Russian layout in the order of the Latin one beneath it.
_LETTERS = dict(zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True))
_items: dict[str, NavItem] = {}
_search: list[str] = []


def nav_register(*items: NavItem) -> None:
    """Add entries; an entry is known by its address, so registering it again replaces it."""
    for item in items:
        _items[item.url_name] = item


def search_register(url_name: str) -> None:
    """Name the page that answers `?q=`; without one the frame shows no search box."""
    _search[:] = [url_name]


def search_url() -> str:
    """Where the search box leads; empty when nothing answers it."""
    return _address(_search[0]) if _search else ""


def nav_for(user: User, path: str, *, counts: bool = True) -> list[NavGroup]:
    """The sections this person may open, the entry of `path` marked as current; empty sections are left out."""
    allowed = sorted((item for item in _items.values() if item.allowed(user)), key=lambda item: item.order)
    urls = {item.url_name: _address(item.url_name) for item in allowed}
    roots = {_address(name): urls[item.url_name] for item in allowed for name in (item.url_name, *item.also)}
    here = roots.get(_current(roots, path), "")
    folded = _folded(allowed)
    groups = []
    for section in Section:
        mine = [item for item in allowed if item.section == section]
        if mine:
            links = tuple(_link(item, urls[item.url_name], here, user if counts else None) for item in mine)
            groups.append(NavGroup(section.value, section.label, links, section in folded))
    return groups


def _address(url_name: str) -> str:
    return _known_address(url_name, get_script_prefix())


@cache
def _known_address(url_name: str, prefix: str) -> str:
    """Every page names every entry: to work out a hundred addresses takes longer than the rest of the frame."""
    return reverse(url_name)


def _folded(items: list[NavItem]) -> set[Section]:
    folded: set[Section] = set()
    for section in _FOLDED:
        if sum(item.section not in folded for item in items) <= _FIT:
            break
        folded.add(section)
    return folded


def code_of(letter: str) -> str:
    """«KeyH» for «Р»; empty for none."""
    return f"Key{_LETTERS[letter]}" if letter else ""


def _link(item: NavItem, url: str, here: str, counted_for: User | None) -> NavLink:
    count = item.count(counted_for) if item.count is not None and counted_for is not None else None
    return NavLink(item.title, url, url == here, count, item.key)


def _current(urls: Iterable[str], path: str) -> str:
    """The longest address that the path begins with; the start page only when it is the page itself."""
    inside = [url for url in urls if url == path or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")
