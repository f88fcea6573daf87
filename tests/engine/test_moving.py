"""Who comes and who goes: taken room by room, the longest waiting first, and everybody gets a turn."""

from game.engine.log.writer import Moving, Step


def step(session_id: int) -> Step:
    """One that moves somebody there."""
    made = Step()
    made.session_id = session_id
    return made


def test_those_of_one_room_are_taken_together_in_their_order() -> None:
    moving = Moving()
    steps = [step(session) for session in (1, 2, 1, 3, 2)]
    for one in steps:
        moving.add(one)

    assert moving.take(3) == [steps[0], steps[2], steps[1]]
    assert moving.take(3) == [steps[3], steps[4]]
    assert (len(moving), moving.take(3)) == (0, [])


def test_a_room_where_many_come_does_not_keep_the_others_out() -> None:
    moving = Moving()
    crowd = [step(1) for _ in range(5)]
    alone = step(2)
    for one in (*crowd, alone):
        moving.add(one)

    assert moving.take(2) == crowd[:2]
    assert moving.take(2) == [alone, crowd[2]]


def test_what_is_put_back_comes_first_and_in_order() -> None:
    moving = Moving()
    steps = [step(session) for session in (1, 1, 2)]
    for one in steps:
        moving.add(one)
    later = step(2)
    taken = moving.take(3)

    moving.add(later)
    moving.put_back(taken[1:])

    assert moving.take(9) == [steps[1], steps[2], later]
