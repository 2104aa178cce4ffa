"""f on a segment that may hold kinks: continuity by structure, slopes and signs branch by branch.

On a segment f takes at every point the value of one of finitely many branch-free alternatives g_i. If f is
continuous and every g_i is nondecreasing, so is f; if every slope g_i' lies in [m, M], so do the difference
quotients of f. (From a walk right as far as f = g_i allows: A_i = {f = g_i} is closed, so its last point
belongs to another A_j; after at most as many steps as alternatives one is at b, and f never fell.)
"""

from functools import lru_cache, reduce
from operator import or_

from gsdcheck.certify.branch_signs import is_branching, tree_sign
from gsdcheck.certify.pieces import Place, at_point, conditions, require_domain, resolve
from gsdcheck.certify.signs import End, direct_sign, limited_derivative, require_rule, sign_at, sign_on
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Call, Expression, Piecewise, children

MOST_ALTERNATIVES = 12
"""More alternatives than this on one segment are not followed."""


class _Fork(Exception):  # noqa: N818  (a question, not an error)
    """A question that both answers are to be given to."""

    def __init__(self, key: tuple[Expression, int], count: int) -> None:
        super().__init__()
        self.key, self.count = key, count


class _Chosen(Place):
    """Open questions are answered by a table, the same for equal nodes; a new one is a fork."""

    def __init__(self, low: End, high: End, answers: dict[tuple[Expression, int], int]) -> None:
        super().__init__(low, high)
        self.answers = answers

    def choose(self, node: Expression, number: int, count: int) -> int | None:
        if (node, number) not in self.answers:
            raise _Fork((node, number), count)
        return self.answers[node, number]


class _Kept(Place):
    """Branches that stay open are kept; those that may jump (sign, Piecewise) only if `jumps`."""

    def __init__(self, low: End, high: End, *, jumps: bool) -> None:
        super().__init__(low, high)
        self.jumps = jumps

    def sign(self, g: Expression) -> int:
        if not is_branching(g):
            return super().sign(g)
        require_defined(g, self.low, self.high, jumps=True)  # soundness: as in `Place`
        return tree_sign(g, self.low, self.high)

    def choose(self, node: Expression, number: int, count: int) -> int | None:
        if self.jumps or (isinstance(node, Call) and node.name != "sign"):
            return None
        return super().choose(node, number, count)


@lru_cache(maxsize=4096)
def joined(expression: Expression, low: End, high: End, *, jumps: bool = False) -> Expression:
    """f with the branches decided that do not change on (low, high): defined on [low, high], continuous
    unless `jumps`.

    Raises:
        Undecided: a jump or a domain that is not excluded.
    """
    kept = resolve(expression, _Kept(low, high, jumps=jumps))
    require_defined(kept, low, high, jumps=jumps)
    return kept


@lru_cache(maxsize=4096)
def alternatives(expression: Expression, low: End, high: End) -> tuple[Expression, ...]:
    """Branch-free expressions, continuous on [low, high], one of which f equals at every point of (low, high).

    Raises:
        Undecided: more than 12 of them, or one whose domain is not proved.
    """
    pending: list[dict[tuple[Expression, int], int]] = [{}]
    found: dict[Expression, None] = {}
    while pending:
        answers = pending.pop()
        try:
            found[resolve(expression, _Chosen(low, high, answers))] = None
        except _Fork as fork:
            pending += [{**answers, fork.key: n} for n in range(fork.count)]
        if len(found) + len(pending) > MOST_ALTERNATIVES:
            raise Undecided(f"more than {MOST_ALTERNATIVES} alternatives on a segment.")
    for part in found:
        require_domain(part, low, high)
    return tuple(found)


def require_defined(expression: Expression, low: End, high: End, *, jumps: bool) -> None:
    """Nothing if the expression, branches included, is defined on [low, high], and continuous unless `jumps`.

    Raises:
        Undecided: this is not proved.
    """
    if not is_branching(expression):
        require_domain(expression, low, high)
        return
    for part in children(expression):
        require_defined(part, low, high, jumps=jumps)
    for subject, allowed in conditions(expression):
        if _closed(subject, low, high) & ~allowed:
            raise Undecided(f"the domain: {type(expression).__name__} on a segment.")
    jumping = isinstance(expression, Piecewise) or (
        isinstance(expression, Call) and expression.name == "sign"
    )
    if jumping and not jumps:
        raise Undecided("a sign or a Piecewise that may jump inside a segment.")


def _closed(subject: Expression, low: End, high: End) -> int:
    mask = tree_sign(subject, low, high)
    for end in (low, high):
        if end is not None:
            mask |= sign_at(at_point(subject, end), end)
    return mask


@lru_cache(maxsize=4096)
def open_slope(part: Expression, low: End, high: End) -> Expression:
    """u' of a branch-free u, defined on the open segment (it may grow without bound to the ends)."""
    slope = limited_derivative(part)
    require_domain(slope, low, high, closed=False)
    return slope


def sign_of_branches(f: Expression, low: End, high: End, rule: str) -> int:
    """The mask of signs of f on (low, high): by structure, and of the alternatives by range or by the rule."""
    require_rule(rule)
    mask = tree_sign(joined(f, low, high, jumps=True), low, high)
    try:
        parts = alternatives(f, low, high)
    except Undecided:
        return mask
    return mask & reduce(or_, (_sign(part, low, high, rule) for part in parts))


def _sign(part: Expression, low: End, high: End, rule: str) -> int:
    mask = direct_sign(part, low, high)
    if rule == "direct":
        return mask
    try:
        return mask & sign_on(part, low, high, rule)
    except Undecided:
        return mask  # another alternative may need the rule
