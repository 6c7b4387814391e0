"""Where the numbers of a report lead on a page."""

from dataclasses import dataclass

from django.urls import reverse

from risk_registry.links import categories_link


@dataclass(frozen=True)
class Links:
    """Addresses of the lists behind a report of one period (its primary key)."""

    period: int

    def registry(self, school_class: int | None, category: str) -> str:
        """Who is in a category, in the school or in a class."""
        return categories_link(period=self.period, cls=school_class, category=category)

    def pupil(self, pupil: int) -> str:
        """The pupil's page."""
        return reverse("desk:pupil", args=[pupil])
