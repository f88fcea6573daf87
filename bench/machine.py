"""On what was measured."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

PACKAGES = (
    "django",
    "channels",
    "daphne",
    "uvicorn",
    "uvloop",
    "websockets",
    "msgspec",
    "fastapi",
    "python-socketio",
    "aiohttp",
)


def describe() -> dict[str, str]:
    """The machine, and the versions of everything that took part, by name."""
    found = {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "kernel": f"Linux {platform.release()}",
        "Python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
    }
    postgres = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    programs = {"PostgreSQL": str(postgres[-1]) if postgres else None, "node": shutil.which("node")}
    for name, program in programs.items():
        if program:
            said = subprocess.check_output([program, "--version"], text=True)
            found[name] = said.strip().removeprefix("postgres (PostgreSQL) ").removeprefix("v").split()[0]
    for name in ("ws", "socket.io"):
        package = Path(__file__).parent / "node_modules" / name / "package.json"
        if package.exists():
            found[name] = json.loads(package.read_text())["version"]
    return found


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {len(names)} threads"
