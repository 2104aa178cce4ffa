"""The ids of the guarantees that an audit judges, in the order of its table."""

GUARANTEES: tuple[str, ...] = (
    "energy-is-conserved",
    "orbits-are-bounded",
    "planar-orbits-are-closed",
    "oscillation-is-perpetual",
    "jacobian-spectrum-is-imaginary",
    "euler-energy-never-decreases",
    "euler-growth-is-at-most-linear",
    "euler-energy-follows-root-law",
    "euler-does-not-overflow",
    "rank-two-inner-orbits-are-bounded",
    "leaves-oscillate-or-all-escape",
)
"""Each is the id of the claim that the guarantee is an instance of."""
