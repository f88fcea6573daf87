"""The generated reference: every event is documented and typed in it, and it is fresh."""

from game.protocol import Announcement, Command
from game.protocol.reference import fields, files
from tests.test_contract import every_announcement, every_command


def reference(kind: str) -> str:
    return next(path for path in files() if path.suffix == kind).read_text()


def test_the_reference_is_fresh() -> None:
    for path, written in files().items():
        assert path.read_text() == written, f"{path.name}: run `make generate`"


def section(heading: str) -> str:
    _, found, rest = reference(".md").partition(f"\n### {heading}\n")
    assert found, heading
    return rest.partition("\n### ")[0]


@every_command
def test_a_command_is_documented(command: Command) -> None:
    said = section(f"`{command.name}`")

    assert command.doc
    assert command.doc in said
    assert command.kind == "direct" or command.refusal in said
    for field in fields(command.data):
        assert f"`{field.name}`" in said


@every_announcement
def test_what_the_server_says_is_documented(said: Announcement) -> None:
    written = section(f"`{said.name}` (server)")

    assert said.doc
    assert said.doc in written
    for shape in (said.data, *said.cuts):
        for field in fields(shape):
            assert f"`{field.name}`" in written


def interface(name: str) -> str:
    _, found, rest = reference(".ts").partition(f"export interface {name} {{")
    assert found, name
    return rest.partition("}\n")[0]


@every_command
def test_a_command_is_typed(command: Command) -> None:
    assert f"{command.name}: {command.data.__name__};" in interface("ClientEvents")
    for field in fields(command.data):
        assert f"{field.name}{'?' if field.optional else ''}: {field.type};" in interface(command.data.__name__)


@every_announcement
def test_what_the_server_says_is_typed(said: Announcement) -> None:
    shapes = [said.data, *said.cuts]
    assert f"{said.name}: {' | '.join(shape.__name__ for shape in shapes)};" in interface("ServerEvents")
    for shape in shapes:
        for field in fields(shape):
            assert f"{field.name}{'?' if field.optional else ''}: {field.type};" in interface(shape.__name__)
