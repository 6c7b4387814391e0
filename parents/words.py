"""The words of the work with parents. Plain Python: rules read them."""

from risk_registry.categories import Word


class Channel(Word):
    """How one spoke with a parent."""

    MEETING = "meeting", "лично"
    PHONE = "phone", "по телефону"
    MESSENGER = "chat", "в мессенджере"
    EMAIL = "email", "по электронной почте"
    DIARY = "diary", "в электронном дневнике"


class BegunBy(Word):
    """Who began a conversation."""

    SCHOOL = "school", "школа"
    PARENT = "parent", "родитель"


class Signed(Word):
    """What the parent did with what was said. Without a record: nothing is known of it."""

    SIGNED = "signed", "подпись поставлена"
    KNOWN = "known", "ознакомлен(а)"
    DECLINED = "declined", "от подписи отказ"


class NoticeKind(Word):
    """What a notice tells."""

    MARKS = "marks", "О низкой успеваемости"
    ABSENCES = "absences", "О пропусках занятий"
    COUNCIL = "council", "О приглашении на заседание"
    INCLUDED = "included", "О включении в реестр"
    REMOVED = "removed", "Об исключении из реестра"
    GOOD = "good", "Об успехах"


class NoticeState(Word):
    """Where a notice stands. «Нет ответа» follows from the day by which one was asked, and is no state."""

    MADE = "made", "Составлено"
    HANDED = "handed", "Передано"
    OPENED = "opened", "Открыто по ссылке"
    KNOWN = "known", "Ознакомлены"
    DECLINED = "declined", "Отказ от ознакомления"
    WITHDRAWN = "undone", "Отозвано"


class NoticeDeed(Word):
    """What was done with a notice."""

    HAND = "hand", "передано"
    OPEN = "open", "открыто по ссылке"
    KNOW = "know", "родители ознакомлены"
    DECLINE = "decline", "от ознакомления отказались"
    WITHDRAW = "undo", "отозвано"
    RETURN = "return", "отметка снята"


class Matter(Word):
    """What a personal link opens: one matter of one child."""

    NOTICE = "notice", "Уведомление"
    ROUTE = "route", "Согласование маршрута"
    TIME = "time", "Выбор времени у специалиста"
    TALK = "talk", "Приглашение на беседу"


class LinkAnswer(Word):
    """What the parents answered at a link."""

    KNOWN = "known", "ознакомлены"
    COME = "come", "придут"
    CANNOT = "cannot", "прийти не могут"
    AGREED = "agreed", "согласны"
    DECLINED = "declined", "возражают"
    CHOSEN = "chosen", "выбрали время"


# How the page of the link says it to the parents themselves.
YOUR_ANSWER: dict[str, str] = {
    LinkAnswer.KNOWN: "вы ознакомились",
    LinkAnswer.COME: "вы придёте",
    LinkAnswer.CANNOT: "вы не сможете прийти",
    LinkAnswer.AGREED: "вы согласны с планом",
    LinkAnswer.DECLINED: "вы не согласны с планом",
    LinkAnswer.CHOSEN: "вы выбрали время",
}


class LinkEvent(Word):
    """What happened at a link."""

    OPENED = "opened", "открыта"
    WRONG = "wrong", "дата рождения не подошла"
    SHUT = "shut", "закрыта: слишком много попыток"
    ANSWERED = "answered", "получен ответ"
    LATE = "late", "пробовали открыть, когда она уже не действовала"
    MAILED = "mailed", "отправлена на электронную почту"
