"""Under whose name the database runs: PostgreSQL refuses to be root."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from launcher.process import Account

USER = "opora"


def server_account() -> Account | None:
    """None when we are an ordinary user; as root a system user of its own, or nobody where users cannot be made."""
    if os.geteuid() != 0:
        return None
    if not _exists(USER) and shutil.which("useradd"):
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    entry = pwd.getpwnam(USER if _exists(USER) else "nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def may_enter(account: Account | None, directory: Path) -> bool:
    """Whether that user can reach what lies in the directory. Tried rather than computed: access lists count too."""
    return account is None or _runs(account, ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(directory)])


def may_write(account: Account | None, directory: Path) -> bool:
    if account is None:
        return os.access(directory, os.W_OK)
    return _runs(account, ["/bin/sh", "-c", 'test -w "$1"', "sh", str(directory)])


def may_run(account: Account | None, program: Path) -> bool:
    return account is None or _runs(account, [str(program), "--version"])


def _runs(account: Account, argv: list[str]) -> bool:
    try:
        result = subprocess.run(
            argv, user=account.uid, group=account.gid, extra_groups=[], cwd="/", capture_output=True, check=False
        )
    except OSError:
        return False
    return result.returncode == 0


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
