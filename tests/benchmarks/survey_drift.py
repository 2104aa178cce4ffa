"""How often inner-form tanh orbits drift along ker W for n = 5 and rank 4 (row O7), and which lead to a certificate."""

import argparse
import itertools
import time
from collections.abc import Iterator

import numpy as np
from measurement import print_table
from numpy.typing import NDArray

from gsdcheck.certify.certificates import conclude
from gsdcheck.claims.drifting_orbits import drift_near
from gsdcheck.claims.entry import case
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form
from gsdcheck.numeric.diagnostics import KernelDrift, kernel_drift
from gsdcheck.numeric.lanes import Lanes

Floats = NDArray[np.float64]
UPPER = np.triu_indices(5, 1)
RADIANS = 1_500.0
"""How long an orbit is followed, in radians of the largest frequency of W."""
ENERGIES = (1.0, 10.0)


def skew(entries: NDArray[np.int64]) -> Floats:
    """(..., 10) entries above the diagonal to (..., 5, 5)."""
    W = np.zeros((*entries.shape[:-1], 5, 5))
    W[..., UPPER[0], UPPER[1]] = entries
    return W - np.swapaxes(W, -1, -2)


def rank_four(W: Floats) -> NDArray[np.bool_]:
    sizes = np.linalg.svd(W, compute_uv=False)
    return np.asarray(sizes[..., 3] > 1e-9 * np.maximum(sizes[..., 0], 1))


def classes() -> Iterator[Floats]:
    """The W with entries 0 and ±1, rank 4, one of each class under signed permutations and W → -W, few entries first."""
    places = {pair: i for i, pair in enumerate(zip(*UPPER, strict=True))}
    images, signs = [], []
    for order in itertools.permutations(range(5)):
        for flips in itertools.product((1, -1), repeat=4):
            s = (1, *flips)
            found = [(order[a], order[b], s[a] * s[b]) for a, b in zip(*UPPER, strict=True)]
            images.append([places[min(a, b), max(a, b)] for a, b, _ in found])
            signs.append([g if a < b else -g for a, b, g in found])
    at, by = np.array(images), np.array(signs)
    seen: set[tuple[int, ...]] = set()
    every = sorted(
        itertools.product((0, 1, -1), repeat=10), key=lambda u: (np.count_nonzero(u), [-v for v in u])
    )
    for entries in every:
        if entries not in seen:
            image = np.array(entries)[at] * by
            seen.update(map(tuple, image.tolist()), map(tuple, (-image).tolist()))
            W = skew(np.array(entries))
            if rank_four(W):
                yield W


def starts(W: Floats, rng: np.random.Generator) -> Floats:
    """x₀ of shape (5, B) in range W, with H(Wx₀) log-uniform between the energies."""
    y = np.einsum("bij,bj->bi", W, rng.normal(size=(len(W), 5)))
    wanted = np.exp(rng.uniform(*np.log(ENERGIES), size=len(W)))
    low, high = np.zeros(len(W)), np.full(len(W), 1e3)
    for _ in range(60):
        middle = (low + high) / 2
        below = (np.logaddexp(v := middle[:, None] * y, -v) - np.log(2)).sum(axis=1) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(np.einsum("bij,bj->ib", np.linalg.pinv(W), low[:, None] * y))


def drift(W: Floats, x0: Floats, radians: float) -> KernelDrift:
    lanes = Lanes(
        W=W.transpose(1, 2, 0).copy(), bias=np.zeros((5, 1)), leak=0.0, form=Form.INNER, sigma=np.tanh
    )
    return kernel_drift(lanes, x0, radians / np.linalg.norm(W, 2, axis=(1, 2)))


def steady(found: KernelDrift) -> NDArray[np.bool_]:
    """Ten errors and a thousandth of the speed."""
    return np.asarray((found.rate > 10 * found.errors) & (found.rate > 1e-3 * found.speeds))


def confirmed(W: Floats, x0: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The orbits that drift steadily, and still do at four times the time; and the part of their speed that it is."""
    first = np.flatnonzero(steady(drift(W, x0, RADIANS)))
    if not first.size:
        return first, np.zeros(0)
    again = drift(W[first], x0[:, first], 4 * RADIANS)
    good = steady(again) & (again.growth > 0.9)
    return first[good], (again.rate / again.speeds)[good]


def certified(W: Floats, x0: Floats) -> str:
    """What becomes of the orbit: the drift in a period that was certified, or none."""
    short = [str(round(float(v) * 64)) + "/64" for v in x0]
    proposal = drift_near(case(W.astype(int).tolist(), short, form="inner"))
    if proposal is None:
        return "no reversible closed orbit found"
    try:
        return conclude(proposal).reason.partition(" and ")[2].partition(", k")[0]
    except CertificateRejected as fault:
        return f"rejected: {fault}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--orbits", type=int, default=200, help="orbits for each class of entries 0, ±1")
    parser.add_argument("--matrices", type=int, default=2_000, help="random W for each largest entry")
    arguments, rng = parser.parse_args(), np.random.default_rng(0)
    rows = []
    for W in classes():
        many = np.repeat(W[None], arguments.orbits, axis=0)
        x0 = starts(many, rng)
        index, part = confirmed(many, x0)
        entries = " ".join(f"{int(v):d}" for v in W[UPPER])
        best = f"{part.max():.3f}" if part.size else "0"
        says = certified(W, x0[:, index[np.argmax(part)]]) if part.size else ""
        rows.append((f"W = {entries}", f"{index.size} of {arguments.orbits}", f"{best} {says}"))
        print(*rows[-1], sep=" | ", flush=True)
    for largest in (1, 2, 3, 4):
        started = time.perf_counter()
        drawn = skew(rng.integers(-largest, largest + 1, size=(2 * arguments.matrices, 10)))
        drawn = np.repeat(drawn[rank_four(drawn)][: arguments.matrices], 5, axis=0)
        index, part = confirmed(drawn, starts(drawn, rng))
        matrices = len({tuple(drawn[i].ravel()) for i in index})
        rows.append(
            (
                f"entries up to {largest}: {arguments.matrices} W, {len(drawn)} orbits",
                f"{index.size} orbits, {matrices} W",
                f"{part.max(initial=0):.3f} ({time.perf_counter() - started:.0f} s)",
            )
        )
        print(*rows[-1], sep=" | ", flush=True)
    print_table(rows)


if __name__ == "__main__":
    main()
