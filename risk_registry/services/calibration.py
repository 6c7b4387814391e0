"""The school chooses where «weak» begins, by its order."""

from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from risk_registry.categories import EntryState
from risk_registry.models import Calibration, RegistryEntry
from school.events import ThresholdsChanged
from school.models import School, SchoolSettings, User


@deed
def calibration_choose(
    *,
    by: User,
    school: School,
    weak_min_marks: int,
    weak_max_result: int,
    order_number: str,
    order_date: date,
    seen: tuple[int, int] | None = None,
) -> Calibration:
    """Keep the choice with the number and date of the school's order, and compute the year's periods anew.

    Until the first entry is approved a choice may be corrected under the same order; afterwards a change needs a new
    one. `seen` are the two thresholds that the person saw. Raises `Refused` for an order of a later day, for one that
    was used, when nothing would change, or when somebody else has chosen meanwhile.
    """
    settings = SchoolSettings.objects.select_for_update().get(school=school)
    now = (settings.weak_min_marks, settings.weak_max_result)
    if seen is not None and seen != now:
        raise Refused(
            f"Пока вы выбирали, пороги изменил кто-то другой: сейчас двоек не меньше {now[0]}, итог не выше {now[1]}. "
            "Запишите ещё раз, если нужны ваши."
        )
    if order_date > school.today():
        raise Refused("Дата приказа позже сегодняшнего дня: проверьте её.")
    same = Calibration.objects.filter(school=school, order_number=order_number, order_date=order_date).first()
    if registry_was_approved(school):
        _refuse_without_new_order(settings, same, weak_min_marks, weak_max_result)
    was = {"weak_min_marks": settings.weak_min_marks, "weak_max_result": settings.weak_max_result}
    chosen = same or Calibration(school=school, order_number=order_number, order_date=order_date, was=was)
    chosen.weak_min_marks, chosen.weak_max_result, chosen.by = weak_min_marks, weak_max_result, by
    chosen.save()
    settings.weak_min_marks, settings.weak_max_result = weak_min_marks, weak_max_result
    settings.save(update_fields=["weak_min_marks", "weak_max_result"])
    publish(ThresholdsChanged(school))
    return chosen


def registry_was_approved(school: School) -> bool:
    """Whether any entry was ever approved: from then on the thresholds are no longer tried out."""
    approved = RegistryEntry.objects.filter(school=school)
    return approved.filter(steps__to_state=EntryState.APPROVED).exists()


def _refuse_without_new_order(
    settings: SchoolSettings, same: Calibration | None, weak_min_marks: int, weak_max_result: int
) -> None:
    if (settings.weak_min_marks, settings.weak_max_result) == (weak_min_marks, weak_max_result):
        raise Refused("Пороги уже такие: менять нечего.")
    if same is not None:
        raise Refused("Реестр уже утверждали по порогам этого приказа. Чтобы изменить их, нужен новый приказ.")
