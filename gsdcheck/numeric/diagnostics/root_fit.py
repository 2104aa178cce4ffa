"""The law H = a + b √(k + c) fitted to energies: a linear start, then Levenberg and Marquardt, lane by lane."""

import numpy as np

from gsdcheck.numeric.arrays import FloatArray

_ITERATIONS = 60


def root_fit(k: FloatArray, H: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The a, b, c that minimise Σ (log H_k - log(a + b √(k + c)))², b > 0.

    Fitted as a + √(βk + δ) with H in units of its largest value and k in units of its largest, all of order 1.

    Args:
        k: (q,) increasing, > 0.
        H: (q, B), > 0.

    Returns:
        (3, B) a, b, c; (3, B) their standard errors for residuals of variance 1; (q, B) the residuals.
        nan where no such law was found: b would be 0 or imaginary.
    """
    top, last = H.max(axis=0), k[-1]
    u, h = (k / last)[:, None], H / top
    a, beta, delta = _descended(_linear_start(u, h), u, np.log(h))
    residual, J = _residual(np.stack([a, beta, delta]), u, np.log(h))
    b, c = np.sqrt(beta), delta / beta
    # a, b, c in their own units as functions of the fitted three: the delta method
    values = np.stack([a * top, b * top / np.sqrt(last), c * last])
    zero = np.zeros_like(a)
    turned = np.array(
        [
            [top, zero, zero],
            [zero, top / (2 * b * np.sqrt(last)), zero],
            [zero, -c * last / beta, last / beta],
        ]
    )
    normal = np.einsum("qib,qjb->bij", J, J)
    inverse = np.linalg.pinv(np.where(np.isfinite(normal), normal, 0.0))
    covariance = np.einsum("ikb,bkl,jlb->ijb", turned, inverse, turned)
    errors = np.sqrt(np.stack([covariance[i, i] for i in range(3)]))
    found = np.isfinite(values).all(axis=0) & (beta > 0)
    return np.where(found, values, np.nan), errors, np.where(found, residual, np.nan)


def _linear_start(u: FloatArray, h: FloatArray) -> FloatArray:
    """(3, B): h² = 2a h + βu + (δ - a²) is linear in 2a, β and δ - a²; in relative errors."""
    rows = np.stack([h, np.broadcast_to(u, h.shape), np.ones_like(h)], axis=-1) / h[..., None] ** 2
    normal = np.einsum("qbi,qbj->bij", rows, rows)
    twice_a, beta, rest = (np.linalg.pinv(normal) @ rows.sum(axis=0)[..., None])[..., 0].T
    a, beta = twice_a / 2, np.maximum(beta, 1e-6)
    return np.stack([a, beta, np.maximum(rest + a**2, -0.9 * beta * u[0])])


def _residual(p: FloatArray, u: FloatArray, L: FloatArray) -> tuple[FloatArray, FloatArray]:
    """log(a + √(βu + δ)) - L, (q, B), and its derivatives (q, 3, B); nan where the law is not > 0."""
    root = np.sqrt(p[1] * u + p[2])
    law = p[0] + root
    law = np.where(law > 0, law, np.nan)
    return np.log(law) - L, np.stack([1 / law, u / (2 * root * law), 1 / (2 * root * law)], axis=1)


def _descended(p: FloatArray, u: FloatArray, L: FloatArray) -> FloatArray:
    """Levenberg and Marquardt from p, (3, B): a lane takes a step only if its sum of squares falls."""
    damping = np.full(p.shape[1], 1e-3)
    residual, J = _residual(p, u, L)
    cost = np.where(np.isfinite(s := (residual**2).sum(axis=0)), s, np.inf)
    for _ in range(_ITERATIONS):
        normal = np.nan_to_num(np.einsum("qib,qjb->bij", J, J), posinf=0.0, neginf=0.0)
        gradient = np.nan_to_num(np.einsum("qib,qb->bi", J, residual), posinf=0.0, neginf=0.0)
        damped = normal + np.einsum("b,bii->bi", damping, normal)[:, :, None] * np.eye(3) + 1e-30 * np.eye(3)
        trial = p - (np.linalg.pinv(damped) @ gradient[..., None])[..., 0].T
        new_residual, new_J = _residual(trial, u, L)
        new_cost = (new_residual**2).sum(axis=0)
        better = new_cost < cost  # False for nan
        p, cost = np.where(better, trial, p), np.where(better, new_cost, cost)
        residual, J = np.where(better, new_residual, residual), np.where(better, new_J, J)
        damping = np.clip(np.where(better, damping / 5, damping * 4), 1e-12, 1e12)
    return p
