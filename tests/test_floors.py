"""Foreign keys go down the house, as imports do. The floors are those of pyproject.toml."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model


def floors() -> dict[str, int]:
    """Package → floor, the lowest is 0; packages of one floor stand beside each other."""
    project = tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return {package.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for package in layer.split("|")}


def our_models() -> list[type[Model]]:
    known = floors()
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in known]


def relations(model: type[Model]) -> dict[str, type[Model]]:
    """The model's columns that point to another table."""
    fields = (field for field in model._meta.get_fields() if field.concrete and field.is_relation)
    return {field.name: field.related_model for field in fields if isinstance(field.related_model, type)}


def may_point(source: str, target: str, known: dict[str, int]) -> bool:
    """Within an app, or down; a neighbour of the same floor is out of reach."""
    return source == target or target not in known or known[target] < known[source]


def test_no_foreign_key_points_up_the_floors() -> None:
    known = floors()
    pointing = [(model, name, target) for model in our_models() for name, target in relations(model).items()]
    wrong = [
        f"{model._meta.label}.{name} → {target._meta.label}"
        for model, name, target in pointing
        if not may_point(model._meta.app_label, target._meta.app_label, known)
    ]
    assert len(pointing) > 50
    assert wrong == []


def test_every_app_of_ours_has_its_floor() -> None:
    packages = {
        Path(config.path).name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR
    }
    assert packages <= set(floors())


def test_it_would_notice_a_key_that_points_up_or_sideways() -> None:
    known = floors()
    assert not may_point("school", "gradebook", known)
    assert not may_point("gradebook", "teaching", known)
    assert may_point("risk_registry", "gradebook", known)
