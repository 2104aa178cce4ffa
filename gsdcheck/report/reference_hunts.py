"""The hunts of the reference report: made, or compared with those that are kept.

    python -m gsdcheck.report.reference_hunts           writes reports/hunts
    python -m gsdcheck.report.reference_hunts --check   makes them again and compares the answers

They are the named set of `engine.hunt.questions`, with a fixed number of cases and a fixed seed.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import click

from gsdcheck.engine.hunt.questions import answered, different_answers, questions
from gsdcheck.record.files import read_record
from gsdcheck.report.destination import deliver
from gsdcheck.report.progress import shown_progress
from gsdcheck.report.stdout import put

FOLDER = Path("reports", "hunts")


@click.command()
@click.option("--check", is_flag=True, help="Compare with the record that is there; write nothing.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, help="Processes.")
def main(check: bool, jobs: int) -> None:
    """The hunts of the reference report, in reports/hunts of the current folder."""
    with tempfile.TemporaryDirectory() as work:
        made = make_hunts(Path(work), jobs=jobs)
        if not check:
            shutil.rmtree(FOLDER, ignore_errors=True)
            shutil.copytree(made, FOLDER)
            put(f"{FOLDER}: {len(list(FOLDER.rglob('*')))} files")
            return
        found = hunt_disagreements(made)
    put("\n".join(found) or "the same answers")
    sys.exit(1 if found else 0)


def make_hunts(work: Path, *, jobs: int = 1) -> Path:
    """The record and its report in a folder of `work`, nothing in them that tells the time or the machine."""
    with shown_progress(quiet=False, verbose=False) as listen:
        record = answered(tuple(questions()), jobs=jobs, listen=listen)
    deliver(record, folder=str(work / FOLDER), json_file=None, quiet=True)
    return work / FOLDER


def hunt_disagreements(made: Path) -> list[str]:
    """In what the answers of `made` differ from those of reports/hunts."""
    return different_answers(read_record(FOLDER / "record.json"), read_record(made / "record.json"))


if __name__ == "__main__":
    main()
