"""gsdcheck decides the claims about oscillating recurrent networks: proved, refuted, or honestly open."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gsdcheck.certify.judgement import Judgement
    from gsdcheck.claims import ALL_CLAIMS, find_claims
    from gsdcheck.engine.audit import audit
    from gsdcheck.engine.derive import derive
    from gsdcheck.engine.inspect import inspect
    from gsdcheck.engine.replay import replay_file
    from gsdcheck.engine.verify import verify
    from gsdcheck.model.activation import Activation
    from gsdcheck.model.claim import Claim
    from gsdcheck.model.library import find_activation
    from gsdcheck.model.system import Case, Form, System, system
    from gsdcheck.model.verdict import Evidence, Verdict
    from gsdcheck.numeric.simulate import simulate
    from gsdcheck.numeric.simulation import Simulation
    from gsdcheck.numeric.sweep import sweep
    from gsdcheck.record.files import read_record, write_record

__version__ = "0.1.0"

_PLACES = {
    "ALL_CLAIMS": "claims",
    "Activation": "model.activation",
    "Case": "model.system",
    "Claim": "model.claim",
    "Evidence": "model.verdict",
    "Form": "model.system",
    "Judgement": "certify.judgement",
    "Simulation": "numeric.simulation",
    "System": "model.system",
    "Verdict": "model.verdict",
    "audit": "engine.audit",
    "derive": "engine.derive",
    "find_activation": "model.library",
    "find_claims": "claims",
    "inspect": "engine.inspect",
    "read_record": "record.files",
    "replay_file": "engine.replay",
    "simulate": "numeric.simulate",
    "sweep": "numeric.sweep",
    "system": "model.system",
    "verify": "engine.verify",
    "write_record": "record.files",
}

__all__ = [
    "ALL_CLAIMS",
    "Activation",
    "Case",
    "Claim",
    "Evidence",
    "Form",
    "Judgement",
    "Simulation",
    "System",
    "Verdict",
    "__version__",
    "audit",
    "derive",
    "find_activation",
    "find_claims",
    "inspect",
    "read_record",
    "replay_file",
    "simulate",
    "sweep",
    "system",
    "verify",
    "write_record",
]


def __getattr__(name: str) -> object:
    """The public names, loaded when they are first asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def load_ipython_extension(shell: object) -> None:
    """`%load_ext gsdcheck`: records and simulations show themselves in this notebook."""
    from gsdcheck.report.notebook import register

    register(shell)
