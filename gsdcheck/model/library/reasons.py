"""Why a name that a library has is not a function of one number."""

MIXES = "it mixes coordinates: an output depends on more than one input"
RANDOM = "it is random: the same input gives different outputs"
LEARNED = "it is learned; give one, as in prelu?weight=0.25"
SERVES = "it makes, stores or configures functions and is none itself"
POSITIVE = "it has no real value at x <= 0"
