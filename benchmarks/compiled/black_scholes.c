/* The price of a European call option by Black and Scholes, and its derivatives with respect to
 * spot, strike, years, rate and volatility, as a textbook has them. */
#include <math.h>

void value_and_gradient(double spot, double strike, double years, double rate, double volatility,
                        double *result) {
    double root = sqrt(years), spread = volatility * root;
    double d1 = (log(spot / strike) + (rate + volatility * volatility / 2) * years) / spread;
    double d2 = d1 - spread;
    double below1 = (1 + erf(d1 * M_SQRT1_2)) / 2, below2 = (1 + erf(d2 * M_SQRT1_2)) / 2;
    double discount = exp(-rate * years), due = strike * discount * below2;
    double vega = spot * root * exp(-d1 * d1 / 2) / sqrt(2 * M_PI);
    result[0] = spot * below1 - due;
    result[1] = below1;
    result[2] = -discount * below2;
    result[3] = vega * volatility / (2 * years) + rate * due;
    result[4] = years * due;
    result[5] = vega;
}
