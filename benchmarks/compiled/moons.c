/* A training step of MLP(2, [HIDDEN, HIDDEN, 1]): max-margin loss, L2, gradient and update.
 *
 * Points lie side by side in the innermost loops, LANES of them, so that gcc vectorizes these
 * without reordering a sum. The arithmetic is the same for every point: a point beyond the
 * margin is not skipped, so the time does not depend on how far the training has come.
 */
#include "moons.h"
#include <string.h>

#define EACH_LANE for (int l = 0; l < LANES; l++)

static double relu(double x) { return x > 0 ? x : 0; }

double training_step(long count, const double *x, const double *y, double *p, double *gradient,
                     double rate, double l2) {
    double sums[PARAMETERS][LANES], losses[LANES];
    memset(sums, 0, sizeof sums);
    memset(losses, 0, sizeof losses);

#pragma omp parallel for reduction(+ : sums, losses)
    for (long start = 0; start < count; start += LANES) {
        double x0[LANES], x1[LANES], label[LANES], is_point[LANES];
        double h1[HIDDEN][LANES], h2[HIDDEN][LANES], d1[HIDDEN][LANES], d2[LANES];
        double score[LANES], d[LANES];

        EACH_LANE {
            long point = start + l < count ? start + l : 0;
            x0[l] = x[2 * point];
            x1[l] = x[2 * point + 1];
            label[l] = y[point];
            is_point[l] = start + l < count;
            score[l] = p[BIAS3];
        }
        for (int i = 0; i < HIDDEN; i++) {
            const double *w = p + 3 * i;
            EACH_LANE {
                h1[i][l] = relu(w[0] * x0[l] + w[1] * x1[l] + w[2]);
                d1[i][l] = 0;
            }
        }
        for (int i = 0; i < HIDDEN; i++) {
            const double *w = p + WEIGHTS2 + ROW * i;
            double sum[LANES];
            EACH_LANE sum[l] = w[HIDDEN];
            for (int j = 0; j < HIDDEN; j++)
                EACH_LANE sum[l] += w[j] * h1[j][l];
            EACH_LANE {
                h2[i][l] = relu(sum[l]);
                score[l] += p[WEIGHTS3 + i] * h2[i][l];
            }
        }
        EACH_LANE {
            double margin = 1 - label[l] * score[l];
            losses[l] += is_point[l] * relu(margin);
            d[l] = margin > 0 ? -label[l] * is_point[l] : 0;
            sums[BIAS3][l] += d[l];
        }
        for (int i = 0; i < HIDDEN; i++) {
            const double *w = p + WEIGHTS2 + ROW * i;
            EACH_LANE {
                sums[WEIGHTS3 + i][l] += d[l] * h2[i][l];
                d2[l] = h2[i][l] > 0 ? d[l] * p[WEIGHTS3 + i] : 0;
                sums[WEIGHTS2 + ROW * i + HIDDEN][l] += d2[l];
            }
            for (int j = 0; j < HIDDEN; j++)
                EACH_LANE {
                    sums[WEIGHTS2 + ROW * i + j][l] += d2[l] * h1[j][l];
                    d1[j][l] += d2[l] * w[j];
                }
        }
        for (int i = 0; i < HIDDEN; i++)
            EACH_LANE {
                double slope = h1[i][l] > 0 ? d1[i][l] : 0;
                sums[3 * i][l] += slope * x0[l];
                sums[3 * i + 1][l] += slope * x1[l];
                sums[3 * i + 2][l] += slope;
            }
    }

    double loss = 0, squares = 0;
    EACH_LANE loss += losses[l];
    for (int k = 0; k < PARAMETERS; k++) {
        double sum = 0;
        EACH_LANE sum += sums[k][l];
        gradient[k] = sum / count + 2 * l2 * p[k];
        squares += p[k] * p[k];
    }
    for (int k = 0; k < PARAMETERS; k++)
        p[k] -= rate * gradient[k];
    return loss / count + l2 * squares;
}
