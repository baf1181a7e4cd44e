"""Compiled twin of `sim.mechanisms.service`."""

from typing import Any

import numpy as np
from numba import njit

from sim.chance import PURPOSE_SHIFT, Purpose
from sim.kernels.elementary import philox, unit

SERVICE = np.uint32(int(Purpose.SERVICE) << PURPOSE_SHIFT)


@njit(cache=True, nogil=True, error_model="numpy")
def serve(layout: Any, quality: Any, aim: Any, rates: Any, week: Any, seed: Any) -> None:
    """Move quality a week on."""
    for estate in range(quality.shape[0]):
        for k in range(quality.shape[1]):
            word, _, _, _ = philox(np.uint32(k) | SERVICE, np.uint32(week), layout.place[estate], np.uint32(seed))
            shock = np.float64(unit(word)) - 0.5
            moved = quality[estate, k] + rates.adjustment * (aim[estate, k] - quality[estate, k]) + rates.spread * shock
            quality[estate, k] = min(max(moved, 0.0), 1.0)
