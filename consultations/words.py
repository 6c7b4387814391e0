"""The words of the service: kinds and states of meetings, exceptions, grounds. Plain Python: rules read them."""

from risk_registry.categories import Word


class MeetingKind(Word):
    """What an hour or a meeting is for. Grown-ups only in `PARENTS` and `STAFF`: no child's consent is asked."""

    INDIVIDUAL = "single", "Индивидуальная"
    GROUP = "group", "Групповая"
    PARENTS = "parents", "С родителями"
    DIAGNOSTICS = "test", "Диагностика"
    STAFF = "staff", "С педагогом"


WITHOUT_CHILD = (MeetingKind.PARENTS, MeetingKind.STAFF)


class MeetingState(Word):
    """Where a meeting stands. What is not recorded stays planned: «нет записи», never «не состоялась»."""

    PLANNED = "planned", "Запланирована"
    HELD = "held", "Состоялась"
    MISSED = "missed", "Не пришли"
    CANCELLED = "undone", "Отменена"


# These take the time of the specialist, of the room and of the pupil.
TAKES_TIME = (MeetingState.PLANNED, MeetingState.HELD)


class MeetingDeed(Word):
    """What was done with a meeting as a whole."""

    BOOK = "book", "записана"
    MOVE = "move", "перенесена"
    HOLD = "hold", "отмечена состоявшейся"
    MISS = "miss", "не пришли"
    CANCEL = "cancel", "отменена"
    REOPEN = "reopen", "возвращена в план"


class WhyCancelled(Word):
    """Why a meeting does not take place."""

    PUPIL = "pupil", "обучающегося не будет"
    STAFF = "staff", "специалиста не будет"
    REFUSED = "refused", "родители или обучающийся отказались"
    CLOSED = "closed", "школа закрыта"
    NEEDLESS = "needless", "стало не нужно"
    OTHER = "other", "другое"


class UrgentGround(Word):
    """Why a pupil is met without the parents' consent."""

    CHILD = "child", "обратился сам обучающийся"
    THREAT = "threat", "угроза жизни или здоровью"


class ExceptionKind(Word):
    """How a day differs from the week's hours."""

    OFF = "off", "Приёма нет"
    EXTRA = "extra", "Дополнительный приём"


class ToldWay(Word):
    """How somebody learned of a pupil's schedule of meetings."""

    PAPER = "paper", "под подпись"
    PERSON = "person", "лично"
    PHONE = "phone", "по телефону"
    JOURNAL = "journal", "через электронный журнал"


class Answer(Word):
    """What they answered."""

    NONE = "none", "Ответа нет"
    KNOWN = "known", "Ознакомлены"
    DECLINED = "declined", "Отказались"
