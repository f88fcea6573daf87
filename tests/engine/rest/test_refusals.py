"""Every refusal has a status, and none needs a word in the API that raises it."""

from typing import Any

import pytest
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from game import errors
from game.dice.rules.lexer import DiceError
from game.engine.rest import STATUSES


def _kinds(family: type[errors.Refused]) -> list[type[errors.Refused]]:
    return [family, *(kind for below in family.__subclasses__() for kind in _kinds(below))]


def _answer(refusal: Exception) -> Response:
    class Refusing(APIView):
        authentication_classes = ()
        permission_classes = ()
        throttle_classes = ()

        def get(self, request: Request) -> Response:
            raise refusal

    answer: Any = Refusing.as_view()(APIRequestFactory().get("/"))
    return answer.render()  # type: ignore[no-any-return]


def test_every_code_of_a_refusal_has_a_status() -> None:
    assert {kind.code for kind in _kinds(errors.Refused)} == set(STATUSES)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.Forbidden("Not you."), 403),
        (errors.NotFound("Not you."), 404),
        (errors.Conflict("Not you."), 409),
        (errors.RuleBroken("Not you."), 400),
        (DiceError("syntax", "Not you.", 3), 400),
        (errors.Busy("Not you."), 503),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_refusal_is_answered_with_its_sentence(refusal: errors.Refused, status: int) -> None:
    answer = _answer(refusal)

    assert (answer.status_code, answer.data) == (status, {"detail": "Not you."})


def test_a_refusal_that_says_when_is_heard_by_the_client() -> None:
    answer = _answer(errors.RateLimited("Slow down.", retry_after=2.1))

    assert (answer.status_code, answer["Retry-After"]) == (429, "3")


def test_what_is_no_refusal_stays_a_fault_of_the_server() -> None:
    with pytest.raises(ZeroDivisionError):
        _answer(ZeroDivisionError())
