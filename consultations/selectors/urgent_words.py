"""The circumstances of an urgent meeting: read here alone, past the log (docs/decisions/0031-service.md)."""

from django.db import transaction

from consultations.models import UrgentGrounds
from school.models import User
from school.restricted import restricted_kind
from school.services.reading import log_reading

URGENT_WORDS = restricted_kind("urgent_words", "обстоятельства срочной встречи")


@transaction.atomic
def urgent_words(user: User, urgent: UrgentGrounds) -> str:
    """The words; that they were read stands in the log in the same transaction. Whoever asks has been let to."""
    log_reading(by=user, pupils=urgent.appointment.pupils.values_list("pupil", flat=True), what=URGENT_WORDS)
    return UrgentGrounds.objects.values_list("words", flat=True).get(pk=urgent.pk)
