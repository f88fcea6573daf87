"""Libraries that are preloaded into a server to give it another machine; built on the spot."""

import subprocess
from pathlib import Path

from tests.support.require import require_program

HERE = Path(__file__).resolve().parent


def build(name: str, folder: Path) -> str:
    """The path of the library made of `name`.c, for LD_PRELOAD."""
    library = folder / f"{name}.so"
    subprocess.run(
        [require_program("cc"), "-shared", "-fPIC", "-O1", "-o", library, HERE / f"{name}.c", "-ldl"], check=True
    )
    return str(library)
