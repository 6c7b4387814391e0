"""Facts about talks and notices that had no result: listed for a person who already looks at this pupil, never weighed.

Nobody is found by them: there is no list of families, no count, no threshold, and no proposal to turn to anybody.
"""

from dataclasses import dataclass
from datetime import date

from parents.escalation_words import FactKind
from parents.words import NoticeState, Signed


@dataclass(frozen=True)
class TalkTold:
    """A standing talk with a parent, as the rule needs it."""

    key: int
    on: date
    occasion: str
    agreed: str
    due: date | None
    kept: bool
    signed: str


@dataclass(frozen=True)
class NoticeTold:
    """A notice that is not withdrawn, as the rule needs it."""

    key: int
    number: int
    on: date
    kind: str
    state: str
    reply_by: date | None


@dataclass(frozen=True)
class Fact:
    """One fact: what it was counted from, its day, its words."""

    kind: FactKind
    key: int
    on: date
    words: str

    @property
    def code(self) -> str:
        """«talk-12»: how a form names it."""
        return f"{self.kind.value}-{self.key}"


def talk_fact(talk: TalkTold, today: date) -> Fact | None:
    """A talk without a result: nobody came back to the agreement by its day, or the signature was declined."""
    told = []
    if talk.agreed and talk.due is not None and talk.due < today and not talk.kept:
        told.append(f"договорились «{talk.agreed}» до {talk.due:%d.%m.%Y}, записи о выполнении нет")
    if talk.signed == Signed.DECLINED:
        told.append("от подписи отказ")
    if not told:
        return None
    return Fact(FactKind.TALK, talk.key, talk.on, f"Беседа «{talk.occasion}»: {'; '.join(told)}"[:500])


def notice_fact(notice: NoticeTold, today: date) -> Fact | None:
    """A notice that the parents declined, or to which there is no answer though its day is over."""
    head = f"Уведомление № {notice.number}, {notice.kind.lower()}"
    if notice.state == NoticeState.DECLINED:
        return Fact(FactKind.NOTICE, notice.key, notice.on, f"{head}: отказ от ознакомления")
    waits = notice.state in (NoticeState.MADE, NoticeState.HANDED)
    if waits and notice.reply_by is not None and notice.reply_by < today:
        handed = "передано" if notice.state == NoticeState.HANDED else "о передаче записи нет"
        return Fact(
            FactKind.NOTICE, notice.key, notice.on, f"{head}: {handed}, ответа ждали до {notice.reply_by:%d.%m.%Y}, нет"
        )
    return None
