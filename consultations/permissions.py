"""Who of the school is the service, and who does what with its hours and meetings."""

from django.db.models import Q, QuerySet

from consultations.models import Appointment, UrgentGrounds
from school.access import Viewer, access_of, pupils_for
from school.models import Pupil, Staff, StaffPosition
from school.roles import Position, Role

SPECIALISTS = frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD, Role.SOCIAL_PEDAGOGUE, Role.SPEECH_THERAPIST})
SERVICE_POSITIONS = (
    Position.PSYCHOLOGIST,
    Position.PSYCH_HEAD,
    Position.SOCIAL_PEDAGOGUE,
    Position.SPEECH_THERAPIST,
)
_KEEPERS = frozenset({Role.PSYCH_HEAD, Role.DEPUTY, Role.DIRECTOR})
_STRANGERS = frozenset({Role.MUNICIPAL, Role.ADMINISTRATOR})


def can_see_schedule(user: Viewer) -> bool:
    """When specialists receive names no pupil: everybody who has a duty in the school."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - {Role.MUNICIPAL})


def is_specialist(user: Viewer) -> bool:
    """Whether the person has hours of their own."""
    access = access_of(user)
    return access.staff is not None and bool(access.roles & SPECIALISTS)


def heads_service(user: Viewer) -> bool:
    """The head of the psychological service."""
    access = access_of(user)
    return access.staff is not None and Role.PSYCH_HEAD in access.roles


def specialists_of(user: Viewer) -> QuerySet[Staff]:
    """Whom of the school one may book: those who hold such a position today."""
    access = access_of(user)
    if access.school is None or access.today is None or not can_see_schedule(user):
        return Staff.objects.none()
    begun = Q(positions__starts__isnull=True) | Q(positions__starts__lte=access.today)
    lasting = Q(positions__ends__isnull=True) | Q(positions__ends__gte=access.today)
    present = Q(left_on__isnull=True) | Q(left_on__gte=access.today)
    held = Staff.objects.filter(
        begun, lasting, present, school=access.school, positions__position__in=SERVICE_POSITIONS
    )
    return Staff.objects.filter(pk__in=held.values("pk"))


def can_keep_hours(user: Viewer, specialist: Staff) -> bool:
    """Hours and exceptions: the specialist's own, and all for the service's head, the deputy and the director."""
    access = access_of(user)
    if access.school is None or access.staff is None or access.school.pk != specialist.school_id:
        return False
    return bool(access.roles & _KEEPERS) or (access.staff.pk == specialist.pk and is_specialist(user))


def can_book(user: Viewer) -> bool:
    """Whoever works with pupils books meetings of those whom they see."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles - _STRANGERS)


def pupils_to_book(user: Viewer) -> QuerySet[Pupil]:
    """Whom the person may bring to a specialist."""
    return pupils_for(user) if can_book(user) else Pupil.objects.none()


def can_change_meeting(user: Viewer, meeting: Appointment) -> bool:
    """Move and cancel: the specialist, whoever booked it, and those who keep all hours."""
    access = access_of(user)
    if access.school is None or access.staff is None or access.school.pk != meeting.school_id:
        return False
    own = access.staff.pk == meeting.specialist_id or meeting.booked_by_id == user.pk
    return own or bool(access.roles & _KEEPERS)


def can_record_meeting(user: Viewer, meeting: Appointment) -> bool:
    """Whether it took place and who came: the specialist, and the service's head for a colleague."""
    access = access_of(user)
    if access.school is None or access.staff is None or access.school.pk != meeting.school_id:
        return False
    return access.staff.pk == meeting.specialist_id or heads_service(user)


def is_service(user: Viewer) -> bool:
    """The service itself: told of what kind a meeting is."""
    access = access_of(user)
    return access.staff is not None and bool(access.roles & SPECIALISTS)


def knows_kind(user: Viewer, meeting: Appointment) -> bool:
    """Of what kind a meeting is: the service, whoever booked it, the colleague whom it is with."""
    access = access_of(user)
    own = access.staff is not None and meeting.colleague_id == access.staff.pk
    return is_service(user) or own or meeting.booked_by_id == user.pk


def can_see_urgent(user: Viewer) -> bool:
    """That meetings took place without a consent, and on which ground."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _KEEPERS)


def can_read_urgent(user: Viewer, urgent: UrgentGrounds) -> bool:
    """The circumstances: who wrote them, the specialist of the meeting, the head of the service."""
    access = access_of(user)
    if access.school is None or access.staff is None or access.school.pk != urgent.appointment.school_id:
        return False
    return urgent.by_id == user.pk or urgent.appointment.specialist_id == access.staff.pk or heads_service(user)


def can_note_urgent(user: Viewer) -> bool:
    """The head of the service takes note; where there is none today, the deputy or the director."""
    if heads_service(user):
        return True
    return can_see_urgent(user) and not heads_now(user).exists()


def heads_now(user: Viewer) -> QuerySet[Staff]:
    """Who heads the service of the person's school today; usually one, perhaps nobody."""
    return specialists_of(user).filter(_holds_now(user, Position.PSYCH_HEAD))


def can_keep_all_hours(user: Viewer) -> bool:
    """Hours of every specialist."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _KEEPERS)


def can_open_hours(user: Viewer) -> bool:
    """The page of hours: of one's own or of all."""
    return is_specialist(user) or can_keep_all_hours(user)


def _holds_now(user: Viewer, position: Position) -> Q:
    today = access_of(user).today
    held = StaffPosition.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=today), Q(ends__isnull=True) | Q(ends__gte=today), position=position
    )
    return Q(pk__in=held.values("staff"))
