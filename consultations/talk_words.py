"""The words of referrals, advice, confidential notes and support plans. Plain Python: rules read them."""

from common.workflow import Transition, Workflow
from risk_registry.categories import Word


class Specialist(Word):
    """Whom a teacher may ask for help when no person is named; the codes are those of positions."""

    PSYCHOLOGIST = "psychologist", "Педагог-психолог"
    SOCIAL_PEDAGOGUE = "social_pedagogue", "Социальный педагог"
    SPEECH_THERAPIST = "speech_therapist", "Учитель-логопед"


class Seen(Word):
    """What a teacher saw, by one tap. What can be seen in class: no judgement of health or of a family."""

    WITHDRAWN = "withdrawn", "замкнут, ни с кем не общается"
    CONFLICT = "conflict", "ссорится, конфликты"
    ANXIOUS = "anxious", "тревожится, боится отвечать"
    TIRED = "tired", "устал, засыпает"
    ATTENTION = "attention", "не может сосредоточиться"
    ABSENT = "absent", "пропускает уроки"
    FALLING = "falling", "учится всё хуже"
    SPEECH = "speech", "трудно говорить, писать, читать"
    CHANGED = "changed", "резко изменился"


class Tried(Word):
    """What has been tried already, by one tap."""

    TALK = "talk", "беседа с учеником"
    PARENTS = "parents", "разговор с родителями"
    CLASS_TEACHER = "leader", "обсудили с классным руководителем"
    EXTRA = "extra", "дополнительные занятия"
    TASKS = "tasks", "другие задания"
    SEAT = "seat", "другое место в классе"


class Knows(Word):
    """Whether the parents know of it."""

    YES = "yes", "Родители знают"
    NOT_YET = "not_yet", "Родители ещё не знают"
    ASKED_NOT = "asked_not", "Ученик просил не говорить родителям"


class ReferralState(Word):
    """Where a referral stands."""

    NEW = "new", "Новое"
    TAKEN = "taken", "В работе"
    ANSWERED = "answered", "Есть ответ"
    WITHDRAWN = "withdrawn", "Отозвано"


class ReferralDeed(Word):
    """What is done with a referral."""

    TAKE = "take", "взято в работу"
    RELEASE = "release", "возвращено в очередь"
    ANSWER = "answer", "дан ответ"
    REOPEN = "reopen", "возвращено в работу"
    WITHDRAW = "withdraw", "отозвано"


REFERRAL = Workflow(
    [
        Transition(ReferralDeed.TAKE, ReferralState.NEW, ReferralState.TAKEN),
        Transition(ReferralDeed.RELEASE, ReferralState.TAKEN, ReferralState.NEW),
        Transition(ReferralDeed.ANSWER, ReferralState.NEW, ReferralState.ANSWERED),
        Transition(ReferralDeed.ANSWER, ReferralState.TAKEN, ReferralState.ANSWERED),
        Transition(ReferralDeed.REOPEN, ReferralState.ANSWERED, ReferralState.TAKEN),
        Transition(ReferralDeed.WITHDRAW, ReferralState.NEW, ReferralState.WITHDRAWN),
        Transition(ReferralDeed.WITHDRAW, ReferralState.TAKEN, ReferralState.WITHDRAWN),
    ]
)
OPEN_REFERRALS = (ReferralState.NEW, ReferralState.TAKEN)


class Audience(Word):
    """Whom a recommendation addresses. Everybody who sees the pupil can read it."""

    ALL = "all", "Классному руководителю и учителям-предметникам"
    LEADER = "leader", "Классному руководителю"
    TEACHERS = "teachers", "Учителям-предметникам"


class NoteRule(Word):
    """Who reads a confidential note beside its author: the service's own rule, kept by its head."""

    AUTHOR = "author", "Только автор"
    HEAD = "head", "Автор и руководитель службы"
    NAMED = "named", "Автор и коллеги, которых он назвал"


class WhyTakenBack(Word):
    """Why a note is taken back. Codes alone: words of one's own might tell what the note tells."""

    MISTAKE = "mistake", "записано не тому ученику"
    TWICE = "twice", "записано дважды"
    NEEDLESS = "needless", "больше не нужна"


class PlanState(Word):
    """Where a support plan stands."""

    DRAFT = "draft", "Составляется"
    FORCE = "force", "Действует"
    FINISHED = "finished", "Завершён"
    DROPPED = "dropped", "Не состоялся"


class PlanDeed(Word):
    """What is done with a support plan as a whole."""

    START = "start", "введён в действие"
    FINISH = "finish", "завершён"
    DROP = "drop", "снят"
    REOPEN = "reopen", "возвращён в работу"


SUPPORT_PLAN = Workflow(
    [
        Transition(PlanDeed.START, PlanState.DRAFT, PlanState.FORCE),
        Transition(PlanDeed.FINISH, PlanState.FORCE, PlanState.FINISHED),
        Transition(PlanDeed.DROP, PlanState.DRAFT, PlanState.DROPPED),
        Transition(PlanDeed.REOPEN, PlanState.FINISHED, PlanState.FORCE),
    ]
)
OPEN_PLANS = (PlanState.DRAFT, PlanState.FORCE)


class PlanOutcome(Word):
    """What came of a plan as a whole."""

    REACHED = "reached", "Цели достигнуты"
    PARTLY = "partly", "Достигнуты частично"
    NOT = "not", "Не достигнуты"


class ActionState(Word):
    """What became of an action of a plan; without a record it is planned."""

    PLANNED = "planned", "Запланировано"
    DONE = "done", "Выполнено"
    NOT_DONE = "not_done", "Не выполнено"
