"""Elementary functions in single precision, in plain arithmetic, so that every engine and machine gets the same bits.

Libraries differ in the last bits of `exp`; these use only additions, multiplications and a shift of the exponent, in a fixed
order.  The compiled twins stand in `sim.kernels.elementary`.
"""

import math

import numpy as np

from sim.households import F4, I4

LOG2_OF_E = np.float32(1.44269504)
LN2_HIGH = np.float32(0.693359375)
LN2_LOW = np.float32(-2.12194440e-4)
# Minimax polynomial of (exp(r) - 1 - r) / r**2 on |r| <= ln(2) / 2; coefficients as in Cephes' expf (Moshier 1984-1992).
EXP = tuple(np.float32(c) for c in (1.98756915e-4, 1.39819995e-3, 8.33345191e-3, 4.16657959e-2, 1.66666655e-1, 0.5))
ONE, HALF, ZERO = np.float32(1), np.float32(0.5), np.float32(0)
LARGEST = np.float32(80)
EXPONENT_BIAS, EXPONENT_SHIFT = np.int32(127), np.int32(23)

# Satisfaction is summed as whole numbers of 2**-14, so that the order of households cannot matter.
FINE = 1 << 14


def exponential(x: F4) -> F4:
    """Return e to the power x, relative error below 1e-7; x is held within [-80, 80]."""
    x = np.minimum(np.maximum(x, -LARGEST), LARGEST)
    power = np.floor(x * LOG2_OF_E + HALF)
    r = x - power * LN2_HIGH - power * LN2_LOW
    y = ((((EXP[0] * r + EXP[1]) * r + EXP[2]) * r + EXP[3]) * r + EXP[4]) * r + EXP[5]
    y = y * (r * r) + r + ONE
    scale: F4 = ((power.astype(np.int32) + EXPONENT_BIAS) << EXPONENT_SHIFT).view(np.float32)
    scaled: F4 = np.multiply(y, scale, dtype=np.float32)
    return scaled


def logistic(x: F4) -> F4:
    """Return 1 / (1 + exp(-x))."""
    return ONE / (ONE + exponential(-x))


def fine(share: F4) -> I4:
    """Return shares as whole numbers of 2**-14, rounded down."""
    return (share * np.float32(FINE)).astype(np.int32)


def logistic_of(x: float) -> float:
    """Return 1 / (1 + exp(-x)) of one number in double precision, for institutions."""
    return 1 / (1 + math.exp(-x))
