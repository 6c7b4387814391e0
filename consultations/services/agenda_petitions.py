"""Petitions of a sitting's agenda: none is later than its sitting, none stands on two agendas."""

from datetime import date

from django.db.models import QuerySet

from common.errors import Refused
from common.russian import counted, date_short
from consultations.councils import PetitionState, SittingState
from consultations.models import Petition, Sitting

_WAITING = [PetitionState.SENT, PetitionState.ON_AGENDA]


def petitions_of(row: Sitting) -> QuerySet[Petition]:
    """Those on the agenda that nobody has answered."""
    return Petition.objects.filter(questions__sitting=row, state__in=_WAITING)


def check_petition_day(petition: Petition, sitting_on: date) -> None:
    """A council considers what it has been asked already. Raises `Refused` for a petition of a later day."""
    if petition.on > sitting_on:
        raise Refused(
            f"Ходатайство датировано {date_short(petition.on)}, позже заседания {date_short(sitting_on)}. "
            "Исправьте дату ходатайства или день заседания."
        )


def check_agenda_days(row: Sitting) -> None:
    """Every petition of the agenda, with the day that the sitting has in memory."""
    late = petitions_of(row).filter(on__gt=row.on).order_by("-on").first()
    if late is not None:
        check_petition_day(late, row.on)


def check_day_on_agenda(petition: Petition, on: date) -> None:
    """Whether a petition may get this day. Raises `Refused` when it is later than the sitting that considers it."""
    questions = petition.questions.exclude(sitting__state=SittingState.CANCELLED)
    first = questions.order_by("sitting__on").values_list("sitting__on", flat=True).first()
    if first is not None and on > first:
        raise Refused(f"Ходатайство стоит в повестке заседания {date_short(first)}: его дата не может быть позже.")


def agenda_take_back(row: Sitting) -> str:
    """A cancelled sitting takes its petitions back, but for those that went elsewhere meanwhile or were settled: their
    questions leave its agenda. Returns what to tell of them, empty when there are none.

    Raises `Refused` where such a question has decisions already.
    """
    asked = Petition.objects.filter(questions__sitting=row)
    stands = dict(asked.select_for_update(of=("self",)).order_by("pk").values_list("pk", "state"))
    waiting = [key for key, state in stands.items() if state == PetitionState.SENT]
    Petition.objects.filter(pk__in=waiting).update(state=PetitionState.ON_AGENDA)
    gone = row.questions.filter(petition__in=stands.keys() - set(waiting))
    if gone.filter(decisions__isnull=False).exists() or gone.filter(conclusion__isnull=False).exists():
        raise Refused(
            "Ходатайства из этой повестки уже в другой или рассмотрены, а по вопросам здесь записаны решения или "
            "заключения: заседание остаётся отменённым."
        )
    number = gone.count()
    gone.delete()
    if not number:
        return ""
    taken = counted(number, "вопрос снят", "вопроса снято", "вопросов снято")
    return f"{taken} с повестки: ходатайства уже в другой повестке, рассмотрены или отозваны"
