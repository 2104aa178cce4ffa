"""The audits people run: one activation of the library, one expression, the whole matrix. Whole processes."""

import tempfile

from measurement import GSDCHECK, print_table, process_seconds

_NAMES = ("tanh", "gelu", "mish", "snake")
_EXPRESSIONS = ("x/(1+Abs(x))", "x*tanh(log(1+exp(x)))", "Max(tanh(x), x/2)", "x - sin(x)")


def main() -> None:
    """Prints the slowest of each kind, medians of 3 runs in an empty folder that receives the reports."""
    with tempfile.TemporaryDirectory() as folder:

        def seconds(*arguments: str, runs: int = 3) -> float:
            return process_seconds([*GSDCHECK, "audit", *arguments], folder=folder, runs=runs)

        named = {name: seconds(name) for name in _NAMES}
        written = {text: seconds(text) for text in _EXPRESSIONS}
        every = seconds("--all", "--jobs", "2", runs=1)
    print_table(
        [
            *((f"gsdcheck audit {name}", "<= 1.5 s", f"{value:.2f} s") for name, value in named.items()),
            *((f'gsdcheck audit "{text}"', "<= 5 s", f"{value:.2f} s") for text, value in written.items()),
            ("gsdcheck audit --all --jobs 2", "<= 40 s", f"{every:.1f} s"),
        ]
    )


if __name__ == "__main__":
    main()
