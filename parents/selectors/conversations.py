"""The journal of talks with parents as lists, pages and papers show it; what its form offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, Q, QuerySet, Subquery

from common.names import name_key
from iom.selectors.work import of_class, seat_on
from parents.models import Conversation
from parents.words import Channel
from school.access import Viewer
from school.guardian_words import Telling
from school.models import Guardian, Guardianship, Pupil, User
from school.selectors_guardians import TellingWords, telling_words

_PHRASES = 4
LATE, OPEN = "late", "open"


@dataclass(frozen=True)
class ConversationQuery:
    """What the journal is asked for; empty means any. `kind`: «open» agreements that wait, «late» past their day."""

    today: date
    begins: date | None = None
    ends: date | None = None
    teacher: int | None = None
    school_class: int | None = None
    pupil: int | None = None
    pupils: Sequence[int] | None = None
    channel: str = ""
    kind: str = ""
    text: str = ""


def conversations(user: Viewer | None, query: ConversationQuery) -> QuerySet[Conversation]:
    """Standing records that the query finds, the newest first, with `seat`; None for the command line. Two queries."""
    rows = Conversation.objects.all() if user is None else Conversation.objects.visible_to(user)
    rows = rows.filter(_found(query), withdrawn_at__isnull=True)
    if query.school_class is not None:
        rows = rows.filter(Exists(of_class("pupil", "on", query.school_class)))
    ordered = rows.select_related("pupil", "guardian", "by__staff", "school").order_by("-on", "-pk")
    return ordered.annotate(seat=Subquery(seat_on("pupil", "on"))).prefetch_related("pupil__guardianships")


def _found(query: ConversationQuery) -> Q:
    wanted = {
        "on__gte": query.begins,
        "on__lte": query.ends,
        "by": query.teacher,
        "pupil": query.pupil,
        "pupil__in": query.pupils,
        "channel": query.channel or None,
        "pupil__sort_key__startswith": name_key(query.text) if query.text else None,
    }
    found = Q(**{name: value for name, value in wanted.items() if value is not None})
    if query.kind == LATE:
        found &= Q(kept_on__isnull=True, due__lt=query.today)
    return found & Q(kept_on__isnull=True, due__isnull=False) if query.kind == OPEN else found


@dataclass(frozen=True)
class Partner:
    """With whom one may have spoken: «мать, Анна П.» on a button."""

    guardian: Guardian
    short: str
    telling: TellingWords

    @property
    def key(self) -> int:
        """Of the guardian."""
        return self.guardian.pk

    @property
    def full(self) -> str:
        """«Ковтун Ирина Львовна»."""
        return self.guardian.full_name

    @property
    def told(self) -> bool:
        """Whether this person may be told anything of the child today."""
        return self.telling.telling != Telling.NONE

    @property
    def limited(self) -> bool:
        """Whether only some things may be told."""
        return self.telling.telling == Telling.SCHOOL


def partners_of(pupil: Pupil, user: User | None = None) -> list[Partner]:
    """The pupil's guardians; those who may be told nothing come last. One query, more only where there is a limit.

    The ground of a limit is told to `user`, where they may read it.
    """
    rows = Guardianship.objects.filter(pupil=pupil).select_related("guardian").order_by("relation", "pk")
    ties = list(rows)
    told = telling_words(user, pupil, ties)
    found = [
        Partner(one.guardian, f"{one.get_relation_display()}, {one.guardian.first_name}", told[one.guardian_id])
        for one in ties
    ]
    return sorted(found, key=lambda one: not one.told)


def channels_for(partners: Sequence[Partner]) -> list[tuple[str, str]]:
    """All channels; first those by which these people want to be reached."""
    wanted = [one.guardian.way for one in partners if one.told and one.guardian.way]
    return sorted(Channel.choices(), key=lambda one: wanted.index(one[0]) if one[0] in wanted else len(wanted))


@dataclass(frozen=True)
class Habits:
    """What the person writes often: occasions, agreements; the channel used last."""

    occasions: Sequence[str]
    agreements: Sequence[str]
    channel: str


def habits_of(user: User) -> Habits:
    """Three queries."""
    mine = Conversation.objects.filter(by=user, withdrawn_at__isnull=True)
    last = mine.order_by("-at", "-pk").values_list("channel", flat=True).first()
    return Habits(_often(mine, "occasion"), _often(mine, "agreed"), last or "")


def _often(rows: QuerySet[Conversation], name: str) -> list[str]:
    told = rows.exclude(**{name: ""}).order_by().values(name).annotate(number=Count("pk"), when=Max("at"))
    return list(told.order_by(F("number").desc(), F("when").desc()).values_list(name, flat=True)[:_PHRASES])
