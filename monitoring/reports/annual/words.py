"""Sentences that the figures of the yearly note suggest; a person takes, edits or drops each. Codes never change.

Where the figures say nothing, nothing is suggested. Teachers are never compared, and no cause is named that is
restricted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.russian import counted, decimal, percent, whole
from documents.papers.parts import Suggestion
from monitoring.reports.annual.shapes import AbsenceSum, Causes, Counts, PeriodState, WorkSum
from monitoring.reports.annual.work_reads import Done, Result
from monitoring.reports.board import BoardLine, board_value
from monitoring.reports.quarter.shapes import SubjectLine
from monitoring.rules.standing import Standing
from monitoring.rules.values import target_words
from roadmaps.indicators import Unit
from roadmaps.indicators.short import short_name

PUPILS = ("обучающийся", "обучающихся", "обучающихся")
OF_PUPILS = ("обучающегося", "обучающихся", "обучающихся")
_NAMED = 3


@dataclass(frozen=True)
class Known:
    """Everything that sentences are made of. `before`: the year before; `first`: an earlier period of this year."""

    now: PeriodState
    before: PeriodState | None
    first: PeriodState | None
    subjects: Sequence[SubjectLine]
    works: Sequence[WorkSum]
    absences: Sequence[AbsenceSum]
    causes: Causes
    indicators: Sequence[BoardLine]
    done: Done
    result: Result

    @property
    def earlier(self) -> PeriodState | None:
        """Against which classes are told: the year's first period, else nothing."""
        return self.first

    def standing(self, *wanted: Standing) -> list[BoardLine]:
        """Indicators with a plan that stand so, under every reading."""
        return [line for line in self.indicators if line.standing in wanted]


def moved(was: Counts, now: Counts) -> str:
    """«снизилась с 12,5 % до 9,8 %», «выросла …», «не изменилась: 9,8 %»; empty of nobody."""
    if not was.pupils or not now.pupils:
        return ""
    old, new = was.share_words, now.share_words
    if old == new:
        return f"не изменилась: {new}"
    return f"{'выросла' if _share(now) > _share(was) else 'снизилась'} с {old} до {new}"


def _share(one: Counts) -> Decimal:
    return Decimal(one.at_risk) / one.pupils if one.pupils else Decimal(0)


def facts(known: Known) -> Iterator[Suggestion]:
    """Of part 1."""
    now = known.now.totals
    risk = f"{counted(now.at_risk, *PUPILS)} из {whole(now.pupils)} ({now.share_words})"
    yield Suggestion("risk_now", f"Слабоуспевающие и неуспевающие: {risk}; неуспевающих {whole(now.failing)}.")
    for code, was in (("risk_to_year_before", known.before), ("risk_in_year", known.first)):
        if was is not None and (words := moved(was.totals, now)):
            text = f"Доля слабоуспевающих и неуспевающих по сравнению с итогами {was.genitive} {words}."
            yield Suggestion(code, text, ground=f"{was.title}: {was.totals.at_risk} из {was.totals.pupils}")
    if now.reserve:
        share = percent(now.reserve, now.pupils)
        yield Suggestion("reserve", f"В группе резерва {counted(now.reserve, *PUPILS)} ({share}).")
    compared, lowered = (sum(getattr(one, name) for one in known.works) for name in ("compared", "lowered"))
    if compared:
        text = (
            f"Внешние работы написаны ниже отметок школы в {percent(lowered, compared)} сопоставленных случаев "
            f"({whole(lowered)} из {whole(compared)})."
        )
        yield Suggestion("works_lowered", text)


def factors(known: Known) -> Iterator[Suggestion]:
    """Of part 2."""
    causes = known.causes
    if causes.registry:
        of = f"{whole(causes.established)} из {counted(causes.registry, *OF_PUPILS)} реестра"
        yield Suggestion("causes_established", f"Причины неуспешности установлены для {of}.")
    if top := causes.most:
        names = ", ".join(f"«{name}»" for name in top[:_NAMED])
        times = counted(causes.lines[0].pupils, "ученика", "учеников", "учеников")
        text = f"Чаще других школа называет причины: {names} (каждая у {times})."
        if len(top) == 1:
            text = f"Чаще других школа называет причину {names} (у {times})."
        yield Suggestion("causes_most", text, ground="Причины с ограниченным доступом не называются.")
    if (words := absences_moved(known.absences)) is not None:
        yield Suggestion("absences_moved", words)


def absences_moved(rows: Sequence[AbsenceSum]) -> str | None:
    """From the first to the last period; a share, for periods differ in length. None of one period."""
    if len(rows) < 2 or not rows[0].total or not rows[-1].total:
        return None
    first, last = rows[0], rows[-1]
    was, now = (percent(one.unexcused, one.total) for one in (first, last))
    if was == now:
        return f"Доля пропусков без уважительной причины с начала года не изменилась: {now}."
    grew = last.unexcused * first.total > first.unexcused * last.total
    verb = "выросла" if grew else "снизилась"
    return f"Доля пропусков без уважительной причины с начала года {verb} с {was} до {now}."


def deficits(known: Known) -> Iterator[Suggestion]:
    """Of part 3: what lacks, then what helps."""
    worst = classes_above(known.now)
    if worst:
        names = ", ".join(f"{name} ({one.share_words})" for name, one in worst[:_NAMED])
        yield Suggestion("classes_above", f"Доля под риском выше школьной прежде всего в классах {names}.")
    if (low := subjects_low(known.subjects)) and (words := _subjects_words(low)):
        yield Suggestion("subjects_low", f"Больше всего неудовлетворительных итогов: {words}.")
    off = known.standing(Standing.OFF)
    if off:
        number = counted(len(off), "показатель", "показателя", "показателей")
        codes = ", ".join(line.code for line in off)
        yield Suggestion("indicators_off", f"Ниже плана {number} программы: {codes}.")
    yield from _practices(known)


def _practices(known: Known) -> Iterator[Suggestion]:
    fell = classes_fell(known.earlier, known.now)
    if fell:
        names = ", ".join(f"{name} (с {was.share_words} до {now.share_words})" for name, was, now in fell[:_NAMED])
        yield Suggestion("classes_fell", f"Доля под риском снизилась в классах {names}.")
    if known.done.practices:
        number = counted(len(known.done.practices), "практика", "практики", "практик")
        yield Suggestion("practices", f"В банке школы подтверждено методической службой: {number}.")
    on = known.standing(Standing.ON)
    if on:
        number = counted(len(on), "показателю", "показателям", "показателям")
        yield Suggestion("indicators_on", f"План достигнут по {number}: {', '.join(line.code for line in on)}.")
    routes = known.result.routes
    if routes.reached:
        yield Suggestion("routes_reached", f"Маршрутов завершено с закрытыми дефицитами: {whole(routes.reached)}.")


def classes_above(now: PeriodState) -> list[tuple[str, Counts]]:
    """Classes whose share is above the school's, the highest first."""
    found = [(name, one) for name, one in now.classes.items() if _share(one) > _share(now.totals)]
    return sorted(found, key=lambda pair: (-_share(pair[1]), pair[0]))


def classes_fell(was: PeriodState | None, now: PeriodState) -> list[tuple[str, Counts, Counts]]:
    """Classes whose share is lower than then, in the order of classes."""
    if was is None:
        return []
    pairs = [(name, was.classes[name], one) for name, one in now.classes.items() if name in was.classes]
    return [(name, old, one) for name, old, one in pairs if one.pupils and _share(one) < _share(old)]


def subjects_low(rows: Iterable[SubjectLine]) -> list[SubjectLine]:
    """Subjects with unsatisfactory results, the highest share first."""
    found = [row for row in rows if row.unsatisfactory_results and row.results]
    return sorted(found, key=lambda row: (-row.unsatisfactory_results / row.results, row.subject))


def _subjects_words(rows: Sequence[SubjectLine]) -> str:
    return ", ".join(
        f"{row.subject} ({row.unsatisfactory_results} из {row.results}, {share})"
        for row in rows[:_NAMED]
        if (share := percent(row.unsatisfactory_results, row.results))
    )


def measures(known: Known) -> Iterator[Suggestion]:
    """Of part 4."""
    done = known.done
    if done.held:
        number = counted(done.held, "мероприятие", "мероприятия", "мероприятий")
        yield Suggestion("measures_held", f"По дорожной карте с начала года проведено {number}.")
    if done.sittings:
        number = counted(len(done.sittings), "заседание", "заседания", "заседаний")
        decided = counted(len(done.decisions), "решение", "решения", "решений")
        text = f"Прошло {number}, на них принято {decided}, выполнено {whole(done.decided_done)}."
        yield Suggestion("decisions", text if done.decisions else f"Прошло {number}.")
    if done.extra.held:
        held, came = whole(done.extra.held), whole(done.extra.pupils)
        yield Suggestion("extra", f"Дополнительных занятий проведено {held}, обучающихся на них было {came}.")
    if done.events:
        number = counted(len(done.events), "мероприятие", "мероприятия", "мероприятий")
        yield Suggestion("events", f"Для родителей проведено {number}.")


def effects(known: Known) -> Iterator[Suggestion]:
    """Of part 5: facts with their numbers; what may be chance is not called a result."""
    result = known.result
    compared = result.compared
    if compared is not None and compared.worked.told and compared.without.told:
        yield Suggestion(
            "outcomes",
            f"Из бывших под риском по итогам {compared.since} вышли из группы риска: среди тех, с кем записана "
            f"индивидуальная работа, — {compared.worked.words}; среди остальных — {compared.without.words}.",
            ground="Для работы выбирают тех, кому труднее: это сопоставление, а не доказательство.",
        )
    for line in result.forms:
        difference = line.effect.difference
        if difference is not None and difference.low > 0:
            low, high = decimal(difference.low, 2), decimal(difference.high, 2)
            yield Suggestion(
                f"effect_{line.key or 'other'}",
                f"После работы в форме «{line.name}» средняя отметка поднялась на {decimal(difference.value, 2)} балла "
                f"больше, чем у похожих учеников без неё (с вероятностью 95 % — от {low} до {high}).",
            )
    routes = result.routes
    if routes.finished:
        number = counted(routes.finished, "маршрут", "маршрута", "маршрутов")
        text = f"Завершено: {number} из {whole(routes.approved)}, с закрытыми дефицитами — {whole(routes.reached)}."
        yield Suggestion("routes_finished", text)
    if routes.gaps_closed:
        gaps = routes.gaps_closed + routes.gaps_open
        yield Suggestion(
            "gaps_closed", f"Дефицитов маршрутов закрыто повторным контролем: {routes.gaps_closed} из {gaps}."
        )


def problems(known: Known) -> Iterator[Suggestion]:
    """Of part 6: what the figures point at as the next cycle's problem."""
    now = known.now.totals
    was = known.before or known.first
    if was is not None and _share(now) > _share(was.totals) and (words := moved(was.totals, now)):
        yield Suggestion("problem_risk", f"Доля слабоуспевающих и неуспевающих {words}: принятых мер не хватило.")
    low = subjects_low(known.subjects)
    if low:
        subjects = ", ".join(row.subject for row in low[:_NAMED])
        yield Suggestion("problem_subjects", f"Неудовлетворительные итоги сосредоточены в предметах: {subjects}.")
    causes = known.causes
    if top := causes.most:
        names = ", ".join(f"«{name}»" for name in top[:_NAMED])
        text = f"Чаще других названы причины: {names}; меры следующего года отвечают на них."
        if len(top) == 1:
            text = f"Самая частая из названных причин — {names}; меры следующего года отвечают на неё."
        yield Suggestion("problem_cause", text)
    if causes.registry > causes.established:
        lacking = counted(causes.registry - causes.established, *OF_PUPILS)
        yield Suggestion("problem_unknown", f"Для {lacking} реестра причины неуспешности не установлены.")
    if far := farthest(known.standing(Standing.OFF)):
        told = ", ".join(_from_plan(one) for one in far[:_NAMED])
        yield Suggestion("problem_indicators", f"Дальше всего от плана показатели: {told}.")


def farthest(rows: Iterable[BoardLine]) -> list[BoardLine]:
    """Shares that have to grow, with one number for a plan: by how much is lacking."""
    lacking = [
        (one.needed - value, one)
        for one in rows
        if one.unit == Unit.PERCENT and one.needed is not None and (value := board_value(one)) is not None
    ]
    return [one for gap, one in sorted(lacking, key=lambda pair: (-pair[0], pair[1].code)) if gap > 0]


def _from_plan(one: BoardLine) -> str:
    plan = "" if one.needed is None else target_words(one.unit, one.needed)
    return f"«{short_name(one.code, one.title)}» ({one.words} при плане {plan})"
