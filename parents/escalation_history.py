"""What a pupil's common history leaves to the pages of decisions about families."""

from django.db.models import Q

from parents.models import FamilyCase, FamilyFact, FamilyStep
from school.models import Pupil

_TABLES = (FamilyCase, FamilyFact, FamilyStep)


def of_family_cases(pupil: Pupil) -> Q:
    """Whoever sees a pupil need not know that there is a case about the parents."""
    return Q(table__in=[model._meta.db_table for model in _TABLES])
