"""Write your own rule, solved."""

from autograd import exp, primitive, where


@primitive
def bell(x):
    """exp(-x * x)"""
    result = exp(-x * x)
    return result, (-2 * x * result,)


@primitive
def parallel(x, y):
    """x * y / (x + y), two resistors side by side"""
    return x * y / (x + y), ((y / (x + y)) ** 2, (x / (x + y)) ** 2)


@primitive
def huber(x):
    """x * x / 2 between -1 and 1; beyond, |x| - 1/2, a straight line on either side"""
    size = where(x < 0, -x, x)
    slope = where(size < 1, x, where(x < 0, -1, 1))
    return where(size < 1, x * x / 2, size - 0.5), (slope,)
