"""The signed papers of consents. Files are kept above this floor: whoever keeps them says where each opens."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Paper:
    """An attached paper: its address, and when it was attached."""

    url: str
    at: datetime


Source = Callable[[Iterable[int]], Mapping[int, Paper]]
_sources: list[Source] = []


def papers_register(source: Source) -> None:
    """Offer the papers; `source` answers by the key of the consent, in one query."""
    if source not in _sources:
        _sources.append(source)


def papers_of(consents: Iterable[int]) -> dict[int, Paper]:
    """The papers of these consents, by the key of the consent."""
    keys = list(consents)
    return {key: paper for source in _sources for key, paper in source(keys).items()} if keys else {}
