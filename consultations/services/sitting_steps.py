"""What every deed with a sitting is made of: lock, compare with what was seen, change, keep the step."""

from common.errors import Refused
from consultations.councils import SITTING, SittingDeed, SittingState
from consultations.models import Sitting, SittingPerson, SittingStep
from school.models import User

CHANGED = "Заседание изменилось, пока вы решали: посмотрите на него и решите ещё раз. Ничего не записано."
SIGNED = "Протокол подписан: чтобы исправить его, сначала откройте протокол для исправления."
NOT_HELD = "Сначала отметьте, что заседание проведено."


def sitting_locked(key: int) -> Sitting:
    """The sitting until the transaction ends."""
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("school", "council__year").get(pk=key)


def sitting_seen(sitting: Sitting, version: int) -> Sitting:
    """The same, as the person saw it. Raises `Refused` when it has changed since."""
    row = sitting_locked(sitting.pk)
    if row.version != version:
        raise Refused(CHANGED)
    return row


def sitting_open(key: int) -> Sitting:
    """The same, with its agenda open. Raises `Refused` when it is signed or cancelled."""
    row = sitting_locked(key)
    if row.state == SittingState.SIGNED:
        raise Refused(SIGNED)
    if not row.is_open:
        raise Refused("Заседание отменено: сначала верните его в план.")
    return row


def sitting_held(key: int) -> Sitting:
    """The same, held and not signed: its course may be written. Raises `Refused` otherwise."""
    row = sitting_open(key)
    if row.state != SittingState.HELD:
        raise Refused(NOT_HELD)
    return row


def members_invite(row: Sitting) -> None:
    """The council's members of that day take part in their roles of that day; whoever is marked already stays as is."""
    members = {one.staff_id: one for one in row.council.members.select_related("staff") if one.sits_on(row.on)}
    unmarked = row.people.filter(present__isnull=True)
    unmarked.filter(member=True).exclude(staff__in=members).delete()
    for person in unmarked.filter(staff__in=members):
        person.member, person.role = True, members[person.staff_id or 0].get_role_display()
        person.save(update_fields=["member", "role"])
    SittingPerson.objects.bulk_create(
        [
            SittingPerson(sitting=row, staff=one.staff, role=one.get_role_display(), member=True)
            for one in members.values()
        ],
        ignore_conflicts=True,
    )


def step_note(by: User, row: Sitting, deed: str, comment: str = "", before: str | None = None) -> None:
    """The sitting as it is in memory becomes its next version, with the step that tells of it."""
    row.version += 1
    row.save()
    SittingStep.objects.create(
        sitting=row,
        deed=deed,
        from_state=row.state if before is None else before,
        to_state=row.state,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )


def sitting_move_state(by: User, row: Sitting, deed: SittingDeed, comment: str = "") -> None:
    """Lead the sitting along the table. Raises `Refused` where the table has no such way."""
    transition = SITTING.step(deed, row.state, comment)
    row.state = SittingState(transition.target)
    step_note(by, row, deed, comment, transition.source)
