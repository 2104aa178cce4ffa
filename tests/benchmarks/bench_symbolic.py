"""dH/dt, Casimirs and the Jacobian characteristic polynomial, all-symbol skew W, n = 2 to 6 together."""

import sys

from measurement import median_seconds, print_table, process_seconds

from gsdcheck.symbolic.casimirs import pfaffian_vector_rate
from gsdcheck.symbolic.energy import energy_rate
from gsdcheck.symbolic.spectra import characteristic_polynomial, pfaffian_coefficients

SIZES = range(2, 7)
PARTS = {
    "dH/dt": energy_rate,
    "Casimirs": pfaffian_vector_rate,
    "characteristic polynomial (Berkowitz)": characteristic_polynomial,
    "characteristic polynomial (Pfaffians)": pfaffian_coefficients,
}
WHOLE = """
from gsdcheck.symbolic.casimirs import pfaffian_vector_rate
from gsdcheck.symbolic.energy import energy_rate, indexed_sum_is_alternating, quadratic_form_is_alternating
from gsdcheck.symbolic.spectra import characteristic_polynomial, pfaffian_coefficients

for n in range(2, 7):
    assert energy_rate(n) == 0 and pfaffian_vector_rate(n) == 0
    assert characteristic_polynomial(n) == pfaffian_coefficients(n)
assert quadratic_form_is_alternating() and indexed_sum_is_alternating()
"""


def main() -> None:
    """Prints milliseconds of each part, and seconds of a process that does everything once."""
    rows = []
    for name, part in PARTS.items():
        seconds = median_seconds(lambda part=part: [part(n) for n in SIZES], runs=21)
        rows.append((f"{name}, n = 2..6", "", f"{1e3 * seconds:.2f} ms"))
    whole = process_seconds([sys.executable, "-c", WHOLE])
    print_table([*rows, ("all, and the two general-n arguments, whole process", "<= 3 s", f"{whole:.2f} s")])


if __name__ == "__main__":
    main()
