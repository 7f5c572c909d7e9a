"""Right formulas, as people write them, each with its meaning in Python, written independently."""

from typing import Any, NamedTuple


class Right(NamedTuple):
    """A right claim.

    Attributes:
        notation: the style in which it is written.
        meaning: the same formula in Python; for a number, "".
        is_local: whether it is right at the graph's numbers but not everywhere: on one side of a
            kink, or while the targets sum to 1.
        trained: for a new value of a result, the leaves that are updated.
    """

    program: str
    quantity: str
    label: str
    text: str
    notation: str
    meaning: str = ""
    is_local: bool = False
    trained: tuple[str, ...] = ()


FORMULAS: list[Right] = []


def right(program: str, label: str, meaning: str, of: str = "gradient", **texts: Any) -> None:
    """Adds right formulas with one meaning, by notation."""
    is_local, trained = texts.pop("is_local", False), texts.pop("trained", ())
    for notation, written in texts.items():
        for text in [written] if isinstance(written, str) else written:
            FORMULAS.append(
                Right(program, of, label, text, notation, meaning, is_local, tuple(trained))
            )


# Single neurons

right(
    "linear_neuron", "w", "2*(y-t)*x",
    python="2*(y - t)*x",
    implicit=["2(y-t)x", "2x(y − t)", "2 (y - t) x"],
    signs="2 · (y − t) · x",
    cross="2×(y−t)×x",
    leibniz=["∂E/∂y · x", "dE/dy * dy/dw", "(∂E/∂y)(∂y/∂w)"],
    brackets="2[y - t]x",
    equation=["dE/dw = 2(y-t)x", "∂E/∂w = 2(y − t)·x"],
    expanded="2(wx + b - t)x",
)  # fmt: skip
right(
    "linear_neuron", "b", "2*(y-t)",
    implicit="2(y - t)",
    chain=["2(y-t) = 2(1.31-2.1) = -1.58", "2(y−t)·1 = −1.58"],
    leibniz=r"∂E/∂y",
    expanded="-2t + 2y",
)  # fmt: skip
right("linear_neuron", "x", "2*(y-t)*w", implicit="2w(y-t)", sign_outside="-2w(t - y)")
right("linear_neuron", "t", "-2*(y-t)", implicit=["-2(y-t)", "2(t − y)"])
right("linear_neuron", "y", "w*x+b", of="value", implicit=["wx + b", "xw+b"], equation="y = wx + b")

right(
    "sigmoid_neuron", "w", "(y-t)*y*(1-y)*x",
    python="(y - t) * y * (1 - y) * x",
    implicit=["(y-t)y(1-y)x", "x(y − t)y(1 − y)", "(y-t) y (1-y) x"],
    sign_outside=["-(t - y)y(1 - y)x", "−(t−y)·y·(1−y)·x"],
    signs="(y − t)·y·(1 − y)·x",
    cross="(y − t) × y × (1 − y) × x",
    primes=["(y-t)σ'(z)x", "(y − t)·σ′(z)·x"],
    function=["(y-t)σ(z)(1-σ(z))x", "(σ(z) - t) * σ(z) * (1 - σ(z)) * x"],
    leibniz=["∂E/∂y · ∂y/∂z · ∂z/∂w", "dE/dz * x", "dE/dy*dy/dz*dz/dw"],
    delta="δ_z · x",
    brackets="[y - t]·[y(1 - y)]·x",
    equation="∂E/∂w = (y − t) y (1 − y) x",
    latex=[
        r"(y - t) \cdot y \cdot (1 - y) \cdot x",
        r"\left(y - t\right) y \left(1 - y\right) x",
        r"(y-t)\,\sigma'(z)\,x",
        r"\frac{\partial E}{\partial y} \cdot \frac{\partial y}{\partial z} \cdot x",
    ],
    exponential=[
        "(y-t) * e^(-z)/(1+e^(-z))^2 * x",
        "(y − t) · e^-z / (1 + e^-z)² · x",
    ],
    expanded="xy(y-t) - xy^2(y-t)",
)  # fmt: skip
right(
    "sigmoid_neuron", "z", "(y-t)*y*(1-y)",
    implicit=["(y-t)y(1-y)", "(y − t)(y − y²)"],
    powers=["(y - t)(y - y^2)", "(y-t)*(y-y**2)"],
    chain="(y-t)y(1-y) = (0.669 - 0.9)(0.669)(0.331) = -0.0511",
)  # fmt: skip
right("sigmoid_neuron", "y", "y-t", python="y - t", sign_outside="-(t - y)")
right("sigmoid_neuron", "y", "1/(1+exp(-z))", of="value",
      exponential=["1/(1+e^-z)", "1/(1 + e^(-z))", "1 / (1 + exp(-z))", r"\frac{1}{1+e^{-z}}"],
      function=["σ(z)", "sigmoid(wx+b)", r"\sigma(z)"])  # fmt: skip
right("sigmoid_neuron", "E", "(y-t)**2/2", of="value",
      school=["½(y-t)²", "1/2 (y − t)^2", "½·(t − y)²"], latex=r"\frac{1}{2}(y-t)^2",
      equation="E = ½ (t-y)^2")  # fmt: skip
right("sigmoid_neuron", "w", "η*(y-t)*y*(1-y)*x", of="step",
      greek=["η(y-t)y(1-y)x", "η · ∂E/∂w", "η dE/dw"])  # fmt: skip
right("sigmoid_neuron", "w", "-η*(y-t)*y*(1-y)*x", of="update",
      greek=["-η ∂E/∂w", "−η·(y − t)·y·(1 − y)·x"], sign_outside="η(t-y)y(1-y)x",
      latex=r"-\eta \frac{\partial E}{\partial w}")  # fmt: skip
right("sigmoid_neuron", "w", "w-η*(y-t)*y*(1-y)*x", of="new value",
      greek=["w - η ∂E/∂w", "w − η(y−t)y(1−y)x"], equation="w = w - η·dE/dw",
      latex=r"w - \eta\frac{\partial E}{\partial w}")  # fmt: skip

right(
    "tanh_neuron", "w", "2*(y-t)*(1-y**2)*x",
    implicit=["2(y-t)(1-y²)x", "2x(y − t)(1 − y^2)"],
    primes=["2(y-t)tanh'(s)x", "2(y − t)·tanh′(s)·x"],
    function=["2(y-t)(1 - tanh²(s))x", "2(tanh(s) - t)(1 - tanh(s)^2)x", "2(y-t)(1-tanh^2(s))x"],
    leibniz="∂E/∂s · x",
    brackets="2{y - t}{1 - y²}x",
    latex=[r"2(y-t)(1-y^2)x", r"2(y-t)\left(1-\tanh^2(s)\right)x", r"2(y-t)(1-\tanh^{2} s)\,x"],
    powers="2*(y-t)*(1-y**2)*x",
    school="2(y-t)x/cosh²(s)",
)  # fmt: skip
right("tanh_neuron", "s", "2*(y-t)*(1-y**2)",
      factored="2(y-t)(1-y)(1+y)",
      school=["2(y-t)sech²(s)", "2(y − t)·(1/cosh(s))²"],
      chain="2(y-t)(1-y²) = 2·(-0.53-0.35)·(1-0.2808) = -1.266")  # fmt: skip

right("relu_neuron", "w1", "(a-t)*(z>0)*x1",
      implicit="(a-t)(z>0)x1",
      indicator=["(a − t)·[z > 0]·x1", "(a-t)*(z > 0)*x1", "(a - t)·1[z>0]·x1"],
      primes=["(a-t)relu'(z)x1", "(a − t) · ReLU'(z) · x1"],
      subscript=["(a − t)·1·x₁*(z>0)", "(a-t) (z>0) x_1"],
      leibniz="∂L/∂z · x1")  # fmt: skip
right("relu_neuron", "w2", "(a-t)*x2", is_local=True, condition=["(a-t)x2", "(a − t)·x₂"])
right("relu_neuron", "b", "(a-t)", is_local=True, condition=["a - t", "(a − t)·1·1"])
right("relu_neuron", "a", "relu(z)", of="value",
      function=["max(0, z)", "ReLU(z)", "relu(z)", "max(0, w1x1 + w2x2 + b)"],
      latex=r"\max(0, z)")  # fmt: skip
right("relu_off", "w1", "2*(y-t)*v1*x", is_local=True, condition=["2*(y-t)*v1*x", "2(y − t)v1·x"])
right("relu_off", "w2", "0*x", is_local=True, condition=["2(y-t)*v2*0*x"])
right("relu_off", "v2", "2*(y-t)*h2", implicit="2(y-t)h2", subscript="2(y − t)·h₂")
right("relu_off", "h2", "2*(y-t)*v2", implicit="2(y-t)v2")

right("softplus_neuron", "w", "(y-t)*sigmoid(z)*x",
      implicit=["(y-t)σ(z)x", "-(t-y)σ(z)x"],
      exponential=["(y-t)x/(1+e^-z)", "(y-t)·x·e^z/(1+e^z)"],
      latex=r"(y-t)\sigma(z)x",
      primes="(y-t)softplus'(z)x")  # fmt: skip
right("softplus_neuron", "y", "log(1+exp(z))", of="value",
      function=["ln(1+e^z)", "ln(1 + exp(z))", "log(1+e^z)"], latex=r"\ln(1+e^{z})")  # fmt: skip
right("leaky_neuron", "w", "0.1*(a-t)*x", is_local=True, condition=["0.1(a-t)x", "(a − t)·0.1·x"])
right("poisson_neuron", "w", "(exp(z)-k)*x",
      exponential=["(e^z - k)x", "(exp(z) − k)·x", "x(e^(wx+b) - k)"], implicit="(m-k)x",
      latex=[r"(e^z-k)x", r"(m-k)\cdot x"])  # fmt: skip
right("poisson_neuron", "z", "m-k", python="m - k", equation="∂L/∂z = m − k")

right("two_inputs", "w2", "-2*(t-o)*o*(1-o)*x2",
      implicit=["-2(t-o)o(1-o)x2", "2(o-t)o(1-o)x2"],
      subscript=["2(o−t)o(1−o)x₂", "-2 (t-o) o (1-o) x_2", "2(o-t)*o*(1-o)*x_{2}"],
      primes="2(o - t) σ'(z) x_2",
      latex=[r"-2(t-o)\,o(1-o)\,x_2", r"2(o-t)\sigma'(z)x_{2}"],
      delta=["δ_z x_2", "δ_z*x2"],
      chain="2(o-t)o(1-o)x2 = 2(-0.4715)(0.2206)(1.5) = -0.312")  # fmt: skip
right("two_inputs", "x1", "2*(o-t)*o*(1-o)*w1", implicit="2(o-t)o(1-o)w1", leibniz="dE/dz*w_1")

# The tutorials

right("t1", "w6", "(prediction-actual)*h2",
      implicit=["(prediction − actual)h2", "(prediction - actual) h_2"],
      leibniz="∂E/∂prediction · h2",
      expanded="(h1·w5 + h2·w6 − actual)·h2",
      chain="(prediction-actual)*h2 = -0.8273*0.63 = -0.5212")  # fmt: skip
right("t1", "w1", "(prediction-actual)*w5*i1",
      python="(prediction - actual) * w5 * i1",
      subscript=["(prediction − actual)·w₅·i₁", "(prediction-actual) w_5 i_1"],
      leibniz=["dE/dh1 * i1", "∂E/∂h₁ · i₁"],
      latex=r"(prediction - actual) \cdot w_5 \cdot i_1")  # fmt: skip
right("t1", "w4", "(prediction-actual)*w6*i2", implicit="(prediction-actual)w6 i2",
      sign_outside="-(actual - prediction)·w6·i2")  # fmt: skip
right("t1", "prediction", "(w1*i1+w3*i2)*w5+(w2*i1+w4*i2)*w6", of="value",
      implicit=["(w1 i1 + w3 i2)w5 + (w2 i1 + w4 i2)w6", "h1w5 + h2w6"],
      signs="(w1·i1 + w3·i2)·w5 + (w2·i1 + w4·i2)·w6")  # fmt: skip
right("t1", "w5", "w5-η*(prediction-actual)*h1", of="new value",
      greek=["w5 - η(prediction - actual)h1", "w₅ − η·(prediction − actual)·h₁"])  # fmt: skip
right("t2", "v1", "(yk-t)*a1", implicit="(yk-t)a1", delta="δ_yk · a1")
right("t2", "w1", "(yk-t)*v1*a1*(1-a1)*y1",
      implicit="(yk-t)v1 a1(1-a1)y1", primes="(yk - t)v1 σ'(x1) y1",
      subscript="(yk − t)·v₁·a₁·(1 − a₁)·y₁")  # fmt: skip
right("xor", "w11", "(y-t)*v1*a1*(1-a1)*x1",
      implicit=["(y-t)v1a1(1-a1)x1", "(y − t)v1·a1(1 − a1)·x1"],
      subscript=["(y-t)v_1 a_1(1-a_1)x_1", "(y−t)·v₁·a₁(1−a₁)·x₁"],
      delta="δ_h1·x1",
      latex=r"(y-t)\,v_1\,a_1(1-a_1)\,x_1")  # fmt: skip
right("xor", "b2", "(y-t)*v2*a2*(1-a2)",
      primes="(y-t)·v2·σ'(h2)", subscript="(y - t) v_2 a_2 (1 - a_2)")  # fmt: skip
right("xor", "w21", "d('h1')*x2", leibniz=["∂E/∂h1 · x2", "dE/dh_1 * x_2"])
right("xor", "v2", "v2-η*(y-t)*a2", of="new value", greek="v2 - η(y-t)a2")
right("t3", "w5", "(out_o1-t1)*out_o1*(1-out_o1)*out_h1",
      python="-(t1 - out_o1) * out_o1 * (1 - out_o1) * out_h1",
      latex=r"-(t_1 - out_{o1}) \cdot out_{o1}(1 - out_{o1}) \cdot out_{h1}")  # fmt: skip
right(
    "t4",
    "w5",
    "(out_o1-t1)*out_o1*(1-out_o1)*out_h1",
    implicit=[
        "(out_o1 - t1) out_o1 (1 - out_o1) out_h1",
        "-(t1 - out_o1)*out_o1(1 - out_o1)*out_h1",
    ],
    leibniz=["∂E_total/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w5", "dE_total/dnet_o1 * out_h1"],
    latex=[
        r"-(t_1 - out_{o1}) * out_{o1}(1 - out_{o1}) * out_{h1}",
        r"\frac{\partial E_{total}}{\partial out_{o1}} * \frac{\partial out_{o1}}"
        r"{\partial net_{o1}} * \frac{\partial net_{o1}}{\partial w_{5}}",
        r"\frac{\partial E_{total}}{\partial net_{o1}} out_{h1}",
    ],
    delta=["δ_net_o1 · out_h1", r"\delta_{net_{o1}} out_{h1}"],
)
right(
    "t4",
    "out_h1",
    "d('net_o1')*w5+d('net_o2')*w7",
    leibniz=[
        "∂E_total/∂net_o1 · w5 + ∂E_total/∂net_o2 · w7",
        "∂E_o1/∂out_h1 + ∂E_o2/∂out_h1",
        "dE_o1/dout_h1 + dE_o2/dout_h1",
    ],
    subscript="dE_total/dnet_o1*w_5 + dE_total/dnet_o2*w_7",
    latex=r"\frac{\partial E_{o1}}{\partial out_{h1}} + \frac{\partial E_{o2}}"
    r"{\partial out_{h1}}",
)
right(
    "t4",
    "w1",
    "((out_o1-t1)*out_o1*(1-out_o1)*w5+(out_o2-t2)*out_o2*(1-out_o2)*w7)*out_h1*(1-out_h1)*i1",
    implicit="[(out_o1-t1)out_o1(1-out_o1)w5 + (out_o2-t2)out_o2(1-out_o2)w7] out_h1(1-out_h1) i1",
    leibniz="∂E_total/∂out_h1 · out_h1(1 − out_h1) · i1",
    chain="dE_total/dout_h1 * out_h1(1-out_h1) * i1 = 0.036350306 * 0.241300709 * 0.05 "
    "= 0.000438568",
)
right("t4", "b2", "d('net_o1')+d('net_o2')", leibniz="∂E_total/∂net_o1 + ∂E_total/∂net_o2")
right(
    "t4",
    "E_total",
    "(t1-out_o1)**2/2+(t2-out_o2)**2/2",
    of="value",
    school=["½(t1 − out_o1)² + ½(t2 − out_o2)²", "1/2(t1 - out_o1)^2 + 1/2(t2 - out_o2)^2"],
    latex=r"\frac{1}{2}(t_1 - out_{o1})^{2} + \frac{1}{2}(t_2 - out_{o2})^{2}",
)
right(
    "t4",
    "w5",
    "w5-η*d('w5')",
    of="new value",
    greek=["w5 − η · ∂E_total/∂w5", "w5 - η*dE_total/dw5"],
    chain="w5 - η ∂E_total/∂w5 = 0.4 - 0.5*0.082167041 = 0.35891648",
    latex=r"w_{5} - \eta * \frac{\partial E_{total}}{\partial w_{5}}",
)

# Networks

right("net_221", "w12", "(y-t)*v1*(1-h1**2)*x2",
      implicit=["(y-t)v1(1-h1²)x2", "(y − t)v1(1 − h1^2)x2"],
      subscript=["(y-t)·v₁·(1−h₁²)·x₂", "(y-t)v_1(1-h_1^2)x_2"],
      primes="(y-t) v1 tanh'(s1) x2",
      latex=r"(y-t)\,v_{1}\,(1-h_{1}^{2})\,x_{2}")  # fmt: skip
right("net_221", "h2", "(y-t)*v2", implicit="(y-t)v2", leibniz="∂E/∂y·v_2")
right("net_232", "w21", "((y1-t1)*y1*(1-y1)*v12+(y2-t2)*y2*(1-y2)*v22)*h2*(1-h2)*x1",
      implicit=["((y1-t1)y1(1-y1)v12 + (y2-t2)y2(1-y2)v22)h2(1-h2)x1"],
      brackets=["[(y1 − t1)y1(1 − y1)·v12 + (y2 − t2)y2(1 − y2)·v22]·h2(1 − h2)·x1",
                "{(y1-t1)*y1*(1-y1)*v12 + (y2-t2)*y2*(1-y2)*v22}*h2*(1-h2)*x1"],
      delta="(δ_s1·v12 + δ_s2·v22)·h2(1 − h2)·x1",
      subscript="(δ_{s1}v_{12} + δ_{s2}v_{22})h_2(1-h_2)x_1",
      primes="(∂E/∂s1·v12 + ∂E/∂s2·v22)·σ'(z2)·x1")  # fmt: skip
right("net_232", "c2", "(y2-t2)*y2*(1-y2)", implicit="(y2-t2)y2(1-y2)", subscript="(y₂−t₂)y₂(1−y₂)")
right("net_232", "v13", "(y1-t1)*y1*(1-y1)*h3", subscript="(y_1 - t_1) y_1 (1 - y_1) h_3")
right("net_342", "w33", "((y1-t1)*v13+(y2-t2)*v23)*(1-h3**2)*x3",
      implicit="((y1-t1)v13 + (y2-t2)v23)(1-h3²)x3",
      subscript="((y_1-t_1)v_{13} + (y_2-t_2)v_{23})(1-h_3^2)x_3",
      leibniz="(∂E/∂y1·v13 + ∂E/∂y2·v23)(1 − h3²)x3")  # fmt: skip
right("net_342", "h4", "(y1-t1)*v14+(y2-t2)*v24", implicit="(y1-t1)v14+(y2-t2)v24")
right("net_321", "w23", "(y-t)*v2*x3", is_local=True, condition="(y-t)v2x3")
right("net_321", "w11", "(y-t)*v1*(z1>0)*x1", indicator="(y − t)·v1·(z1 > 0)·x1",
      primes="(y-t)v1 relu'(z1) x1")  # fmt: skip
right("three_layers", "w1", "(a3-t)*a3*(1-a3)*w3*a2*(1-a2)*w2*a1*(1-a1)*x",
      implicit="(a3-t)a3(1-a3)w3a2(1-a2)w2a1(1-a1)x",
      subscript="(a₃−t)a₃(1−a₃)w₃a₂(1−a₂)w₂a₁(1−a₁)x",
      primes=["(a3-t)σ'(z3)w3σ'(z2)w2σ'(z1)x", "(a3 − t)·σ′(z3)·w3·σ′(z2)·w2·σ′(z1)·x"],
      latex=r"(a_3-t)\sigma'(z_3)w_3\sigma'(z_2)w_2\sigma'(z_1)x",
      leibniz="dC/da3 · da3/dz3 · w3 · da2/dz2 · w2 · da1/dz1 · x")  # fmt: skip
right("three_layers", "z1", "d('z2')*w2*a1*(1-a1)",
      delta=["δ_z2 w2 a1(1-a1)", "w2 δ_z2 σ'(z1)"])  # fmt: skip
right("residual", "x", "2*(y-t)*(1+w2*(1-h**2)*w1)",
      implicit="2(y-t)(1 + w2(1-h²)w1)", leibniz="∂E/∂y·(1 + w2(1−h²)w1)")  # fmt: skip
right("gate", "w", "2*(m-t)*(p-q)*g*(1-g)*x",
      implicit=["2(m-t)(p-q)g(1-g)x"], primes="2(m-t)(p-q)σ'(z)x")  # fmt: skip
right("gate", "q", "2*(m-t)*(1-g)", implicit="2(m − t)(1 − g)")

# Cross-entropy

right("binary_cross_entropy", "w1", "(p-y)*x1",
      implicit="(p-y)x1", subscript=["(p − y)·x₁", "(p-y)x_1"], function="(σ(z) - y)x1",
      expanded="-(y/p - (1-y)/(1-p)) p(1-p) x1")  # fmt: skip
right("binary_cross_entropy", "p", "-y/p+(1-y)/(1-p)",
      signs=["-y/p + (1-y)/(1-p)", "−(y/p − (1−y)/(1−p))"], factored="(p-y)/(p(1-p))",
      latex=[r"-\frac{y}{p} + \frac{1-y}{1-p}", r"\frac{p-y}{p(1-p)}"])  # fmt: skip
right("binary_cross_entropy", "z", "p-y", python="p - y", function="σ(z) − y",
      exponential="1/(1+e^-z) - y")  # fmt: skip
right(
    "binary_cross_entropy",
    "L",
    "-(y*log(p)+(1-y)*log(1-p))",
    of="value",
    function=[
        "-y ln p - (1-y) ln(1-p)",
        "-[y log(p) + (1-y) log(1-p)]",
        "−y·ln(p) − (1 − y)·ln(1 − p)",
    ],
    latex=r"-\left(y \ln p + (1-y) \ln (1-p)\right)",
)
right("bce_soft", "w", "(a-t)*x", implicit="(a-t)x", equation="∂L/∂w = (a − t)·x")
right("bce_soft", "a", "(a-t)/(a*(1-a))", factored="(a-t)/(a(1-a))", signs="-t/a + (1-t)/(1-a)")
right("with_logits", "w", "(sigmoid(z)-t)*x", implicit="(σ(z)-t)x",
      exponential=["(1/(1+e^(-z)) - t)x", "x·e^z/(1+e^z) - tx"])  # fmt: skip
right("softmax_one_hot", "z1", "p1-t1", is_local=True,
      condition=["p1 - t1", "p₁ − t₁", "p_1-t_1"])  # fmt: skip
right("softmax_one_hot", "z2", "p2*(t1+t2+t3)-t2", python="p2*(t1 + t2 + t3) - t2")
right("softmax_one_hot", "p2", "-t2/p2", signs="-t2/p2", subscript="−t₂/p₂",
      latex=r"-\frac{t_2}{p_2}")  # fmt: skip
right("softmax_one_hot", "p1", "exp(z1)/(exp(z1)+exp(z2)+exp(z3))", of="value",
      exponential=["e^z1/(e^z1 + e^z2 + e^z3)", "exp(z1)/(exp(z1)+exp(z2)+exp(z3))"],
      latex=r"\frac{e^{z_1}}{e^{z_1}+e^{z_2}+e^{z_3}}", implicit="e^z_1/S")  # fmt: skip
right("softmax_soft", "z3", "p3-t3", is_local=True, condition=["p3-t3", "p₃ − t₃"])
right(
    "softmax_layer", "w21", "(p2-t2)*x1", is_local=True, condition=["(p2-t2)x1", "(p_2 − t_2)·x_1"]
)
right(
    "log_softmax",
    "z1",
    "exp(z1)/(exp(z1)+exp(z2)+exp(z3))",
    exponential=["e^z1/(e^z1+e^z2+e^z3)", "exp(z1 - z2)/(exp(z1-z2) + 1 + exp(z3-z2))"],
)
right("log_softmax", "z2", "exp(z2)/(exp(z1)+exp(z2)+exp(z3))-1",
      exponential="e^z2/(e^z1+e^z2+e^z3) - 1",
      latex=r"\frac{e^{z_2}}{e^{z_1}+e^{z_2}+e^{z_3}} - 1")  # fmt: skip

# Other losses

right("hinge", "w1", "-y*x1*(1-y*s>0)", indicator=["-y x1 (1 - y s > 0)", "−y·x1·[y·s < 1]"])
right("hinge", "w2", "-y*x2", is_local=True, condition=["-y x2", "-y*x_2"])
right("hinge", "b", "-y", is_local=True, condition="-y")
right("absolute_error", "w", "sign(y-t)*x",
      school=["sgn(y-t)x", "sign(y − t)·x", "x·(y-t)/|y-t|"])  # fmt: skip
right("absolute_error", "b", "-1+0*b", is_local=True, condition="-1")
right("absolute_error", "L", "abs(y-t)", of="value", school=["|y - t|", "|wx + b − t|"],
      function="abs(y-t)", latex=r"\left|y - t\right|")  # fmt: skip
right("ridge", "w", "(y-t)*x+λ*w",
      greek=["(y-t)x + λw", "(y − t)·x + λ·w"], latex=r"(y-t)x + \lambda w")  # fmt: skip
right("ridge", "w", "w-η*((y-t)*x+λ*w)", of="new value",
      greek=["w - η((y-t)x + λw)", "(1 − ηλ)w − η(y − t)x"])  # fmt: skip
right(
    "lasso",
    "w2",
    "(y-t)*x2+lam*sign(w2)",
    school=["(y-t)x2 + lam sgn(w2)", "(y-t)*x2 + lam*w2/|w2|"],
    greek="(y−t)x₂ + lam·sign(w₂)",
)
right("lasso", "w2", "(y-t)*x2-lam", is_local=True, condition="(y-t)x2 - lam")

# Batches

right("mean_square", "w", "2/3*((y1-t1)*x1+(y2-t2)*x2+(y3-t3)*x3)",
      python="2/3*((y1-t1)*x1 + (y2-t2)*x2 + (y3-t3)*x3)",
      implicit="2/3[(y1-t1)x1 + (y2-t2)x2 + (y3-t3)x3]",
      mean=["mean(2(y1-t1)x1, 2(y2-t2)x2, 2(y3-t3)x3)", "2·mean((y1−t1)x1, (y2−t2)x2, (y3−t3)x3)"],
      latex=r"\frac{2}{3}\left[(y_1-t_1)x_1 + (y_2-t_2)x_2 + (y_3-t_3)x_3\right]")  # fmt: skip
right("mean_square", "b", "2/3*(y1-t1+y2-t2+y3-t3)",
      implicit="2(y1 - t1 + y2 - t2 + y3 - t3)/3",
      subscript="(2/3)((y₁−t₁)+(y₂−t₂)+(y₃−t₃))")  # fmt: skip
right("half_mean", "θ1", "((h1-y1)*x1+(h2-y2)*x2)/2",
      school=["½((h1-y1)x1 + (h2-y2)x2)", "1/2 [(h1 − y1)x1 + (h2 − y2)x2]"],
      subscript="((h_1-y_1)x_1+(h_2-y_2)x_2)/2",
      latex=r"\frac{1}{2}\left((h_1-y_1)x_1+(h_2-y_2)x_2\right)")  # fmt: skip
right(
    "half_mean",
    "θ0",
    "θ0-η*((h1-y1)+(h2-y2))/2",
    of="new value",
    greek=["θ0 − η·½·((h1 − y1) + (h2 − y2))", "θ_0 - η((h1-y1)+(h2-y2))/2", "θ₀ − η ∂J/∂θ₀"],
)
right("half_mean", "h1", "θ0+θ1*x1", of="value", greek=["θ0 + θ1x1", "θ₀ + θ₁x₁"],
      latex=r"\theta_0 + \theta_1 x_1")  # fmt: skip
right("logistic_batch", "w", "((p1-y1)*x1+(p2-y2)*x2+(p3-y3)*x3)/3",
      implicit="((p1-y1)x1+(p2-y2)x2+(p3-y3)x3)/3", mean="mean((p1-y1)x1, (p2-y2)x2, (p3-y3)x3)",
      subscript="⅓[(p₁−y₁)x₁ + (p₂−y₂)x₂ + (p₃−y₃)x₃]")  # fmt: skip
right("logistic_batch", "b", "(p1-y1+p2-y2+p3-y3)/3", latex=r"\frac{1}{3}(p_1-y_1+p_2-y_2+p_3-y_3)")
right(
    "polynomial",
    "c2",
    "2*(f1-y1)*x1**2+2*(f2-y2)*x2**2",
    implicit="2(f1-y1)x1² + 2(f2-y2)x2²",
    powers="2(f1-y1)x1^2 + 2(f2-y2)x2^2",
    latex=r"2(f_1-y_1)x_1^2 + 2(f_2-y_2)x_2^2",
    subscript="2(f₁−y₁)x₁² + 2(f₂−y₂)x₂²",
)
right("polynomial", "x1", "2*(f1-y1)*(c1+2*c2*x1)", implicit="2(f1-y1)(c1 + 2c2x1)")

# Shared weights, and time

right("shared", "w", "(y-t)*(h+w*x)",
      implicit=["(y-t)(h + wx)", "(y-t)h + (y-t)wx", "2(y-t)wx"], leibniz="∂E/∂y·h + ∂E/∂h·x",
      chain="(y-t)(h+wx) = -1.312*2.72 = -3.569")  # fmt: skip
right("shared", "x", "(y-t)*w**2", implicit="(y-t)w²", powers="(y-t)w^2")
right("recurrent", "u", "d('s3')*h2+d('s2')*h1+d('s1')*h0",
      leibniz=["∂E/∂s3·h2 + ∂E/∂s2·h1 + ∂E/∂s1·h0"], delta="δ_s3 h2 + δ_s2 h1 + δ_s1 h0",
      subscript="δ_{s3}h_2 + δ_{s2}h_1 + δ_{s1}h_0")  # fmt: skip
right("recurrent", "w",
      "(h3-t)*(1-h3**2)*(x3+u*(1-h2**2)*(x2+u*(1-h1**2)*x1))",
      brackets="(h3 − t)(1 − h3²)[x3 + u(1 − h2²)[x2 + u(1 − h1²)x1]]",
      implicit="(h3-t)(1-h3²)(x3 + u(1-h2²)(x2 + u(1-h1²)x1))")  # fmt: skip
right("recurrent", "h1", "d('h2')*(1-h2**2)*u", leibniz="∂E/∂h2 · (1 − h2²) · u",
      primes="dE/dh2 * tanh'(s2) * u")  # fmt: skip
right("recurrent_each", "v", "(o1-t1)*h1+(o2-t2)*h2+(o3-t3)*h3",
      implicit="(o1-t1)h1 + (o2-t2)h2 + (o3-t3)h3",
      subscript="(o₁−t₁)h₁ + (o₂−t₂)h₂ + (o₃−t₃)h₃")  # fmt: skip
right("recurrent_each", "h2", "(o2-t2)*v+d('h3')*(1-h3**2)*u",
      leibniz="(o2 − t2)v + ∂E/∂h3·(1 − h3²)·u")  # fmt: skip
right(
    "linear_recurrent",
    "u",
    "(h3-t)*(h2+u*h1)",
    implicit=["(h3-t)(h2 + u h1)", "(h3 − t)(h2 + u·h1)"],
)
right("linear_recurrent", "w", "(h3-t)*(x3+u*x2+u**2*x1)",
      implicit="(h3-t)(x3 + ux2 + u²x1)", powers="(h3-t)(x3 + u x2 + u^2 x1)")  # fmt: skip

# School calculus

right(
    "product_rule",
    "x",
    "2*x*sin(x)+x**2*cos(x)",
    implicit=["2x sin(x) + x² cos(x)", "2x sin x + x^2 cos x", "x(2sin(x) + x cos(x))"],
    leibniz=["du/dx · v + u · dv/dx"],
    latex=r"2x\sin x + x^2\cos x",
    powers="2*x*sin(x)+x**2*cos(x)",
)
right("quotient_rule", "x", "(3*v-u*2*x)/v**2",
      implicit=["(3v - 2xu)/v²", "(3(x²+2) - (3x+1)2x)/(x²+2)²"],
      latex=[r"\frac{3v - 2xu}{v^2}", r"\frac{3(x^2+2) - 2x(3x+1)}{(x^2+2)^2}"],
      equation="dy/dx = (3v − 2xu)/v^2")  # fmt: skip
right("quotient_rule", "v", "-u/v**2", signs="-u/v²", powers="-u/v^2", latex=r"-\frac{u}{v^2}",
      exponents="-u v^-2")  # fmt: skip
right("chain_rule", "x", "4*u**3*6*x",
      implicit=["4u³·6x", "24x u³", "24x(3x²+1)³"], leibniz="dy/du · 6x", powers="4u^3*6x",
      latex=r"4u^3 \cdot 6x")  # fmt: skip
right("power_rule", "x", "15*x**2-4*x+7",
      implicit=["15x² - 4x + 7", "15x^2-4x+7"], equation="f'(x) = 15x² − 4x + 7",
      latex="15x^{2} - 4x + 7")  # fmt: skip
right(
    "exponential",
    "x",
    "exp(-x**2)*(1-2*x**2)",
    exponential=[
        "e^(-x²)(1 - 2x²)",
        "e^(-x^2) - 2x^2 e^(-x^2)",
        "e^u − 2x²e^u",
        "exp(u)*(1-2*x**2)",
    ],
    latex=[r"e^{-x^2}(1-2x^2)", r"e^{u} - 2x^{2} e^{u}"],
)
right("logarithm", "x", "2*x/(x**2+1)", implicit=["2x/(x²+1)", "2x/u"], latex=r"\frac{2x}{x^2+1}",
      leibniz="dy/du * 2x", exponents="2x·u^(-1)")  # fmt: skip
right("logarithm", "y", "log(x**2+1)", of="value", function=["ln(x²+1)", "ln u", "log(1 + x^2)"],
      latex=r"\ln(x^2+1)")  # fmt: skip
right(
    "root",
    "x",
    "x/sqrt(1+x**2)",
    school=["x/√(1+x²)", "x/√u", "x/sqrt(1+x^2)", "½·u^(-1/2)·2x"],
    implicit="x/y",
    latex=[r"\frac{x}{\sqrt{1+x^2}}", r"\frac{1}{2\sqrt{u}} \cdot 2x"],
    exponents="x(1+x²)^(-½)",
)
right("largest", "a", "b*(a*b>c)+sign(a-2*b)*c", indicator="b·(ab > c) + sgn(a − 2b)·c",
      school="b(p>c) + c sgn(a-2b)")  # fmt: skip
right("largest", "a", "b-c", is_local=True, condition="b - c")
right("gates", "x", "z+0*x", python="z", chain=["∂f/∂x = z = -4", "∂f/∂q · 1 = z = −4"],
      leibniz="df/dq · dq/dx")  # fmt: skip
right("gates", "z", "q", implicit="x + y", chain="x + y = -2 + 5 = 3")
right("cs231n_neuron", "w0", "f*(1-f)*x0", implicit="f(1-f)x0", subscript="(1−f)·f·x₀",
      function="(1-σ(s))σ(s)x0")  # fmt: skip
right("forks", "x", "(a+b)*y+2*a*x", implicit=["(a+b)y + 2ax", "by + a(y + 2x)"])
right("forks", "y", "(a+b)*x+1", implicit=["(a+b)x + 1", "bx + ax + 1"])

# Others

right("attention", "s1", "(o-t)*a1*(v1-o)", implicit="(o-t)a1(v1-o)", subscript="(o−t)·a₁·(v₁−o)",
      factored="(o-t)a1 a2 (v1-v2)")  # fmt: skip
right("attention", "v2", "(o-t)*a2", implicit="(o-t)a2")
right("attention", "q", "(o-t)*a1*a2*(v1-v2)*(k1-k2)",
      implicit="(o-t)a1a2(v1-v2)(k1-k2)", leibniz="∂E/∂s1·k1 + ∂E/∂s2·k2")  # fmt: skip
right("unlabelled", "v", "2*(v*sigmoid(w*x+b)-t)*sigmoid(w*x+b)", function="2(vσ(wx+b) - t)σ(wx+b)")
right("unlabelled", "b", "2*(v*sigmoid(w*x+b)-t)*v*sigmoid(w*x+b)*(1-sigmoid(w*x+b))",
      function="2(vσ(wx+b) − t)vσ(wx+b)(1 − σ(wx+b))", primes="2(vσ(wx+b)-t)vσ'(wx+b)")  # fmt: skip
right("subscripts", "w_{11}", "(ŷ-t)*ŷ*(1-ŷ)*x1",
      subscript=["(ŷ-t)ŷ(1-ŷ)x₁", "(ŷ − t)·ŷ·(1 − ŷ)·x_1", "(ŷ-t)*ŷ*(1-ŷ)*x1"],
      latex=r"(\hat{y} - t)\hat{y}(1-\hat{y})x_1")  # fmt: skip
right("subscripts", "β", "(ŷ-t)*ŷ*(1-ŷ)", subscript="(ŷ-t)·σ'(z_1)", delta="δ_z1")
right("subscripts", "z₁", "w_11*x1+w_12*x2+β", of="value",
      subscript=["w₁₁x₁ + w₁₂x₂ + β", "w11x1 + w12x2 + β", "w_{11}x_1 + w_{12}x_2 + β"],
      latex=r"w_{11} x_{1} + w_{12} x_{2} + \beta")  # fmt: skip
right(
    "greek",
    "α",
    "2*(y-t)*β*(1-μ**2)*x",
    greek=["2(y-t)β(1-μ²)x", "2(y − t)·β·(1 − μ²)·x", "∂ℓ/∂μ·(1−μ²)·x"],
    latex=[r"2(y-t)\beta(1-\mu^2)x", r"\frac{\partial \ell}{\partial \mu}(1-\mu^2) x"],
)
right("greek", "β", "2*(y-t)*μ", greek=["2(y-t)μ", "2μ(y−t)"])

# New values of results in the second forward pass

right("sigmoid_neuron", "z", "new('w')*x+new('b')", of="new value", trained=("w", "b"),
      implicit="wx + b", signs="w·x + b")  # fmt: skip
right("t1", "h1", "new('w1')*i1+new('w3')*i2", of="new value",
      trained=("w1", "w2", "w3", "w4", "w5", "w6"), implicit="w1i1 + w3i2")  # fmt: skip
right(
    "t4",
    "net_h1",
    "new('w1')*i1+new('w2')*i2+b1",
    of="new value",
    trained=("w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8"),
    signs="w1·i1 + w2·i2 + b1",
)
