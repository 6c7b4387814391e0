"""Where links lead a person, and of what each page is made; a browser need only look at what is new."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

# Files, and what belongs to the browser or to the person rather than to us.
NOT_A_PAGE = re.compile(r"/(?:static|logout|sessions|files)\b|/export|\.ics(?:\?|$)|/rejected/|/councils/registers/")
_VOID = {"input", "br", "hr", "img", "link", "meta", "wbr", "col", "source"}
_NOT_WORDS = ("script.", "style.", "svg.")
# What a script or htmx hangs on.
_BEHAVIOUR = ("data-", "hx-")
Part = tuple[str, ...]


@dataclass(frozen=True)
class Visited:
    """An address with the answer's code, its kind, what its main part is made of, and the words there."""

    address: str
    code: int
    kind: str
    parts: frozenset[Part]
    words: str


@dataclass
class _Reader(HTMLParser):
    """Links of a page; of its `<main>` the words and the parts.

    A part is an element (class, type, behaviour) with its parent, a row's number of cells, or a table's headings.
    """

    links: list[str] = field(default_factory=list)
    parts: set[Part] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _headings: list[str] = field(default_factory=list)
    _cells: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the link and the element."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith("/"):
            self.links.append(told["href"].partition("#")[0])
        behaviour = " ".join(sorted(name for name in told if name.startswith(_BEHAVIOUR)))
        name = f"{tag}.{told.get('class', '')}.{told.get('type', '')}.{behaviour}"
        if self._open or tag == "main":
            self.parts.add((self._open[-1] if self._open else "", name))
            self._cells += int(told.get("colspan") or 1) if tag in ("th", "td") else 0
            if tag not in _VOID:
                self._open.append(name)

    def handle_data(self, data: str) -> None:
        """Note what is there to be read, and in which heading."""
        if not self._open or self._open[-1].startswith(_NOT_WORDS) or not data.strip():
            return
        self.words.append(data)
        if any(name.startswith("thead.") for name in self._open):
            self._headings.append(" ".join(data.split()))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those within it whose end may be left out."""
        if tag == "tr" and self._open:
            self.parts.add(("tr", str(self._cells)))
            self._cells = 0
        if tag == "thead":
            self.parts.add(("thead", *self._headings))
            self._headings.clear()
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
    """What was looked at in the browser: parts of any page, and kinds of pages that links led to."""

    kinds: set[str] = field(default_factory=set)
    parts: set[Part] = field(default_factory=set)

    def adds(self, page: Visited) -> bool:
        """Whether the page has some part that no page before had; from now on it is seen."""
        new = not page.parts <= self.parts
        self.kinds.add(page.kind)
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
        yield Visited(address, code, kind, frozenset(reader.parts), "\n".join(reader.words))
        queue += reader.links
