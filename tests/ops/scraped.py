"""What Prometheus would read."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from tests.support.server import ServerProcess

TOKEN = "the-token-for-the-metrics-of-the-tests"


class Scraped:
    """One reading of `/metrics`."""

    def __init__(self, server: ServerProcess) -> None:
        answer = server.get("/metrics", token=TOKEN)
        assert answer.status == 200, answer.body
        self.text = answer.body.decode()
        self.families = list(text_string_to_metric_families(self.text))

    def sum(self, name: str, **labels: str) -> float:
        """The samples of that name with these labels, together; there must be one."""
        found = [
            sample.value
            for family in self.families
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        assert found, f"no {name} with {labels}"
        return sum(found)

    @property
    def processes(self) -> dict[str, float]:
        """Whether each process answered, by its number."""
        return {
            sample.labels["process"]: sample.value
            for family in self.families
            for sample in family.samples
            if sample.name == "rollscape_process_up"
        }
