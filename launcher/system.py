"""What only the operating system's packages can bring, and how to get it on Debian and Ubuntu."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from launcher.say import Refusal, note

PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_one_at_a_time = threading.Lock()
# The headless shell first: the whole browser draws its own frame too, for nobody.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def require_python_venv() -> None:
    """Debian's bare python3 cannot make a virtual environment. Raises a Refusal of one line if nothing helps.

    That line, and the installation, name everything else that is missing too, so that one command is enough.
    """
    if not missing_for_python():
        return
    missing = [*missing_for_python(), *([] if has_pango() else PANGO_PACKAGES)]
    if not install(missing) or missing_for_python():
        raise Refusal(f"Не хватает системных пакетов. Установите их: {install_line(missing)}")


def ensure_pango() -> bool:
    """Install Pango if it is missing and we may; without it everything works but the making of PDF."""
    if has_pango() or (install(PANGO_PACKAGES) and has_pango()):
        return True
    note(f"PDF не будет: нет библиотеки Pango. Установите её: {install_line(PANGO_PACKAGES)}")
    return False


def has_pango() -> bool:
    return all(_loads(library) for library in PANGO_LIBRARIES)


def chromium() -> str | None:
    """The path of a browser for the journeys, or None."""
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def install_line(packages: Sequence[str]) -> str:
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get install {' '.join(packages)}"


def install(packages: Sequence[str]) -> bool:
    """Try to install Debian packages without asking anybody anything; False when we may not or it fails."""
    prefix = _privilege()
    if prefix is None:
        return False
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    options = ["--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    with _one_at_a_time:
        note(f"Устанавливаются системные пакеты: {' '.join(packages)}…")
        if _succeeds([*command, "install", *options, *packages]):
            return True
        # A fresh system has no package lists yet, an old one has lists of releases that are gone.
        return _succeeds([*command, "update"]) and _succeeds([*command, "install", *options, *packages])


def _privilege() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def _succeeds(command: list[str]) -> bool:
    # In a session of its own: Ctrl-C must not leave the system's packages half installed.
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, start_new_session=True)
    return result.returncode == 0


def missing_for_python() -> list[str]:
    """Debian's packages without which Python's cannot be installed."""
    importlib.invalidate_caches()
    missing = [] if importlib.util.find_spec("ensurepip") else [_venv_package()]
    if Path("/etc/debian_version").exists() and not CERTIFICATES.exists():
        missing.append("ca-certificates")
    return missing


def _venv_package() -> str:
    """Debian's own Python has a package named for 3, any other one for its minor version."""
    own = Path("/usr/bin/python3").resolve() == Path(sys.executable).resolve()
    return "python3-venv" if own else f"python3.{sys.version_info.minor}-venv"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
