"""The facts of a weight matrix with the certificates that passed their check; witnesses are searched for here."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gsdcheck.certify import linear
from gsdcheck.certify.linear_orbits import are_periodic, is_bounded_forward
from gsdcheck.certify.matrix_facts import Witness, check_matrix_fact, matrix_fact
from gsdcheck.model.system import Matrix
from gsdcheck.model.verdict import Evidence

STRUCTURE: tuple[str, ...] = ("skew", "skew_symmetrizable", "similar_to_skew", "invertible")
LINEAR_ORBITS: tuple[str, ...] = ("linear_orbits_bounded", "linear_orbits_periodic")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFact:
    """A property of W: whether it holds, and the certificate that says so."""

    holds: bool
    evidence: Evidence
    certificate: Mapping[str, object]


def matrix_facts(W: Matrix, names: Iterable[str] = STRUCTURE) -> dict[str, MatrixFact]:
    """The facts of these names, decided exactly.

    Raises:
        InvalidInput: W is not square, or beyond the limits of exact work.
    """
    found = {}
    for name in names:
        holds, witness = _PROPOSED[name](W)
        certificate = matrix_fact(name, W, holds, witness)
        found[name] = MatrixFact(
            holds=holds, evidence=check_matrix_fact(certificate), certificate=certificate
        )
    return found


def _skew(W: Matrix) -> tuple[bool, Witness]:
    n = len(W)
    entries = ((i, j) for i in range(n) for j in range(i + 1) if W[i][j] != -W[j][i])
    entry = next(entries, None)
    return entry is None, None if entry is None else {"entry": list(entry)}


def _symmetrizable(W: Matrix) -> tuple[bool, Witness]:
    d = linear.skew_symmetrizer(W)
    if d is not None:
        return True, {"diagonal": [str(entry) for entry in d]}
    return False, {"cycle": _obstruction(W)}


def _obstruction(W: Matrix) -> list[int]:
    """A cycle that no positive diagonal survives: one unit, two units, or one edge closing a path of the tree."""
    n = len(W)
    for i in range(n):
        if W[i][i]:
            return [i]
    for i in range(n):
        for j in range(i):
            if (W[i][j] or W[j][i]) and W[i][j] * W[j][i] >= 0:
                return [i, j]
    d, parent = _spanning_forest(W)
    i, j = next((i, j) for i in range(n) for j in range(i) if d[i] * W[i][j] != -d[j] * W[j][i])
    return _closed_path(parent, i, j)


def _spanning_forest(W: Matrix) -> tuple[dict[int, Fraction], dict[int, int]]:
    """d along a breadth-first forest of the units that are joined, and the parent of each unit but the roots."""
    d: dict[int, Fraction] = {}
    parent: dict[int, int] = {}
    for root in range(len(W)):
        if root in d:
            continue
        d[root] = Fraction(1)
        pending = deque([root])
        while pending:
            i = pending.popleft()
            for j in range(len(W)):
                if j not in d and W[i][j]:
                    d[j], parent[j] = -d[i] * W[i][j] / W[j][i], i
                    pending.append(j)
    return d, parent


def _closed_path(parent: dict[int, int], i: int, j: int) -> list[int]:
    """The cycle of the edge (i, j) and the paths from both ends up to where they meet."""
    up, down = _ancestors(parent, i), _ancestors(parent, j)
    meeting = next(unit for unit in up if unit in down)
    return [*up[: up.index(meeting) + 1], *reversed(down[: down.index(meeting)])]


def _ancestors(parent: dict[int, int], unit: int) -> list[int]:
    path = [unit]
    while path[-1] in parent:
        path.append(parent[path[-1]])
    return path


def _invertible(W: Matrix) -> tuple[bool, Witness]:
    kernel = linear.kernel(W)
    return not kernel, {"kernel": [str(entry) for entry in kernel[0]]} if kernel else None


def _without_witness(decide: Callable[[Matrix], bool]) -> Callable[[Matrix], tuple[bool, Witness]]:
    return lambda W: (decide(W), None)


_PROPOSED: dict[str, Callable[[Matrix], tuple[bool, Witness]]] = {
    "skew": _skew,
    "skew_symmetrizable": _symmetrizable,
    "similar_to_skew": _without_witness(linear.is_similar_to_skew),
    "invertible": _invertible,
    "linear_orbits_bounded": _without_witness(is_bounded_forward),
    "linear_orbits_periodic": _without_witness(are_periodic),
}
