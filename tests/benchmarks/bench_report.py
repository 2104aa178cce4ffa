"""The full report: the reference record, committed in reports/paper, rendered as one HTML file."""

import time
from pathlib import Path

from measurement import print_table

from gsdcheck.record.files import read_record
from gsdcheck.report.html import render_html

RECORD = Path(__file__).parent.parent.parent / "reports" / "paper" / "record.json"


def main() -> None:
    """Prints the processor time of the second of two runs, with the imports done, and the size of the page."""
    record = read_record(RECORD)
    for _ in range(2):
        begun = time.process_time()
        page = render_html(record)
        seconds = time.process_time() - begun
    size = len(page.encode()) / 1e6
    print_table(
        [
            ("the full report rendered", "<= 5 s", f"{seconds:.2f} s"),
            ("its size", "<= 3 MB", f"{size:.2f} MB"),
        ]
    )


if __name__ == "__main__":
    main()
