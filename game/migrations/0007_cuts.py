import json

from django.db import migrations, models

# What was left of a blind roll or draw for its roller, when that was worked out at each reading.
LEFT = {
    "dice_roll": ("roll", ("formula", "visibility", "character", "reason")),
    "table_draw": ("draw", ("table", "visibility", "character")),
}


def veils_become_cuts(apps, schema_editor):
    """An event that was veiled from somebody now has a cut of its own for them."""
    LogEntry = apps.get_model("game", "LogEntry")
    veiled = LogEntry.objects.filter(audience__contains='"veiled":[').exclude(audience__contains='"veiled":[]')
    for entry in veiled.only("event", "data", "audience").iterator(chunk_size=500):
        audience = json.loads(entry.audience)
        roller = audience["veiled"]
        whole = {"role": audience["role"], "users": audience["users"]}
        together = {"role": audience["role"], "users": [*audience["users"], *roller]}
        cuts = [whole, {"role": None, "users": roller}]
        entry.audience = json.dumps({**together, "cuts": cuts}, separators=(",", ":"))
        entry.cuts = json.dumps([_left(entry.event, json.loads(entry.data))], separators=(",", ":"), ensure_ascii=False)
        entry.save(update_fields=["audience", "cuts"])


def _left(event, data):
    name, keys = LEFT[event]
    return {**data, name: {key: data[name][key] for key in keys if key in data[name]}}


class Migration(migrations.Migration):
    dependencies = [("game", "0006_roll_tables")]

    operations = [
        migrations.AddField(model_name="logentry", name="cuts", field=models.TextField(null=True)),
        migrations.RunPython(veils_become_cuts, migrations.RunPython.noop, elidable=True),
    ]
