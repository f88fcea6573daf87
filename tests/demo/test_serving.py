"""`make run` on an empty machine opens on the table in full swing."""

from pathlib import Path

from tests.support.server import ServerProcess


def test_the_first_start_lays_the_table_and_names_it(tmp_path: Path) -> None:
    server = ServerProcess("uvicorn", tmp_path)
    try:
        demo = server.demo()
        evening = int(server.shell("from game.demo.tables import demo_table_id; print(demo_table_id())"))
        token = demo["users"]["alice"]["token"]
        told = [
            server.get(f"/api/sessions/{session}/events/?after=0", token=token).status
            for session in (evening, demo["session"])
        ]

        assert f"The demo table is ready: {server.origin}/play/{evening}/\n" in server.log
        assert demo["session"] != evening
        assert demo["url"] == f"{server.origin}/play/{demo['session']}/"
        assert told == [200, 200]
        assert "may have lost" not in server.log
        assert "Traceback" not in server.log
        epochs = server.shell(
            "from game.dice.fairness.models import Fairness\n"
            "print([known.epoch == known.session.epoch for known in Fairness.objects.all()])"
        )
        assert epochs == "[True]", "the dice go on where the evening left them"
    finally:
        server.stop()
