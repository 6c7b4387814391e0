"""Subjects and the other headings under which files write them."""

from collections.abc import Sequence

from common.authorship import deed
from common.errors import Refused
from common.names import name_key
from school.models import School, Subject, SubjectAlias, User
from school.services.dependents import must_be_unused


@deed
def subject_save(
    *,
    by: User | None,
    school: School,
    subject: Subject | None,
    name: str,
    short_name: str,
    group: str,
    aliases: Sequence[str],
) -> Subject:
    """Make a subject or correct it; `aliases` are all its other headings. Raises `Refused` when a name is taken."""
    row = subject or Subject(school=school)
    taken = _taken_by_others(school, row)
    for heading in [name, *aliases]:
        if name_key(heading) in taken:
            raise Refused(f"«{heading}» уже стоит у предмета «{taken[name_key(heading)]}».")
    row.name, row.short_name, row.group = name, short_name, group
    row.save()
    row.aliases.exclude(name__in=aliases).delete()
    known = set(row.aliases.values_list("name", flat=True))
    SubjectAlias.objects.bulk_create(
        SubjectAlias(school=school, subject=row, name=alias) for alias in dict.fromkeys(aliases) if alias not in known
    )
    return row


def _taken_by_others(school: School, subject: Subject) -> dict[str, str]:
    """Names and aliases of the other subjects, folded, and whose they are."""
    others = Subject.objects.filter(school=school).exclude(pk=subject.pk)
    taken = {name_key(name): name for name in others.values_list("name", flat=True)}
    aliases = SubjectAlias.objects.filter(subject__in=others).values_list("name", "subject__name")
    return taken | {name_key(alias): name for alias, name in aliases}


@deed
def subject_delete(*, by: User | None, subject: Subject) -> None:
    """Remove a subject made by mistake. Raises `Refused` when anything but its own aliases refers to it."""
    subject.aliases.all().delete()
    must_be_unused(subject, f"Предмет «{subject.name}» удалить нельзя.")
    subject.delete()
