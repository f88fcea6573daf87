"""The API's own documentation."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.fixture(scope="module")
def schema() -> Any:
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]


def test_the_schema_is_valid_and_made_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_every_address_of_the_protocol_is_described(schema: Any) -> None:
    assert set(schema["paths"]) == {
        "/ws/room/{session_id}/info",
        "/api/campaigns/{campaign_id}/",
        "/api/sessions/{session_id}/",
        "/api/sessions/{session_id}/events/",
        "/api/sessions/{session_id}/fairness/",
        "/api/sessions/{session_id}/tables/",
        "/api/dice/preview/",
        "/api/campaigns/{campaign_id}/macros/",
        "/api/campaigns/{campaign_id}/macros/{macro_id}/",
        "/api/campaigns/{campaign_id}/hotbar/",
        "/api/token/",
        "/api/token/refresh/",
    }


def test_a_page_of_history_is_described_with_its_bounds(schema: Any) -> None:
    parameters = {p["name"]: p for p in schema["paths"]["/api/sessions/{session_id}/events/"]["get"]["parameters"]}

    assert parameters["session_id"]["schema"] == {"type": "integer", "format": "int64"}
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 5000, "default": 100}
    assert not parameters["after"].get("required")


@pytest.mark.django_db
def test_the_docs_page_needs_nothing_that_the_policy_refuses(client: Client) -> None:
    page = client.get("/api/docs/")
    html = page.content.decode()

    assert page.status_code == 200
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*src=)", html), "an inline script"
    assert all(address.startswith("/") for address in re.findall(r'(?:src|href)="([^"]*)"', html))
    script = re.search(r'src="(/api/docs/\?script=[^"]*)"', html)
    assert script is not None
    assert "/api/schema/" in client.get(script[1]).content.decode()


@pytest.mark.django_db
def test_the_schema_is_served(client: Client) -> None:
    assert b"openapi" in client.get("/api/schema/").content
