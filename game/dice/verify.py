"""`python -m game.dice.verify FILE`: an export, checked without a server.

Exit code 0: nothing is wrong, and every roll whose seed is known fits. 1: something is false, or
the file was changed. 2: the file cannot be read as an export.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from game.dice.rules.fairness.export import Changed, NotAnExport, read
from game.dice.rules.fairness.verify import Finding, Verdict, verify


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = ArgumentParser(prog="python -m game.dice.verify", description="Check that nobody chose the dice.")
    parser.add_argument("file", type=Path, metavar="FILE", help="an export of a session's rolls")
    file: Path = parser.parse_args(arguments).file
    try:
        findings = verify(read(file.read_text(encoding="ascii")))
    except Changed as changed:
        sys.stdout.write(f"{changed}\n")
        return 1
    except NotAnExport as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is damaged, or not an export of RollScape"
        sys.stderr.write(f"{file} cannot be read: {reason}.\n")
        return 2
    sys.stdout.writelines(f"{finding}\n" for finding in findings)
    sys.stdout.write(f"{summary(findings)}\n")
    return 1 if any(finding.verdict is Verdict.FALSE for finding in findings) else 0


def summary(findings: list[Finding]) -> str:
    """The outcome in a few sentences."""
    count = {verdict: sum(finding.verdict is verdict for finding in findings) for verdict in Verdict}
    sentences = [f"Rolls proved: {count[Verdict.PROVED]}."]
    if count[Verdict.WEAK]:
        sentences.append(
            f"Rolls that fit, but without a seed from any player: {count[Verdict.WEAK]}; "
            "the server alone could have chosen these."
        )
    if count[Verdict.OPEN]:
        sentences.append(f"Rolls whose secret is not revealed yet: {count[Verdict.OPEN]}; export again once it is.")
    if count[Verdict.BY_HAND]:
        sentences.append(f"Rolls by hand, which cannot be proved: {count[Verdict.BY_HAND]}.")
    if count[Verdict.FALSE]:
        sentences.append(f"FALSE: {count[Verdict.FALSE]}. Something was changed, or the server did not play fair.")
    else:
        sentences.append("Nothing is wrong. Compare the commitments above with those that your own browser showed.")
    return "\n".join(sentences)


if __name__ == "__main__":
    sys.exit(main())
