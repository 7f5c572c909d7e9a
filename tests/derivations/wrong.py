"""Wrong claims, each with one known mistake, which is written out here in Python."""

from typing import NamedTuple

from .right_numbers import digits as to_digits
from .witness import at_its_numbers


class Wrong(NamedTuple):
    """A wrong claim.

    Attributes:
        kinds: the names of the mistake; more than one if several are fair.
        meaning: what the person computed, in Python; "" for a slip of the pen.
        is_coincidence: whether it is right at the numbers of the graph, but only there.
        trained: for a new value of a result, the leaves that are updated.
        earlier: claims about other figures before it: quantity, label, text.
    """

    program: str
    quantity: str
    label: str
    text: str
    kinds: tuple[str, ...]
    meaning: str
    is_coincidence: bool = False
    trained: tuple[str, ...] = ()
    earlier: tuple[tuple[str, str, str], ...] = ()


WRONG: list[Wrong] = []


def wrong(
    program: str,
    label: str,
    kinds: str,
    meaning: str,
    *texts: str,
    of: str = "gradient",
    digits: int | tuple[int, ...] = 4,
    trained: tuple[str, ...] = (),
    earlier: tuple[tuple[str, str, str], ...] = (),
) -> None:
    """Adds a mistake as the number that it leads to, rounded, and as formulas."""
    number = at_its_numbers(program).evaluated(meaning)
    counts = (digits,) if isinstance(digits, int) else digits
    for text in (*(to_digits(number, count) for count in counts), *texts):
        names = tuple(kinds.split("|"))
        WRONG.append(Wrong(program, of, label, text, names, meaning, False, trained, earlier))


def slip(program: str, label: str, kinds: str, *texts: str, of: str = "gradient") -> None:
    """Adds slips of the pen, for which there is no formula."""
    for text in texts:
        WRONG.append(Wrong(program, of, label, text, tuple(kinds.split("|")), ""))


def coincidence(program: str, label: str, meaning: str, *texts: str, of: str = "gradient") -> None:
    """Adds formulas that are right only because numbers happen to be equal."""
    for text in texts:
        WRONG.append(Wrong(program, of, label, text, ("coincidence",), meaning, True))


# Signs

wrong("linear_neuron", "w", "sign", "-2*(y-t)*x", "-2(y - t)x", "2(t-y)x")
wrong("sigmoid_neuron", "w", "sign", "(t-y)*y*(1-y)*x", "(t-y)y(1-y)x", digits=(3, 5))
wrong("sigmoid_neuron", "z", "sign", "(t-y)*y*(1-y)", "(t-y)σ'(z)")
wrong("tanh_neuron", "b", "sign", "2*(t-y)*(1-y**2)", "2(t − y)(1 − y²)")
wrong("softplus_neuron", "w", "sign", "(t-y)*sigmoid(z)*x", "(t-y)σ(z)x")
wrong("two_inputs", "w2", "sign", "2*(t-o)*o*(1-o)*x2", "2(t-o)o(1-o)x_2")
wrong("t1", "w3", "sign", "(actual-prediction)*w5*i2", "(actual − prediction)·w5·i2")
wrong("t4", "w5", "sign", "(t1-out_o1)*out_o1*(1-out_o1)*out_h1",
      "(t1 - out_o1)*out_o1*(1 - out_o1)*out_h1", digits=9)  # fmt: skip
wrong(
    "t4",
    "out_h1",
    "sign",
    "-d('net_o1')*w5+d('net_o2')*w7",
    "-dE_total/dnet_o1*w5 + dE_total/dnet_o2*w7",
)
wrong("binary_cross_entropy", "w1", "sign", "(y-p)*x1", "(y-p)x1")
wrong("binary_cross_entropy", "p", "sign", "y/p+(1-y)/(1-p)", "y/p + (1-y)/(1-p)")
wrong("softmax_one_hot", "z2", "sign", "t2-p2", "t2 - p2")
wrong("quotient_rule", "x", "sign", "(u*2*x-3*v)/v**2", "(2xu - 3v)/v²")
wrong("quotient_rule", "x", "sign|combined wrongly", "(3*v+u*2*x)/v**2", "(3v + 2xu)/v²")
wrong("quotient_rule", "v", "sign", "u/v**2", "u/v²")
wrong("exponential", "x", "sign", "exp(-x**2)*(1+2*x**2)", "e^(-x²)(1 + 2x²)")
wrong("net_221", "w12", "sign", "-(y-t)*v1*(1-h1**2)*x2", "-(y-t)v1(1-h1²)x2")
wrong("ridge", "w", "sign", "(y-t)*x-λ*w", "(y-t)x - λw")
wrong("hinge", "w1", "sign", "y*x1", "y*x1")
wrong("attention", "s2", "sign|another node", "-(o-t)*a2*(v2-o)", "-(o-t)a2(v2-o)")
wrong("linear_neuron", "w", "sign", "w+η*2*(y-t)*x", "w + η·2(y-t)x", of="new value")
wrong("sigmoid_neuron", "w", "sign", "w+η*d('w')", "w + η dE/dw", of="new value")
wrong(
    "t1", "w5", "sign", "w5+η*(prediction-actual)*h1", "w5 + η(prediction-actual)h1", of="new value"
)
wrong("t4", "w6", "sign", "w6+η*d('w6')", of="new value", digits=6)
wrong("sigmoid_neuron", "b", "sign|update", "η*d('b')", of="update")
wrong("recurrent", "w", "sign", "-d('w')")

# Factors

wrong("linear_neuron", "w", "factor", "(y-t)*x", "(y-t)x", "(y − t)·x")
wrong("linear_neuron", "b", "factor", "y-t", "y - t")
wrong("sigmoid_neuron", "w", "factor", "2*(y-t)*y*(1-y)*x", "2(y-t)y(1-y)x")
wrong("sigmoid_neuron", "y", "factor|update", "(y-t)/2", "½(y-t)")
wrong("tanh_neuron", "w", "factor", "(y-t)*(1-y**2)*x", "(y-t)(1-y²)x")
wrong("t1", "w6", "factor", "0.5*(prediction-actual)*h2", "½·(prediction − actual)·h2")
wrong("t1", "w1", "factor", "2*(prediction-actual)*w5*i1", "2(prediction-actual)w5 i1")
wrong("t4", "w5", "factor", "2*d('w5')", "2(out_o1 - t1)out_o1(1-out_o1)out_h1", digits=5)
wrong("mean_square", "w", "factor", "2*((y1-t1)*x1+(y2-t2)*x2+(y3-t3)*x3)",
      "2((y1-t1)x1+(y2-t2)x2+(y3-t3)x3)")  # fmt: skip
wrong("mean_square", "w", "factor", "((y1-t1)*x1+(y2-t2)*x2+(y3-t3)*x3)/3",
      "((y1-t1)x1+(y2-t2)x2+(y3-t3)x3)/3")  # fmt: skip
wrong("mean_square", "b", "factor", "(y1-t1)+(y2-t2)+(y3-t3)", "(y1-t1)+(y2-t2)+(y3-t3)")
wrong("half_mean", "θ1", "factor", "(h1-y1)*x1+(h2-y2)*x2", "(h1-y1)x1 + (h2-y2)x2")
wrong("logistic_batch", "w", "factor", "(p1-y1)*x1+(p2-y2)*x2+(p3-y3)*x3",
      "(p1-y1)x1+(p2-y2)x2+(p3-y3)x3")  # fmt: skip
wrong("polynomial", "c2", "factor", "(f1-y1)*x1**2+(f2-y2)*x2**2", "(f1-y1)x1²+(f2-y2)x2²")
wrong("chain_rule", "x", "factor", "u**3*6*x", "6x u³")
wrong("gate", "p", "factor", "(m-t)*g", "(m-t)g")
wrong("root", "x", "factor", "2*x/sqrt(1+x**2)", "2x/√(1+x²)")
wrong("root", "x", "factor", "x/(2*sqrt(1+x**2))", "x/(2√(1+x²))")
wrong("ridge", "w", "factor", "(y-t)*x+2*λ*w", "(y-t)x + 2λw")
wrong("ridge", "w", "factor", "(y-t)*x+λ*w/2", "(y-t)x + λw/2")
wrong("sigmoid_neuron", "w", "factor|update", "d('w')", of="step")
wrong("sigmoid_neuron", "w", "factor|update", "w-d('w')", "w - dE/dw", of="new value")
wrong("t4", "w5", "factor|update", "w5-d('w5')", of="new value", digits=6)
wrong("t1", "w5", "factor", "w5-2*η*d('w5')", of="new value")

# The decimal point

wrong("sigmoid_neuron", "w", "decimal", "d('w')/10", digits=(3, 4))
wrong("linear_neuron", "w", "decimal|update", "d('w')/10")
wrong("two_inputs", "w2", "decimal", "d('w2')/10")
wrong("t4", "w1", "decimal", "d('w1')*10", digits=(4, 6))
wrong("t4", "w5", "decimal", "d('w5')/10")
wrong("t3", "w1", "decimal", "d('w1')*10")
wrong("net_232", "w21", "decimal", "d('w21')/10")
wrong("softplus_neuron", "w", "decimal", "d('w')/10")
wrong("recurrent", "w", "decimal", "d('w')*10")
wrong("sigmoid_neuron", "z", "decimal", "z*10", of="value")
wrong("two_inputs", "o", "decimal", "o/10", of="value")
wrong("t1", "w5", "decimal", "w5-η*d('w5')/10", of="new value")
wrong("xor", "w11", "decimal", "d('w11')*10")

# A missing derivative

wrong("sigmoid_neuron", "w", "missing derivative", "(y-t)*x", "(y-t)x", digits=(3, 4))
wrong("sigmoid_neuron", "b", "missing derivative|another node", "y-t", "y - t")
wrong("sigmoid_neuron", "w", "missing derivative", "y*(1-y)*x", "y(1-y)x", "σ'(z)x")
wrong("sigmoid_neuron", "w", "missing derivative|another node", "(y-t)*y*(1-y)", "(y-t)y(1-y)")
wrong("tanh_neuron", "w", "missing derivative", "2*(y-t)*x", "2(y-t)x")
wrong("tanh_neuron", "b", "missing derivative|another node", "2*(y-t)", "2(y-t)")
wrong("two_inputs", "w1", "missing derivative", "2*(o-t)*x1", "2(o-t)x₁")
wrong("poisson_neuron", "w", "missing derivative|another node", "m-k", "e^z - k")
wrong("t1", "w1", "missing derivative", "(prediction-actual)*i1", "(prediction-actual)*i1")
wrong(
    "t1",
    "w1",
    "missing derivative|factor|another node",
    "(prediction-actual)*w5",
    "(prediction-actual)*w5",
)
wrong("t1", "w6", "missing derivative|copied number", "h2", "h2")
wrong("t2", "w1", "missing derivative|another node", "(yk-t)*v1*y1", "(yk-t)·v1·y1")
wrong("xor", "w11", "missing derivative|another node", "(y-t)*v1*x1", "(y-t)v1x1")
wrong("xor", "w12", "missing derivative", "(y-t)*a2*(1-a2)*x1", "(y-t)a2(1-a2)x1")
wrong("t4", "w5", "missing derivative", "(out_o1-t1)*out_h1", "(out_o1 - t1)*out_h1")
wrong("t4", "w1", "missing derivative", "d('out_h1')*i1", "dE_total/dout_h1 * i1")
wrong("t4", "w1", "missing derivative|another node", "d('out_h1')*out_h1*(1-out_h1)")
wrong("t4", "net_o2", "missing derivative|another node", "out_o2-t2", "out_o2 - t2")
wrong("net_221", "w12", "missing derivative", "(y-t)*v1*x2", "(y-t)v1x2")
wrong("net_232", "w21", "missing derivative", "(d('s1')*v12+d('s2')*v22)*x1")
wrong(
    "net_342",
    "w33",
    "missing derivative",
    "((y1-t1)*v13+(y2-t2)*v23)*x3",
    "((y1-t1)v13+(y2-t2)v23)x3",
)
wrong("three_layers", "w1", "missing derivative",
      "(a3-t)*a3*(1-a3)*w3*a2*(1-a2)*w2*x", "(a3-t)a3(1-a3)w3a2(1-a2)w2x")  # fmt: skip
wrong("three_layers", "w1", "missing derivative", "(a3-t)*w3*w2*x", "(a3-t)w3w2x")
wrong("residual", "w1", "missing derivative", "2*(y-t)*w2*x", "2(y-t)w2x")
wrong("gate", "w", "missing derivative", "2*(m-t)*(p-q)*x", "2(m-t)(p-q)x")
wrong("chain_rule", "x", "missing derivative|another node", "4*u**3", "4u³", "4(3x²+1)³")
wrong("logarithm", "x", "missing derivative|another node", "1/u", "1/(x²+1)")
wrong("root", "x", "missing derivative|another node", "1/(2*sqrt(u))", "1/(2√u)")
wrong("relu_off", "w1", "missing derivative", "2*(y-t)*x", "2(y-t)x")
wrong("relu_off", "w2", "missing derivative", "2*(y-t)*v2*x", "2(y-t)v2x")
wrong("leaky_neuron", "w", "missing derivative", "(a-t)*x", "(a-t)x")
wrong("recurrent", "h1", "missing derivative", "d('h2')*u", "∂E/∂h2·u")
wrong("attention", "k1", "missing derivative|another node", "d('s1')", "∂E/∂s1")
wrong("greek", "α", "missing derivative", "2*(y-t)*β*x", "2(y-t)βx")
wrong("subscripts", "w_{11}", "missing derivative", "(ŷ-t)*x1", "(ŷ-t)x₁")
wrong("softplus_neuron", "w", "missing derivative", "(y-t)*x", "(y-t)x")
wrong("unlabelled", "w", "missing derivative", "2*(v*sigmoid(w*x+b)-t)*v*x")

# A missing path, or one that is not there

wrong("t4", "out_h1", "missing path", "d('net_o1')*w5", "dE_total/dnet_o1 * w5", "∂E_o1/∂out_h1")
wrong("t4", "w1", "missing path", "d('net_o1')*w5*out_h1*(1-out_h1)*i1",
      "(out_o1-t1)out_o1(1-out_o1)w5 out_h1(1-out_h1)i1", digits=(4, 6))  # fmt: skip
wrong("t3", "w1", "missing path", "d('net_o1')*w5*out_h1*(1-out_h1)*i1")
wrong("t4", "b2", "missing path|another node", "d('net_o1')", "dE_total/dnet_o1")
wrong("t4", "b1", "missing path|another node", "d('net_h2')")
wrong("net_232", "h2", "missing path", "d('s2')*v22", "(y2-t2)y2(1-y2)v22")
wrong("net_342", "w33", "missing path", "(y2-t2)*v23*(1-h3**2)*x3", "(y2-t2)v23(1-h3²)x3")
wrong("net_342", "x2", "missing path", "d('z1')*w12+d('z2')*w22+d('z3')*w32")
wrong("residual", "x", "missing path", "2*(y-t)*w2*(1-h**2)*w1", "2(y-t)w2(1-h²)w1")
wrong("residual", "x", "missing path|another node", "2*(y-t)", "2(y-t)")
wrong("gate", "g", "missing path|missing term", "2*(m-t)*p", "2(m-t)p")
wrong("shared", "w", "missing path|factor", "(y-t)*h", "(y-t)h")
wrong("shared", "w", "missing path|factor", "(y-t)*w*x", "(y-t)wx", digits=())
wrong("recurrent", "w", "missing path", "(h3-t)*(1-h3**2)*x3", "(h3-t)(1-h3²)x3")
wrong("recurrent", "u", "missing path", "d('s3')*h2", "δ_s3·h2")
wrong("recurrent_each", "h2", "missing path", "(o2-t2)*v", "(o2-t2)v")
wrong("recurrent_each", "v", "missing path", "(o3-t3)*h3", "(o3-t3)h3")
wrong("recurrent_each", "v", "missing path", "(o1-t1)*h1+(o2-t2)*h2", "(o1-t1)h1+(o2-t2)h2")
wrong("linear_recurrent", "u", "missing path", "(h3-t)*h2", "(h3-t)h2")
wrong("linear_recurrent", "w", "missing path", "(h3-t)*(x3+u*x2)", "(h3-t)(x3 + u x2)")
wrong("forks", "x", "missing path", "b*y+a*2*x", "by + 2ax")
wrong("forks", "y", "missing path", "(a+b)*x", "(a+b)x")
wrong("mean_square", "w", "missing path", "2/3*((y1-t1)*x1+(y2-t2)*x2)", "2/3((y1-t1)x1+(y2-t2)x2)")
wrong("logistic_batch", "b", "missing path", "(p1-y1+p2-y2)/3", "(p1-y1+p2-y2)/3")
wrong("softmax_soft", "z1", "missing path|wrong term", "-t1*(1-p1)", "-t1(1-p1)")
wrong("softmax_one_hot", "S", "missing path", "0*S+0", digits=(1,))
wrong("attention", "s1", "missing path", "(o-t)*v1*a1*(1-a1)", "(o-t)v1a1(1-a1)")
wrong("ridge", "w", "missing path|missing term", "(y-t)*x", "(y-t)x")
wrong("ridge", "w", "missing path|missing term", "λ*w", "λw")
wrong("lasso", "w2", "missing path|missing term", "(y-t)*x2", "(y-t)x2")
wrong("poisson_neuron", "w", "missing path|missing term", "m*x", "e^z x")
wrong("largest", "a", "missing path|copied number", "b", "b")
wrong("t4", "w5", "extra path", "(out_o1-t1+out_o2-t2)*out_o1*(1-out_o1)*out_h1",
      "(out_o1 - t1 + out_o2 - t2)out_o1(1-out_o1)out_h1")  # fmt: skip
wrong("t4", "w5", "extra path", "(d('net_o1')+d('net_o2'))*out_h1",
      "(dE_total/dnet_o1 + dE_total/dnet_o2)*out_h1", digits=(4, 6))  # fmt: skip
wrong("t3", "w7", "extra path", "(d('net_o1')+d('net_o2'))*out_h1")
wrong("net_232", "v22", "extra path", "(d('s1')+d('s2'))*h2", "(δ_s1 + δ_s2)h2")
wrong("net_342", "v11", "extra path", "((y1-t1)+(y2-t2))*h1", "((y1-t1)+(y2-t2))h1")
wrong("net_232", "y1", "extra path", "(y1-t1)+(y2-t2)", "(y1-t1)+(y2-t2)")
wrong("t1", "w1", "extra path", "(prediction-actual)*(w5+w6)*i1", "(prediction-actual)(w5+w6)i1")
wrong("net_221", "h1", "extra path", "(y-t)*(v1+v2)", "(y-t)(v1+v2)")
wrong("mean_square", "y1", "extra path|another node", "2/3*((y1-t1)+(y2-t2)+(y3-t3))")
wrong("recurrent_each", "o1", "extra path", "(o1-t1)+(o2-t2)+(o3-t3)", "(o1-t1)+(o2-t2)+(o3-t3)")

# Transposed, and neighbours

wrong("t1", "w3", "transposed|another node", "d('w2')")
wrong(
    "t1", "w2", "transposed|another node", "(prediction-actual)*w5*i2", "(prediction-actual)w5 i2"
)
wrong("t4", "w2", "transposed|another node", "d('w3')", digits=(4, 6))
wrong("t4", "w6", "transposed|another node", "d('w7')", digits=(4, 6))
wrong("t3", "w7", "transposed|another node", "d('w6')")
wrong("net_221", "w12", "transposed|another node", "d('w21')")
wrong("xor", "w11", "another node", "d('w12')")
wrong("softmax_layer", "w12", "transposed|another node", "(p2-t2)*x1", "(p2-t2)x1")
wrong("t4", "out_h1", "transposed|other operand|another node", "d('net_o1')*w5+d('net_o2')*w6",
      "dE_total/dnet_o1*w5 + dE_total/dnet_o2*w6")  # fmt: skip
wrong("t3", "out_h2", "transposed|other operand", "d('net_o1')*w7+d('net_o2')*w8")
wrong("net_221", "x1", "transposed|other operand", "d('s1')*w11+d('s2')*w12", digits=5)
wrong("t1", "h1", "transposed", "w1*i1+w2*i2", "w1*i1 + w2*i2", of="value")
wrong("t4", "net_h1", "transposed", "w1*i1+w3*i2+b1", "w1*i1 + w3*i2 + b1", of="value", digits=5)
wrong("net_342", "w21", "another node", "d('w22')")
wrong("mean_square", "b", "another node", "d('w')")
wrong("two_inputs", "w1", "another node", "2*(o-t)*o*(1-o)*x2", "2(o-t)o(1-o)x2")
wrong("net_232", "v13", "another node", "d('v11')")
wrong("binary_cross_entropy", "w2", "another node", "(p-y)*x1", "(p-y)x1")

# Old and new values

_T1 = ("w1", "w2", "w3", "w4", "w5", "w6")
_T4 = ("w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8")
wrong(
    "t4",
    "w1",
    "new value",
    "(d('net_o1')*new('w5')+d('net_o2')*new('w7'))*out_h1*(1-out_h1)*i1",
    digits=(4, 6),
)
wrong("t4", "w4", "new value",
      "(d('net_o1')*new('w6')+d('net_o2')*new('w8'))*out_h2*(1-out_h2)*i2", digits=5)  # fmt: skip
wrong("t1", "w1", "new value", "(prediction-actual)*new('w5')*i1")
wrong("t1", "w4", "new value", "(prediction-actual)*new('w6')*i2")
wrong("net_221", "w12", "new value", "(y-t)*new('v1')*(1-h1**2)*x2")
wrong("xor", "w11", "new value", "(y-t)*new('v1')*a1*(1-a1)*x1")
wrong("net_232", "w21", "new value", "(d('s1')*new('v12')+d('s2')*new('v22'))*h2*(1-h2)*x1")
wrong("t1", "h1", "old value", "w1*i1+w3*i2", of="new value", trained=_T1)
wrong("t1", "h1", "old value", "new('w1')*i1+w3*i2", of="new value", trained=_T1)
wrong("t1", "prediction", "old value",
      "(new('w1')*i1+new('w3')*i2)*w5+(new('w2')*i1+new('w4')*i2)*w6", of="new value",
      trained=_T1)  # fmt: skip
wrong("t4", "net_h1", "old value", "w1*i1+w2*i2+b1", of="new value", trained=_T4, digits=6)
wrong("t4", "net_o1", "old value",
      "new('w5')*out_h1+new('w6')*out_h2+b2", of="new value", trained=_T4, digits=7)  # fmt: skip
wrong("sigmoid_neuron", "z", "old value", "new('w')*x+b", of="new value", trained=("w", "b"))
wrong("sigmoid_neuron", "y", "old value", "y", of="new value", trained=("w", "b"))
wrong("sigmoid_neuron", "w", "old value", "w", of="new value")
wrong("ridge", "w", "old value", "w", of="new value", digits=(3,))
wrong("sigmoid_neuron", "b", "update", "d('b')", of="new value")
wrong("sigmoid_neuron", "b", "update", "-η*d('b')", of="new value")
wrong("t4", "w5", "update|factor", "η*d('w5')", of="gradient")
wrong("t4", "w5", "update", "new('w5')", of="gradient", digits=6)

# As published: the hidden weights are updated with the new weights of the outputs.

_LATE = {
    leaf: f"({leaf}-η*(d('net_o1')*new('{first}')+d('net_o2')*new('{second}'))*{h}*(1-{h})*{i})"
    for leaf, first, second, h, i in (
        ("w1", "w5", "w7", "out_h1", "i1"),
        ("w2", "w5", "w7", "out_h1", "i2"),
        ("w3", "w6", "w8", "out_h2", "i1"),
        ("w4", "w6", "w8", "out_h2", "i2"),
    )
}
_LATE_H1 = f"sigmoid({_LATE['w1']}*i1+{_LATE['w2']}*i2+b1)"
_LATE_H2 = f"sigmoid({_LATE['w3']}*i1+{_LATE['w4']}*i2+b1)"
_LATE_O1 = f"sigmoid(new('w5')*{_LATE_H1}+new('w6')*{_LATE_H2}+b2)"
_LATE_O2 = f"sigmoid(new('w7')*{_LATE_H1}+new('w8')*{_LATE_H2}+b2)"
_LATE_E = f"(t1-{_LATE_O1})**2/2+(t2-{_LATE_O2})**2/2"
wrong("t4", "E_total", "new value", _LATE_E, of="new value", trained=_T4, digits=9)
wrong("t4", "w1", "new value", _LATE["w1"], of="new value", digits=9)
wrong("t4", "w4", "new value", _LATE["w4"], of="new value", digits=9)

# As published: the first matrix is transposed.
wrong("t1", "h2", "transposed", "w3*i1+w4*i2", "w3*i1 + w4*i2", of="value", digits=2)
wrong("t1", "prediction", "transposed", "(w1*i1+w2*i2)*w5+(w3*i1+w4*i2)*w6",
      "(w1*i1+w2*i2)*w5+(w3*i1+w4*i2)*w6", of="value", digits=(3, 4))  # fmt: skip
wrong("t1", "E", "transposed", "0.5*((w1*i1+w2*i2)*w5+(w3*i1+w4*i2)*w6-actual)**2", of="value")

# Operands and points

wrong("linear_neuron", "w", "other operand|another node", "2*(y-t)*w", "2(y-t)w")
wrong("sigmoid_neuron", "w", "other operand|another node", "(y-t)*y*(1-y)*w", "(y-t)y(1-y)w")
wrong("sigmoid_neuron", "x", "other operand|another node", "(y-t)*y*(1-y)*x", "(y-t)y(1-y)x")
wrong("t1", "w6", "other operand|another node", "(prediction-actual)*w6", "(prediction-actual)*w6")
wrong("t4", "w5", "other operand", "d('net_o1')*w5", digits=5)
wrong("gates", "z", "other operand|copied number|value", "z", "z", digits=1)
wrong("two_inputs", "w2", "other operand|another node", "2*(o-t)*o*(1-o)*w2", "2(o-t)o(1-o)w2")
wrong("attention", "v1", "other operand|another node", "(o-t)*v1", "(o-t)v1")
wrong("net_221", "v1", "other operand|another node", "(y-t)*v1", "(y-t)v1")
wrong("sigmoid_neuron", "w", "other point", "(y-t)*sigmoid(y)*(1-sigmoid(y))*x",
      "(y-t)σ(y)(1-σ(y))x", "(y-t)σ'(y)x")  # fmt: skip
wrong("tanh_neuron", "w", "other point", "2*(y-t)*(1-tanh(y)**2)*x", "2(y-t)(1-tanh²(y))x")
wrong("two_inputs", "w1", "other point", "2*(o-t)*sigmoid(o)*(1-sigmoid(o))*x1", "2(o-t)σ'(o)x1")
wrong("net_221", "w12", "other point", "(y-t)*v1*(1-tanh(h1)**2)*x2")
wrong("poisson_neuron", "w", "other point|wrong derivative", "(exp(m)-k)*x", "(e^m - k)x")
wrong("logarithm", "x", "other point|wrong derivative", "2*x/y", "2x/y")
wrong("t4", "w5", "other point", "(out_o1-t1)*sigmoid(out_o1)*(1-sigmoid(out_o1))*out_h1", digits=5)
wrong("softplus_neuron", "w", "other point", "(y-t)*sigmoid(y)*x", "(y-t)σ(y)x")

# A wrong derivative

wrong("sigmoid_neuron", "w", "wrong derivative", "(y-t)*(1-y**2)*x", "(y-t)(1-y²)x", digits=(3, 5))
wrong("sigmoid_neuron", "w", "wrong derivative", "(y-t)*y*(1+y)*x", "(y-t)y(1+y)x")
wrong("sigmoid_neuron", "w", "wrong derivative", "(y-t)*y*x", "(y-t)yx")
wrong("sigmoid_neuron", "w", "wrong derivative", "(y-t)*(1-y)*x", "(y-t)(1-y)x")
wrong("sigmoid_neuron", "w", "wrong derivative", "(y-t)*(1-y)**2*x", "(y-t)(1-y)²x")
wrong("sigmoid_neuron", "w", "wrong derivative|other point", "(y-t)*z*(1-z)*x", "(y-t)z(1-z)x")
wrong("sigmoid_neuron", "z", "wrong derivative|sign", "(y-t)*y*(y-1)", "(y-t)y(y-1)", digits=())
wrong("tanh_neuron", "w", "wrong derivative", "2*(y-t)*y*(1-y)*x", "2(y-t)y(1-y)x")
wrong("tanh_neuron", "w", "wrong derivative", "2*(y-t)*(1-y)*x", "2(y-t)(1-y)x")
wrong("tanh_neuron", "w", "wrong derivative", "2*(y-t)*(1+y**2)*x", "2(y-t)(1+y²)x")
wrong("tanh_neuron", "s", "wrong derivative", "2*(y-t)*(1-y)**2", "2(y-t)(1-y)²")
wrong("tanh_neuron", "w", "wrong derivative|other point", "2*(y-t)*(1-s**2)*x", "2(y-t)(1-s²)x")
wrong("two_inputs", "w2", "wrong derivative", "2*(o-t)*(1-o**2)*x2", "2(o-t)(1-o²)x2")
wrong("t4", "w5", "wrong derivative", "(out_o1-t1)*(1-out_o1**2)*out_h1",
      "(out_o1-t1)(1-out_o1²)out_h1", digits=(4, 6))  # fmt: skip
wrong("t4", "w5", "wrong derivative", "(out_o1-t1)*(1-out_o1)*out_h1")
wrong(
    "t4",
    "w1",
    "wrong derivative",
    "d('out_h1')*(1-out_h1**2)*i1",
    "dE_total/dout_h1*(1-out_h1²)*i1",
)
wrong("t4", "w1", "wrong derivative|other point", "d('out_h1')*net_h1*(1-net_h1)*i1",
      "dE_total/dout_h1*net_h1(1-net_h1)*i1")  # fmt: skip
wrong("t3", "w3", "wrong derivative", "d('out_h2')*(1-out_h2)*i1")
wrong("xor", "w11", "wrong derivative", "(y-t)*v1*(1-a1**2)*x1", "(y-t)v1(1-a1²)x1")
wrong("xor", "b2", "wrong derivative|other point", "(y-t)*v2*h2*(1-h2)", "(y-t)v2h2(1-h2)")
wrong("net_221", "w12", "wrong derivative", "(y-t)*v1*h1*(1-h1)*x2", "(y-t)v1h1(1-h1)x2")
wrong("net_342", "w33", "wrong derivative", "((y1-t1)*v13+(y2-t2)*v23)*h3*(1-h3)*x3",
      "((y1-t1)v13+(y2-t2)v23)h3(1-h3)x3")  # fmt: skip
wrong("net_232", "w21", "wrong derivative", "(d('s1')*v12+d('s2')*v22)*(1-h2**2)*x1")
wrong("three_layers", "w1", "wrong derivative",
      "(a3-t)*(1-a3**2)*w3*(1-a2**2)*w2*(1-a1**2)*x",
      "(a3-t)(1-a3²)w3(1-a2²)w2(1-a1²)x")  # fmt: skip
wrong("three_layers", "w1", "wrong derivative", "(a3-t)*a3*w3*a2*w2*a1*x", "(a3-t)a3w3a2w2a1x")
wrong("recurrent", "h1", "wrong derivative", "d('h2')*h2*(1-h2)*u", "∂E/∂h2·h2(1-h2)·u")
wrong("recurrent", "u", "wrong derivative",
      "(h3-t)*(1-h3)*(h2+u*(1-h2)*(h1+u*(1-h1)*h0))")  # fmt: skip
wrong("greek", "α", "wrong derivative", "2*(y-t)*β*μ*(1-μ)*x", "2(y-t)βμ(1-μ)x")
wrong("subscripts", "β", "wrong derivative", "(ŷ-t)*(1-ŷ**2)", "(ŷ-t)(1-ŷ²)")
wrong("softplus_neuron", "w", "wrong derivative", "(y-t)*y*(1-y)*x", "(y-t)y(1-y)x")
wrong(
    "softplus_neuron", "w", "wrong derivative", "(y-t)*sigmoid(z)*(1-sigmoid(z))*x", "(y-t)σ'(z)x"
)
wrong("softplus_neuron", "w", "wrong derivative", "(y-t)*x/(1+exp(z))", "(y-t)x/(1+e^z)")
wrong("relu_neuron", "w1", "wrong derivative|extra factor", "(a-t)*a*x1", "(a-t)a x1")
wrong("gate", "w", "wrong derivative", "2*(m-t)*(p-q)*(1-g)*x", "2(m-t)(p-q)(1-g)x")
wrong("product_rule", "x", "wrong derivative|sign", "2*x*sin(x)-x**2*cos(x)", "2x sin x - x² cos x")
wrong("product_rule", "x", "wrong derivative|missing derivative|other point",
      "2*x*sin(x)+x**2*sin(x)", "2x sin x + x² sin x", digits=())  # fmt: skip
wrong("poisson_neuron", "w", "wrong derivative", "(z*exp(z-1)-k)*x", "(z e^(z-1) - k)x")
wrong("logarithm", "x", "wrong derivative|other point", "2*x/log(u)", "2x/ln(u)", digits=())
wrong("logarithm", "x", "wrong derivative", "1/log(x**2+1)*2*x", "(1/ln(x²+1))·2x", digits=())
wrong("root", "x", "wrong derivative|extra factor", "x*sqrt(u)", "½·√u·2x", "½ u^(½) 2x")
wrong("power_rule", "x", "wrong derivative", "15*x**2-4*x+7-4", "15x² - 4x + 7 - 4")
wrong("power_rule", "x", "wrong derivative|factor", "3*x**2-2*x+1", "3x² - 2x + 1")
wrong("power_rule", "x", "wrong derivative", "15*x**3-4*x**2+7*x", "15x³ - 4x² + 7x")
wrong("chain_rule", "x", "wrong derivative|extra factor", "4*u**4*6*x", "4u⁴·6x")
wrong("chain_rule", "x", "wrong derivative|other point", "4*(6*x)**3", "4(6x)³")
wrong(
    "quotient_rule",
    "x",
    "wrong derivative|combined wrongly|extra factor",
    "(3*v-u*2*x)/v",
    "(3v-2xu)/v",
)
wrong("absolute_error", "w", "wrong derivative|extra factor", "(y-t)*x", "(y-t)x")
wrong("absolute_error", "w", "wrong derivative|extra factor", "abs(y-t)*x", "|y-t|x")
wrong("lasso", "w2", "wrong derivative|extra factor", "(y-t)*x2+lam*w2", "(y-t)x2 + lam·w2")
wrong("lasso", "w2", "sign|wrong derivative|missing derivative", "(y-t)*x2+lam", "(y-t)x2 + lam")
wrong("linear_neuron", "b", "wrong derivative|extra factor", "2*(y-t)*b", "2(y-t)b")
wrong("residual", "w1", "wrong derivative", "2*(y-t)*w2*h*(1-h)*x", "2(y-t)w2h(1-h)x")
wrong("hinge", "b", "wrong derivative|extra factor|value", "1-y*s", "1 - y s")
wrong("unlabelled", "v", "extra factor|wrong derivative",
      "2*(v*sigmoid(w*x+b)-t)*sigmoid(w*x+b)*(1-sigmoid(w*x+b))")  # fmt: skip
wrong("bce_soft", "a", "missing path|missing term|wrong derivative", "-t/a", "-t/a")

# Counted twice

wrong("sigmoid_neuron", "w", "counted twice", "(y-t)*(y*(1-y))**2*x", "(y-t)y²(1-y)²x",
      "(y-t)·(y(1-y))²·x")  # fmt: skip
wrong("tanh_neuron", "w", "counted twice", "2*(y-t)*(1-y**2)**2*x", "2(y-t)(1-y²)²x")
wrong("sigmoid_neuron", "w", "counted twice|extra factor", "(y-t)*y*(1-y)*x*x", "(y-t)y(1-y)x²")
wrong("t4", "w5", "counted twice", "(out_o1-t1)*(out_o1*(1-out_o1))**2*out_h1", digits=(4, 6))
wrong("t4", "w1", "counted twice", "d('out_h1')*(out_h1*(1-out_h1))**2*i1")
wrong("xor", "w11", "counted twice", "(y-t)*v1*(a1*(1-a1))**2*x1", "(y-t)v1(a1(1-a1))²x1")
wrong("net_221", "w12", "counted twice", "(y-t)*v1*(1-h1**2)**2*x2", "(y-t)v1(1-h1²)²x2")
wrong("binary_cross_entropy", "w1", "counted twice", "(p-y)*p*(1-p)*x1", "(p-y)p(1-p)x1")
wrong("binary_cross_entropy", "z", "counted twice", "(p-y)*p*(1-p)", "(p-y)p(1-p)", "(p-y)σ'(z)")
wrong("bce_soft", "w", "counted twice", "(a-t)*a*(1-a)*x", "(a-t)a(1-a)x")
wrong("logistic_batch", "w", "counted twice",
      "((p1-y1)*p1*(1-p1)*x1+(p2-y2)*p2*(1-p2)*x2+(p3-y3)*p3*(1-p3)*x3)/3",
      "((p1-y1)p1(1-p1)x1 + (p2-y2)p2(1-p2)x2 + (p3-y3)p3(1-p3)x3)/3")  # fmt: skip
wrong("with_logits", "w", "counted twice",
      "(sigmoid(z)-t)*sigmoid(z)*(1-sigmoid(z))*x", "(σ(z)-t)σ'(z)x")  # fmt: skip
wrong(
    "recurrent",
    "w",
    "counted twice",
    "d('s3')*x3+2*d('s2')*x2+d('s1')*x1",
    "δ_s3x3 + 2δ_s2x2 + δ_s1x1",
)
wrong("residual", "x", "counted twice", "2*(y-t)*(1+2*w2*(1-h**2)*w1)")
wrong("mean_square", "b", "counted twice", "2/3*(2*(y1-t1)+(y2-t2)+(y3-t3))")
wrong("recurrent_each", "v", "counted twice", "(o1-t1)*h1+(o2-t2)*h2+2*(o3-t3)*h3")

# Combined wrongly

wrong("product_rule", "x", "combined wrongly", "2*x*cos(x)", "2x cos x", "du/dx * dv/dx")
wrong("product_rule", "x", "combined wrongly|missing path|missing term", "2*x*sin(x)", "2x sin x")
wrong("quotient_rule", "x", "combined wrongly", "3/(2*x)", "3/(2x)")
wrong("quotient_rule", "x", "combined wrongly|missing path|missing term", "3/v", "3/v")
wrong(
    "quotient_rule",
    "x",
    "combined wrongly|sign",
    "(3*v+2*x*u)/v**2",
    "(3(x²+2) + 2x(3x+1))/(x²+2)²",
    digits=5,
)
wrong("exponential", "x", "combined wrongly", "-2*x*exp(u)", "-2x e^u", "-2x e^(-x²)")
wrong("exponential", "x", "combined wrongly|missing path|missing term", "exp(u)", "e^u")
wrong("exponential", "x", "missing derivative", "exp(u)+x*exp(u)", "e^u + x e^u")
wrong("t4", "out_h1", "combined wrongly", "d('net_o1')*w5*d('net_o2')*w7",
      "dE_total/dnet_o1*w5 * dE_total/dnet_o2*w7")  # fmt: skip
wrong("t4", "w1", "combined wrongly",
      "d('net_o1')*w5*d('net_o2')*w7*out_h1*(1-out_h1)*i1")  # fmt: skip
wrong("net_232", "h2", "combined wrongly", "d('s1')*v12*d('s2')*v22", "(δ_s1 v12)(δ_s2 v22)")
wrong("mean_square", "w", "combined wrongly",
      "2*((y1-t1)+(y2-t2)+(y3-t3))/3*(x1+x2+x3)/3",
      "2 · (y1-t1+y2-t2+y3-t3)/3 · (x1+x2+x3)/3")  # fmt: skip
wrong("logistic_batch", "w", "combined wrongly",
      "(p1-y1+p2-y2+p3-y3)/3*(x1+x2+x3)/3", "(p1-y1+p2-y2+p3-y3)/3 · (x1+x2+x3)/3")  # fmt: skip
wrong("half_mean", "θ1", "combined wrongly", "((h1-y1)+(h2-y2))/2*(x1+x2)/2")
wrong("gate", "w", "combined wrongly|sign", "2*(m-t)*(p+q)*g*(1-g)*x", "2(m-t)(p+q)g(1-g)x")
wrong("recurrent_each", "h2", "combined wrongly", "(o2-t2)*v*d('h3')*(1-h3**2)*u")

# Softmax

wrong("softmax_one_hot", "z1", "wrong term", "p1-1", "p1 - 1")
wrong("softmax_one_hot", "z3", "wrong term", "p3-1", "p3 - 1")
wrong("softmax_one_hot", "z2", "wrong term|missing path|missing term|copied number", "p2", "p2")
wrong("softmax_one_hot", "z2", "wrong term|missing derivative|another node", "-t2/p2", "-t2/p2")
wrong(
    "softmax_one_hot",
    "z2",
    "wrong term|missing derivative|another node",
    "-1/p2",
    "-1/p2",
    digits=(),
)
wrong(
    "softmax_one_hot",
    "z2",
    "counted twice|wrong term|wrong derivative",
    "(p2-t2)*p2*(1-p2)",
    "(p2-t2)p2(1-p2)",
)
wrong("softmax_soft", "z2", "missing path|wrong term", "-t2*(1-p2)", "-t2(1 − p2)")
wrong("softmax_soft", "z3", "wrong term|missing derivative|another node", "-t3/p3", "-t3/p3")
wrong("softmax_soft", "z1", "wrong term", "p1-t2", "p1 - t2")
wrong("softmax_layer", "w21", "wrong term", "(p2-1)*x1", "(p2-1)x1")
wrong("softmax_layer", "w11", "wrong term|missing path|missing term", "p1*x1", "p1x1")
wrong(
    "log_softmax",
    "z2",
    "missing path|missing term|wrong term",
    "exp(z2)/(exp(z1)+exp(z2)+exp(z3))",
    "e^z2/(e^z1+e^z2+e^z3)",
)
wrong("log_softmax", "z1", "wrong term", "exp(z1)/(exp(z1)+exp(z2)+exp(z3))-1",
      "e^z1/(e^z1+e^z2+e^z3) - 1")  # fmt: skip

# Slips of the pen

slip("linear_neuron", "w", "digits", "-2.045", "-2.504")
slip("sigmoid_neuron", "w", "digits", "-0.0886", "-0.08618", "-0.08781")
slip("tanh_neuron", "w", "digits", "-1.727", "-1.971925", "-1.871925")
slip("t1", "w1", "digits", "-0.16564", "-0.15646", "-0.16946")
slip("t4", "w5", "digits", "0.082176041", "0.082167141", "0.085167041", "0.028167")
slip("t4", "w1", "digits", "0.000435868", "0.000448568")
slip("t4", "out_h1", "digits", "0.593629992", "0.539269992", of="value")
slip("two_inputs", "w2", "digits", "-0.3210", "-0.3170")
slip("net_221", "w12", "digits", "0.1385", "0.1368")
slip("net_342", "w21", "digits", "0.2746", "0.2457638")
slip("binary_cross_entropy", "w1", "digits", "-0.6651", "-0.6165")
slip("quotient_rule", "x", "digits", "0.3585", "0.355381")
slip("poisson_neuron", "w", "digits", "-1.2786", "-1.2668")
slip("sigmoid_neuron", "y", "digits", "0.6639", "0.6962954", of="value")
slip("softplus_neuron", "w", "digits", "0.4902", "0.4192")
slip("recurrent_each", "h2", "digits", "0.5378", "0.57738")
slip("mean_square", "w", "digits", "-1.0827", "-1.02687")
slip("sigmoid_neuron", "w", "copied number|missing derivative", "1.7")
slip("sigmoid_neuron", "w", "copied number|value", "0.65")
slip("sigmoid_neuron", "b", "copied number|value", "0.705", "-0.4")
slip("t4", "w5", "copied number|value", "0.4", "0.4500")
slip("t4", "w5", "copied number|missing derivative", "0.593269992")
slip("net_221", "w12", "copied number|value", "-0.52", "0.71")
slip("net_342", "w21", "copied number", "0.27")
slip("attention", "q", "copied number|value", "1.2")
slip("attention", "q", "copied number|missing derivative", "0.7")
slip("two_inputs", "w1", "copied number|value", "0.35", "-0.75")
slip("net_232", "y1", "copied number", "0.15")
slip("mean_square", "b", "copied number|value", "0.97")
slip("recurrent", "u", "copied number|value", "0.65", "0.75")
slip("gate", "p", "copied number|missing derivative", "0.34")

# Other functions, values, differences

wrong("logarithm", "y", "other function", "log10(u)", of="value")
wrong("binary_cross_entropy", "L", "other function", "-log10(p)", of="value")
wrong("bce_soft", "L", "other function", "-t*log10(a)-(1-t)*log10(1-a)", of="value")
wrong("softmax_one_hot", "L", "other function", "-log10(p2)", of="value")
wrong("product_rule", "v", "other function", "sin(x*pi/180)", of="value")
wrong("sigmoid_neuron", "y", "other function", "tanh(z)", "tanh(z)", of="value")
wrong("sigmoid_neuron", "y", "other function", "1/1+exp(-z)", "1/1 + e^-z", of="value")
wrong("sigmoid_neuron", "y", "other function|sign", "1/(1+exp(z))", "1/(1+e^z)", of="value")
wrong("tanh_neuron", "y", "other function", "sigmoid(s)", "σ(s)", of="value")
wrong("two_inputs", "o", "other function", "1+exp(-z)", of="value")
wrong("t4", "out_h1", "other function", "tanh(net_h1)", of="value", digits=6)
wrong("t4", "out_o2", "other function", "1/1+exp(-net_o2)", of="value")
wrong("relu_neuron", "a", "other function", "sigmoid(z)", "σ(z)", of="value")
wrong("net_221", "h1", "other function", "sigmoid(s1)", of="value")
wrong("greek", "μ", "other function", "sigmoid(φ)", of="value")
wrong("linear_neuron", "w", "value|copied number", "w", digits=2)
wrong("sigmoid_neuron", "y", "value", "y", "y", digits=(4, 6))
wrong("sigmoid_neuron", "z", "value|copied number", "z", digits=3)
wrong("t4", "out_o1", "value", "out_o1", digits=(4, 9))
wrong("t4", "net_h1", "value", "net_h1", digits=4)
wrong("tanh_neuron", "s", "value|copied number", "s", digits=2)
wrong("softmax_one_hot", "z1", "value|copied number", "z1", digits=2)
wrong("quotient_rule", "x", "value|another node", "y", digits=5)
wrong("recurrent", "h2", "value", "h2")
wrong(
    "power_rule",
    "x",
    "finite difference",
    "(5*(x+0.1)**3-2*(x+0.1)**2+7*(x+0.1)-f-4)/0.1",
    digits=5,
)
wrong("power_rule", "x", "finite difference",
      "(5*(x+0.01)**3-2*(x+0.01)**2+7*(x+0.01)-f-4)/0.01", digits=5)  # fmt: skip
wrong("chain_rule", "x", "finite difference", "((3*(x+0.01)**2+1)**4-y)/0.01", digits=5)
wrong("root", "x", "finite difference", "(sqrt(1+(x+0.1)**2)-y)/0.1", digits=5)
wrong("logarithm", "x", "finite difference", "(log((x+0.1)**2+1)-y)/0.1", digits=5)
wrong("quotient_rule", "x", "finite difference",
      "((3*(x+0.1)+1)/((x+0.1)**2+2)-y)/0.1", digits=5)  # fmt: skip
wrong("sigmoid_neuron", "b", "finite difference",
      "((sigmoid(z+0.01)-t)**2/2-E)/0.01", digits=5)  # fmt: skip
wrong("linear_neuron", "w", "finite difference", "((y+0.001*x-t)**2-E)/0.001", digits=5)

# Forward passes

wrong("sigmoid_neuron", "z", "missing term", "w*x", "wx", of="value")
wrong("two_inputs", "z", "missing term", "w1*x1+w2*x2", "w1x1 + w2x2", of="value")
wrong("two_inputs", "z", "missing term", "w1*x1+b", of="value", digits=3)
wrong("t4", "net_h1", "missing term", "w1*i1+w2*i2", "w1*i1 + w2*i2", of="value")
wrong("t4", "E_total", "missing term|another node", "E_o1", "½(t1 - out_o1)²", of="value")
wrong("t4", "E_o1", "factor|missing factor", "(t1-out_o1)**2", "(t1 - out_o1)²", of="value")
wrong("t1", "E", "factor|missing factor", "(prediction-actual)**2", of="value")
wrong("mean_square", "MSE", "factor|missing factor", "(y1-t1)**2+(y2-t2)**2+(y3-t3)**2", of="value")
wrong("sigmoid_neuron", "y", "missing operation|another node", "z", "z", of="value", digits=3)
wrong("absolute_error", "L", "missing operation|sign", "y-t", "y - t", of="value")
wrong("tanh_neuron", "s", "sign", "-w*x+b", of="value")
wrong("t1", "h2", "missing factor|missing derivative", "w2+w4*i2", of="value", digits=3)
wrong("softmax_one_hot", "p1", "missing term|wrong term", "exp(z1)/(exp(z2)+exp(z3))", of="value")
wrong("ridge", "J", "missing term", "(y-t)**2/2", of="value")
wrong("net_342", "z1", "missing term", "w11*x1+w12*x2+w13*x3", of="value")

# Carried over from an earlier mistake

wrong("sigmoid_neuron", "y", "carried", "sigmoid(0.805)", of="value", digits=(4, 6),
      earlier=(("value", "z", "0.805"),))  # fmt: skip
wrong("sigmoid_neuron", "w", "carried", "2*d('z')*x", earlier=(("gradient", "z", "-0.10212788"),))
wrong("t1", "w1", "carried", "0.08273*i1", earlier=(("gradient", "h1", "0.08273"),))
wrong("t4", "w1", "carried", "0.055399426*out_h1*(1-out_h1)*i1", digits=6,
      earlier=(("gradient", "out_h1", "0.055399426"),))  # fmt: skip
wrong("tanh_neuron", "w", "carried", "-1.759791*x", digits=5,
      earlier=(("gradient", "s", "-1.759791"),))  # fmt: skip
wrong("net_221", "w12", "carried", "0.2388219*(1-h1**2)*x2",
      earlier=(("gradient", "h1", "0.2388219"),))  # fmt: skip
wrong("t1", "w5", "carried", "w5-η*0.438469", of="new value",
      earlier=(("gradient", "w5", "0.438469"),))  # fmt: skip

# Coincidences

coincidence("t2", "w1", "(yk-t)*v2*a1*(1-a1)*y1", "(yk-t)v2a1(1-a1)y1", "(yk-t)*v2*a1*(1-a1)*y1")
coincidence("t2", "w1", "(yk-t)*v1*a2*(1-a2)*y1", "(yk-t)·v1·a2·(1-a2)·y1")
coincidence("t2", "w1", "(yk-t)*v1*a1*(1-a1)", "(yk-t)v1a1(1-a1)")
coincidence("t2", "w1", "(yk-t)*v1*a1*(1-a1)*y2", "(yk-t)v1a1(1-a1)y2")
coincidence("t2", "w2", "(yk-t)*w1*a2*(1-a2)*y1", "(yk − t)·w1·a2·(1 − a2)·y1")
coincidence("t2", "v1", "(yk-t)*a2", "(yk-t)*a2", "(yk − t)·a₂")
coincidence("t2", "v1", "(yk-t)*yk", "(yk-t)yk")
coincidence("t2", "v2", "(yk-w1)*a2", "(yk-w1)a2")
coincidence("t2", "yk", "a1-t", "a1 - t")
coincidence("t2", "yk", "yk-v1", "yk - v1")
coincidence("t2", "t", "t-a1", "t − a₁")
coincidence("t3", "w5", "(out_o1-t2)*out_o1*(1-out_o1)*out_h1", "(out_o1-t2)out_o1(1-out_o1)out_h1")
coincidence("t3", "out_o2", "out_o2-w7", "out_o2 - w7")
coincidence("t3", "out_o1", "out_o1-t2", "out_o1 - t2")
coincidence("xor", "w11", "(y-t)*v1*a1*(1-a1)", "(y-t)v1a1(1-a1)", "δ_h1")
coincidence("xor", "b1", "(y-t)*v1*a1*(1-a1)*x1", "(y-t)v1a1(1-a1)x1")
coincidence("xor", "c", "y-x1", "y - x1")
coincidence("xor", "v1", "(y-x1)*a1", "(y-x1)a1")
coincidence("gates", "x", "2*x", "2x")
coincidence("gates", "q", "y-9", "y - 9")
coincidence("cs231n_neuron", "w2", "f*(1-f)*s", "f(1-f)s")
coincidence("cs231n_neuron", "x1", "f*(1-f)*w2", "f(1-f)w2")
coincidence("cs231n_neuron", "w1", "-f*(1-f)*w0", "-f(1-f)w0")
