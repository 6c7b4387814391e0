"""The words of the administration's interviews («собеседования») and of complaints about homework. Plain Python."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from risk_registry.categories import Word


class InterviewKind(Word):
    """With whom the administration talks, and when (duties A4, A5; the deputy's technological card, 2–3, 7–9)."""

    MONTHLY = "monthly", "С классным руководителем"
    SUBJECT = "subject", "С учителем-предметником"
    PUPIL = "pupil", "С обучающимся"
    CLOSING = "closing", "По итогам периода"


class InterviewState(Word):
    """Planned, then held or cancelled; both ways back are open, since people mistake a day or a name."""

    PLANNED = "planned", "запланировано"
    HELD = "held", "проведено"
    CANCELLED = "cancelled", "отменено"


class InterviewDeed(StrEnum):
    """What is done with an interview."""

    HOLD = "hold"
    CANCEL = "cancel"
    REOPEN = "reopen"


INTERVIEW = Workflow(
    [
        Transition(InterviewDeed.HOLD, InterviewState.PLANNED, InterviewState.HELD),
        Transition(InterviewDeed.CANCEL, InterviewState.PLANNED, InterviewState.CANCELLED),
        Transition(InterviewDeed.REOPEN, InterviewState.HELD, InterviewState.PLANNED, needs_comment=True),
        Transition(InterviewDeed.REOPEN, InterviewState.CANCELLED, InterviewState.PLANNED),
    ]
)
# These stand: a second one for the same person and time is not planned beside them by the whole table.
STANDING = (InterviewState.PLANNED, InterviewState.HELD)


class Complainant(Word):
    """Who complains. A name is never asked for."""

    PARENT = "parent", "родитель"
    PUPIL = "pupil", "обучающийся"
    TEACHER = "teacher", "учитель"
    UNKNOWN = "unknown", "без подписи"


class Channel(Word):
    """How a complaint came, or an answer went."""

    TALK = "talk", "устно"
    PHONE = "phone", "по телефону"
    LETTER = "letter", "письмом"
    MESSAGE = "message", "сообщением или почтой"
    MEETING = "meeting", "на собрании"


class CheckMethod(Word):
    """How the amount of homework was checked."""

    MEASURED = "measured", "измерили время выполнения"
    JOURNAL = "journal", "посмотрели задания в журнале"
    ASKED = "asked", "опросили обучающихся и родителей"
    OTHER = "other", "по-другому"


class Finding(Word):
    """What the check found."""

    CONFIRMED = "confirmed", "подтвердилась"
    UNFOUNDED = "unfounded", "не подтвердилась"


class ComplaintState(Word):
    """Recorded, checked, answered; or withdrawn by whoever complained, or as a mistake."""

    RECORDED = "recorded", "записана"
    CHECKED = "checked", "проверена"
    ANSWERED = "answered", "дан ответ"
    WITHDRAWN = "withdrawn", "отозвана"


class ComplaintDeed(StrEnum):
    """What is done with a complaint."""

    CHECK = "check"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


COMPLAINT = Workflow(
    [
        Transition(ComplaintDeed.CHECK, ComplaintState.RECORDED, ComplaintState.CHECKED),
        Transition(ComplaintDeed.ANSWER, ComplaintState.CHECKED, ComplaintState.ANSWERED),
        Transition(ComplaintDeed.WITHDRAW, ComplaintState.RECORDED, ComplaintState.WITHDRAWN, needs_comment=True),
        Transition(ComplaintDeed.WITHDRAW, ComplaintState.CHECKED, ComplaintState.WITHDRAWN, needs_comment=True),
        Transition(ComplaintDeed.REOPEN, ComplaintState.CHECKED, ComplaintState.RECORDED, needs_comment=True),
        Transition(ComplaintDeed.REOPEN, ComplaintState.ANSWERED, ComplaintState.CHECKED, needs_comment=True),
        Transition(ComplaintDeed.REOPEN, ComplaintState.WITHDRAWN, ComplaintState.RECORDED, needs_comment=True),
    ]
)
