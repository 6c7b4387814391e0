"""How the log calls the words of councils, and what a pupil's common history leaves to their own pages."""

from django.db.models import Q

from consultations.models import (
    CaseParty,
    Conclusion,
    ConclusionWords,
    CouncilDecision,
    Petition,
    PetitionWords,
    PmpkReferral,
    QuestionWords,
    SittingQuestion,
)
from school.models import Pupil
from school.restricted import restricted_kind

COUNCIL = restricted_kind("council", "материалы консилиума и советов")
MEDIATION = restricted_kind("mediation", "материалы службы медиации")
PMPK = restricted_kind("pmpk", "направления на ПМПК")

_TABLES = (
    Petition,
    PetitionWords,
    SittingQuestion,
    QuestionWords,
    CouncilDecision,
    Conclusion,
    ConclusionWords,
    PmpkReferral,
    CaseParty,
)


def of_councils(pupil: Pupil) -> Q:
    """Events of councils: whoever sees a pupil need not know that a council has spoken of the pupil."""
    return Q(table__in=[model._meta.db_table for model in _TABLES])
