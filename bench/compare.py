"""`make bench`: the durable server against the seed's forgetful design, in one run on the same machine.

50 rooms of 20, in each one who speaks and has IN_FLIGHT messages on their way. Server on one core, load on
another; servers take turns, three runs each. Prints delivered frames a second and the server's CPU-milliseconds
for 1,000 of them, as medians with the extremes, and the ratio to the seed's.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOMS, MEMBERS, SECONDS, RUNS = 50, 20, 5.0, 3
SERVER_CORE, LOAD_CORE = "0", "1"
Sockets = list[tuple[int, int, str]]  # room, speaks, path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_ms(pid: int) -> float:
    """What the threads of a process have used of the processor, in milliseconds."""
    stats = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(stat.read_text().split()[0]) for stat in stats) / 1e6


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[int]:
    """A server on its core, up and answering; its process id."""
    server = subprocess.Popen(
        ["taskset", "-c", SERVER_CORE, *command], env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def measure(load: Path, port: int, pid: int, sockets: Sockets, in_flight: int) -> dict[str, float]:
    """One run of the load against a server that is up."""
    generator = subprocess.Popen(
        ["taskset", "-c", LOAD_CORE, str(load), str(port), str(SECONDS), str(in_flight)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert generator.stdin is not None
    assert generator.stdout is not None
    generator.stdin.write("".join(f"{room} {speaks} {path}\n" for room, speaks, path in sockets))
    generator.stdin.close()
    assert generator.stdout.readline() == "begin\n", "the load was refused"
    before = cpu_ms(pid)
    assert generator.stdout.readline() == "end\n"
    used = cpu_ms(pid) - before
    result = json.loads(generator.stdout.read())
    assert generator.wait(30) == 0
    return {
        "frames/s": result["frames"] / result["seconds"],
        "ms/kf": used / (result["frames"] / 1000),
        "p50 ms": result["p50_us"] / 1000,
        "p99 ms": result["p99_us"] / 1000,
        "load's core": result["busy"],
    }


def seed(load: Path, in_flight: int) -> dict[str, float]:
    port = free_port()
    sockets = [
        (room, int(member == 1), f"/ws/game/{room}?token={room * MEMBERS + member}")
        for room in range(ROOMS)
        for member in range(MEMBERS)
    ]
    with running([sys.executable, str(HERE / "peers" / "seed.py"), str(port)], port) as pid:
        return measure(load, port, pid, sockets, in_flight)


def rollscape(load: Path, in_flight: int) -> dict[str, float]:
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        environment = {"ROLLSCAPE_DATA": data, "PORT": str(port), "HOST": "127.0.0.1", "ROLLSCAPE_RATE": "0"}
        manage = [sys.executable, str(HERE.parent / "manage.py")]
        with running([*manage, "serve"], port, **environment) as pid:
            rooms = ["demo", "--json", f"--rooms={ROOMS}", f"--members={MEMBERS}"]
            made = subprocess.check_output([*manage, *rooms], env={**os.environ, **environment})
            sockets = [
                (room, int(member == 1), f"/ws/game/{table['session']}?token={token}")
                for room, table in enumerate(json.loads(made)["rooms"])
                for member, token in enumerate(table["tokens"])
            ]
            return measure(load, port, pid, sockets, in_flight)


def main() -> None:
    in_flight = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory() as folder:
        load = Path(folder) / "load"
        subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", str(load), str(HERE / "load.c")], check=True)
        results: dict[str, list[dict[str, float]]] = {"seed": [], "rollscape": []}
        for _ in range(RUNS):
            results["seed"].append(seed(load, in_flight))
            results["rollscape"].append(rollscape(load, in_flight))
    for name, runs in results.items():
        print(name)
        for figure in runs[0]:
            values = [run[figure] for run in runs]
            print(f"  {figure:12} {statistics.median(values):12.2f}  ({min(values):.2f} to {max(values):.2f})")
    ratios = [r["frames/s"] / s["frames/s"] for r, s in zip(results["rollscape"], results["seed"], strict=True)]
    print(f"rollscape delivers {statistics.median(ratios):.2f} x the seed's frames ({min(ratios):.2f} at the least)")


if __name__ == "__main__":
    main()
