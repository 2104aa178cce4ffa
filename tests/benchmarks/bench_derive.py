"""`gsdcheck derive`, whole processes: n = 6, degree 4 for several networks, and n = 8."""

import json
import random
import tempfile
from pathlib import Path

from measurement import GSDCHECK, print_table, process_seconds

Weights = list[list[float]]


def _ring(n: int) -> Weights:
    """Hirota's self-dual network: three further first integrals to be found and certified for n = 6."""
    W = [[0.0] * n for _ in range(n)]
    for i in range(n):
        W[i][(i + 1) % n], W[(i + 1) % n][i] = 1, -1
    return W


def _drawn(n: int, *, integers: bool) -> Weights:
    draw = random.Random(n)
    W = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i):
            W[i][j] = draw.randint(-5, 5) if integers else draw.gauss(0, 1)
            W[j][i] = -W[i][j]
    return W


_CASES = (
    ("n = 6, degree 4, integers", _drawn(6, integers=True), "tanh"),
    ("n = 6, degree 4, floats", _drawn(6, integers=False), "tanh"),
    ("n = 6, degree 4, the ring", _ring(6), "tanh"),
    ("n = 6, degree 4, periodic Volterra lattice", _ring(6), "exp"),
    ("n = 6, degree 4, linear", _drawn(6, integers=True), "identity"),
    ("n = 6, degree 4, GELU (lowered to degree 2)", _drawn(6, integers=True), "gelu"),
    ("n = 8, degree 4, floats", _drawn(8, integers=False), "tanh"),
    ("n = 8, degree 4, the ring", _ring(8), "tanh"),
)


def main() -> None:
    """Prints medians of 3 runs, each in an empty folder that receives the report."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, W, activation in _CASES:
            path = Path(folder) / "w.json"
            path.write_text(json.dumps(W))
            command = [*GSDCHECK, "derive", str(path), "--activation", activation, "--quiet"]
            goal = "<= 10 s" if name.startswith("n = 6") else ""
            rows.append((name, goal, f"{process_seconds(command, folder=folder, runs=3):.2f} s"))
    print_table(rows)


if __name__ == "__main__":
    main()
