"""What a superuser does with users."""

import pytest
from django.test import Client

from accounts.models import User
from tests.lobby.admin.conftest import Group


def test_a_superuser_makes_staff_of_a_dm(superuser: Client, own: Group) -> None:
    fields = {"username": own.player.username, "email": "", "is_active": "on", "is_staff": "on"}

    response = superuser.post(f"/admin/accounts/user/{own.player.pk}/change/", fields)

    own.player.refresh_from_db()
    assert response.status_code == 302
    assert own.player.is_staff
    assert not own.player.is_superuser


def test_a_superuser_sets_a_forgotten_password_and_old_tokens_end(superuser: Client, own: Group) -> None:
    fields = {"password1": "lanterns on the road", "password2": "lanterns on the road", "usable_password": "true"}

    superuser.post(f"/admin/accounts/user/{own.player.pk}/password/", fields)

    before = own.player.token_version
    own.player.refresh_from_db()
    assert own.player.check_password("lanterns on the road")
    assert own.player.token_version > before


def test_a_superuser_makes_a_user(superuser: Client) -> None:
    fields = {
        "username": "newcomer",
        "password1": "lanterns on the road",
        "password2": "lanterns on the road",
        "usable_password": "true",
    }

    response = superuser.post("/admin/accounts/user/add/", fields)

    assert response.status_code == 302
    assert User.objects.get(username="newcomer").check_password("lanterns on the road")


def test_nobody_is_deleted(superuser: Client, own: Group) -> None:
    assert superuser.post(f"/admin/accounts/user/{own.player.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("address", ["accounts/user/", "auth/group/"])
def test_django_permissions_open_nothing(own: Group, client: Client, address: str) -> None:
    from django.contrib.auth.models import Permission

    own.dm.user_permissions.set(Permission.objects.all())
    client.force_login(User.objects.get(pk=own.dm.pk))

    assert client.get(f"/admin/{address}").status_code in {403, 404}


def test_the_bookkeeping_of_sign_ins_is_superusers(dm: Client, superuser: Client) -> None:
    index = dm.get("/admin/").content.decode()

    assert "axes" not in index.lower()
    assert "Sign-ins" not in index
    for model in ("accessattempt", "accesslog", "accessfailurelog"):
        assert dm.get(f"/admin/axes/{model}/").status_code in {403, 404}
    assert "Sign-ins" in superuser.get("/admin/").content.decode()
    assert superuser.get("/admin/axes/accessattempt/").status_code == 200
