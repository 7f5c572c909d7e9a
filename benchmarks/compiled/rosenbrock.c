/* 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2, summed, and its gradient. */
double value_and_gradient(long count, const double *x, double *gradient) {
    double value = 0;
    for (long i = 0; i < count; i++)
        gradient[i] = 0;
    for (long i = 0; i + 1 < count; i++) {
        double rise = x[i + 1] - x[i] * x[i], rest = 1 - x[i];
        value += 100 * rise * rise + rest * rest;
        gradient[i] += -400 * rise * x[i] - 2 * rest;
        gradient[i + 1] += 200 * rise;
    }
    return value;
}
