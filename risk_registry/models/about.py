"""What rows about pupils have in common."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.db.models import Case, IntegerField, Value, When

from school.access import Viewer, pupils_for
from school.models import Period

RowT = TypeVar("RowT", bound=models.Model)


def rank(column: str, words: Iterable[str]) -> Case:
    """Orders by the place of the column's value among the words: failing before weak, proposed before agreed."""
    whens = [When(**{column: word}, then=Value(place)) for place, word in enumerate(words)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


class AboutPupilsQuerySet(models.QuerySet[RowT]):
    """Rows about pupils; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "AboutPupilsQuerySet[RowT]":
        """Rows about those pupils whom this person may see."""
        return self.filter(pupil__in=pupils_for(user).order_by().values("pk"))

    def in_period(self, period: Period) -> "AboutPupilsQuerySet[RowT]":
        """Rows of one period of the school's main system."""
        return self.filter(period=period)
