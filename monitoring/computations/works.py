"""P11: pupils whose external works differ from their marks."""

from decimal import Decimal
from typing import Any

from django.db.models import Avg, DecimalField, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Abs, Cast, Coalesce

from gradebook.models import AssessmentResult, Mark
from gradebook.models.procedures import OWN_KINDS
from monitoring.computations import names
from monitoring.computations.base import Reckoned, Rows, Scope

_MEAN: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=12, decimal_places=6)


def differing(scope: Scope) -> Reckoned:
    """P11: of pupils with external works of the year and marks in the same subjects, those of whom the two means are
    at least the school's `external_gap` apart; marks are weighted where the journal knows weights.
    """
    compared = scope.contingent().annotate(
        outside=Subquery(_outside(scope), output_field=_MEAN), inside=Subquery(_inside(scope), output_field=_MEAN)
    )
    of = compared.filter(outside__isnull=False, inside__isnull=False)
    apart = of.annotate(gap=Abs(F("outside") - F("inside"))).filter(gap__gte=scope.school.settings.external_gap)
    named = names.pupils(scope.day)
    return Reckoned(Rows(apart, named), Rows(of, named))


def _external(scope: Scope) -> "QuerySet[AssessmentResult]":
    rows = AssessmentResult.objects.filter(year=scope.year, mark__isnull=False, pupil=OuterRef("pk"))
    return rows.filter(procedure__date__range=scope.days_of_year).exclude(procedure__kind__in=OWN_KINDS)


def _outside(scope: Scope) -> "QuerySet[AssessmentResult, Any]":
    mean = Avg(Cast("mark", _MEAN))
    return _external(scope).order_by().values("pupil").annotate(mean=mean).values("mean")


def _inside(scope: Scope) -> "QuerySet[Mark, Any]":
    written = AssessmentResult.objects.filter(
        pupil=OuterRef("pupil"), procedure__subject=OuterRef("subject"), year=scope.year, mark__isnull=False
    )
    written = written.filter(procedure__date__range=scope.days_of_year).exclude(procedure__kind__in=OWN_KINDS)
    marks = Mark.objects.filter(Exists(written), pupil=OuterRef("pk"), date__range=scope.days_of_year)
    weight = Coalesce(F("weight"), Value(Decimal(1)), output_field=_MEAN)
    mean = Sum(F("value") * weight, output_field=_MEAN) / Sum(weight, output_field=_MEAN)
    return marks.order_by().values("pupil").annotate(mean=Cast(mean, _MEAN)).values("mean")
