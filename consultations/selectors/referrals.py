"""Referrals as their pages, the agenda and others show them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate

from common.russian import counted
from consultations.models import Referral
from consultations.permissions import specialists_of
from consultations.permissions_talks import TalkScope, talk_scope
from consultations.talk_words import REFERRAL, ReferralDeed, ReferralState, Seen, Specialist, Tried
from school.access import Viewer, pupils_for
from school.models import Enrolment, StaffPosition
from school.roles import Position

NAMED = "staff:"
_SPECIALIST_OF = {
    Position.PSYCHOLOGIST: Specialist.PSYCHOLOGIST,
    Position.PSYCH_HEAD: Specialist.PSYCHOLOGIST,
    Position.SOCIAL_PEDAGOGUE: Specialist.SOCIAL_PEDAGOGUE,
    Position.SPEECH_THERAPIST: Specialist.SPEECH_THERAPIST,
}


@dataclass(frozen=True)
class ReferralQuery:
    """What the list is asked for: a state (empty: all), only those that ask this person, only unread answers."""

    state: str = ""
    mine: bool = False
    unread: bool = False


@dataclass(frozen=True)
class ReferralRow:
    """A referral with what is asked about it; `waits` in words while nobody has answered."""

    referral: Referral
    seen: str
    tried: str
    to: str
    waits: str
    opens_pupil: bool
    seat: str = ""


@dataclass(frozen=True)
class ReferralRights:
    """What this person may do with a referral now."""

    takes: bool
    answers: bool
    releases: bool
    reopens: bool
    withdraws: bool
    notes: bool


def referral_list(user: Viewer, query: ReferralQuery) -> QuerySet[Referral]:
    """Visible ones that the query finds, those that wait longest first where they wait; one query when read."""
    rows = Referral.objects.visible_to(user)
    if query.state:
        rows = rows.filter(state=query.state)
    if query.mine:
        rows = rows.for_me(user)
    if query.unread:
        rows = rows.filter(unread(user))
    order = ("at", "pk") if query.state == ReferralState.NEW else ("-at", "-pk")
    return with_people(rows, user).order_by(*order)


def unread(user: Viewer) -> Q:
    """Answers that the sender has not read yet."""
    return Q(by=user.pk, state=ReferralState.ANSWERED, noted_at__isnull=True)


def with_people(rows: QuerySet[Referral], user: Viewer) -> QuerySet[Referral]:
    """With names, the pupil's class of the day, and whether the pupil's page opens to this person."""
    seats = Enrolment.objects.filter(pupil=OuterRef("pupil")).order_by("-starts")
    grade = Cast("school_class__grade", CharField())
    named = seats.annotate(named=Concat(grade, F("school_class__letter"), output_field=CharField()))
    visible = pupils_for(user).order_by().filter(pk=OuterRef("pupil"))
    related = rows.select_related("pupil", "school", "to", "taken_by", "by__staff")
    return related.annotate(seat=Subquery(named.values("named")[:1]), opens=Exists(visible))


def referral_row(referral: Referral, today: date) -> ReferralRow:
    """Of a referral that was read `with_people`; no further query."""
    return ReferralRow(
        referral=referral,
        seen="; ".join(Seen(code).label for code in referral.seen),
        tried="; ".join(Tried(code).label for code in referral.tried),
        to=referral.to.short_name if referral.to is not None else Specialist(referral.to_kind).label,
        waits=waiting_words(referral, today),
        opens_pupil=getattr(referral, "opens", False),
        seat=getattr(referral, "seat", "") or "",
    )


def waiting_words(referral: Referral, today: date) -> str:
    """«ждёт 5 дней», «с сегодня»; empty once it is answered or withdrawn."""
    if referral.state not in (ReferralState.NEW, ReferralState.TAKEN):
        return ""
    days = (today - localdate(referral.at)).days
    return f"ждёт {counted(days, 'день', 'дня', 'дней')}" if days > 0 else "с сегодня"


def referral_counts(user: Viewer, *, mine: bool) -> dict[str, int]:
    """How many there are in each state; one query."""
    rows = Referral.objects.visible_to(user)
    rows = rows.for_me(user) if mine else rows
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))


def referral_rights(user: Viewer, referral: Referral) -> ReferralRights:
    """No query but that of the person's duties."""
    scope, deeds = talk_scope(user), REFERRAL.deeds(referral.state)
    asked = _is_asked(scope, referral)
    has = scope.staff is not None and referral.taken_by_id == scope.staff
    sender = referral.by_id == user.pk
    answers = asked and (referral.state == ReferralState.NEW or has or scope.head)
    return ReferralRights(
        takes=asked and ReferralDeed.TAKE in deeds,
        answers=answers and ReferralDeed.ANSWER in deeds,
        releases=(has or scope.head) and ReferralDeed.RELEASE in deeds,
        reopens=(has or scope.head) and ReferralDeed.REOPEN in deeds,
        withdraws=sender and ReferralDeed.WITHDRAW in deeds,
        notes=sender and referral.state == ReferralState.ANSWERED and referral.noted_at is None,
    )


def _is_asked(scope: TalkScope, referral: Referral) -> bool:
    """By name, by kind; the head of the service stands in for everybody."""
    if not scope.service:
        return False
    by_name = referral.to_id is not None and referral.to_id == scope.staff
    by_kind = referral.to_id is None and referral.to_kind in scope.kinds
    return by_name or by_kind or scope.head or referral.taken_by_id == scope.staff


def specialist_choices(user: Viewer) -> list[tuple[str, str]]:
    """Kinds that the school has, then people: («psychologist», «Педагог-психолог: кто свободнее»). Two queries."""
    people = specialists_of(user)
    held = StaffPosition.objects.filter(staff__in=people, position__in=list(_SPECIALIST_OF))
    rows = held.select_related("staff").order_by("position", "staff__sort_key")
    kinds = dict.fromkeys(_SPECIALIST_OF[Position(row.position)] for row in rows)
    named = {row.staff_id: row for row in rows}
    return [
        *((kind.value, kind.label) for kind in Specialist if kind in kinds),
        *(
            (f"{NAMED}{row.staff_id}", f"{row.staff.short_name}, {row.get_position_display().lower()}")
            for row in named.values()
        ),
    ]


def chosen_specialist(user: Viewer, choice: str) -> tuple[Specialist, int | None]:
    """What a choice of `specialist_choices` means: the kind, and the person when one is named."""
    if not choice.startswith(NAMED):
        return Specialist(choice), None
    key = int(choice.removeprefix(NAMED))
    held = StaffPosition.objects.filter(staff__in=specialists_of(user), staff=key, position__in=list(_SPECIALIST_OF))
    position = held.values_list("position", flat=True).first()
    return (_SPECIALIST_OF[Position(position)] if position else Specialist.PSYCHOLOGIST), key
