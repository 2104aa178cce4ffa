"""The reference report of the paper: made, or compared with the one that is kept.

    python -m gsdcheck.report.reference           writes reports/paper
    python -m gsdcheck.report.reference --check   makes it again elsewhere and compares

It is what `gsdcheck verify` makes, with nothing in it that tells the time or the machine: the same bytes on the
same machine with the same versions. Elsewhere the two agree as `engine.agreement` says.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from gsdcheck.engine.agreement import disagreements
from gsdcheck.record.files import read_record
from gsdcheck.report.stdout import put

FOLDER = Path("reports", "paper")
COMMAND = (
    "verify",
    "--profile",
    "standard",
    "--seed",
    "0",
    "--reproducible",
    "--figures",
    "paper",
    "--quiet",
)


@click.command()
@click.option("--check", is_flag=True, help="Compare with the report that is there; write nothing.")
def main(check: bool) -> None:
    """The reference report of the paper, in reports/paper of the current folder."""
    with tempfile.TemporaryDirectory() as work:
        made = make(Path(work))
        if not check:
            shutil.rmtree(FOLDER, ignore_errors=True)
            shutil.copytree(made, FOLDER)
            put(f"{FOLDER}: {len(list(FOLDER.rglob('*')))} files")
            return
        found = disagreements(read_record(FOLDER / "record.json"), read_record(made / "record.json"))
        same = (FOLDER / "record.json").read_bytes() == (made / "record.json").read_bytes()
    put("\n".join(found) or ("the same bytes" if same else "agrees within rounding"))
    sys.exit(1 if found else 0)


def make(work: Path) -> Path:
    """The report in a folder of `work`, made there so that no path of this machine gets into it.

    Raises:
        SystemExit: the command could not run; its message is on stderr.
    """
    command = [sys.executable, "-m", "gsdcheck", *COMMAND, "--report", str(FOLDER)]
    code = subprocess.run(command, cwd=work, check=False).returncode
    if not (work / FOLDER / "record.json").is_file():
        sys.exit(code or 3)
    return work / FOLDER


if __name__ == "__main__":
    main()
