"""What others would use for x' = Wσ(x), W skew: each peer gives x(T) for a batch, to about the same accuracy."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

Batch = Callable[[], np.ndarray]
"""Runs the peer once; (B, n), x(T)."""


def random_systems(n: int, size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """W ~ N(0, 1) skew, (B, n, n), and x0 ~ N(0, 1), (B, n)."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.standard_normal((size, n, n)), 1)
    return upper - upper.transpose(0, 2, 1), rng.standard_normal((size, n))


def heyoka_batch(W: np.ndarray, x0: np.ndarray, T: float, activation: str, tolerance: float = 1e-8) -> Batch:
    """heyoka's Taylor integrator in batches of 8, sorted by ‖W‖₂, two of them in a pool of threads."""
    import heyoka

    size, n = x0.shape
    off = ~np.eye(n, dtype=bool)
    variables = heyoka.make_vars(*[f"x{i}" for i in range(n)])
    weights = {(i, j): heyoka.par[k] for k, (i, j) in enumerate(np.argwhere(off).tolist())}
    sigma = heyoka_activation(activation)
    field = [
        (variables[i], heyoka.sum([weights[i, j] * sigma(variables[j]) for j in range(n) if j != i]))
        for i in range(n)
    ]
    integrators = [
        heyoka.taylor_adaptive_batch(field, np.zeros((n, 8)), pars=np.zeros((len(weights), 8)), tol=tolerance)
        for _ in range(2)
    ]
    order = np.argsort(np.linalg.norm(W, 2, axis=(1, 2)))
    halves = [order[: size // 2], order[size // 2 :]]

    def follow(integrator: object, chosen: np.ndarray) -> np.ndarray:
        result = np.empty((chosen.size, n))
        for start in range(0, chosen.size, 8):
            block = np.resize(chosen[start : start + 8], 8)
            integrator.set_time(0.0)  # type: ignore[attr-defined]
            integrator.state[:] = x0[block].T  # type: ignore[attr-defined]
            integrator.pars[:] = W[block][:, off].T  # type: ignore[attr-defined]
            integrator.propagate_until(T)  # type: ignore[attr-defined]
            taken = min(8, chosen.size - start)
            result[start : start + taken] = integrator.state.T[:taken]  # type: ignore[attr-defined]
        return result

    def run() -> np.ndarray:
        final = np.empty_like(x0)
        with ThreadPoolExecutor(2) as pool:
            for chosen, states in zip(halves, pool.map(follow, integrators, halves), strict=True):
                final[chosen] = states
        return final

    return run


def heyoka_activation(name: str) -> Callable[[object], object]:
    """σ in heyoka's expressions.

    Raises:
        KeyError: heyoka cannot express it (softsign needs |x|, which it cannot differentiate).
    """
    import heyoka

    return {
        "tanh": heyoka.tanh,
        "sin": heyoka.sin,
        "gelu": lambda x: 0.5 * x * (1.0 + heyoka.erf(x * float(np.sqrt(0.5)))),
        "xgauss": lambda x: x * heyoka.exp(-x * x),
    }[name]


def jax_batch(W: np.ndarray, x0: np.ndarray, T: float, steps: int) -> Batch:
    """A hand-written DOP853 of fixed step in JAX, compiled once, all systems in one array; tanh."""
    import jax
    import jax.numpy as jnp

    from gsdcheck.numeric.methods.tableaus import DOP853

    jax.config.update("jax_enable_x64", True)
    h = T / steps

    def field(x: jnp.ndarray, w: jnp.ndarray) -> jnp.ndarray:
        return jnp.einsum("bij,bj->bi", w, jnp.tanh(x))

    def step(x: jnp.ndarray, w: jnp.ndarray) -> jnp.ndarray:
        found: list[jnp.ndarray] = []
        for row in DOP853.stages:
            found.append(field(x + h * sum((c * found[j] for j, c in row.items()), 0.0 * x), w))
        return x + h * sum(c * found[j] for j, c in DOP853.weights.items())

    compiled = jax.jit(lambda x, w: jax.lax.fori_loop(0, steps, lambda _, y: step(y, w), x))
    weights, states = jnp.asarray(W), jnp.asarray(x0)
    compiled(states, weights).block_until_ready()
    return lambda: np.asarray(compiled(states, weights).block_until_ready())


def jax_euler(W: np.ndarray, x0: np.ndarray, h: float, steps: int) -> Batch:
    """Forward Euler of the planar tanh network in JAX, lanes last."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    a, b = jnp.asarray(h * W[:, 0, 1]), jnp.asarray(h * W[:, 1, 0])

    def step(_: int, state: tuple[jnp.ndarray, jnp.ndarray]) -> tuple[jnp.ndarray, jnp.ndarray]:
        x, y = state
        return x + a * jnp.tanh(y), y + b * jnp.tanh(x)

    compiled = jax.jit(lambda x, y: jnp.stack(jax.lax.fori_loop(0, steps, step, (x, y)), axis=1))
    x, y = jnp.asarray(x0[:, 0]), jnp.asarray(x0[:, 1])
    jax.jit(lambda x, y: jnp.stack(step(0, (x, y))))(x, y).block_until_ready()
    compiled(x, y).block_until_ready()
    return lambda: np.asarray(compiled(x, y).block_until_ready())


def diffrax_batch(W: np.ndarray, x0: np.ndarray, T: float, tolerance: float) -> Batch:
    """diffrax, Dopri8 with its step controller, one vmap over the systems; tanh."""
    import diffrax
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    term = diffrax.ODETerm(lambda _, x, w: w @ jnp.tanh(x))
    control = diffrax.PIDController(rtol=tolerance, atol=tolerance)

    def one(w: jnp.ndarray, x: jnp.ndarray) -> jnp.ndarray:
        solution = diffrax.diffeqsolve(
            term, diffrax.Dopri8(), 0.0, T, None, x, args=w, stepsize_controller=control, max_steps=100_000
        )
        return solution.ys[0]

    compiled = jax.jit(jax.vmap(one))
    weights, states = jnp.asarray(W), jnp.asarray(x0)
    compiled(weights, states).block_until_ready()
    return lambda: np.asarray(compiled(weights, states).block_until_ready())


def scipy_one_system(W: np.ndarray, x0: np.ndarray, T: float, tolerance: float) -> Batch:
    """SciPy's DOP853 on all systems as one of dimension B·n; tanh."""
    from scipy.integrate import solve_ivp

    def field(_: float, x: np.ndarray) -> np.ndarray:
        return np.asarray(W @ np.tanh(x.reshape(x0.shape))[..., None]).ravel()

    def run() -> np.ndarray:
        found = solve_ivp(field, (0, T), x0.ravel(), method="DOP853", rtol=tolerance, atol=tolerance)
        return np.asarray(found.y[:, -1].reshape(x0.shape))

    return run


def scipy_loop(W: np.ndarray, x0: np.ndarray, T: float, tolerance: float) -> Batch:
    """SciPy's DOP853 on one system after the other; tanh."""
    runs = [scipy_one_system(w[None], x[None], T, tolerance) for w, x in zip(W, x0, strict=True)]
    return lambda: np.concatenate([run() for run in runs])
