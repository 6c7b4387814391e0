"""The words of councils: kinds, states of sittings and petitions, decisions, conclusions. Plain Python."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from risk_registry.categories import Word


class CouncilKind(Word):
    """The collegial bodies that speak about pupils."""

    PPK = "ppk", "Психолого-педагогический консилиум"
    SMALL = "small", "Малый педагогический совет"
    PREVENTION = "prevent", "Совет профилактики"
    MEDIATION = "mediate", "Служба медиации"


SHORT = {
    CouncilKind.PPK: "ППк",
    CouncilKind.SMALL: "Малый педсовет",
    CouncilKind.PREVENTION: "Совет профилактики",
    CouncilKind.MEDIATION: "Служба медиации",
}
GENITIVE = {
    CouncilKind.PPK: "психолого-педагогического консилиума",
    CouncilKind.SMALL: "малого педагогического совета",
    CouncilKind.PREVENTION: "совета профилактики",
    CouncilKind.MEDIATION: "службы медиации",
}
# Whoever sees a pupil knows that these have spoken of the pupil; of the others only those whom it concerns.
OPEN_KINDS = (CouncilKind.PPK, CouncilKind.SMALL)
PETITIONED = (CouncilKind.PPK, CouncilKind.SMALL, CouncilKind.PREVENTION, CouncilKind.MEDIATION)


class MemberRole(Word):
    """What a member does in the council."""

    CHAIR = "chair", "Председатель"
    DEPUTY = "deputy", "Заместитель председателя"
    SECRETARY = "secret", "Секретарь"
    MEMBER = "member", "Член"


LEADS = (MemberRole.CHAIR, MemberRole.DEPUTY, MemberRole.SECRETARY)
ONE_OF = (MemberRole.CHAIR, MemberRole.SECRETARY)


class SittingState(Word):
    """Where a sitting stands; signed means that its protocol is."""

    PLANNED = "planned", "Запланировано"
    HELD = "held", "Проведено, протокол не подписан"
    SIGNED = "signed", "Протокол подписан"
    CANCELLED = "undone", "Отменено"


class SittingDeed(StrEnum):
    """What is done with a sitting as a whole."""

    HOLD = "hold"
    CANCEL = "cancel"
    RETURN = "return"
    SIGN = "sign"
    REOPEN = "reopen"


SITTING = Workflow(
    [
        Transition(SittingDeed.HOLD, SittingState.PLANNED, SittingState.HELD),
        Transition(SittingDeed.CANCEL, SittingState.PLANNED, SittingState.CANCELLED, needs_comment=True),
        Transition(SittingDeed.RETURN, SittingState.CANCELLED, SittingState.PLANNED),
        Transition(SittingDeed.SIGN, SittingState.HELD, SittingState.SIGNED),
        Transition(SittingDeed.RETURN, SittingState.HELD, SittingState.PLANNED, needs_comment=True),
        Transition(SittingDeed.REOPEN, SittingState.SIGNED, SittingState.HELD, needs_comment=True),
    ]
)
STEP_WORDS = {
    "plan": "назначено",
    "move": "перенесено",
    SittingDeed.HOLD: "проведено",
    SittingDeed.CANCEL: "отменено",
    SittingDeed.RETURN: "возвращено в план",
    SittingDeed.SIGN: "протокол подписан",
    SittingDeed.REOPEN: "протокол открыт для исправления",
}


class Initiator(Word):
    """Who asks the council to speak of a pupil."""

    CLASS_TEACHER = "class", "классный руководитель"
    TEACHER = "teacher", "педагог"
    PARENTS = "parents", "родители"
    ADMIN = "admin", "администрация"


class Reason(Word):
    """Why the council is asked."""

    LEARNING = "learn", "трудности в учёбе"
    ABSENCES = "absent", "пропуски без причины"
    ADAPTATION = "adapt", "трудности адаптации"
    BEHAVIOUR = "behave", "поведение"
    CONFLICT = "conflict", "конфликт"
    SPECIAL = "special", "особые образовательные потребности"
    DYNAMICS = "dynamic", "итоги сопровождения"
    OTHER = "other", "другое"


class PetitionState(Word):
    """Where a petition stands."""

    SENT = "sent", "Ждёт рассмотрения"
    ON_AGENDA = "agenda", "В повестке"
    ANSWERED = "done", "Рассмотрено"
    DECLINED = "no", "Отклонено"
    WITHDRAWN = "back", "Отозвано"


class DecisionState(Word):
    """What became of a decision. Without a record it stays open: «нет записи»."""

    OPEN = "open", "Выполняется"
    DONE = "done", "Выполнено"
    FAILED = "failed", "Не выполнено"


class Agreement(Word):
    """What the parents said of a conclusion."""

    AGREE = "agree", "согласны"
    PARTLY = "partly", "согласны частично"
    DISAGREE = "no", "не согласны"


class AgreementWay(Word):
    """How it became known."""

    SITTING = "sitting", "на заседании"
    MEETING = "meeting", "лично, после заседания"
    PAPER = "paper", "письменно"
    PHONE = "phone", "по телефону"


class Outcome(Word):
    """What a conclusion leads to: the column «результат» of the journal."""

    SUPPORT = "support", "программа сопровождения"
    ROUTE = "route", "индивидуальный маршрут"
    PMPK = "pmpk", "направление на ПМПК"
    WATCH = "watch", "наблюдение"
    ENDED = "ended", "сопровождение завершено"
    OTHER = "other", "иное"


class PmpkResult(Word):
    """What came of a referral to the commission (ПМПК)."""

    WAITS = "waits", "результата ещё нет"
    GIVEN = "given", "получено заключение ПМПК"
    REFUSED = "refused", "родители отказались"
    MISSED = "missed", "обследование не состоялось"


class CaseKind(Word):
    """Between whom a case of mediation is."""

    PUPILS = "pupils", "между обучающимися"
    TEACHER = "teacher", "обучающийся и педагог"
    PARENTS = "parents", "с участием родителей"
    CLASS = "class", "в классе"


class CaseState(Word):
    """How a case of mediation stands."""

    OPEN = "open", "Идёт"
    AGREED = "agreed", "Стороны договорились"
    NOT_AGREED = "none", "Договориться не удалось"
    REFUSED = "refused", "Сторона отказалась"
