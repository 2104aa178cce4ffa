"""What a derivation says, in sentences that rest on its exact facts, quantities and search."""

from collections.abc import Callable, Mapping
from typing import Any

Record = Mapping[str, Any]


def derive_follows(record: Record, data: Record) -> list[str]:
    """The sentences: what conserves the network, how far the search went, what W alone says."""
    return [sentence for rule in _RULES for sentence in [rule(record, data)] if sentence]


def _holds(record: Record, name: str) -> bool | None:
    holds: bool | None = record["facts"][name]["holds"]
    return holds


def _integrable(_: Record, data: Record) -> str | None:
    listed = {entry["name"] for entry in data["integrals"]}
    names = [name for name in data["commuting"] if name in listed]
    if not names:
        return None
    if len(names) < len(data["commuting"]):  # the inner form: k·y is the constant k·b
        names = ["k·y with kᵀW = 0", *names]
    if len(names) == 1:
        return f"The network is completely integrable, by {names[0]} alone."
    shown = f"{', '.join(names[:-1])} and {names[-1]}"
    return (
        f"The network is completely integrable: {shown} commute for {{I, J}} = ∇Iᵀ W ∇J and are independent, as many "
        "as n - rank W/2."
    )


def _dependent(_: Record, data: Record) -> str | None:
    rank, count = data["search"]["gradient_rank"], len(data["integrals"])
    if rank is None or rank == count:
        return None
    return (
        f"measured: at one state the gradients of the {count} first integrals have rank {rank}; whether some of the "
        "integrals are functions of the others was not decided."
    )


def _decaying(record: Record, data: Record) -> str | None:
    if all(entry["unit"] is not None for entry in data["darboux"]):
        return None
    leak = record["subject"]["leak"]
    return f"For every k with kᵀW = 0, k·x - k·b/γ decays exactly like exp(-γt), γ = {leak}."


def _further(_: Record, data: Record) -> str | None:
    search = data["search"]
    if search["degree"] is None:
        return (
            "No chain of functions closed under differentiation was found for σ, so polynomial integrals were "
            "not searched; what is listed holds for every continuous σ."
        )
    further = sum(entry["kind"] == "further" for entry in data["integrals"])
    found = (
        f"{further} further first integral{'s' * (further != 1)}" if further else "no further first integral"
    )
    lowered = (
        "" if search["degree"] == search["asked"] else f" (degree {search['asked']} is too large a search)"
    )
    return (
        f"Up to degree {search['degree']}{lowered}, {found}: modulo those listed and their products there is no other "
        f"polynomial in {_variables(data)}, alone or with {data['variable']}_i, Φ and logarithms added "
        f"({search['unknowns']} unknowns over ℚ)."
    )


def _unjudged(_: Record, data: Record) -> str | None:
    count = data["search"]["unjudged"]
    if not count:
        return None
    return (
        f"{count} more were derived but not certified, and are left out: a limit was met, or σ is not known to "
        "be continuous."
    )


def _variables(data: Record) -> str:
    letters = [entry["symbol"] for entry in data["chain"]["functions"]]
    return "the " + " and ".join(f"{letter}_i" for letter in letters or [data["variable"]])


def _symmetrizable(record: Record, _: Record) -> str | None:
    if _holds(record, "skew"):
        return None
    if not _holds(record, "skew_symmetrizable"):
        return "W is not skew, and diag(d) W is skew for no d > 0."
    d = ", ".join(record["quantities"]["symmetrizer"]["exact"])
    return f"W is not skew, but diag(d) W is for d = ({d})."


def _linear(record: Record, _: Record) -> str:
    if _holds(record, "linear_orbits_periodic"):
        return f"Linear: every orbit of x' = Wx is {_period(record['quantities']['linear_period'])}."
    if _holds(record, "similar_to_skew"):
        return (
            "Linear: W is similar to a skew matrix, so every orbit of x' = Wx is bounded for all t, but its frequencies "
            "are not commensurate: some orbits are not periodic."
        )
    if _holds(record, "linear_orbits_bounded"):
        return (
            "Linear: every orbit of x' = Wx is bounded for t ≥ 0, though W is not similar to a skew matrix: "
            "some decay."
        )
    return "Linear: W is not similar to a skew matrix, and some orbit of x' = Wx is unbounded for t ≥ 0."


def _period(quantity: Record) -> str:
    """Exactly where the record has that form, else by its enclosure; neither means that nothing moves."""
    if quantity["enclosure"] is None:
        return "at rest"
    low, high = quantity["enclosure"]
    exact = quantity["exact"]
    return f"periodic, with {f'a common period in [{low}, {high}]' if exact is None else f'the common period {exact}'}"


def _equilibria(_: Record, data: Record) -> str:
    return f"Equilibria: {data['equilibria']['says']}"


_RULES: tuple[Callable[[Record, Record], str | None], ...] = (
    _further,
    _unjudged,
    _integrable,
    _dependent,
    _decaying,
    _symmetrizable,
    _linear,
    _equilibria,
)
