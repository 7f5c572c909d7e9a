/* Where the parameters of MLP(2, [HIDDEN, HIDDEN, 1]) lie: each neuron has its bias last. */
enum {
    ROW = HIDDEN + 1,
    WEIGHTS2 = 3 * HIDDEN,
    WEIGHTS3 = WEIGHTS2 + HIDDEN * ROW,
    BIAS3 = WEIGHTS3 + HIDDEN,
    PARAMETERS = BIAS3 + 1
};
