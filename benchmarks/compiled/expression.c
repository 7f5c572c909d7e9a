/* The expression of micrograd's README with its derivatives, simplified by hand as far as
 * a person would: c and d are linear in what they start from. */
void value_and_gradient(double a, double b, double *result) {
    int sum_is_positive = b + a > 0, difference_is_positive = b - a > 0;
    double d = 12 * (a * b + b * b * b);
    if (sum_is_positive)
        d += 4 * (b + a);
    if (difference_is_positive)
        d += b - a;
    double e = 4 * (a + b) + 3 - a - d;
    double f = e * e;
    double slope = (0.5 - 10 / (f * f)) * 2 * e;
    result[0] = f / 2 + 10 / f;
    result[1] = slope * (3 - 12 * b - 4 * sum_is_positive + difference_is_positive);
    result[2] = slope * (4 - 12 * a - 36 * b * b - 4 * sum_is_positive - difference_is_positive);
}
