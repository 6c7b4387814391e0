"""Reads of the social passport: the only way to it. Each that shows whom it is about writes into the log of readings.

What needs a consent is shown while the consent is in force, and withheld otherwise: it is said how much is withheld.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from school.access import access_of
from school.models import Consent, Pupil, SocialFact, SocialRecord, User
from school.permissions import can_edit_social_record, can_see_social_record, social_pupils_for
from school.purposes import Purpose
from school.restricted import SOCIAL_FILE, SOCIAL_LIST, SOCIAL_PASSPORT
from school.selectors_consents import purposes_in_force
from school.services.reading import log_reading
from school.social_groups import OF_FILES, SECTIONS, SocialGroup, groups_by_consent

_PER_PAGE = 50
NOT_YOURS = "Социальный паспорт читают администрация, социально-психологическая служба и классный руководитель."


@dataclass(frozen=True)
class Passport:
    """One pupil's passport. `live` holds today, `past` is closed, cancelled or corrected.

    `withheld` names the purposes without whose consent something is not shown; `from_file` are groups that a
    contingent file states and nobody has entered by a document.
    """

    live: tuple[SocialFact, ...]
    past: tuple[SocialFact, ...]
    withheld: tuple[Purpose, ...]
    from_file: tuple[SocialGroup, ...]


def social_passport(user: User, pupil: Pupil) -> Passport:
    """Everything that stands in the pupil's passport, logged. PermissionDenied for whom it is not."""
    if not can_see_social_record(user, pupil):
        raise PermissionDenied(NOT_YOURS)
    today = pupil.school.today()
    rows = list(pupil.social_facts.select_related("written_by__staff", "void_by__staff", "pupil"))
    given = purposes_in_force(pupil, today)
    shown = [row for row in rows if _may_show(SocialGroup(row.group), given)]
    hidden = {SocialGroup(row.group).consent for row in rows if row.void_at is None and row not in shown}
    live = tuple(row for row in shown if _holds(row, today))
    stated = [group for group in _stated_by_files(pupil) if group not in {row.group for row in live}]
    hidden |= {group.consent for group in stated if not _may_show(group, given)}
    log_reading(by=user, pupils=[pupil], what=SOCIAL_PASSPORT)
    return Passport(
        live=live,
        past=tuple(row for row in shown if row not in live),
        withheld=tuple(purpose for purpose in Purpose if purpose in hidden),
        from_file=tuple(group for group in stated if _may_show(group, given)),
    )


def social_fact_for(user: User, pk: int) -> SocialFact | None:
    """A fact that the person may change, logged; perhaps cancelled by now. None when there is none that is shown.

    PermissionDenied for who only reads.
    """
    rows = _shown(user, SocialFact.objects.filter(stands__isnull=True, pk=pk))
    rows = rows.filter(pupil__in=social_pupils_for(user).order_by())
    row = rows.select_related("pupil__school").first()
    if row is None:
        return None
    if not can_edit_social_record(user, row.pupil):
        raise PermissionDenied("Социальный паспорт ведёт социальный педагог.")
    log_reading(by=user, pupils=[row.pupil], what=SOCIAL_PASSPORT)
    return row


def _may_show(group: SocialGroup, given: set[str]) -> bool:
    return group.consent is None or group.consent in given


def _holds(row: SocialFact, today: date) -> bool:
    return row.void_at is None and (row.ends is None or row.ends >= today)


def _stated_by_files(pupil: Pupil) -> list[SocialGroup]:
    record = SocialRecord.objects.filter(pupil=pupil).first()
    return [group for column, group in OF_FILES.items() if record is not None and getattr(record, column)]


@dataclass(frozen=True)
class ClassCount:
    """How many of one class: its key, its name, the number; `order` is that of the school's classes."""

    pk: int
    name: str
    number: int
    order: tuple[int, str]


@dataclass(frozen=True)
class GroupCount:
    """One group: how many pupils of those whom the person may see, and of which classes."""

    group: SocialGroup
    number: int
    classes: tuple[ClassCount, ...]


@dataclass(frozen=True)
class SchoolPassport:
    """Counts of a school or a class on one day, by section; `pupils` are in any group at all.

    `withheld` is the number of records that no consent in force lets us count.
    """

    day: date
    sections: tuple[tuple[str, tuple[GroupCount, ...]], ...]
    pupils: int
    of: int
    withheld: int

    @property
    def groups(self) -> list[GroupCount]:
        """All groups, the empty ones included."""
        return [count for _, counts in self.sections for count in counts]


def social_counts(user: User, day: date, school_class: int | None = None) -> SchoolPassport:
    """Numbers without names; four queries."""
    facts = _counted(user, day, school_class)
    classes = ("pupil__enrolments__school_class", "pupil__enrolments__school_class__name")
    order = ("pupil__enrolments__school_class__grade", "pupil__enrolments__school_class__letter")
    rows = facts.order_by(*order).values_list("group", *classes, *order)
    found: dict[str, list[ClassCount]] = defaultdict(list)
    for group, pk, name, grade, letter, number in rows.annotate(number=Count("pupil", distinct=True)):
        found[group].append(ClassCount(pk, name, number, (grade, letter)))
    total = _counted(user, day, school_class, shown=False).count()
    told = facts.order_by().aggregate(pupils=Count("pupil", distinct=True), facts=Count("pk"))
    return SchoolPassport(
        day=day,
        sections=tuple(
            (title, tuple(_group_count(one, found[one]) for one in groups)) for title, groups in SECTIONS.items()
        ),
        pupils=told["pupils"],
        of=_seated(user, day, school_class).count(),
        withheld=total - told["facts"],
    )


def _group_count(group: SocialGroup, classes: list[ClassCount]) -> GroupCount:
    return GroupCount(group, sum(one.number for one in classes), tuple(classes))


def social_names(
    user: User, group: SocialGroup | None, day: date, school_class: int | None = None, page: str | None = None
) -> "Page[SocialFact]":
    """A page of the facts behind a number, by class and name, logged for the pupils that it shows.

    Each has `seat`, the name of the class on that day.
    """
    rows = _named(user, group, day, school_class)
    shown = Paginator(rows, _PER_PAGE).get_page(page)
    log_reading(by=user, pupils=[row.pupil_id for row in shown], what=SOCIAL_LIST)
    return shown


def social_file(user: User, day: date, school_class: int | None = None) -> list[SocialFact]:
    """All facts as they leave in a workbook, logged as such."""
    rows = list(_named(user, None, day, school_class))
    log_reading(by=user, pupils=[row.pupil_id for row in rows], what=SOCIAL_FILE)
    return rows


def _named(user: User, group: SocialGroup | None, day: date, school_class: int | None) -> QuerySet[SocialFact]:
    rows = _counted(user, day, school_class).select_related("pupil")
    if group is not None:
        rows = rows.filter(group=group)
    seat = "pupil__enrolments__school_class"
    order = (f"{seat}__grade", f"{seat}__letter", "pupil__sort_key", "pupil", "group")
    return rows.annotate(seat=F(f"{seat}__name")).order_by(*order)


def _counted(user: User, day: date, school_class: int | None, *, shown: bool = True) -> QuerySet[SocialFact]:
    """Facts that hold on the day, of pupils whom the person may see and who sit in a class on it."""
    rows = SocialFact.objects.filter(void_at__isnull=True)
    seat = Q(pupil__enrolments__starts__lte=day) & (
        Q(pupil__enrolments__ends__isnull=True) | Q(pupil__enrolments__ends__gte=day)
    )
    if school_class is not None:
        seat &= Q(pupil__enrolments__school_class=school_class)
    holds = Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))
    rows = rows.filter(seat, holds, pupil__in=social_pupils_for(user).order_by())
    return _shown(user, rows) if shown else rows


def _shown(user: User, rows: QuerySet[SocialFact]) -> QuerySet[SocialFact]:
    """Those of the facts that the law lets us show today."""
    today = access_of(user).today or date.min
    for purpose in Purpose:
        if groups := groups_by_consent(purpose):
            given = Consent.objects.in_force(today).filter(pupil=OuterRef("pupil"), purpose=purpose)
            rows = rows.filter(~Q(group__in=groups) | Exists(given))
    return rows


def _seated(user: User, day: date, school_class: int | None) -> QuerySet[Pupil]:
    seat = Q(enrolments__starts__lte=day) & (Q(enrolments__ends__isnull=True) | Q(enrolments__ends__gte=day))
    if school_class is not None:
        seat &= Q(enrolments__school_class=school_class)
    return social_pupils_for(user).filter(seat).order_by()


def counted_in_group(group: SocialGroup, day: date) -> Q:
    """Of pupils: those of a group on that day, for sums that name nobody, so that no reading is logged.

    What files of the contingent state counts beside documents.
    """
    holds = Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))
    facts = SocialFact.objects.filter(holds, void_at__isnull=True, group=group, pupil=OuterRef("pk"))
    stated = [column for column, named in OF_FILES.items() if named == group]
    records = SocialRecord.objects.filter(**dict.fromkeys(stated, True), pupil=OuterRef("pk"))
    return Q(Exists(facts)) | Q(Exists(records)) if stated else Q(Exists(facts))
