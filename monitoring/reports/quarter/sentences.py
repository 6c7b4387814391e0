"""Sentences that the figures suggest for the conclusions; a person takes, rewrites or drops each."""

from collections.abc import Iterator

from django.urls import reverse

from common.russian import counted, percent, whole
from documents.papers.parts import Section, Suggestion
from monitoring.reports.quarter.facts import Fact
from monitoring.reports.quarter.known import Known
from monitoring.reports.quarter.plans import linked_late
from monitoring.reports.quarter.work import linked
from monitoring.rules.standing import Standing
from risk_registry.categories import EntryState
from risk_registry.links import categories_link, registry_link

CODE, TITLE = "decisions_suggested", "Выводы и решения"
_PUPILS = ("обучающийся", "обучающихся", "обучающихся")
_OF_PUPILS = ("обучающегося", "обучающихся", "обучающихся")


def conclusions(known: Known) -> Section:
    """No parts of its own: what people take of it stands before what they write themselves."""
    every = (_risk, _worst, _registry, _causes, _work, _routes, _parents, _absences, _indicators, _roadmap)
    return Section(CODE, TITLE, (), tuple(one for suggest in every for one in suggest(known)))


def _risk(known: Known) -> Iterator[Suggestion]:
    total, period = known.report.totals, known.period.pk
    link = categories_link(period=period, category="at_risk")
    if not total.at_risk:
        yield Suggestion("risk", "Неуспевающих и слабоуспевающих обучающихся по итогам периода нет.", "Таблица 1", link)
        return
    words = f"{counted(total.at_risk, *_PUPILS)} под риском неуспешности ({percent(total.at_risk, total.pupils)})"
    if total.change is None:
        text = f"По итогам периода в школе {words}."
    elif total.change == 0:
        text = f"По итогам периода в школе {words}; их число не изменилось к итогам {known.report.previous_title}."
    else:
        more = "больше" if total.change > 0 else "меньше"
        text = (
            f"По итогам периода в школе {words}: на {abs(total.change)} {more}, чем по итогам "
            f"{known.report.previous_title}."
        )
    yield Suggestion("risk", text, "Таблица 1", link)


def _worst(known: Known) -> Iterator[Suggestion]:
    risky = sorted(
        (line for line in known.report.classes if line.at_risk), key=lambda line: -line.at_risk / line.pupils
    )
    if len(risky) < 2:
        return
    names = ", ".join(f"{line.name} ({percent(line.at_risk, line.pupils)})" for line in risky[:3])
    yield Suggestion(
        "classes", f"Взять на контроль классы с наибольшей долей обучающихся под риском: {names}.", "Таблица 2"
    )


def _registry(known: Known) -> Iterator[Suggestion]:
    waiting = [entry for entry in known.registry.values() if entry.stands and entry.state != EntryState.APPROVED]
    if waiting:
        yield Suggestion(
            "registry",
            f"Завершить утверждение реестра: не утверждено записей — {len(waiting)}.",
            "Раздел «Реестр»",
            registry_link(period=known.period.pk),
        )


def _causes(known: Known) -> Iterator[Suggestion]:
    without = sum(1 for entry in known.registry.values() if entry.stands and not entry.causes)
    if without:
        yield Suggestion(
            "causes",
            f"Установить причины неуспешности там, где они ещё не указаны: у {counted(without, *_OF_PUPILS)}.",
            "Раздел «Причины»",
            registry_link(period=known.period.pk, causes="none"),
        )


def _work(known: Known) -> Iterator[Suggestion]:
    without = len(known.at_risk) - len(known.recorded)
    if known.at_risk and not without:
        yield Suggestion(
            "work", "Со всеми обучающимися под риском велась записанная работа.", "Раздел «Проведённая работа»"
        )
    elif without:
        yield Suggestion(
            "work",
            f"Уточнить с классными руководителями, какая работа ведётся с {_instrumental(without)} под риском: "
            "записей о ней нет.",
            "Раздел «Проведённая работа»",
            "#appendices",
        )


def _instrumental(number: int) -> str:
    return counted(number, "обучающимся", "обучающимися", "обучающимися")


def _routes(known: Known) -> Iterator[Suggestion]:
    without = sum(1 for pupil in known.at_risk if not known.facts[Fact.ROUTED][pupil])
    if without:
        every = len(known.at_risk)
        yield Suggestion(
            "routes",
            f"Составить индивидуальные маршруты для {counted(without, *_OF_PUPILS)} под риском (охват сейчас "
            f"{percent(every - without, every)}).",
            "Раздел «Индивидуальные маршруты»",
            linked("routes:coverage", period=known.period.pk),
        )


def _parents(known: Known) -> Iterator[Suggestion]:
    silent = known.total(Fact.NOTICE) - known.total(Fact.NOTICE_KNOWN) - known.total(Fact.NOTICE_DECLINED)
    if silent > 0:
        words = counted(silent, "уведомление", "уведомления", "уведомлений")
        yield Suggestion(
            "parents",
            f"Получить ответ родителей на {words}.",
            "Раздел «Работа с родителями»",
            linked("notices:list", period=known.period.pk),
        )


def _absences(known: Known) -> Iterator[Suggestion]:
    missed = known.report.absences_total.unexcused
    if missed:
        yield Suggestion(
            "absences",
            f"Пропущено уроков без уважительной причины: {whole(missed)}; продолжить работу с теми, кто их пропускает.",
            "Раздел «Пропуски уроков»",
            "#part4",
        )


def _indicators(known: Known) -> Iterator[Suggestion]:
    if known.board is None:
        return
    off = [line.code for line in known.board.lines if line.standing == Standing.OFF]
    if off:
        shown = ", ".join(off[:10]) + (" и другие" if len(off) > 10 else "")
        words = counted(len(off), "показателя", "показателей", "показателей")
        yield Suggestion(
            "indicators",
            f"Рассмотреть причины отставания {words} от плана: {shown}.",
            "Раздел «Показатели против плана»",
            reverse("indicators:board"),
        )


def _roadmap(known: Known) -> Iterator[Suggestion]:
    late = sum(line.late for line in known.roadmap)
    if late:
        yield Suggestion(
            "roadmap",
            f"Провести или перенести с основанием просроченные мероприятия дорожной карты: {late}.",
            "Раздел «Исполнение дорожной карты»",
            linked_late(),
        )
    decisions = sum(line.late for line in known.decisions)
    if decisions:
        yield Suggestion(
            "sittings",
            f"Выполнить просроченные решения заседаний: {decisions}.",
            "Раздел «Исполнение дорожной карты»",
            f"{reverse('sittings:decisions')}?show=late",
        )
