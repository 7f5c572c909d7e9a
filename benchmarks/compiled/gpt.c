/* A training step of the GPT on a name of seven letters, with Adam.
 *
 * The positions of the name lie side by side in the innermost loops, so that gcc vectorizes these
 * without reordering a sum.
 */
#include <math.h>
#include <string.h>

enum { TOKENS = 27, LIMIT = 16, T = 8, WIDTH = 16, HEADS = 4, HEAD = WIDTH / HEADS, HIDDEN = 64 };
#define EACH_T for (int t = 0; t < T; t++)

typedef double Row[T];

typedef struct {
    double tokens[TOKENS][WIDTH], positions[LIMIT][WIDTH];
    double query[WIDTH * WIDTH], key[WIDTH * WIDTH], value[WIDTH * WIDTH];
    double attention[WIDTH * WIDTH], expand[HIDDEN * WIDTH], contract[WIDTH * HIDDEN];
    double output[TOKENS * WIDTH];
} Weights;

static double larger(double x, double y) { return x > y ? x : y; }

static void linear(int nout, int nin, const double *w, Row *x, Row *y) {
    for (int o = 0; o < nout; o++) {
        Row sum = {0};
        for (int i = 0; i < nin; i++)
            EACH_T sum[t] += w[o * nin + i] * x[i][t];
        memcpy(y[o], sum, sizeof sum);
    }
}

/* Adds to the derivatives of w and of x. */
static void linear_back(int nout, int nin, const double *w, Row *x, Row *dy, double *dw, Row *dx) {
    double turned[T][HIDDEN];
    for (int i = 0; i < nin; i++)
        EACH_T turned[t][i] = x[i][t];
    for (int o = 0; o < nout; o++) {
        EACH_T for (int i = 0; i < nin; i++) dw[o * nin + i] += dy[o][t] * turned[t][i];
        for (int i = 0; i < nin; i++)
            EACH_T dx[i][t] += w[o * nin + i] * dy[o][t];
    }
}

static void rms_norm(Row *x, Row *y, Row scale) {
    Row squares = {0};
    for (int i = 0; i < WIDTH; i++)
        EACH_T squares[t] += x[i][t] * x[i][t];
    EACH_T scale[t] = 1 / sqrt(squares[t] / WIDTH + 1e-5);
    for (int i = 0; i < WIDTH; i++)
        EACH_T y[i][t] = x[i][t] * scale[t];
}

static void rms_norm_back(Row *x, Row *dy, Row *dx, Row scale) {
    Row sum = {0};
    for (int i = 0; i < WIDTH; i++)
        EACH_T sum[t] += x[i][t] * dy[i][t];
    EACH_T sum[t] *= scale[t] * scale[t] * scale[t] / WIDTH;
    for (int i = 0; i < WIDTH; i++)
        EACH_T dx[i][t] += scale[t] * dy[i][t] - x[i][t] * sum[t];
}

/* shares[s][t] is how much position t attends to position s. */
static void attend(Row *q, Row *k, Row *v, Row *shares, Row *y) {
    Row largest, total = {0};
    EACH_T largest[t] = -INFINITY;
    for (int s = 0; s < T; s++) {
        Row score = {0};
        for (int i = 0; i < HEAD; i++)
            EACH_T score[t] += q[i][t] * k[i][s];
        EACH_T {
            shares[s][t] = t < s ? -INFINITY : score[t] / sqrt(HEAD);
            largest[t] = larger(largest[t], shares[s][t]);
        }
    }
    for (int s = 0; s < T; s++)
        EACH_T {
            shares[s][t] = t < s ? 0 : exp(shares[s][t] - largest[t]);
            total[t] += shares[s][t];
        }
    for (int s = 0; s < T; s++)
        EACH_T shares[s][t] /= total[t];
    for (int i = 0; i < HEAD; i++) {
        Row sum = {0};
        for (int s = 0; s < T; s++)
            EACH_T sum[t] += shares[s][t] * v[i][s];
        memcpy(y[i], sum, sizeof sum);
    }
}

static void attend_back(Row *q, Row *k, Row *v, Row *shares, Row *dy, Row *dq, Row *dk, Row *dv) {
    Row slopes[T], mean = {0};
    for (int s = 0; s < T; s++) {
        memset(slopes[s], 0, sizeof(Row));
        for (int i = 0; i < HEAD; i++)
            EACH_T {
                slopes[s][t] += dy[i][t] * v[i][s];
                dv[i][s] += dy[i][t] * shares[s][t];
            }
        EACH_T mean[t] += shares[s][t] * slopes[s][t];
    }
    for (int s = 0; s < T; s++) {
        EACH_T slopes[s][t] = shares[s][t] * (slopes[s][t] - mean[t]) / sqrt(HEAD);
        for (int i = 0; i < HEAD; i++)
            EACH_T {
                dq[i][t] += slopes[s][t] * k[i][s];
                dk[i][s] += slopes[s][t] * q[i][t];
            }
    }
}

/* The mean cross-entropy, and the derivatives of the logits. */
static double loss_of(Row *logits, const long *targets, Row *slopes) {
    double loss = 0;
    Row largest, total = {0};
    EACH_T largest[t] = -INFINITY;
    for (int o = 0; o < TOKENS; o++)
        EACH_T largest[t] = larger(largest[t], logits[o][t]);
    for (int o = 0; o < TOKENS; o++)
        EACH_T {
            slopes[o][t] = exp(logits[o][t] - largest[t]);
            total[t] += slopes[o][t];
        }
    for (int o = 0; o < TOKENS; o++)
        EACH_T slopes[o][t] /= T * total[t];
    EACH_T {
        loss += log(total[t]) + largest[t] - logits[targets[t]][t];
        slopes[targets[t]][t] -= 1.0 / T;
    }
    return loss / T;
}

static double value_and_gradient(const long *tokens, const Weights *w, Weights *g) {
    Row start[WIDTH], residual[WIDTH], x[WIDTH], q[WIDTH], k[WIDTH], v[WIDTH], heads[WIDTH];
    Row shares[HEADS][T], middle[WIDTH], normed[WIDTH], hidden[HIDDEN], end[WIDTH];
    Row logits[TOKENS], scale0, scale1, scale2;
    for (int i = 0; i < WIDTH; i++)
        EACH_T start[i][t] = w->tokens[tokens[t]][i] + w->positions[t][i];
    rms_norm(start, residual, scale0);
    rms_norm(residual, x, scale1);
    linear(WIDTH, WIDTH, w->query, x, q);
    linear(WIDTH, WIDTH, w->key, x, k);
    linear(WIDTH, WIDTH, w->value, x, v);
    for (int h = 0, i = 0; h < HEADS; h++, i += HEAD)
        attend(q + i, k + i, v + i, shares[h], heads + i);
    linear(WIDTH, WIDTH, w->attention, heads, middle);
    for (int i = 0; i < WIDTH; i++)
        EACH_T middle[i][t] += residual[i][t];
    rms_norm(middle, normed, scale2);
    linear(HIDDEN, WIDTH, w->expand, normed, hidden);
    for (int i = 0; i < HIDDEN; i++)
        EACH_T hidden[i][t] = hidden[i][t] > 0 ? hidden[i][t] : 0;
    linear(WIDTH, HIDDEN, w->contract, hidden, end);
    for (int i = 0; i < WIDTH; i++)
        EACH_T end[i][t] += middle[i][t];
    linear(TOKENS, WIDTH, w->output, end, logits);

    /* The derivative of each of these, `end` and `middle` in one, as the latter is added to it. */
    Row dlogits[TOKENS], dmiddle[WIDTH] = {0}, dhidden[HIDDEN] = {0}, dnormed[WIDTH] = {0};
    Row dheads[WIDTH] = {0}, dq[WIDTH] = {0}, dk[WIDTH] = {0}, dv[WIDTH] = {0}, dx[WIDTH] = {0};
    Row dend[WIDTH] = {0}, dstart[WIDTH] = {0};
    memset(g, 0, sizeof *g);
    double loss = loss_of(logits, tokens + 1, dlogits);
    linear_back(TOKENS, WIDTH, w->output, end, dlogits, g->output, dend);
    linear_back(WIDTH, HIDDEN, w->contract, hidden, dend, g->contract, dhidden);
    for (int i = 0; i < HIDDEN; i++)
        EACH_T dhidden[i][t] = hidden[i][t] > 0 ? dhidden[i][t] : 0;
    linear_back(HIDDEN, WIDTH, w->expand, normed, dhidden, g->expand, dnormed);
    memcpy(dmiddle, dend, sizeof dend);
    rms_norm_back(middle, dnormed, dmiddle, scale2);
    linear_back(WIDTH, WIDTH, w->attention, heads, dmiddle, g->attention, dheads);
    for (int h = 0, i = 0; h < HEADS; h++, i += HEAD)
        attend_back(q + i, k + i, v + i, shares[h], dheads + i, dq + i, dk + i, dv + i);
    linear_back(WIDTH, WIDTH, w->query, x, dq, g->query, dx);
    linear_back(WIDTH, WIDTH, w->key, x, dk, g->key, dx);
    linear_back(WIDTH, WIDTH, w->value, x, dv, g->value, dx);
    rms_norm_back(residual, dx, dmiddle, scale1);
    rms_norm_back(start, dmiddle, dstart, scale0);
    for (int i = 0; i < WIDTH; i++)
        EACH_T {
            g->tokens[tokens[t]][i] += dstart[i][t];
            g->positions[t][i] += dstart[i][t];
        }
    return loss;
}

double training_step(const long *tokens, double *parameters, double *gradient, double *means,
                     double *squares, double mean_scale, double square_scale) {
    double loss = value_and_gradient(tokens, (Weights *)parameters, (Weights *)gradient);
    for (int i = 0; i < (int)(sizeof(Weights) / sizeof(double)); i++) {
        means[i] = 0.85 * means[i] + 0.15 * gradient[i];
        squares[i] = 0.99 * squares[i] + 0.01 * gradient[i] * gradient[i];
        parameters[i] -= mean_scale * means[i] / (sqrt(square_scale * squares[i]) + 1e-8);
    }
    return loss;
}
