"""How long a user waits before anything happens."""

import sys

from measurement import GSDCHECK, print_table, process_seconds


def main() -> None:
    """Prints medians of 5 whole processes; the import is what it adds to a bare interpreter."""
    bare = process_seconds([sys.executable, "-c", "pass"])
    imported = process_seconds([sys.executable, "-c", "import gsdcheck"])
    shown = process_seconds([*GSDCHECK, "--help"])
    print_table(
        [
            ("bare interpreter, whole process", "", f"{bare:.3f} s"),
            ("import gsdcheck, whole process", "", f"{imported:.3f} s"),
            ("import gsdcheck, beyond the bare interpreter", "<= 0.15 s", f"{imported - bare:.3f} s"),
            ("gsdcheck --help, whole process", "<= 0.4 s", f"{shown:.3f} s"),
        ]
    )


if __name__ == "__main__":
    main()
