"""Making accounts by the hundred is slow."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.sign_ups import LIMIT, PROBES
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sign_up(name: str, address: str = "192.0.2.7") -> Any:
    form = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
    return Client().post("/sign-up/", form, REMOTE_ADDR=address)


def fill(address: str) -> None:
    for number in range(LIMIT):
        assert sign_up(f"guest{number}", address).status_code == 302


def test_after_its_share_an_address_waits_and_others_do_not() -> None:
    fill("192.0.2.7")

    refused = sign_up("zoe")

    assert refused.status_code == 429
    assert "wait an hour" in refused.content.decode()
    assert not User.objects.filter(username="zoe").exists()
    assert sign_up("zoe", "192.0.2.8").status_code == 302


def test_a_network_of_ipv6_is_one_address() -> None:
    fill("2001:db8::1")

    assert sign_up("zoe", "2001:db8::2").status_code == 429
    assert sign_up("zoe", "2001:db8:0:1::1").status_code == 302


def test_an_ipv4_address_written_as_ipv6_is_the_same() -> None:
    fill("::ffff:192.0.2.7")

    assert sign_up("zoe", "192.0.2.7").status_code == 429


def test_what_is_refused_anyway_costs_no_account() -> None:
    for _ in range(LIMIT + 1):
        assert sign_up("a name with spaces").status_code == 200

    assert sign_up("zoe").status_code == 302


def test_nobody_asks_for_ever_which_names_are_taken() -> None:
    sign_up("ann")
    for _ in range(PROBES):
        assert sign_up("ann").status_code == 200

    refused = sign_up("ann")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert sign_up("ann", "192.0.2.8").status_code == 200
