"""What a pupil's common history leaves out: that a teacher asked for help, that somebody of the service wrote a note.

Both tell their way on pages of their own, to those who may know of them.
"""

from django.db.models import Q

from consultations.models import ConfidentialNote, NoteShare, Referral
from school.models import Pupil

_TABLES = [model._meta.db_table for model in (Referral, ConfidentialNote, NoteShare)]


def of_the_service(pupil: Pupil) -> Q:
    """Events of those tables, whoever the pupil is."""
    return Q(table__in=_TABLES)
