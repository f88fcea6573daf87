"""The examples in deploy/ and compose.yaml fit the program that they start."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from tests.conftest import StartServer
from tests.isolation import SETTINGS
from tests.ops.scraped import TOKEN, Scraped
from tests.support.require import require_program
from tests.support.server import PROJECT

DEPLOY = PROJECT / "deploy"
GUIDE = (PROJECT / "docs/operating.md").read_text()
KNOWN = {*SETTINGS, "ROLLSCAPE_DATA"}
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def compose() -> Any:
    return yaml.safe_load((PROJECT / "compose.yaml").read_text())


# Alarms ----------------------------------------------------------------------------------------


def test_alarms_look_at_metrics_that_there_are(start_server: StartServer) -> None:
    scraped = Scraped(start_server("uvicorn-sqlite", ROLLSCAPE_METRICS=TOKEN))
    samples = [sample for family in scraped.families for sample in family.samples]
    shown = {sample.name: set[str]() for sample in samples} | {"up": {"instance", "job"}}
    for sample in samples:
        shown[sample.name] |= {*sample.labels, "instance", "job"}

    for rule in rules():
        used = set(re.findall(r"\b(?:rollscape|process)_[a-z_]+|\bup\b", re.sub(r"by \([^)]*\)", "", rule["expr"])))
        assert used, rule["alert"]
        assert used <= shown.keys(), rule["alert"]
        labels = set(re.findall(r"(\w+)=~?\"", rule["expr"]))
        assert all(labels <= shown[name] | {"le"} for name in used if "{" in rule["expr"].split(name)[1][:1])
        for _, label, value in re.findall(r"(\w+)\{.*?(code)=\"(\w+)\"", rule["expr"]):
            assert any(sample.labels.get(label) == value for sample in samples), rule["alert"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alarm_is_whole_and_explained(rule: dict[str, Any]) -> None:
    assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert "{{ $labels.instance }}" in rule["annotations"]["summary"]
    assert re.fullmatch(r"\d+[smh]", rule.get("for", "0s"))
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert f"| `{rule['alert']}` |" in GUIDE


def test_no_alarm_is_explained_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `(RollScape\w+)` \|", GUIDE, re.MULTILINE)) == {rule["alert"] for rule in rules()}


def test_every_metric_is_explained(start_server: StartServer) -> None:
    scraped = Scraped(start_server("uvicorn-sqlite", ROLLSCAPE_METRICS=TOKEN))

    ours = {family.name for family in scraped.families if family.name.startswith("rollscape_")}
    assert ours == {name.removesuffix("_total") for name in re.findall(r"^\| `(rollscape_\w+)", GUIDE, re.MULTILINE)}


# systemd ---------------------------------------------------------------------------------------


def test_units_are_what_systemd_understands(tmp_path: Path) -> None:
    program = require_program("systemd-analyze")
    for unit in UNITS:
        text = re.sub(r"(?<=^ExecStart=)\S+", "/bin/true", unit.read_text(), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)  # nothing is installed in /opt here

    done = subprocess.run([program, "verify", *tmp_path.iterdir()], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_what_is_there_with_settings_that_there_are(unit: Path) -> None:
    text = unit.read_text()

    for command in re.findall(r"^ExecStart=/opt/rollscape/(\S+)(?: manage.py (\w+))?", text, re.MULTILINE):
        assert command[1] in get_commands() if command[1] else (PROJECT / command[0]).stat().st_mode & 0o100
    for line in re.findall(r"^Environment=(.*)", text, re.MULTILINE):
        assert {name.split("=")[0] for name in line.split()} <= {*KNOWN, "PYTHONDONTWRITEBYTECODE"}


# Containers ------------------------------------------------------------------------------------


def test_the_composed_server_gets_settings_that_there_are() -> None:
    server = compose()["services"]["server"]

    assert server["environment"].keys() <= KNOWN
    assert server["environment"]["ROLLSCAPE_PROXIES"] == compose()["networks"]["default"]["ipam"]["config"][0]["subnet"]
    assert (PROJECT / server["build"]["dockerfile"]).exists()


def test_composed_services_lean_on_each_other_and_on_volumes_that_are_kept() -> None:
    composed = compose()

    for service in composed["services"].values():
        assert set(service.get("depends_on", ())) <= composed["services"].keys()
        mounted = {volume.split(":")[0] for volume in service.get("volumes", ())}
        files = {source for source in mounted if source.startswith("./")}
        assert all((PROJECT / source).is_file() for source in files)
        assert mounted - files <= composed["volumes"].keys()
        assert "ports" not in service or service["image"].endswith("caddy:2")
    address = composed["services"]["server"]["environment"]["DATABASE_URL"]
    assert re.search(r"@(\w+)/", address)[1] in composed["services"]  # type: ignore[index]  # an address has a host


def test_what_the_guide_asks_for_beside_the_compose_file_is_what_it_reads() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (PROJECT / "compose.yaml").read_text()))

    section = GUIDE.split("## In containers")[1].split("\n## ")[0]
    assert asked == set(re.findall(r"^    ([A-Z_]+)=", section, re.MULTILINE))


def test_the_container_starts_a_command_that_there_is() -> None:
    text = (PROJECT / "Containerfile").read_text()

    command = re.search(r'^CMD \["python", "manage.py", "(\w+)"\]', text, re.MULTILINE)
    assert command
    assert command[1] in get_commands()
    names = re.findall(r"(\w+)=", re.search(r"^ENV (.*)", text, re.MULTILINE)[1])  # type: ignore[index]  # it has one
    assert set(names) <= {*KNOWN, "PYTHONUNBUFFERED"}
    for source in re.findall(r"^COPY (\S+) ", text, re.MULTILINE):
        assert (PROJECT / source).exists()
