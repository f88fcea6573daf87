"""Examples of the events of sessions."""

from game.engine.readers import read
from game.sessions.ending import end
from tests.engine.table import Guest
from tests.support.examples import Examples


async def end_the_session(dm: Guest) -> None:
    """As on the campaign's page."""
    await read(end, dm.socket.session_id)


EXAMPLES = Examples({}, comes_about={"session_status": end_the_session})
