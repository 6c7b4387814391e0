"""Who does what with councils. What of them is seen: `permissions_seen_councils`."""

from consultations.councils import CouncilKind
from consultations.models import Council, CouncilDecision, MediationCase, Petition
from consultations.permissions_seen_councils import ADMINISTRATION, kinds_inside, kinds_led
from school.access import Viewer, access_of
from school.roles import Role

_STRANGERS = frozenset({Role.MUNICIPAL, Role.ADMINISTRATOR})


def can_see_councils(user: Viewer) -> bool:
    """Which councils there are, who sits in them and when: everybody who works with pupils."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles - _STRANGERS)


def can_found_councils(user: Viewer) -> bool:
    """Councils are made by the director's order: the director and the deputy write it down."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & ADMINISTRATION)


def leads_council(user: Viewer, council: Council) -> bool:
    """Plan sittings, keep the protocol: chair, deputy, secretary, the administration."""
    return Council.objects.led(user).filter(pk=council.pk).exists()


def sits_in(user: Viewer, council: Council) -> bool:
    """Read agenda and protocols."""
    return Council.objects.inside(user).filter(pk=council.pk).exists()


def can_petition(user: Viewer) -> bool:
    """Whoever works with pupils may ask a council about those whom they see."""
    return can_see_councils(user)


def can_change_petition(user: Viewer, petition: Petition) -> bool:
    """Whoever wrote it, and those who run the council."""
    access = access_of(user)
    own = petition.by_id == user.pk and access.school is not None and access.school.pk == petition.school_id
    return own or can_decline_petition(user, petition)


def can_decline_petition(user: Viewer, petition: Petition) -> bool:
    """Those who run a council of its kind."""
    access = access_of(user)
    return access.school is not None and access.school.pk == petition.school_id and petition.kind in kinds_led(user)


def can_answer_decision(user: Viewer, decision: CouncilDecision) -> bool:
    """Say what became of it: whoever answers for it, and those who run the council."""
    access = access_of(user)
    if access.staff is not None and decision.responsible_id == access.staff.pk:
        return True
    return leads_council(user, decision.question.sitting.council)


def can_keep_pmpk(user: Viewer) -> bool:
    """The journal of referrals: those who run the ППк."""
    return can_see_councils(user) and CouncilKind.PPK in kinds_led(user)


def can_see_pmpk(user: Viewer) -> bool:
    """Members of the ППк, and class teachers (each the own class)."""
    access = access_of(user)
    if not can_see_councils(user):
        return False
    return Role.CLASS_TEACHER in access.roles or CouncilKind.PPK in kinds_inside(user)


def can_see_cases(user: Viewer) -> bool:
    """Members of the service of mediation, the administration, class teachers (each the own class)."""
    access = access_of(user)
    if not can_see_councils(user):
        return False
    return Role.CLASS_TEACHER in access.roles or CouncilKind.MEDIATION in kinds_inside(user)


def mediates(user: Viewer, council: Council) -> bool:
    """A member of the service: the course of its cases is read and written by members alone."""
    access = access_of(user)
    if access.staff is None or access.today is None or access.school is None:
        return False
    rows = council.members.filter(staff=access.staff, council__school=access.school)
    return any(row.sits_on(access.today) for row in rows)


def can_change_case(user: Viewer, case: MediationCase) -> bool:
    """The service's members."""
    return mediates(user, case.council)
