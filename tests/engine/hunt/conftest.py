"""The toy searches can be imported: here, in workers that are spawned from here, and by the script."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
