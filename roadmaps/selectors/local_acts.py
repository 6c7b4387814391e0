"""Reads of the register of local acts, and the indicators P17, P18, P22, P33 with the names behind them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from iom.models import PartnerAgreement
from risk_registry.models import RegistryEntry, RegistryStep
from risk_registry.workflow import Deed
from roadmaps.models import LocalAct, LocalActFile, PsychAgreement
from roadmaps.rules.demanded import (
    ALGORITHM,
    BY_CODE,
    SUPPORT,
    ActFacts,
    DemandStanding,
    demands_standing,
    in_force,
)
from school.access import Viewer
from school.models import AcademicYear, Period, School


def acts(user: Viewer, *, kind: str = "", state: str = "", text: str = "") -> QuerySet[LocalAct]:
    """The register by title, with whether an act has a file."""
    rows = LocalAct.objects.visible_to(user)
    given = {"kind": kind, "state": state}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text))
    shown = LocalActFile.objects.filter(act=OuterRef("pk"), withdrawn_at__isnull=True)
    return rows.annotate(has_file=Exists(shown)).order_by("title", "pk")


@dataclass(frozen=True)
class AgreementLine:
    """An agreement with a partner; `psych`: a person said that the partner helps psychologically."""

    agreement: PartnerAgreement
    valid: bool
    psych: bool

    @property
    def name(self) -> str:
        """«Центр «Семья», договор № 4 от 01.09.2026»."""
        return f"{self.agreement.partner.name}, {self.agreement}"


def agreement_lines(school: School, day: date) -> list[AgreementLine]:
    """Agreements of the register of partners, those in force first. One query."""
    marked = PsychAgreement.objects.filter(agreement=OuterRef("pk"))
    rows = PartnerAgreement.objects.filter(
        school=school, removed_at__isnull=True, partner__removed_at__isnull=True
    ).annotate(is_psych=Exists(marked))
    lines = [
        AgreementLine(row, row.starts <= day and (row.ends is None or row.ends >= day), row.is_psych)
        for row in rows.select_related("partner").order_by("partner__name", "-starts", "pk")
    ]
    return sorted(lines, key=lambda line: not line.valid)


def act_facts(school: School) -> list[ActFacts]:
    """Every act as far as its force goes. One query."""
    rows = LocalAct.objects.filter(school=school).values_list("pk", "title", "answers", "state", "ends", "starts")
    return [ActFacts(*row) for row in rows]


@dataclass(frozen=True)
class ActIndicator:
    """`value`: a number (P17) or 1 and 0 for «есть» and «нет»; `names` are what it follows from, `lacks` what not."""

    code: str
    title: str
    value: int
    presence: bool
    names: tuple[str, ...]
    lacks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """«есть», «нет», «3»."""
        return ("есть" if self.value else "нет") if self.presence else str(self.value)


@dataclass(frozen=True)
class ActsOverview:
    """What the sources ask for and what there is, on a day."""

    demands: tuple[DemandStanding, ...]
    agreements: tuple[AgreementLine, ...]
    indicators: tuple[ActIndicator, ...]

    @property
    def lacking(self) -> int:
        """How many demands no act in force meets."""
        return sum(not one.met for one in self.demands)


def acts_overview(school: School, year: AcademicYear | None, day: date) -> ActsOverview:
    """Three queries. It names no pupil: of the registry it tells periods alone, so it is the same for every reader."""
    known = act_facts(school)
    lines = agreement_lines(school, day)
    standing = demands_standing(known, day)
    indicators = (_p17(lines), _p18(year), _p22(known, day), _p33(standing, lines))
    return ActsOverview(standing, tuple(lines), indicators)


def _p17(lines: list[AgreementLine]) -> ActIndicator:
    """Паспорт программы, показатель 17: число действующих соглашений."""
    names = tuple(line.name for line in lines if line.valid)
    return ActIndicator("P17", "Соглашения о сетевом взаимодействии", len(names), False, names)


def _p18(year: AcademicYear | None) -> ActIndicator:
    """Паспорт программы, показатель 18: реестр непустой и подтверждён в этом учебном году."""
    names: tuple[str, ...] = ()
    if year is not None:
        approved = RegistryStep.objects.filter(entry=OuterRef("pk"), deed=Deed.APPROVE)
        entries = RegistryEntry.objects.filter(Exists(approved), period=OuterRef("pk"), school=year.school_id)
        periods = Period.objects.filter(Exists(entries), year=year).order_by("number")
        names = tuple(f"Реестр утверждён: {period.title}" for period in periods)
    lacks = () if names else ("В этом учебном году реестр не утверждали.",)
    return ActIndicator("P18", "Банк данных о детях группы риска", int(bool(names)), True, names, lacks)


def _p22(known: list[ActFacts], day: date) -> ActIndicator:
    """Паспорт программы, показатель 22: действует алгоритм выявления и сопровождения."""
    names = tuple(act.title for act in known if act.answers == ALGORITHM and in_force(act, day))
    lacks = () if names else (BY_CODE[ALGORITHM].title,)
    return ActIndicator("P22", "Алгоритм выявления и сопровождения", int(bool(names)), True, names, lacks)


def _p33(standing: tuple[DemandStanding, ...], lines: list[AgreementLine]) -> ActIndicator:
    """Паспорт программы, показатель 33: четыре положения и договор о психологической помощи, все действуют."""
    wanted = [one for one in standing if one.demand.code in SUPPORT]
    helpers = [line.name for line in lines if line.valid and line.psych]
    names = tuple(one.act.title for one in wanted if one.met and one.act is not None) + tuple(helpers)
    lacks = tuple(one.demand.title for one in wanted if not one.met)
    if not helpers:
        lacks += ("Договор с учреждением, которое оказывает психологическую помощь",)
    title = "Локальные акты о психолого-педагогическом сопровождении"
    return ActIndicator("P33", title, int(not lacks), True, names, lacks)
