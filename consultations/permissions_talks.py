"""Who reads and writes referrals, advice, notes and plans. Names roles; knows no tables of this app.

Its models ask it, so that every read begins with what is said here.
"""

from dataclasses import dataclass, field
from datetime import date

from school.access import Viewer, access_of
from school.models import Pupil
from school.permissions import leads_class_of
from school.roles import Role

_SERVICE = frozenset({Role.PSYCHOLOGIST, Role.PSYCH_HEAD, Role.SOCIAL_PEDAGOGUE, Role.SPEECH_THERAPIST})
_STRANGERS = frozenset({Role.MUNICIPAL, Role.ADMINISTRATOR})
# Which requests without a name are whose: the head of the psychologists takes theirs too.
_ANSWERS = {
    Role.PSYCHOLOGIST: ("psychologist",),
    Role.PSYCH_HEAD: ("psychologist", "social_pedagogue", "speech_therapist"),
    Role.SOCIAL_PEDAGOGUE: ("social_pedagogue",),
    Role.SPEECH_THERAPIST: ("speech_therapist",),
}


@dataclass(frozen=True)
class TalkScope:
    """What of the service's writings is a person's own. `kinds`: codes of specialists for whom they answer."""

    school: int | None = None
    staff: int | None = None
    service: bool = False
    head: bool = False
    deputy: bool = False
    leads: bool = False
    writes: bool = False
    kinds: tuple[str, ...] = ()
    roles: frozenset[Role] = field(default_factory=frozenset)
    today: date | None = None

    @property
    def whole(self) -> bool:
        """Whether they see every pupil as one of the service."""
        return self.service and bool(self.roles - {Role.SPEECH_THERAPIST} & _SERVICE)

    @property
    def teaches(self) -> bool:
        """Whether they teach anybody."""
        return Role.SUBJECT_TEACHER in self.roles


def talk_scope(user: Viewer) -> TalkScope:
    """Asked once a page; nothing for strangers, municipalities and the administrator of the machine."""
    access = access_of(user)
    if access.school is None or access.staff is None or not access.roles - _STRANGERS:
        return TalkScope()
    return TalkScope(
        school=access.school.pk,
        staff=access.staff.pk,
        service=bool(access.roles & _SERVICE),
        head=Role.PSYCH_HEAD in access.roles,
        deputy=Role.DEPUTY in access.roles,
        leads=Role.CLASS_TEACHER in access.roles,
        writes=True,
        kinds=tuple(kind for role in access.roles for kind in _ANSWERS.get(role, ())),
        roles=access.roles,
        today=access.today,
    )


def can_see_referrals(user: Viewer) -> bool:
    """Whoever works in the school may ask the service for help, and sees what became of it."""
    return talk_scope(user).writes


def is_of_service(user: Viewer) -> bool:
    """Psychologists, their head, the social pedagogue, the speech therapist."""
    return talk_scope(user).service


def heads_notes(user: Viewer) -> bool:
    """The head of the service keeps the rule of notes and opens one with grounds."""
    return talk_scope(user).head


def can_advise(user: Viewer) -> bool:
    """Recommendations are written by the service."""
    return is_of_service(user)


def is_addressed(user: Viewer, pupil: Pupil, audience: str) -> bool:
    """Whether a recommendation about a visible pupil is meant for this person: the class teacher, other teachers."""
    if audience != "teachers" and leads_class_of(user, pupil):
        return True
    return audience != "leader" and talk_scope(user).teaches
