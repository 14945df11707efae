"""Hypothesis for the models: the same examples in every run, and no clock."""

import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("models", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("models")

sys.path.insert(0, str(Path(__file__).parent))  # for strategies and the contract
