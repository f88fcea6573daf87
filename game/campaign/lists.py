"""Lists that may be long: a page at a time, and what is searched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ON_A_PAGE = 20
MAX_QUERY = 120  # characters


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list; `name` is its parameter in the address, `rest` the other parameters, to be kept."""

    name: str
    page: Page[Any]
    rest: str

    @property
    def items(self) -> list[Any]:
        """What the page shows."""
        return list(self.page.object_list)

    @property
    def is_long(self) -> bool:
        """Whether there is more than one page."""
        return self.page.paginator.num_pages > 1


def query_of(request: HttpRequest) -> str:
    """What is searched for; empty for nothing."""
    return request.GET.get("q", "").replace("\0", "").strip()[:MAX_QUERY]


def listed(request: HttpRequest, found: QuerySet[Any], name: str, on_a_page: int = ON_A_PAGE) -> Listed:
    """The page that the address asks for by this name: the last where it is too high, the first where it is none."""
    rest = request.GET.copy()
    rest.pop(name, None)
    return Listed(name, Paginator(found, on_a_page).get_page(request.GET.get(name)), rest.urlencode())
