"""No list forgets a subject: what it does not name would be ignored without a word. And one word is one folder."""

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

PROJECT = Path(__file__).resolve().parent.parent
GAME = PROJECT / "game"
REGISTRARS = {"game.protocol", "game.protocol.registry", "game.engine.snapshot", "game.dice.reveals"}
# Decorators of what is reached from elsewhere too: an import on the way fills the registry as well.
REACHED = {"announcement", "state", "revealable"}

SUBJECTS = {folder.parent.name for folder in GAME.glob("*/__init__.py")} - {"management", "migrations"}
# What is about no subject of the game, or about all of them.
SHARED = {
    "templates": {"accounts", "admin", "api", "parts", "test"},
    "tests": {"accounts", "bench", "browser", "contract", "faults", "js", "ops", "support"},
    "tests/js": {"client", "page", "support", "table", "ui"},
    "tests/browser": {"client", "page", "table", "ui", "vendor"},
    "static/game": {"bundles", "characters", "client", "fonts", "icons", "page", "table", "ui"},
}


def modules(pattern: str) -> list[str]:
    """The game's modules of that name, without those that are lists themselves."""
    found = (path.relative_to(PROJECT).with_suffix("") for path in GAME.glob(f"*/**/{pattern}"))
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in found)


def imports(module: str) -> set[str]:
    """What a module imports, each name as a module might be called."""
    return {f"{source}.{name}" for source, name in _names(module).values()} | {
        source for source, _ in _names(module).values()
    }


def decorators(module: str) -> set[str]:
    """The registrars' decorators that a module uses."""
    names = {alias: name for alias, (source, name) in _names(module).items() if source in REGISTRARS}
    return {names[used] for used in _decorations(module) if used in names}


def _names(module: str) -> dict[str, tuple[str, str]]:
    """Under which name a module has what of which module."""
    froms = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.ImportFrom) and node.module]
    return {name.asname or name.name: (str(node.module), name.name) for node in froms for name in node.names}


def _decorations(module: str) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decoration in node.decorator_list:
                yield ast.unparse(decoration.func if isinstance(decoration, ast.Call) else decoration)


def _tree(module: str) -> ast.Module:
    path = PROJECT / module.replace(".", "/")
    return ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text())


# Lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [module for module in modules("*.py") if decorators(module) - REACHED])
def test_what_has_commands_stands_in_the_list_of_events(module: str) -> None:
    assert module in imports("game.events")


def test_what_registers_anything_is_loaded_by_the_list_of_events() -> None:
    loaded = grimp.build_graph("game").find_upstream_modules("game.events")

    assert {module for module in modules("*.py") if decorators(module)} <= loaded


@pytest.mark.parametrize("module", modules("models.py"))
def test_every_model_stands_in_the_list_of_models(module: str) -> None:
    classes = [node for node in _tree(module).body if isinstance(node, ast.ClassDef)]
    models = {node.name for node in classes if "models.Model" in map(ast.unparse, node.bases)}

    assert models
    assert {f"{module}.{name}" for name in models} <= imports("game.models")


@pytest.mark.parametrize(
    "module",
    [module for module in modules("admin*/**/*.py") + modules("admin.py") if "admin.register" in _decorations(module)],
)
def test_what_registers_in_the_admin_stands_in_a_list_of_it(module: str) -> None:
    package = module.rpartition(".admin.")[0]

    assert module in imports(f"{package}.admin" if package else "game.admin")
    assert not package or f"{package}.admin" in imports("game.admin")


@pytest.mark.parametrize(("pattern", "list_"), [("api.py", "game.api_urls"), ("views.py", "game.urls")])
def test_what_has_addresses_stands_in_the_list_of_addresses(pattern: str, list_: str) -> None:
    found = modules(pattern) + (modules("views/[!_]*.py") if pattern == "views.py" else [])

    assert found
    assert set(found) <= imports(list_)


def test_every_subject_of_the_browser_stands_in_its_list() -> None:
    subjects = {index.parent.name for index in (PROJECT / "static/game").glob("*/index.js")}

    assert all(f'"./{name}/index.js"' in (PROJECT / "static/game/subjects.js").read_text() for name in subjects)


# Folders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", SHARED)
def test_a_folder_bears_the_name_of_a_subject(root: str) -> None:
    folders = {path.parent.name for path in (PROJECT / root).glob("*/*")} - {"__pycache__"}

    # In addresses a hyphen stands for the underscore.
    assert {name.replace("-", "_") for name in folders} <= SUBJECTS | SHARED[root]
