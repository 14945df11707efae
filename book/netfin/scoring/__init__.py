"""Credit scoring: ranking, levels and profit, fairness, and a rival who scores better."""

from __future__ import annotations

from netfin.scoring.cut_offs import cut_off, recalibrate
from netfin.scoring.samples import FORM, HISTORY
from netfin.scoring.scorecard import fit, scaling

__all__ = ["FORM", "HISTORY", "cut_off", "fit", "recalibrate", "scaling"]
