"""What can be held of the containers without running them; docs/install.md says what else was tried."""

import re
from typing import Any

import pytest
import yaml

from tests.launcher.conftest import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
    return found


def test_it_has_a_service_for_everything_the_launcher_starts(services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == {"migrate", "web", "worker", "beat", "postgres", "valkey"}


def test_everything_that_stays_says_whether_it_is_well(services: dict[str, dict[str, Any]]) -> None:
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate"}


def test_every_secret_is_required_from_the_environment() -> None:
    secrets = set(re.findall(r"\$\{([A-Z_]*(?:PASSWORD|KEY)[A-Z_]*)", COMPOSE))
    required = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))

    assert len(secrets) == 5
    assert secrets <= required


def test_only_migrations_know_the_owners_password(services: dict[str, dict[str, Any]]) -> None:
    knowing = {name for name, service in services.items() if "OWNER_PASSWORD" in str(service["environment"])}

    assert knowing == {"migrate", "postgres"}


def test_the_application_waits_for_migrations(services: dict[str, dict[str, Any]]) -> None:
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_guide_to_installation_names_every_variable() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))

    guide = (ROOT / "docs" / "install.md").read_text()
    assert [name for name in sorted(used) if f"`{name}`" not in guide] == []


def test_the_roles_are_made_by_the_file_that_the_launcher_uses(services: dict[str, dict[str, Any]]) -> None:
    mounted = [volume.split(":")[0] for volume in services["postgres"]["volumes"] if volume.startswith("./")]

    assert mounted == ["./launcher/roles.sql"]
    wanted = set(re.findall(r"\\getenv \w+ (\w+)", (ROOT / "launcher" / "roles.sql").read_text()))
    assert wanted <= set(services["postgres"]["environment"])


def test_no_secret_of_the_environment_gets_into_the_image_or_the_repository() -> None:
    assert ".env*" in (ROOT / ".dockerignore").read_text().splitlines()
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_broker_is_not_root(services: dict[str, dict[str, Any]]) -> None:
    assert services["valkey"]["command"][0] == "sh"
    assert services["valkey"]["user"] == "valkey"


def test_the_image_installs_the_lock_and_runs_as_nobody_in_particular() -> None:
    lines = DOCKERFILE.splitlines()

    assert "--require-hashes -r /tmp/runtime.lock" in DOCKERFILE
    assert "COPY requirements/runtime.lock /tmp/runtime.lock" in lines
    assert lines.index("USER opora") < next(i for i, line in enumerate(lines) if line.startswith("CMD"))
