"""The errors a caller can expect: one base, a handful of kinds."""


class GsdcheckError(Exception):
    """Base of every error that gsdcheck raises on purpose; the command line turns it into exit code 2."""


class InvalidInput(GsdcheckError, ValueError):
    """A value from outside (matrix, state, option, file) breaks a stated rule."""


class ExpressionError(InvalidInput):
    """A text is not an expression of our grammar; the message shows the position."""


class UnknownName(InvalidInput):
    """A claim, activation, theorem or key that does not exist; the message names the nearest that does."""


class RecordError(InvalidInput):
    """A record or certificate file cannot be read as one."""


class CertificateRejected(GsdcheckError):
    """A certificate does not establish what it is said to establish."""


class UnknownCertificate(CertificateRejected):
    """A certificate of a kind, or with a theorem, fact or quantity, that this version does not have."""


class Undecided(GsdcheckError):
    """A sound method came to its limit without an answer; never the same as a false answer."""


class CoqError(GsdcheckError):
    """Coq said something that is not understood, or that a theorem is not proved."""


class ShardLost(GsdcheckError):
    """A part of a search ended every worker that took it."""
