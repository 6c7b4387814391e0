"""List pages as a logged-in deputy opens them, through the whole stack: queries by length, processor time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from bench.data import autumn_school, deputy_of, fill_lists
from bench.figures import Figure, cpu_ratio
from school.models import School
from school.services.visits import visit_note

SIZES = (1, 50, 2000)
MOST_ROWS = 200
LAST_VISIT = timedelta(days=200)  # before everything that «После вашего визита» may tell of
PAGES: dict[str, str] = {
    "реестр": "registry:list",
    "категории": "registry:categories",
    "сигналы": "registry:signals",
    "включить в реестр": "registry:include",
    "ученики": "school:pupils",
    "классы": "school:classes",
    "сотрудники": "school:staff",
    "предметы": "school:subjects",
    "логины": "school:logins",
    "учебные годы": "school:years",
    "загрузки": "gradebook:imports",
    "отчёты": "monitoring:list",
    "фоновая работа": "documents:jobs",
    "поиск": "desk:search",
    "пропуски": "desk:missed",
    "после вашего визита": "desk:since",
}
# No lists, but as long as the school is large: what sums it up.
SUMMARIES = {"рабочий стол": "start", "калибровка": "registry:calibration"}
ASKED = {"desk:search": "?q=а", "registry:include": "?text=а"}


@dataclass(frozen=True)
class Measured:
    """One page: its queries at each size, its processor time over that of an empty view at the largest."""

    title: str
    queries: tuple[int, ...]
    cost: float

    @property
    def grows(self) -> bool:
        """Whether the number of queries depends on the number of pupils."""
        return len(set(self.queries)) > 1

    def __str__(self) -> str:
        counts = "/".join(map(str, self.queries)) if self.grows else str(self.queries[0])
        return f"{self.title} {counts} ({self.cost:.0f} ×)"


def run(sizes: Sequence[int] = SIZES, times: int = 7) -> list[Figure]:
    """Over all list pages: the most queries, how many pages grow, the dearest page; and the pages that sum up."""
    with override_settings(**stack()):
        clients = [_client(size) for size in sizes]
        pages = [_measure(title, name, clients, times) for title, name in PAGES.items()]
        summaries = [_measure(title, name, clients, times) for title, name in SUMMARIES.items()]
    return [*list_figures(pages), summary_figure(summaries)]


def list_figures(pages: Sequence[Measured]) -> list[Figure]:
    """The worst of each, every page named."""
    most = max(max(page.queries) for page in pages)
    dearest = max(pages, key=lambda page: page.cost)
    grow = [str(page) for page in pages if page.grows]
    told = ", ".join(map(str, sorted(pages, key=lambda page: -page.cost)))
    return [
        Figure("lists.queries", most, 8, "lower", "queries", told),
        Figure("lists.growing", len(grow), 0, "lower", "pages", ", ".join(grow) or "1, 50 and 2 000 pupils: equal"),
        Figure("lists.cpu", dearest.cost, 40, "lower", "×", f"{dearest.title}, of {len(pages)} pages"),
    ]


def summary_figure(pages: Sequence[Measured]) -> Figure:
    """The most queries of a page that sums the school up; its goal is that of the pupil's page."""
    return Figure(
        "lists.summaries", max(max(page.queries) for page in pages), 20, "lower", "queries", ", ".join(map(str, pages))
    )


def stack() -> dict[str, Any]:
    """The settings of a running school, but for collected static files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    return {"ROOT_URLCONF": "bench.urls", "DEBUG": False, "STORAGES": storages, "WHITENOISE_AUTOREFRESH": True}


def _client(pupils: int) -> Client:
    school: School = autumn_school(pupils)
    fill_lists(school, min(pupils, MOST_ROWS))
    client, deputy = Client(SERVER_NAME="localhost"), deputy_of(school)
    visit_note(by=deputy, at=timezone.now() - LAST_VISIT)
    client.force_login(deputy)
    return client


def _measure(title: str, name: str, clients: Sequence[Client], times: int) -> Measured:
    address = reverse(name) + ASKED.get(name, "")
    queries = tuple(number for client in clients if (number := _queries(client, address)))
    largest = clients[-1]
    cost = cpu_ratio(_visit(largest, address), _visit(largest, "/bench-empty/"), times=times)
    return Measured(title, queries, cost)


def _visit(client: Client, address: str) -> Callable[[], object]:
    return partial(_get, client, address)


def _get(client: Client, address: str) -> int:
    status = client.get(address).status_code
    if status not in (200, 302):
        raise AssertionError(f"{address}: {status}")
    return status


def _queries(client: Client, address: str) -> int:
    """How many queries the page takes; 0 where there is no list: a search that finds one pupil leads to the pupil.

    The fewest of two visits: once a minute a visit also touches the session.
    """
    return min(_counted(client, address) for _ in range(2))


def _counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        status = _get(client, address)
    return 0 if status == 302 else len(caught)
