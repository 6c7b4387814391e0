"""A short record made beside a signal or on a pupil's page is an entry of the journal of its kind."""

from common.errors import Refused
from iom.services.talks import Talk, talk_record
from iom.services.work import Work, WorkedWith, work_record
from risk_registry.journals import ShortRecord
from risk_registry.selectors.signals import signal_words

_TOPIC, _OCCASION = 200, 300


def work_keep(told: ShortRecord) -> None:
    """The words are the content; without any, the signals say what it was about. Raises `Refused` with neither."""
    about = _about(told)
    if not (told.text.strip() or about):
        raise Refused("Напишите, что разобрали: запись попадёт в журнал индивидуальной работы.")
    work = Work(told.on, about[:_TOPIC], told.text, told.subject)
    pupils = [WorkedWith(told.pupil)]
    work_record(by=told.by, school=told.pupil.school, work=work, pupils=pupils, signals=list(told.signals))


def talk_keep(told: ShortRecord) -> None:
    """The signals are the occasion and the words what was agreed; without signals the words are the occasion."""
    about = _about(told)
    if not (told.text.strip() or about):
        raise Refused("Напишите повод беседы: запись попадёт в журнал бесед.")
    occasion = about or told.text
    talk = Talk(told.on, occasion[:_OCCASION], agreed=told.text if about else "")
    talk_record(by=told.by, pupil=told.pupil, talk=talk, signals=told.signals)


def _about(told: ShortRecord) -> str:
    return "; ".join(signal_words(one) for one in told.signals)
