"""The training step on two moons as loops for Numba: point by point, with neurons innermost."""

import numba
import numpy as np


@numba.njit(fastmath=True)
def training_step(x, y, p, gradient, rate, l2):
    w1, w2, w3 = p[:48].reshape(16, 3), p[48:320].reshape(16, 17), p[320:]
    gradient[:] = 0
    g1, g2, g3 = (
        gradient[:48].reshape(16, 3),
        gradient[48:320].reshape(16, 17),
        gradient[320:],
    )
    h1, h2, d1, loss = np.empty(16), np.empty(16), np.empty(16), 0.0
    for point in range(len(x)):
        for i in range(16):
            h1[i] = max(w1[i, 0] * x[point, 0] + w1[i, 1] * x[point, 1] + w1[i, 2], 0.0)
        score = w3[16]
        for i in range(16):
            total = w2[i, 16]
            for j in range(16):
                total += w2[i, j] * h1[j]
            h2[i] = max(total, 0.0)
            score += w3[i] * h2[i]
        margin = 1 - y[point] * score
        loss += max(margin, 0.0)
        d = -y[point] if margin > 0 else 0.0
        d1[:] = 0
        g3[16] += d
        for i in range(16):
            g3[i] += d * h2[i]
            d2 = d * w3[i] if h2[i] > 0 else 0.0
            g2[i, 16] += d2
            for j in range(16):
                g2[i, j] += d2 * h1[j]
                d1[j] += d2 * w2[i, j]
        for i in range(16):
            slope = d1[i] if h1[i] > 0 else 0.0
            g1[i, 0] += slope * x[point, 0]
            g1[i, 1] += slope * x[point, 1]
            g1[i, 2] += slope
    squares = 0.0
    for k in range(len(p)):
        gradient[k] = gradient[k] / len(x) + 2 * l2 * p[k]
        squares += p[k] * p[k]
    for k in range(len(p)):
        p[k] -= rate * gradient[k]
    return loss / len(x) + l2 * squares
