"""The growth laws of row E4 against 200,000 Euler steps: n = 2, tanh, ωh = 0.1."""

import numpy as np
from measurement import median_seconds, print_table

from gsdcheck.numeric.growth import elliptic_growth_law, euler_energies, root_law

OMEGA_H = 0.1
ENERGIES = (0.1, 0.5, 2.0, 5.0)
STEPS = 200_000
ROOT_FROM = 10_000


def percent(law: np.ndarray, simulated: np.ndarray) -> str:
    """The worst relative deviation over all k."""
    return f"{100 * np.abs(law / simulated - 1).max():.3f} %"


def main() -> None:
    """Prints the worst relative deviation of each law for each H_0, and what the simulation costs."""
    ks = np.arange(STEPS + 1)
    simulated = euler_energies(OMEGA_H, ENERGIES, STEPS, 1)
    elliptic = elliptic_growth_law(OMEGA_H, ENERGIES, ks)
    rows = []
    for column, energy in enumerate(ENERGIES):
        exact, root = simulated[:, column], root_law(OMEGA_H, energy, ks)
        worst_root = percent(root[ROOT_FROM:], exact[ROOT_FROM:])
        rows.append((f"elliptic law, H_0 = {energy}, every k", "<= 1 %", percent(elliptic[:, column], exact)))
        rows.append((f"root law, H_0 = {energy}, k >= {ROOT_FROM}", "<= 2 %", worst_root))
    seconds = median_seconds(lambda: euler_energies(OMEGA_H, ENERGIES, STEPS, 100), runs=3)
    print_table([*rows, ("simulation, 4 orbits of 200,000 steps", "", f"{seconds:.2f} s")])


if __name__ == "__main__":
    main()
