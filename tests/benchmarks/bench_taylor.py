"""Fifty digits: the Taylor orbit against `mpmath.odefun`, n = 3, tanh, T = 10; gmpy2 if it is installed."""

import time

import mpmath
from measurement import median_seconds, print_table

from gsdcheck.model.system import System, system
from gsdcheck.numeric.taylor import taylor_orbit

W = ((0, 1, "-1/2"), (-1, 0, "3/4"), ("1/2", "-3/4", 0))
START = ("1", "1/2", "-3/10")
SPAN, DIGITS = 10, 50


def by_odefun(given: System) -> list[mpmath.mpf]:
    """x(T) by mpmath's own Taylor method, at 50 digits."""
    with mpmath.workdps(DIGITS):
        weights = [[mpmath.mpf(w.numerator) / w.denominator for w in row] for row in given.W]

        def field(_t: mpmath.mpf, x: list[mpmath.mpf]) -> list[mpmath.mpf]:
            values = [mpmath.tanh(entry) for entry in x]
            return [mpmath.fdot(row, values) for row in weights]

        start = [mpmath.mpf(1), mpmath.mpf(1) / 2, mpmath.mpf(-3) / 10]
        return list(mpmath.odefun(field, 0, start)(SPAN))


def ours(given: System, digits: int = DIGITS) -> list[mpmath.mpf]:
    """x(T) by `taylor_orbit`."""
    return taylor_orbit(given, START, [0, SPAN], precision=digits)[-1]


def agreement(a: list[mpmath.mpf], b: list[mpmath.mpf]) -> str:
    """The number of digits to which two states agree."""
    with mpmath.workdps(DIGITS + 20):
        return f"{-mpmath.log10(max(abs(p - q) for p, q in zip(a, b, strict=True))).__float__():.1f} digits"


def main() -> None:
    """Prints both times, their ratio, and to how many digits the two agree."""
    given = system(W, "tanh")
    seconds = median_seconds(lambda: ours(given), runs=7)
    start = time.perf_counter()
    peer = by_odefun(given)
    slow = time.perf_counter() - start
    backend = mpmath.libmp.BACKEND
    print_table(
        [
            (f"mpmath.odefun on {backend}, one run", "", f"{slow:.1f} s"),
            ("taylor_orbit", "", f"{seconds:.3f} s"),
            ("ratio", "<= 1/100 with gmpy2", f"1/{slow / seconds:.0f}"),
            ("the two agree to", "", agreement(ours(given), peer)),
            (
                "taylor_orbit at 50 and at 60 digits agree to",
                ">= 50",
                agreement(ours(given), ours(given, 60)),
            ),
        ]
    )


if __name__ == "__main__":
    main()
