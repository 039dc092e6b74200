"""What builds the installers lies in packaging/, beside the program, and is imported from there."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
