"""Which councils, petitions and questions are a person's to see: conditions for querysets (decision 0032)."""

from django.db.models import Q

from consultations.councils import LEADS, OPEN_KINDS, CouncilKind, MemberRole
from school.access import Access, Viewer, access_of, pupils_for
from school.models import Enrolment
from school.roles import Role

_NOBODY = Q(pk__in=[])
ADMINISTRATION = frozenset({Role.DIRECTOR, Role.DEPUTY})


def councils_led(user: Viewer) -> Q:
    """Councils that the person runs."""
    access = access_of(user)
    if access.school is None or access.staff is None:
        return _NOBODY
    if access.roles & ADMINISTRATION:
        return Q(school=access.school)
    own = _sits(access) & Q(members__role__in=[role.value for role in LEADS])
    return own | Q(kind=CouncilKind.PPK, school=access.school) if Role.PSYCH_HEAD in access.roles else own


def insider_of(user: Viewer, path: str = "") -> Q:
    """Councils whose sittings the person reads; `path` leads to the council («sitting__council__»)."""
    access = access_of(user)
    if access.school is None or access.staff is None:
        return _NOBODY
    if access.roles & ADMINISTRATION:
        return Q(**{f"{path}school": access.school})
    own = _sits(access, path)
    if Role.PSYCH_HEAD in access.roles:
        own |= Q(**{f"{path}kind": CouncilKind.PPK, f"{path}school": access.school})
    return own


def _sits(access: Access, path: str = "") -> Q:
    member, today = f"{path}members", access.today
    lasting = Q(**{f"{member}__ends__isnull": True}) | Q(**{f"{member}__ends__gte": today})
    return Q(**{f"{member}__staff": access.staff, f"{member}__begins__lte": today}) & lasting


def own_class(user: Viewer, path: str = "pupil") -> Q:
    """Rows about pupils of the class that the person leads today."""
    access = access_of(user)
    if access.staff is None or access.today is None or Role.CLASS_TEACHER not in access.roles:
        return _NOBODY
    led = Enrolment.objects.on(access.today).filter(school_class__class_teacher=access.staff)
    return Q(**{f"{path}__in": led.values("pupil")})


def petitions_seen(user: Viewer) -> Q:
    """Own ones (of pupils still seen), of the own class, of kinds whose council the person is in."""
    access = access_of(user)
    if access.school is None or access.staff is None:
        return _NOBODY
    if access.roles & ADMINISTRATION:
        return Q(school=access.school)
    own = Q(by=user, pupil__in=pupils_for(user).order_by().values("pk"))
    return Q(school=access.school) & (own | own_class(user) | Q(kind__in=kinds_inside(user)))


def kinds_inside(user: Viewer) -> list[str]:
    """Kinds of councils that the person is in today."""
    access = access_of(user)
    if access.roles & ADMINISTRATION and access.staff is not None:
        return CouncilKind.codes()
    return [kind for kind, _ in seats_of(user)]


def kinds_led(user: Viewer) -> list[str]:
    """Kinds of councils that the person runs today."""
    access = access_of(user)
    if access.roles & ADMINISTRATION and access.staff is not None:
        return CouncilKind.codes()
    return [kind for kind, role in seats_of(user) if role in LEADS]


def seats_of(user: Viewer) -> list[tuple[str, str]]:
    """Kinds with the person's role in each; asked once a request."""
    access = access_of(user)
    if access.school is None or access.staff is None or access.today is None:
        return []
    known: list[tuple[str, str]] | None = user.__dict__.get("_council_seats")
    if known is None:
        rows = access.staff.councils.filter(council__ended_on__isnull=True).select_related("council")
        known = [(row.council.kind, row.role) for row in rows if row.sits_on(access.today)]
        if Role.PSYCH_HEAD in access.roles:
            known.append((CouncilKind.PPK.value, MemberRole.DEPUTY.value))
        user.__dict__["_council_seats"] = known
    return known


def facts_seen(user: Viewer, kind: str, pupil: str = "pupil") -> Q:
    """Rows of which the person knows that the pupil was spoken of; `kind` is the path to the council's kind."""
    access = access_of(user)
    if access.school is None:
        return _NOBODY
    seen = Q(**{f"{pupil}__in": pupils_for(user).order_by().values("pk")})
    if access.roles & ADMINISTRATION:
        return seen
    concerned = Q(**{f"{kind}__in": OPEN_KINDS}) | own_class(user, pupil)
    if access.staff is not None:
        now = Q(ends__isnull=True) | Q(ends__gte=access.today)
        seats = access.staff.councils.filter(now, begins__lte=access.today, council__ended_on__isnull=True)
        concerned |= Q(**{f"{kind}__in": seats.values("council__kind")})
    return seen & concerned
