"""Templates of routes, which the school edits. What was made of them stays as it was made."""

from dataclasses import dataclass

from common.authorship import deed
from common.errors import Refused
from iom.models import RouteTemplate, RouteTemplateRow
from iom.rules.routes import StepIdea
from iom.words import Every, RouteKind, StepKind
from risk_registry.causes import KINDS, RESTRICTED
from school.models import School, Subject, User


@dataclass(frozen=True)
class TemplateWish:
    """When a template is used; empty: always."""

    title: str
    kind: str = ""
    subject: Subject | None = None
    cause: str = ""


def open_causes() -> list[tuple[str, str]]:
    """Causes by which a template may be chosen: those that everybody may know."""
    return [(code, kind.name) for code, kind in KINDS.items() if code not in RESTRICTED]


@deed
def template_save(*, by: User, school: School, template: RouteTemplate | None, wish: TemplateWish) -> RouteTemplate:
    """Write a template down, or correct it. Raises `Refused` for a title that is taken, or a restricted cause."""
    if wish.cause and wish.cause in RESTRICTED:
        raise Refused("По закрытой причине шаблон не подбирают: план выдал бы её.")
    row = template or RouteTemplate(school=school)
    same = RouteTemplate.objects.filter(school=school, title=wish.title, archived_at=None).exclude(pk=row.pk)
    if same.exists():
        raise Refused("Шаблон с таким названием уже есть.")
    row.title, row.subject, row.cause = wish.title, wish.subject, wish.cause
    row.kind = RouteKind(wish.kind) if wish.kind else ""
    row.save()
    return row


@deed
def template_archive(*, by: User, template: RouteTemplate) -> None:
    """It is no longer used; routes that were made of it stay."""
    template.archived_at = template.school.now()
    template.save(update_fields=["archived_at"])


@deed
def template_row_add(*, by: User, template: RouteTemplate, step: StepIdea) -> RouteTemplateRow:
    """Another step."""
    return RouteTemplateRow.objects.create(
        template=template, kind=StepKind(step.kind), text=step.text, every=Every(step.every), expected=step.expected
    )


@deed
def template_row_change(*, by: User, row: RouteTemplateRow, step: StepIdea) -> None:
    """Correct a step; routes that were made with it stay as they are."""
    row.kind, row.text = StepKind(step.kind), step.text
    row.every, row.expected = Every(step.every), step.expected
    row.save()


@deed
def template_row_remove(*, by: User, row: RouteTemplateRow) -> None:
    """One step less; history keeps it."""
    row.delete()
