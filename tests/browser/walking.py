"""Where links lead a person, and of what each page is made; a browser need only look at what is new."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

# Files, and what belongs to the browser or to the person rather than to us.
NOT_A_PAGE = re.compile(r"/(?:static|logout|sessions|files)\b|/export|\.ics(?:\?|$)|/rejected/|/councils/registers/")
_VOID = {"input", "br", "hr", "img", "link", "meta", "wbr", "col", "source"}
Part = tuple[str, ...]


@dataclass(frozen=True)
class Visited:
    """An address with the answer's code, its kind, what its main part is made of, and the cells of its widest row."""

    address: str
    code: int
    kind: str
    parts: frozenset[Part]
    columns: int


@dataclass
class _Reader(HTMLParser):
    """Links of a page; of its `<main>` each element with its class and that of its parent."""

    links: list[str] = field(default_factory=list)
    parts: set[Part] = field(default_factory=set)
    columns: int = 0
    _open: list[str] = field(default_factory=list)
    _cells: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the link and the element."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith("/"):
            self.links.append(told["href"].partition("#")[0])
        name = f"{tag}.{told.get('class', '')}.{told.get('type', '')}"
        if self._open or tag == "main":
            self.parts.add((self._open[-1] if self._open else "", name))
            self._cells += tag in ("th", "td")
            if tag not in _VOID:
                self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those within it whose end may be left out."""
        if tag == "tr":
            self.columns, self._cells = max(self.columns, self._cells), 0
        places = [place for place, name in enumerate(self._open) if name.startswith(f"{tag}.")]
        if places:
            del self._open[places[-1] :]


def kind_of(address: str) -> str:
    """Pages that differ in what they are about, but not in how they are made."""
    return re.sub(r"[0-9a-f-]{36}|\d+", "N", address.partition("?")[0])


Fetch = Callable[[str], tuple[int, str]]


def fetched_by(client: Client) -> Fetch:
    """How a walk without a browser gets a page: its code and its text."""

    def fetch(address: str) -> tuple[int, str]:
        answer = client.get(address, follow=True)
        return answer.status_code, answer.content.decode()

    return fetch


@dataclass
class Seen:
    """What was looked at: kinds of pages with their widest table, and parts of any page."""

    widest: dict[str, int] = field(default_factory=dict)
    parts: set[Part] = field(default_factory=set)

    def lacks(self, page: Visited) -> bool:
        """Whether some part of the page was on no page before."""
        return not page.parts <= self.parts

    def adds(self, page: Visited) -> bool:
        """Whether the page has something new; from now on it is seen."""
        known = self.widest.get(page.kind, -1)
        new = page.columns > known or self.lacks(page)
        self.widest[page.kind] = max(known, page.columns)
        self.parts |= page.parts
        return new


def walk(fetch: Fetch) -> Iterator[Visited]:
    """Go from the first page wherever links lead, to one page of each kind."""
    queue, kinds = ["/"], set[str]()
    while queue:
        address = queue.pop(0)
        kind = kind_of(address)
        if kind in kinds or NOT_A_PAGE.search(address):
            continue
        kinds.add(kind)
        code, text = fetch(address)
        reader = _Reader()
        reader.feed(text)
        yield Visited(address, code, kind, frozenset(reader.parts), reader.columns)
        queue += reader.links
