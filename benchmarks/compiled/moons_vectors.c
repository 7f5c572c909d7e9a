/* moons.c with GCC's vector types in the place of the innermost loops: eight points a vector. */
#include "moons.h"
enum { LANES = 8 };
typedef double Vector __attribute__((vector_size(8 * LANES)));
typedef long Mask __attribute__((vector_size(8 * LANES)));

static Vector where(Mask condition, Vector x) { return (Vector)(condition & (Mask)x); }

double training_step(long count, const double *x, const double *y, double *p, double *gradient,
                     double rate, double l2) {
    Vector zero = {0}, losses = {0}, sums[PARAMETERS];
    for (int k = 0; k < PARAMETERS; k++)
        sums[k] = zero;

    for (long start = 0; start < count; start += LANES) {
        Vector x0, x1, label, is_point, h1[HIDDEN], h2[HIDDEN], d1[HIDDEN];
        for (int l = 0; l < LANES; l++) {
            long point = start + l < count ? start + l : 0;
            x0[l] = x[2 * point];
            x1[l] = x[2 * point + 1];
            label[l] = y[point];
            is_point[l] = start + l < count;
        }
        for (int i = 0; i < HIDDEN; i++) {
            const double *w = p + 3 * i;
            Vector sum = w[0] * x0 + w[1] * x1 + w[2];
            h1[i] = where(sum > 0, sum);
            d1[i] = zero;
        }
        Vector score = zero + p[BIAS3];
        for (int i = 0; i < HIDDEN; i++) {
            const double *w = p + WEIGHTS2 + ROW * i;
            Vector sum = zero + w[HIDDEN];
            for (int j = 0; j < HIDDEN; j++)
                sum += w[j] * h1[j];
            h2[i] = where(sum > 0, sum);
            score += p[WEIGHTS3 + i] * h2[i];
        }
        Vector margin = 1 - label * score;
        losses += where(margin > 0, is_point * margin);
        Vector d = where(margin > 0, -label * is_point);
        sums[BIAS3] += d;
        for (int i = 0; i < HIDDEN; i++) {
            const double *w = p + WEIGHTS2 + ROW * i;
            Vector d2 = where(h2[i] > 0, d * p[WEIGHTS3 + i]);
            sums[WEIGHTS3 + i] += d * h2[i];
            sums[WEIGHTS2 + ROW * i + HIDDEN] += d2;
            for (int j = 0; j < HIDDEN; j++) {
                sums[WEIGHTS2 + ROW * i + j] += d2 * h1[j];
                d1[j] += d2 * w[j];
            }
        }
        for (int i = 0; i < HIDDEN; i++) {
            Vector slope = where(h1[i] > 0, d1[i]);
            sums[3 * i] += slope * x0;
            sums[3 * i + 1] += slope * x1;
            sums[3 * i + 2] += slope;
        }
    }

    double loss = 0, squares = 0;
    for (int l = 0; l < LANES; l++)
        loss += losses[l];
    for (int k = 0; k < PARAMETERS; k++) {
        double sum = 0;
        for (int l = 0; l < LANES; l++)
            sum += sums[k][l];
        gradient[k] = sum / count + 2 * l2 * p[k];
        squares += p[k] * p[k];
    }
    for (int k = 0; k < PARAMETERS; k++)
        p[k] -= rate * gradient[k];
    return loss / count + l2 * squares;
}
