"""Access ends when it should, and listeners hear of it after the commit."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.revocation import access_changed, sign_out_everywhere
from accounts.tokens import InvalidToken, access_token, identify_token
from tests.accounts.conftest import PASSWORD

# The signal comes after the commit, so there must be one.
pytestmark = pytest.mark.django_db(transaction=True)

NEW = "a new lamp for an old one"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def is_signed_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def assert_revoked(token: str) -> None:
    with pytest.raises(InvalidToken):
        identify_token(token)


def test_signing_out_ends_the_session_before_anybody_is_told(ann: User, browser_of_ann: Client) -> None:
    key = browser_of_ann.cookies["sessionid"].value
    seen: list[bool] = []

    def look(user_id: int, **kwargs: object) -> None:
        seen.append(browser_of_ann.session.exists(key))

    access_changed.connect(look)
    browser_of_ann.post("/sign-out/")
    access_changed.disconnect(look)

    assert seen == [False]


def test_signing_out_leaves_other_browsers_and_tokens_alone(
    ann: User, browser_of_ann: Client, heard: list[int]
) -> None:
    other, token = Client(), access_token(ann)
    other.force_login(ann, BACKEND)

    browser_of_ann.post("/sign-out/")

    assert heard == [ann.pk]
    assert not is_signed_in(browser_of_ann)
    assert is_signed_in(other)
    assert identify_token(token).user == ann


def test_a_stranger_signing_out_changes_nobodys_access(heard: list[int]) -> None:
    Client().post("/sign-out/")

    assert heard == []


def test_signing_out_everywhere_ends_every_session_and_token(
    ann: User, bob: User, browser_of_ann: Client, heard: list[int]
) -> None:
    other, token, bobs = Client(), access_token(ann), access_token(bob)
    other.force_login(ann, BACKEND)

    browser_of_ann.post("/profile/sign-out-everywhere/")

    assert set(heard) == {ann.pk}
    assert not is_signed_in(browser_of_ann)
    assert not is_signed_in(other)
    assert_revoked(token)
    assert identify_token(bobs).user == bob


def test_two_at_once_count_twice(ann: User) -> None:
    same = User.objects.get(pk=ann.pk)

    sign_out_everywhere(ann)
    sign_out_everywhere(same)

    assert (ann.token_version, same.token_version) == (1, 2)


def test_a_changed_password_keeps_only_the_browser_that_changed_it(
    ann: User, browser_of_ann: Client, heard: list[int]
) -> None:
    other, token = Client(), access_token(ann)
    other.force_login(ann, BACKEND)

    browser_of_ann.post("/profile/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})

    assert heard == [ann.pk]
    assert is_signed_in(browser_of_ann)
    assert not is_signed_in(other)
    assert_revoked(token)


@pytest.mark.parametrize("way", ["set", "raw", "only this field", "unusable"])
def test_a_password_changed_in_any_way_ends_access(ann: User, heard: list[int], way: str) -> None:
    token = access_token(ann)

    if way == "set":
        ann.set_password(NEW)
        ann.save()
    elif way == "raw":
        ann.password = make_password(NEW)
        ann.save()
    elif way == "only this field":
        ann.set_password(NEW)
        ann.save(update_fields=["password"])
    else:
        ann.set_unusable_password()
        ann.save()

    assert heard == [ann.pk]
    assert_revoked(token)
    assert identify_token(access_token(ann)).user == ann


def test_a_password_set_from_the_command_line_ends_access(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = access_token(ann)
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)

    call_command("changepassword", "ann", verbosity=0)

    assert_revoked(token)


def test_a_password_set_by_an_admin_ends_access(ann: User, heard: list[int]) -> None:
    token, admin = access_token(ann), Client()
    admin.force_login(User.objects.create_superuser("root", password=PASSWORD), BACKEND)

    admin.post(
        f"/admin/accounts/user/{ann.pk}/password/", {"usable_password": "true", "password1": NEW, "password2": NEW}
    )

    assert heard == [ann.pk]
    assert_revoked(token)


def test_deactivation_ends_access_for_good(ann: User, browser_of_ann: Client, heard: list[int]) -> None:
    token = access_token(ann)

    ann.is_active = False
    ann.save()
    ann.is_active = True
    ann.save()

    assert heard == [ann.pk]
    assert not is_signed_in(browser_of_ann)
    assert_revoked(token)


def test_a_deleted_user_is_announced(ann: User, heard: list[int]) -> None:
    ann_id = ann.pk

    ann.delete()

    assert heard == [ann_id]


def test_other_changes_end_nothing(ann: User, browser_of_ann: Client, heard: list[int]) -> None:
    token = access_token(ann)

    ann.email = "new@example.org"
    ann.save()
    ann.save(update_fields=["last_login"])

    assert heard == []
    assert is_signed_in(browser_of_ann)
    assert identify_token(token).user == ann


def test_an_outdated_copy_does_not_bring_a_revoked_token_back(ann: User) -> None:
    token, outdated = access_token(ann), User.objects.get(pk=ann.pk)
    sign_out_everywhere(ann)

    outdated.email = "new@example.org"
    outdated.save()

    assert_revoked(token)


def test_nothing_is_announced_that_was_rolled_back(ann: User, heard: list[int]) -> None:
    token = access_token(ann)

    with transaction.atomic():
        ann.set_password(NEW)
        ann.save()
        transaction.set_rollback(True)

    assert heard == []
    assert identify_token(token)


def test_one_deaf_receiver_does_not_keep_the_others_from_hearing(ann: User, heard: list[int]) -> None:
    def break_down(**kwargs: object) -> None:
        raise RuntimeError

    access_changed.connect(break_down)
    sign_out_everywhere(ann)
    access_changed.disconnect(break_down)

    assert heard == [ann.pk]
