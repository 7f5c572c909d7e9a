"""The usual mistakes in each exercise, each with the cause that the feedback must name.

A mistake is what a learner adds at the end of the file, and what is read of it: a regular
expression, in lines that are joined.
"""

# What stands before the loop over the order in a backward pass.
ORDERED = """
    order, waiting = {}, [output]
    while waiting:
        missing = [p for p in waiting[-1].parents if p not in order]
        waiting += missing
        if not missing:
            order[waiting.pop()] = None
    order = list(reversed(order))
    found = dict.fromkeys(order, 0.0)
    found[output] = 1.0
"""

MISTAKES = {
    "product": [
        ('value["y"] = 1.985', "sum|added|\\+"),
        ('value["y"] = 3.96', "decimal"),
        ('value["y"] = 0.369', "digits"),
        ('gradient["w"] = 0.225', "with respect to x, not to w|derivative .* is the other"),
        ('gradient["x"] = 1.76', "with respect to w, not to x|derivative .* is the other"),
        ('gradient["w"] = 0.396', "y itself|value of y|has w as a factor"),
        ('gradient["w"] = -1.76', "sign"),
        ('gradient["w"] = 0.0176', "decimal"),
        ('gradient["w"] = 1', "x|missing"),
    ],
    "numeric_derivative": [
        ('figure["forward"] = 12', "derivative itself"),
        ('figure["forward"] = 12.01', "central difference"),
        ('figure["forward"] = 1.261', "not divided by h"),
        ('figure["forward"] = 11.41', "goes back"),
        ('figure["central"] = 24.02', "2 \\* h apart"),
        ('figure["central"] = 12.61', "forward difference"),
        ('smaller["forward"] = 100', "0.61 and then 0.0601"),
        ('smaller["central"] = 10', "h \\* h"),
        ("too_small = 12", "2 \\+ 1e-20"),
        ("def slope(f, x, h): return (f(x + h) - f(x)) / h", "forward difference"),
        ("def slope(f, x, h): return (f(x + h) - f(x - h)) / h", "2 \\* h apart"),
        ("def slope(f, x, h): return (f(x + h) - f(x - h)) / 2 * h", "parentheses"),
        ("def slope(f, x, h): return f(x + h) - f(x - h) / (2 * h)", "parentheses|call f"),
        ("def slope(f, x, h): return (f(x - h) - f(x + h)) / (2 * h)", "sign"),
        ("def slope(f, x, h): f(x + h) - f(x - h)", "return"),
        ("def slope(f, x, h): return ((x + h) - (x - h)) / (2 * h)", "call f"),
    ],
    "local_derivatives": [
        ('derivative["x - y"]["y"] = "1"', "sign"),
        ('derivative["x * y"]["x"] = "x"', "other|not to x"),
        ('derivative["x / y"]["y"] = "x / y**2"', "sign"),
        ('derivative["x / y"]["y"] = "-1 / y**2"', "x is a factor"),
        ('derivative["x / y"]["y"] = "1 / y"', "with respect to x|of x"),
        ('derivative["x ** 3"]["x"] = "x**2"', "3|exponent|coefficient"),
        ('derivative["x ** 3"]["x"] = "3 * x"', "exponent|derivative"),
        ('derivative["exp(x)"]["x"] = "x * exp(x - 1)"', "power rule"),
        ('derivative["log(x)"]["x"] = "1 / log(x)"', "log"),
        ('derivative["tanh(x)"]["x"] = "1 - x**2"', "result|operand|tanh"),
        ('derivative["tanh(x)"]["x"] = "1 - tanh(x)"', "tanh"),
        ('derivative["tanh(x)"]["x"] = "tanh(x) * (1 - tanh(x))"', "sigmoid"),
    ],
    "chain_rule": [
        ('gradient["d"] = "d"', "half|2 of"),
        ('gradient["p"] = "2 * p"', "d|other point|p"),
        ('gradient["w"] = "x"', "derivative of .*missing"),
        ('gradient["w"] = "gradient(p)"', "x.*missing|missing"),
        ('gradient["w"] = "gradient(p) * w"', "with respect to x, not to w"),
        ('gradient["t"] = "gradient(d)"', "sign"),
        ('gradient["w"] = "2 * (t - p) * x"', "sign"),
        ('gradient["b"] = "gradient(p) * b"', "factor too many|factor"),
        ('gradient["b"] = "1"', "missing"),
    ],
    "branches": [
        ('gradient["a"] = "gradient(p)*u + gradient(q)*v"', "path through y is missing"),
        (
            'gradient["a"] = "gradient(p)*u + 1"',
            "path through q|derivative of p",
        ),
        ('gradient["a"] = "1"', "path through y alone|missing"),
        ('gradient["a"] = "gradient(p) * u * gradient(q) * v"', "added|multiplied"),
        ('gradient["p"] = "p"', "not to p|other|square"),
        ('gradient["w"] = "x"', "missing"),
        ('gradient["w"] = "gradient(a) * w"', "with respect to x, not to w"),
        ('gradient["u"] = "gradient(p)"', "a.* missing|missing"),
        ('gradient_of_square["c"] = "c"', "half|path"),
    ],
    "order": [
        ('order = ["y", "a", "b"]', "not all of its gradient"),
        ('order = ["a", "b", "y"]', "y comes first"),
        ('gradient_of_x["in the right order"] = 18', "path|share|b"),
        ('gradient_of_x["in the right order"] = 12', "3|missing"),
        ('gradient_of_x["in the order y, a, b"] = 36', "too late"),
        ('gradient_of_x["in the order y, a, b"] = 6', "passes on 3 times"),
        ("def smallest(x): return x * x + x", "is right for it"),
        ("def smallest(x): a = 2 * x; return a + (3 * a + 1)", "takes 4 operations"),
        ("def smallest(x): a = 3 * x; b = 2 * a; return a * b", "must be a sum"),
        ("def smallest(x): a = 2 * x; return 3 * a + a", "is right for it"),
        ("def smallest(x): return 7", "compute it from x"),
    ],
    "clearing": [
        ('grad["x after A"] = 3', "both factors|two"),
        ('grad["x after A"] = 9', "the value|y itself"),
        ('grad["x after B"] = 6', "accumulate"),
        ('grad["y after B"] = 2', "no leaf"),
        ('grad["x after C"] = 2', "through y"),
        ('grad["x after C"] = 20', "cleared"),
        (
            "def descend(loss, w, learning_rate, steps):\n    for _ in range(steps):\n"
            "        loss(w).backward()\n        w.data -= learning_rate * w.grad",
            "clear it",
        ),
        (
            "def descend(loss, w, learning_rate, steps):\n    for _ in range(steps):\n"
            "        w.grad = 0; loss(w).backward(); w.data += learning_rate * w.grad",
            "subtract",
        ),
        (
            "def descend(loss, w, learning_rate, steps):\n    for _ in range(steps):\n"
            "        w.grad = 0\n        loss(w).backward()\n        w.data -= w.grad",
            "learning rate is missing",
        ),
        (
            "def descend(loss, w, learning_rate, steps):\n    error = loss(w)\n"
            "    for _ in range(steps):\n        w.grad = 0\n        error.backward()\n"
            "        w.data -= learning_rate * w.grad",
            "new graph|loss\\(w\\)",
        ),
        (
            "def descend(loss, w, learning_rate, steps):\n    for _ in range(steps):\n"
            "        loss(w).backward(); w.grad = 0; w.data -= learning_rate * w.grad",
            "did not move",
        ),
    ],
    "learning_rate": [
        ('distance["0.1"] = 3.6', "this is w"),
        ('distance["0.1"] = 0.4', "how far w moves"),
        ('distance["0.1"] = 1.4', "against the derivative"),
        ('distance["0.1"] = 0.8', "2 of the square"),
        ('distance["0.1"] = 0.9', "derivative is missing"),
        ('distance["0.4"] = 0.6', "other side"),
        ('factor = "1 + 4 * r"', "sign"),
        ('factor = "4 * r"', "1|missing"),
        ('factor = "1 - r"', "4"),
        ("largest = 0.25", "one step is enough"),
        ("largest = 1", "farther away"),
        ("steps = 50", "of what is left"),
        ("steps = 138", "2 of the square"),
    ],
    "sigmoid": [
        ('derivative_in_x = "exp(-x) / (1 + exp(-x))"', "square|sigmoid|factor"),
        ('derivative_in_x = "-exp(-x) / (1 + exp(-x))**2"', "sign"),
        ('derivative_in_x = "1 / (1 + exp(-x))**2"', "exp|inner|factor|sigmoid"),
        ('derivative_in_x = "1 / (1 + exp(-x))"', "sigmoid itself|value|sigmoid"),
        ('derivative_in_x = "exp(-x)"', "sigmoid|outer|exp"),
        ('derivative_in_x = "1"', "missing"),
        ('derivative_in_y = "y"', "y itself|derivative of sigmoid"),
        ('derivative_in_y = "1 - y"', "derivative of sigmoid|factor"),
        ('derivative_in_y = "y * (1 + y)"', "derivative of sigmoid|sign"),
        ('derivative_in_y = "1 - y**2"', "tanh"),
        ('derivative_in_y = "x * (1 - x)"', "result|operand|y"),
        ('derivative_in_y = "-y * (1 - y)"', "sign"),
        ('derivative_in_y = "y - 1"', "derivative of sigmoid|sign|sigmoid"),
        ("def stable_sigmoid(x): return sigmoid(x)", "overflows"),
        ("def stable_sigmoid(x): return math.exp(x) / (1 + math.exp(x))", "overflows"),
        ("def stable_sigmoid(x): return (1 + math.tanh(x / 2)) / 2", "last digits are lost"),
        ("def stable_sigmoid(x): return 0.0 if x < -500 else sigmoid(x)", "-700"),
    ],
    "kinks": [
        ('gradient["d"] = 0.729', "sign"),
        ('gradient["d"] = -1.458', "twice|2 of"),
        ('gradient["w2"] = -1.12995', "relu"),
        ('gradient["w1"] = -0.729', "factor x"),
        ('gradient["w1"] = -0.59778', "with respect to x|one of x"),
        ('gradient["x"] = -0.37908', "relu"),
        ('sides["relu(x) at 0"] = (1, 0)', "left side comes first"),
        ('sides["abs(x) at 0"] = (1, 1)', "straight line"),
        ('chosen["abs(x) at 0"] = 1', "would be allowed"),
        ('chosen["abs(x) at 0"] = 2', "between"),
    ],
    "another_neuron": [
        ('gradient["tanh(z)"]["z"] = "(y - t) * (1 - z**2)"', "result|operand|tanh"),
        ('gradient["tanh(z)"]["z"] = "(y - t) * y * (1 - y)"', "sigmoid"),
        ('gradient["tanh(z)"]["z"] = "y - t"', "derivative of tanh"),
        ('gradient["tanh(z)"]["z"] = "1 - y**2"', "missing"),
        ('gradient["log(1 + exp(z))"]["z"] = "(y - t) / (1 + exp(z))"', "exp"),
        ('gradient["log(1 + exp(z))"]["z"] = "(y - t) * exp(z)"', "log"),
        ('gradient["sin(z)"]["z"] = "-(y - t) * cos(z)"', "sign"),
        ('gradient["sin(z)"]["z"] = "(y - t) * sin(z)"', "sin|cos"),
        ('gradient["z * sigmoid(z)"]["z"] = "(y - t) * sigmoid(z)"', "path|term"),
        (
            'gradient["z * sigmoid(z)"]["z"] = "(y - t) * z * sigmoid(z) * (1 - sigmoid(z))"',
            "path|term",
        ),
        (
            'gradient["z * sigmoid(z)"]["z"] = "(y - t) * sigmoid(z) * (1 - sigmoid(z))"',
            "product|path|terms",
        ),
        ('gradient["sin(z)"]["w"] = "gradient(z)"', "missing"),
        ('gradient["sin(z)"]["w"] = "gradient(z) * w"', "with respect to x, not to w"),
    ],
    "linear_network": [
        ('value["error"] = 0.64208169', "twice|1/2|half"),
        ('value["prediction"] = 1.28', "w|missing"),
        ('gradient["w1"] = -1.6026', "factor w5|w5"),
        ('gradient["w1"] = -0.304494', "one of w3|w6"),
        ('gradient["w1"] = 0.224364', "sign"),
        ('gradient["w2"] = -0.224364', "one of w1|i1"),
        ('gradient["w5"] = -0.8013', "h1"),
        ('gradient["w6"] = -0.1562535', "half"),
        ('gradient["w5"] = -1.426314', "twice"),
        ('new_weight["w1"] = 0.2087818', "added"),
        ('new_weight["w1"] = 0.444364', "learning rate"),
        ('new_weight["w1"] = -0.0112182', "step|minus|weight"),
    ],
    "batches": [
        ('gradient["p1"] = -1.46', "3"),
        ('gradient["p1"] = 0.486667', "sign"),
        ('gradient["p2"] = 0.82', "missing|2|3|twice"),
        ('gradient["p2"] = 0.2733333', "half|2 of"),
        ('gradient["w"] = 11.78', "3"),
        ('gradient["w"] = 0.753333', "x.*missing"),
        ('gradient["w"] = -0.486667', "path through p1 alone|p1"),
        ('alone["example 2"] = 1.64', "with respect to p2"),
        ('alone["example 2"] = 2.46', "2 of the square"),
        ('alone["example 3"] = 4.16', "2 of the square"),
        ('instead["sum"] = 3.9266667', "mean"),
        ('instead["each twice"] = 7.8533333', "divided by 6"),
        ('instead["mean of two means"] = 3.9266667', "counts as much"),
        ('instead["mean of two means"] = 5.89', "averaged first"),
    ],
    "sigmoid_network": [
        ('value["y_j1"] = 0.7615942', "tanh"),
        ('value["y_j1"] = 1', "sigmoid"),
        ('value["E"] = 0.05338806', "twice|1/2"),
        ('gradient["y_k"] = "t - y_k"', "sign"),
        ('gradient["w_j1k"] = "gradient(y_k) * w_j1k"', "not to w_j1k|other|y_j1"),
        ('gradient["x_j1"] = "gradient(y_j1)"', "derivative of sigmoid"),
        ('gradient["x_j1"] = "gradient(y_j1) * y_j1"', "sigmoid"),
        ('gradient["x_j1"] = "gradient(y_j1) * (1 - y_j1**2)"', "tanh|sigmoid"),
        ('gradient["x_j1"] = "gradient(y_j1) * x_j1 * (1 - x_j1)"', "sigmoid|operand|result"),
        ('gradient["w_i1j1"] = "gradient(y_k) * w_j1k * y_i1"', "derivative of sigmoid"),
        (
            'gradient["x_j2"] = "gradient(y_k) * w_j1k * y_j2 * (1 - y_j2)"',
            "these numbers only",
        ),
        ('new_weight["w_j1k"] = 0.5168917', "added"),
        ('new_weight["w_j1k"] = 0.3310831', "learning rate"),
    ],
    "equal_weights": [
        ('gradient["u1"] = -0.395310', "twice|v1|0.5"),
        ('gradient["u1"] = 0.197655', "sign"),
        ('gradient["u1"] = -0.27777', "tanh"),
        ('gradient["u1"] = -0.164713', "x|missing"),
        ('gradient["v1"] = -0.231475', "another|other|w|h1|v1"),
        ('gradient["v1"] = -0.462950', "missing"),
        ('after["u1 - u2"] = 1000', "which of them moves farther"),
        ('after["different neurons"] = 100', "equal derivatives keep them equal"),
        ('after["different neurons"] = 50', "not in pairs"),
        ('zero["derivative of u1"] = -1.2', "v1, which is 0"),
        ('zero["derivative of v1"] = -1', "h1 = tanh"),
        ('start.update({"u1": 0.5, "u2": 0.5, "v1": 0.5, "v2": 0.5})', "0.5 still"),
        ('start.update({"u1": 0.1, "u2": 0.3, "v1": 0.5, "v2": 0.5})', "one is enough"),
    ],
    "two_outputs": [
        ('gradient["a_o1"] = "t1 - a_o1"', "sign"),
        ('gradient["a_o1"] = "2 * (a_o1 - t1)"', "twice"),
        ('gradient["o1"] = "gradient(a_o1)"', "derivative of sigmoid"),
        ('gradient["o1"] = "gradient(a_o1) * (1 - a_o1)"', "sigmoid"),
        ('gradient["o1"] = "gradient(a_o1) * o1 * (1 - o1)"', "sigmoid|operand|result"),
        ('gradient["a_h1"] = "gradient(o1) * w5"', "path through o2 is missing"),
        ('gradient["a_h1"] = "gradient(o1)*w5 + gradient(o2)*w6"', "transposed"),
        ('gradient["w6"] = "gradient(o1) * a_h1"', "w5|a_h1|not to"),
        ('gradient["w5"] = "gradient(o1) * w5"', "with respect to a_h1, not to w5"),
        ('gradient["w1"] = "gradient(a_h1) * i1"', "derivative of sigmoid"),
        ('figure["w5"] = 0.0539709', "sigmoid|missing"),
    ],
    "softmax": [
        ('value["p1"] = 0.645161', "sum of the logits"),
        ('value["p1"] = 7.389056', "total|sum|divi"),
        ('value["p2"] = 0.659001', "p1"),
        ('gradient["z2"] = "p2"', "missing|-1|1|direct"),
        ('gradient["z2"] = "1 - p2"', "sign"),
        ('gradient["z2"] = "-1 / p2"', "p2|missing"),
        ('gradient["z2"] = "p2 * (1 - p2)"', "log|missing"),
        ('gradient["z1"] = "p1 - 1"', "class|1"),
        ('gradient["z1"] = "0"', "change|total|depend|path"),
        ('gradient["z1"] = "-p1"', "sign"),
        ("shifted = 1", "grow by 100 too"),
        ("shifted = 100.659", "not to the probabilities"),
        (
            "def softmax(zs): return [math.exp(z) / sum(map(math.exp, zs)) for z in zs]",
            "subtract the largest",
        ),
        ("def softmax(zs): return [math.exp(z - max(zs)) for z in zs]", "divide by the sum"),
        ("def softmax(zs): return [z / sum(zs) for z in zs]", "exp"),
        ("def softmax(zs): return max(zs)", "list of 3"),
    ],
    "recurrent": [
        ('gradient["h3"] = "t3 - h3"', "sign"),
        ('gradient["h2"] = "h2 - t2"', "path through h3 is missing"),
        ('gradient["h2"] = "gradient(h3) * (1 - h3**2) * w3"', "path through E2 is missing"),
        ('gradient["h2"] = "(h2 - t2) + gradient(h3) * w3"', "derivative of tanh"),
        ('gradient["h1"] = "gradient(h2) * w2"', "derivative of tanh"),
        ('gradient["h1"] = "gradient(h2) * (1 - h1**2) * w2"', "h1"),
        ('gradient["w3"] = "gradient(h3) * h2"', "derivative of tanh"),
        ('gradient["w3"] = "gradient(h3) * (1 - h3**2) * w3"', "respect to h2, not to w3"),
        ('gradient["w3"] = "gradient(h3) * (1 - h3**2)"', "factor h2"),
        ('gradient["w"] = "gradient(w3)"', "path|used 3 times|alone"),
        ('gradient["w"] = "gradient(w1) * gradient(w2) * gradient(w3)"', "multiplied|added"),
        ('gradient["w"] = "gradient(w1) + gradient(w2)"', "w3 is missing"),
    ],
    "vanishing": [
        ('gradient["a2"] = 0.235004', "point|a2|result|operand|sigmoid"),
        ('gradient["a2"] = 0.650777', "value|a3|sigmoid"),
        ('gradient["a1"] = 0.227266', "a2|missing"),
        ('gradient["x"] = 0.0534084', "a1|missing"),
        ('gradient["x"] = 0.25', "missing|a1"),
        ('steepest["sigmoid"] = 1', "at most"),
        ('steepest["sigmoid"] = 0.5', "result in the middle"),
        ('steepest["tanh"] = 0.25', "sigmoid"),
        ('steepest["relu"] = 0', "on the left"),
        ('ten["at most"] = 2.5', "multiplied, not added"),
        ('ten["at most"] = 0.25', "one layer"),
        ('ten["weight"] = 1', "quarter"),
        ("exploding = 30", "multiplied, not added"),
        ("exploding = 1", "each weight is a factor"),
        ("skip = 0", "x itself"),
        ("skip = 0.25", "on top"),
    ],
    "own_rule": [
        ("@primitive\ndef bell(x): return exp(-x * x), (exp(-x * x),)", "missing|itself"),
        ("@primitive\ndef bell(x): return exp(-x * x), (2 * x * exp(-x * x),)", "sign"),
        ("@primitive\ndef bell(x): return exp(-x * x), (-x * exp(-x * x),)", "half"),
        ("@primitive\ndef bell(x): return 0 * x, (0,)", "leave the result"),
        ("@primitive\ndef bell(x): return exp(-x * x), -2 * x * exp(-x * x)", "tuple"),
        (
            "@primitive\ndef parallel(x, y):\n    return x * y / (x + y), "
            "((x / (x + y))**2, (y / (x + y))**2)",
            "not to x|y is not|one of y",
        ),
        (
            "@primitive\ndef parallel(x, y): return x * y / (x + y), (y * y,)",
            "2 partial",
        ),
        ("def bell(x): return exp(-x * x), (-2 * x * exp(-x * x),)", "@primitive|number, not"),
        (
            "@primitive\ndef huber(x):\n    size = where(x < 0, -x, x)\n"
            "    return where(size < 1, x * x / 2, size - 0.5), (where(size < 1, x, 1),)",
            "sign",
        ),
    ],
    "own_backward": [
        (
            f"def backward(output):{ORDERED}    for node in order:\n"
            "        for p, d in zip(node.parents, node.partials):\n"
            "            found[p] = d * found[node]\n    return found",
            "one of its 2 shares",
        ),
        (
            f"def backward(output):{ORDERED}    for node in order:\n"
            "        for p, d in dict(zip(node.parents, node.partials)).items():\n"
            "            found[p] += d * found[node]\n    return found",
            "two edges to the same parent",
        ),
        (
            f"def backward(output):{ORDERED}    for node in order:\n"
            "        for p, d in zip(node.parents, node.partials):\n"
            "            found[p] += 2 * d * found[node]\n    return found",
            "twice",
        ),
        (
            f"def backward(output):{ORDERED}    found[output] = 0.0\n    return found",
            "output itself is 1",
        ),
        ("def backward(output): return {output: 1.0}", "is missing"),
        ("def backward(output): output.backward()", "not NoneType"),
        (
            "def backward(output):\n    found, waiting = {output: 1.0}, [output]\n"
            "    for node in waiting:\n"
            "        for p, d in zip(node.parents, node.partials):\n"
            "            if p not in found:\n                waiting.append(p)\n"
            "            found[p] = found.get(p, 0.0) + d * found[node]\n    return found",
            "before all of it had arrived",
        ),
        (
            "def backward(output):\n    found = {}\n"
            "    def visit(node, gradient):\n"
            "        found[node] = found.get(node, 0.0) + gradient\n"
            "        for p, d in zip(node.parents, node.partials): visit(p, d * gradient)\n"
            "    visit(output, 1.0)\n    return found",
            "too deeply",
        ),
    ],
}

# In the engines, what a learner changes: what is replaced, by what, and the cause.
ENGINE_MISTAKES = {
    "engine_a": [
        ("self.grad = other.data", "self.grad += other.data", "one of its 2 shares"),
        ("other.grad = self.data", "other.grad += self.data", "one of its 2 shares"),
        ("self.grad = 1.0", "self.grad = 2.0", "twice"),
        ("self.grad += result.grad", "self.grad = result.grad", "one of its 2 shares"),
        ("        return result", "        pass", "return a Number"),
        ("= other.data * result.grad", "+= other.data", "one of its 2 shares|missing"),
    ],
    "engine_b": [
        ("data, (self, 1.0), (other, 1.0))", "data, (self, 1.0), (other, -1.0))", "sign"),
        ("self.data - other.data", "self.data + other.data", "leave that as it was"),
        ("(self, 1.0), (other, 1.0))", "(self, -1.0), (other, 1.0))", "sign"),
        ("parent.grad += partial", "parent.grad += -partial", "sign"),
        ("reverse=True", "reverse=False", "sign"),
        ("self.grad = 0.0", "self.grad = 0j", "must be a number"),
    ],
    "engine_c": [
        ("lambda g: (g,)", "lambda g: (g * max(0.0, self.data),)", "too many|itself stands"),
        ("lambda g: (g,)", "lambda g: g", "TypeError"),
        ("lambda g: (g,)", "lambda g: (0.0,)", "missing|less|relu"),
        ("lambda g: (g,)", "lambda g: (g if self.data < 0 else 0.0,)", "relu|missing|less"),
        ("lambda g: (g,)", "lambda g: (max(0.0, g),)", "relu|sign"),
        ("lambda g: (g,)", "lambda g: (self.data,)", "relu"),
    ],
    "engine_d": [
        ("set(edges)", "list(dict.fromkeys(edges))", "two edges to the same parent"),
        ("set(edges)", "list(edges)[:1]", "missing|is right|less"),
        ("set(edges)", "frozenset(edges)", "two edges to the same parent"),
        ("set(edges)", "dict(edges).items()", "two edges to the same parent"),
        ("parent.grad += partial * node.grad", "parent.grad += 2 * partial * node.grad", "twice"),
        ("parent.grad +=", "parent.grad =", "one of its 2 shares"),
    ],
    "engine_e": [
        ("in order:", "in reversed(order):", "missing|less|arrived"),
        ("if node in seen:\n                return", "if node in seen: pass", "visited more than"),
        ("order.append(node)", "order.insert(0, node)", "missing|less|arrived"),
        ("parent.grad +=", "parent.grad =", "one of its 2 shares|missing"),
        ("in order:", "in order[1:]:", "missing|arrived|less"),
        ("in order:", "in order + order:", "more than|twice"),
    ],
}
