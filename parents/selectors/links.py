"""Personal links as the school sees them, and as their address finds them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from iom.words import RouteState
from parents.models import LinkRules, PersonalLink
from parents.outside import secret_hash
from parents.permissions import sees_all_links
from parents.rules.links import LinkFacts, Standing, opens, standing
from parents.words import LinkAnswer, Matter, NoticeState
from school.access import Viewer
from school.guardian_words import Telling
from school.models import Guardianship, Pupil, School

_WITH = ("pupil", "guardian", "notice", "route", "staff", "school", "by__staff", "meeting", "noted_by__staff")
# Answers on which somebody of the school has something to do.
_TO_NOTE = (LinkAnswer.CANNOT, LinkAnswer.DECLINED, LinkAnswer.CHOSEN, LinkAnswer.COME)
WAITING, ANSWERED, TO_NOTE, SILENT = "waits", "answered", "note", "silent"
STAGES = (
    (TO_NOTE, "Есть ответ, не учтён"),
    (WAITING, "Ждут ответа"),
    (SILENT, "Срок прошёл без ответа"),
    (ANSWERED, "Ответ получен"),
)


def rules_of(school: School) -> LinkRules:
    """The school's, or those that hold where nobody has chosen."""
    return LinkRules.objects.filter(school=school).first() or LinkRules(school=school)


def link_of(secret: str) -> PersonalLink | None:
    """The link that a signed secret opens, with what its page needs. One query."""
    return (
        PersonalLink.objects.select_related(*_WITH, "pupil__school", "staff__school", "route__school")
        .filter(hash=secret_hash(secret))
        .first()
    )


def may_be_told(pupil: Pupil, guardian: int | None, day: date) -> bool:
    """Whether the addressee may be told anything of the child; without a name: whether all guardians may. One query."""
    ties = {tie.guardian_id: tie.telling_on(day) for tie in Guardianship.objects.filter(pupil=pupil)}
    if guardian is None:
        return Telling.NONE not in ties.values()
    return ties.get(guardian, Telling.NONE) != Telling.NONE


def opens_now(link: PersonalLink) -> bool:
    """Whether its address shows anything: it stands, and its addressee may still be told of the child. One query."""
    school = link.school
    return opens(facts_of(link), school.now()) and may_be_told(link.pupil, link.guardian_id, school.today())


def facts_of(link: PersonalLink) -> LinkFacts:
    """What decides whether it opens; of a link with its notice and route."""
    over = link.notice is not None and link.notice.state == NoticeState.WITHDRAWN
    settled = link.route is not None and link.route.state != RouteState.WITH_PARENTS
    return LinkFacts(
        expires_at=link.expires_at,
        withdrawn=link.withdrawn_at is not None or over,
        tries=link.tries,
        answered=bool(link.answer),
        idle=settled,
    )


def links_seen(user: Viewer) -> QuerySet[PersonalLink]:
    """Those that the person made; all of visible pupils for who leads the school."""
    rows = PersonalLink.objects.visible_to(user).select_related(*_WITH)
    return rows if sees_all_links(user) else rows.filter(by=user.pk)


def to_note() -> Q:
    """Answers that somebody has to act on, and of which nobody has taken note."""
    told = Q(answer__in=[one.value for one in _TO_NOTE]) | (~Q(answer="") & ~Q(comment=""))
    return told & Q(noted_at__isnull=True)


def at_stage(stage: str, school: School) -> Q:
    """The links of a stage of the list; all for none."""
    now, live = school.now(), Q(withdrawn_at__isnull=True)
    found = {
        TO_NOTE: to_note(),
        ANSWERED: ~Q(answer=""),
        WAITING: live & Q(answer="", expires_at__gt=now),
        SILENT: live & Q(answer="", expires_at__lte=now, noted_at__isnull=True),
    }
    return found.get(stage, Q())


@dataclass(frozen=True)
class LinkLine:
    """A link with where it stands."""

    link: PersonalLink
    standing: Standing

    @property
    def live(self) -> bool:
        """Whether it may still be answered."""
        return self.standing == Standing.WAITS

    @property
    def waits_note(self) -> bool:
        """Whether its answer is for somebody to act on."""
        one = self.link
        told = one.answer in _TO_NOTE or bool(one.answer and one.comment)
        silent = self.standing == Standing.OVER
        return (told or silent) and one.noted_at is None


def line_of(link: PersonalLink) -> LinkLine:
    """The same of one."""
    return LinkLine(link, standing(facts_of(link), link.school.now()))


def links_of_notice(user: Viewer, notice: int) -> list[LinkLine]:
    """Of one notice, the newest first. One query."""
    return [line_of(one) for one in links_seen(user).filter(matter=Matter.NOTICE, notice=notice)]
