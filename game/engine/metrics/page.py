"""The process' numbers in Prometheus' text format: those of the counters, and those that are read off the engine now.

What each means and when it is cause for alarm is in docs/operating.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.conf import settings
from prometheus_client import GC_COLLECTOR, PROCESS_COLLECTOR
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from game.engine.counters import Histogram, counters

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Moment:
    """What the engine looks like now; taken on its event loop, where nothing changes meanwhile."""

    rooms: int
    seated: int
    catching_up: int
    writer_queue: int
    layer_queue: int
    groups: int
    tasks: int
    buffered: int  # bytes
    most_buffered: int  # bytes


class _Page(Collector):
    """Every family, each sample with the number of its process."""

    def __init__(self, moment: Moment, process: int) -> None:
        self._moment = moment
        self._process = {"process": str(process)}

    def collect(self) -> Iterator[Metric]:
        families: list[Iterable[Metric]] = [
            _gauges(self._moment),
            _counters(),
            _histograms(),
            PROCESS_COLLECTOR.collect(),
            GC_COLLECTOR.collect(),
        ]
        for family in (family for some in families for family in some):
            family.samples = [sample._replace(labels=sample.labels | self._process) for sample in family.samples]
            yield family


def page(moment: Moment, process: int) -> bytes:
    """All of this process' metrics as text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Page(moment, process))
    return generate_latest(registry)


def _gauges(now: Moment) -> Iterator[Metric]:
    info = GaugeMetricFamily("rollscape_info", "What the process runs on; always 1.", labels=["database", "layer"])
    info.add_metric([_database(), "redis" if settings.REDIS_URL else "local"], 1)
    yield info
    closed = sum(counters.closes.values())
    yield GaugeMetricFamily("rollscape_connections", "Open sockets.", counters.opened - closed)
    yield GaugeMetricFamily("rollscape_seated", "Sockets that are in a room.", now.seated)
    yield GaugeMetricFamily("rollscape_catching_up", "Sockets still reading what they missed.", now.catching_up)
    yield GaugeMetricFamily("rollscape_rooms", "Rooms with somebody in them or on the way in.", now.rooms)
    yield GaugeMetricFamily("rollscape_writer_queue", "Steps that wait for the next transaction.", now.writer_queue)
    yield GaugeMetricFamily("rollscape_layer_queue", "Messages that wait for Redis.", now.layer_queue)
    yield GaugeMetricFamily("rollscape_groups", "Groups of the channel layer that the process hears.", now.groups)
    yield GaugeMetricFamily("rollscape_tasks", "Tasks of the event loop.", now.tasks)
    yield GaugeMetricFamily("rollscape_outgoing_bytes", "Bytes that wait for slow readers.", now.buffered)
    yield GaugeMetricFamily("rollscape_outgoing_max_bytes", "The same for the slowest reader.", now.most_buffered)


def _counters() -> Iterator[Metric]:
    yield CounterMetricFamily("rollscape_connections_opened", "Sockets accepted.", counters.opened)
    yield CounterMetricFamily("rollscape_frames_received", "Frames from clients.", counters.received)
    yield CounterMetricFamily(
        "rollscape_frames_delivered", "Stored frames handed to sockets, once for each socket.", counters.delivered
    )
    yield CounterMetricFamily("rollscape_database_retries", "Batches tried again: no database.", counters.retries)
    yield CounterMetricFamily("rollscape_layer_errors", "Calls that Redis did not answer.", counters.layer_errors)
    yield _labelled("rollscape_joins", "Rooms joined, by what was sent.", "kind", counters.joins)
    yield _labelled("rollscape_refusals", "Commands refused, by code.", "code", counters.refusals)
    yield _labelled(
        "rollscape_repaired_frames",
        "Frames read from the log to fill a gap, by what found it.",
        "found_by",
        counters.repaired,
    )
    closes = CounterMetricFamily(
        "rollscape_closes", "Sockets closed, by whom and with which code.", labels=["by", "code"]
    )
    for (by, code), number in counters.closes.items():
        closes.add_metric([by, code], number)
    yield closes


def _labelled(name: str, about: str, label: str, numbers: dict[str, int]) -> Metric:
    family = CounterMetricFamily(name, about, labels=[label])
    for value, number in numbers.items():
        family.add_metric([value], number)
    return family


def _histograms() -> Iterator[Metric]:
    yield _histogram("rollscape_batch_steps", "Steps in one transaction.", counters.batch)
    yield _histogram("rollscape_commit_seconds", "From the begin of a transaction to its commit.", counters.commit)
    yield _histogram(
        "rollscape_delivery_seconds",
        "From a command's arrival until its frame is handed to the sockets here; the oldest of each transaction.",
        counters.delivery,
    )
    yield _histogram("rollscape_loop_lag_seconds", "How late the event loop was, twice a second.", counters.lag)


def _histogram(name: str, about: str, histogram: Histogram) -> Metric:
    bounds = [*(str(bound) for bound in histogram.bounds), "+Inf"]
    buckets = list(zip(bounds, accumulate(histogram.counts), strict=True))
    return HistogramMetricFamily(name, about, buckets=buckets, sum_value=histogram.sum)


def _database() -> str:
    return "postgresql" if settings.DATABASE_URL else "sqlite"
