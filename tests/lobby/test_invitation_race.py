"""Many come by one invitation at the same moment."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

# A process and a database file of their own: threads of the test run would share one connection in memory.
SCRIPT = """
import json, threading
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from accounts.models import User
from game.errors import NotFound
from game.campaign.invitations import accept_invitation, invite
from game.campaign.membership import create_campaign
from game.campaign.models import Campaign, Invitation
from game.roles import Role

call_command("migrate", verbosity=0)
dm = User.objects.create_user("dm", password=None)
campaign = create_campaign(dm, Campaign(name="The Salt Road"))
token = invite(dm, campaign.pk, Role.PLAYER, None, max_uses=3)
users = [User.objects.create_user(f"user{number}", password=None) for number in range(8)]
together, answers = threading.Barrier(2 * len(users)), []

def come(user):
    together.wait()
    try:
        answers.append("joined" if accept_invitation(user, token)[1] else "member")
    except NotFound:
        answers.append("late")
    finally:
        connection.close()

threads = [threading.Thread(target=come, args=[user]) for user in users for tab in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps([answers, Invitation.objects.get().uses, campaign.memberships.count()]))
"""


def test_no_more_get_in_than_it_says(tmp_path: Path) -> None:
    environment = {**os.environ, "ROLLSCAPE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rollscape.settings"}

    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr

    answers, uses, members = json.loads(run.stdout)
    assert len(answers) == 16
    assert answers.count("joined") == 3
    assert answers.count("member") <= 3  # the second tabs of those who got in
    assert (uses, members) == (3, 4)
