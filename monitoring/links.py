"""Where the numbers of a report lead on a page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True)
class Links:
    """Addresses of the lists behind a report of one period (its primary key)."""

    period: int

    def registry(self, school_class: int | None, category: str) -> str:
        """The registry of the period, filtered."""
        chosen: dict[str, str | int] = {"period": self.period, "category": category}
        if school_class is not None:
            chosen["school_class"] = school_class
        return f"{reverse('risk_registry:list')}?{urlencode(chosen)}"

    def pupil(self, pupil: int) -> str:
        """The pupil's page."""
        return reverse("desk:pupil", args=[pupil])
