"""Names that other packages use for what is here: whoever types one is told what to write.

A PyTorch user writes `SGD(parameters, lr=0.1)`. Python's own answer, "unexpected keyword
argument", does not say that the name here is `learning_rate`. The decorator `answers_slips` does,
after Python has refused the call. `Elsewhere` does so for attributes, and `_ImportsElsewhere` for
modules such as `autograd.numpy`. Each name is a line in a table.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Never, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# The names here, and what PyTorch, JAX, NumPy, SciPy, scikit-learn, Keras, HIPS autograd and
# Graphviz call them. A name there may stand for several here: then the function decides which.
NAMES = {
    "activation": "act act_fn activation_fn activation_function nonlin nonlinear nonlinearity",
    "activations": "activation hidden_activation",
    "alpha": "a negative_slope rho slope",
    "argnums": "arg argnum argnames argument arguments dims position positions wrt",
    "atol": "absolute_tolerance abs_tol abstol tol tolerance",
    "axes": "ax axis",
    "backend": "device target",
    "batch_size": "batch batchsize bs minibatch minibatch_size",
    "betas": "b1 b2 beta beta1 beta2 beta_1 beta_2",
    "bias": "fit_intercept intercept use_bias with_bias",
    "callback": "callbacks hook on_epoch on_epoch_end",
    "claims": "answers derivation expected gradients guesses",
    "color_gradients": "color colors colour colour_gradients shade",
    "compiled": "compile jit jit_compile",
    "condition": "cond mask",
    "count": "n n_samples num num_samples samples size",
    "create_graph": "higher_order keep_graph",
    "data": "value x",
    "ddof": "correction",
    "depth": "level levels max_depth",
    "digits": "decimals ndigits places precision",
    "direction": "layout orient orientation rankdir",
    "epochs": "iterations max_epochs max_iter maxiter n_epochs n_iter niter num_epochs num_iters"
    " num_steps steps",
    "epsilon": "e eps",
    "error": "E cost loss output value",
    "fold": "collapse collapsed expand expand_nested folded roll",
    "function": "f fn fun func model objective",
    "gradient": "grad grad_output grad_outputs grad_tensors",
    "gradients": "grads show_gradients with_gradients",
    "high": "a_max max maximum upper",
    "highlight": "highlighted mark",
    "index": "condition i idx key",
    "init": "initialization initializer kernel_init kernel_initializer weight_init weights_init",
    "inputs": "X args data features input train_x x xs",
    "items": "a array iterable values x xs",
    "label": "_label name title",
    "labels": "label targets y ys",
    "learning_rate": "alpha eta learning_rate_init lr rate step_size stepsize",
    "limit": "max_nodes maximum nodes",
    "logarithmic": "log log_scale logscale logy semilogy",
    "loss": "cost criterion error loss_fn loss_function objective",
    "low": "a_min lower min minimum",
    "model": "module network net root",
    "momentum": "beta gamma mass mu",
    "nin": "in_channels in_features input_dim input_features input_size inputs n_in nb_in size",
    "noise": "sigma std",
    "nonlin": "nonlinear",
    "nout": "n_out neurons nouts out_channels out_features output_dim output_size outputs units",
    "nouts": "dims hidden hidden_dims hidden_layer_sizes hidden_sizes layer_sizes layers nout"
    " outputs sizes",
    "of": "by kind mode wrt",
    "optimizer": "opt optim optimiser",
    "order": "derivative_order n",
    "output": "outputs y",
    "output_activation": "final_activation last_activation out_activation",
    "parameters": "parameter params params_list theta trainable_weights variables vars weights",
    "path": "file filename fname out output",
    "points": "X n_points num_points samples trials",
    "predictions": "input logits output outputs preds y_hat y_pred yhat",
    "primals": "args arguments inputs point x",
    "progress": "disp progress_bar show_progress verbose",
    "rate": "drop_prob dropout p prob probability",
    "rng": "generator key prng random random_seed random_state seed",
    "rtol": "rel_tol relative_tolerance reltol tol tolerance",
    "seed": "generator key random_seed random_state rng",
    "slope": "alpha negative_slope",
    "start": "b bias init initial initializer",
    "tangents": "direction directions tangent v vector",
    "target": "label targets y y_true",
    "targets": "Y labels target train_y y y_true ys",
    "threads": "n_jobs n_threads num_threads workers",
    "threshold": "cutoff level",
    "until": "ftol loss_below target_loss threshold tol tolerance",
    "validation": "validation_data validation_set val val_data",
    "weight_decay": "alpha decay l2 lambda_ reg regularization wd",
    "xs": "a weights x",
    "ys": "b inputs y",
}

# How to write an argument that takes something else than its counterpart elsewhere.
WRITTEN = {
    "activation": 'activation="tanh"',
    "betas": "betas=(beta1, beta2)",
    "nouts": "nouts=[16, 16, 1]",
    "rng": "rng=random.Random(seed)",
    "rule": "@primitive, without parentheses, above the rule",
    "validation": "validation=(inputs, targets)",
}

# What does not exist here: nowhere, or not in the function named before the dot.
_CALLBACK = "write a callback, which is called after each epoch and may stop the training"
_OPTIMIZER = "an optimizer of your own is a subclass"
ABSENT = {
    "amsgrad": _OPTIMIZER,
    "MLP.dropout": "nn.dropout(xs, rate) stands in a model of your own, between its layers",
    "axis": "rows are gone through by a loop, as in [sum(row) for row in rows]",
    "create_graph": "gradients(y, x, create_graph=True) gives derivatives that are Values",
    "device": "numbers are Python's or arrays that are given, so leave it out",
    "dim": "rows are gone through by a loop, as in [sum(row) for row in rows]",
    "draw.format": 'draw(value).render("name", format="png") writes it',
    "dtype": "numbers keep the type in which they are given, so leave it out",
    "fit.class_weight": "the loss may weigh a class, as autograd.select(target, weights) * loss",
    "fit.early_stopping": _CALLBACK,
    "fit.learning_rate": "it is an option of the optimizer, nn.SGD(parameters, learning_rate=0.1)",
    "fit.lr": "it is an option of the optimizer, nn.SGD(parameters, learning_rate=0.1)",
    "fit.metrics": _CALLBACK,
    "fit.patience": _CALLBACK,
    "fit.sample_weight": "targets=list(zip(targets, weights, strict=True)) gives the loss both",
    "fit.scheduler": _CALLBACK,
    "holomorphic": "of a complex result it is the complex derivative, so leave it out",
    "keepdim": "the result is one number, so leave it out",
    "keepdims": "the result is one number, so leave it out",
    "log.base": "write log(x) / log(base)",
    "nesterov": _OPTIMIZER,
    "raise_exception": "the report is true or false, and report.raise_if_failed() raises",
    "requires_grad": "every Value has a gradient, so leave it out; x.detach() cuts the graph",
    "select.default": "every index has an item, so put it among the items",
    "set_to_none": "gradients become 0, so leave it out",
    "retain_graph": "a graph is kept as long as its Values are, so leave it out",
    "shuffle": "an order is drawn by rng=random.Random(seed)",
    "strict": "arguments are always checked, so leave it out",
} | dict.fromkeys(
    ("gradcheck.delta", "gradcheck.eps", "gradcheck.epsilon", "gradcheck.h", "gradcheck.step"),
    "the steps of the differences are chosen anew for each input, so leave it out",
)

# What other packages call an attribute of a number or a tensor, and what to write instead.
ATTRIBUTES = {
    "_inputs": "x.parents",
    "_parents": "x.parents",
    "children": "x.parents",
    "clone": "+x, which passes its gradient on, or x.detach()",
    "copy_": "x.data = number",
    "cpu": "x.data for the number",
    "derivative": "x.grad",
    "fill_": "x.data = number",
    "grad_fn": "x.rule",
    "gradient": "x.grad",
    "inputs": "x.parents",
    "local_grads": "x.partials",
    "name": "x.label",
    "numpy": "x.data for the number",
    "operands": "x.parents",
    "operation": "x.op",
    "prev": "x.parents",
    "register_hook": "x.grad after backward()",
    "requires_grad_": "x.detach() for a Value through which no gradient goes on",
    "to": "x.data for the number",
    "val": "x.data",
    "value": "x.data",
    "zero_": "x.data = 0.0",
} | dict.fromkeys(
    # What optimizers elsewhere store on a parameter.
    (
        *("adam_m", "adam_v", "cache", "exp_avg", "exp_avg_sq", "m", "mom", "momentum"),
        *("momentum_buffer", "s", "square_avg", "state", "v", "vel", "velocity"),
    ),
    "state[p] with a dict by the parameter, or make p of a subclass, which takes attributes: "
    "`class Parameter(Value): pass`",
)


# What other packages call a method or an attribute of a model, and what to write instead.
_FIT = "nn.fit(model, inputs, targets, loss=..., optimizer=...)"
_PREDICT = "nn.predict(model, inputs), and compare"
_MODE = "nothing: models draw random numbers, as for dropout, in nn.fit() alone"
_KIND = "nothing: numbers are Python's"
MODULES = {
    "add_module": "model.name = module",
    "backward": "loss.backward()",
    "bias": "model.parameters()",
    "children": "vars(model)",
    "coef_": "model.parameters()",
    "compile": f"autograd.compile(model, parameters=model.parameters()), or {_FIT}",
    "cpu": _KIND,
    "double": _KIND,
    "eval": _MODE,
    "evaluate": _PREDICT,
    "fit": _FIT,
    "float": _KIND,
    "forward": "model(x)",
    "get_weights": "model.state_dict()",
    "load": "model.load_state_dict(json.load(file))",
    "load_weights": "model.load_state_dict(json.load(file))",
    "modules": "vars(model)",
    "named_modules": "vars(model)",
    "partial_fit": f"{_FIT} with epochs=1",
    "predict": "nn.predict(model, inputs)",
    "predict_proba": "nn.predict(model, inputs)",
    "register_buffer": "model._name = number: what begins with an underscore is not trained",
    "register_parameter": "model.name = Value(number)",
    "requires_grad_": "an optimizer of the parameters that are to be changed",
    "save": "json.dump(model.state_dict(), file)",
    "save_weights": "json.dump(model.state_dict(), file)",
    "score": _PREDICT,
    "set_weights": "model.load_state_dict(state)",
    "summary": "print(model)",
    "to": _KIND,
    "train": _MODE,
    "trainable_weights": "model.parameters()",
    "weights": "model.parameters()",
}


class Absent:
    """A name that objects of a class do not have: reading it raises, and says what to write.

    `__getattr__` would be asked for missing names only, but would slow down all attributes. If the
    name is set on an object or defined in a subclass, it is an ordinary attribute there.
    """

    def __init__(self, name: str, advice: str):
        self.name = name
        self.advice = advice
        self.__doc__ = f"None of its names{advice}"

    def __get__(self, thing: Any, owner: type) -> Any:
        raise AttributeError(f"{self._refusal(owner)}{self.advice}")

    def _refusal(self, owner: type) -> str:
        return f"{owner.__name__!r} object has no attribute {self.name!r}"


class Elsewhere(Absent):
    """A name that a Value does not have: setting it raises too, and says what to write.

    A subclass takes attributes, so there it is an ordinary one.
    """

    def __get__(self, node: Any, owner: type) -> Any:
        if node is not None and owner.__dictoffset__:
            if self.name in vars(node):
                return vars(node)[self.name]
            raise AttributeError(self._refusal(owner))
        raise AttributeError(f"{self._refusal(owner)}{self.advice}")

    def __set__(self, node: Any, setting: Any) -> None:
        if not type(node).__dictoffset__:
            raise AttributeError(f"{self._refusal(type(node))}{self.advice}")
        vars(node)[self.name] = setting


# What HIPS autograd, micrograd, PyTorch and JAX have in a module, and what to write instead.
_VALUE = "`from autograd import Value`"
_LANES = "`from autograd import grad`: the elements of an array are lanes, each with its derivative"
_TIMES = "`jvp(grad(f), (x,), (v,))[1]`"
_VJP = "`from autograd import vjp`: `vjp(f, x)` returns f(x) and a function of the cotangents"
_OPTIMIZERS = "`import nn`, for nn.SGD and nn.Adam"
IMPORTS = {
    "autograd.Function": "`from autograd import primitive`, which makes a function of a rule",
    "autograd.Tensor": _VALUE,
    "autograd.Variable": _VALUE,
    "autograd.check_grads": "`from autograd import gradcheck`",
    "autograd.deriv": "`from autograd import grad`",
    "autograd.differential_operators": "`from autograd import grad, jacobian, hessian, jvp`",
    "autograd.draw_dot": "`from autograd import draw`",
    "autograd.egrad": _LANES,
    "autograd.elementwise_grad": _LANES,
    "autograd.enable_grad": "nothing: a graph is recorded, except within no_grad()",
    "autograd.engine": _VALUE,
    "autograd.extend": "`from autograd import primitive`, which decorates a rule: a function that "
    "returns the result and the derivatives, as `return x**3, (3 * x**2,)`",
    "autograd.functional": "`from autograd import grad, jacobian, hessian, jvp`",
    "autograd.grad_and_aux": "`grad(f, has_aux=True)`",
    "autograd.hessian_tensor_product": _TIMES,
    "autograd.hessian_vector_product": _TIMES,
    "autograd.holomorphic_grad": "`from autograd import grad`: of a complex result it is complex",
    "autograd.inference_mode": "`from autograd import no_grad`",
    "autograd.jacfwd": "`from autograd import jacobian`",
    "autograd.jacrev": "`from autograd import jacobian`",
    "autograd.jit": "`from autograd import compile`",
    "autograd.make_hvp": _TIMES,
    "autograd.make_jvp": "`jvp(f, (x,), (v,))`",
    "autograd.make_vjp": _VJP,
    "autograd.misc": f"{_OPTIMIZERS}, or scipy.optimize.minimize(value_and_grad(f), x, jac=True)",
    "autograd.multigrad": "`grad(f, argnums=(0, 1))`",
    "autograd.multigrad_dict": "`from autograd import grad`, which takes dicts of numbers",
    "autograd.nn": "`import nn`",
    "autograd.numpy": "`import numpy as np`: its functions take Values, and arrays of them",
    "autograd.optim": _OPTIMIZERS,
    "autograd.scipy": "`from autograd import erf`, or another of its functions, and for one that "
    "it does not have decorate a rule with `primitive`",
    "autograd.set_detect_anomaly": "`from autograd import detect_anomaly`",
    "autograd.set_grad_enabled": "`from autograd import no_grad`",
    "autograd.tensor": _VALUE,
    "autograd.test_util": "`from autograd import gradcheck`: `gradcheck(f, x).raise_if_failed()`",
    "autograd.trace": "`from autograd import draw`, or go through x.parents",
    "autograd.vector_jacobian_product": _VJP,
    "autograd.vmap": "the function itself, of arrays: their elements are lanes",
    "nn.BCE": "nn.binary_cross_entropy",
    "nn.BCELoss": "nn.binary_cross_entropy",
    "nn.BCEWithLogitsLoss": "nn.binary_cross_entropy_with_logits",
    "nn.CrossEntropyLoss": "nn.softmax_cross_entropy",
    "nn.Dropout": "nn.dropout",
    "nn.Linear": "nn.Layer(nin, nout, activation=None)",
    "nn.MSELoss": "nn.mean_squared_error",
    "nn.Dense": "nn.Layer(nin, nout)",
    "nn.L1Loss": "a loss of your own: lambda y, target: abs(y - target)",
    "nn.ModuleList": "a list in an attribute of the nn.Module",
    "nn.Parameter": "autograd.Value(number) in an attribute of an nn.Module",
    "nn.ParameterList": "a list of Values in an attribute of an nn.Module",
    "nn.ReLU": 'activation="relu" of a layer, or x.relu()',
    "nn.Sequential": "nn.MLP(nin, [nout, ...]), or an nn.Module with a list of layers",
    "nn.Sigmoid": 'activation="sigmoid" of a layer, or x.sigmoid()',
    "nn.Tanh": 'activation="tanh" of a layer, or x.tanh()',
    "nn.cross_entropy": "nn.softmax_cross_entropy",
    "nn.functional": "the functions of autograd, such as autograd.relu, and the losses of nn",
    "nn.init": 'init="xavier_uniform" of a layer',
    "nn.mse": "nn.mean_squared_error",
    "nn.mse_loss": "nn.mean_squared_error",
    "nn.optim": "nn.SGD and nn.Adam",
    "nn.utils": "a subclass of an optimizer, whose step() clips the gradients",
} | dict.fromkeys(
    ("nn.Adadelta", "nn.Adagrad", "nn.Adamax", "nn.Lion", "nn.NAdam", "nn.Nadam", "nn.Rprop"),
    "an optimizer of your own, a subclass of nn.Optimizer with one method",
)


def refused_import(module: str, name: str) -> str:
    """What to write instead of a name that a module does not have."""
    words = f"module {module!r} has no attribute {name!r}"
    instead = _imported_instead(f"{module}.{name}")
    return f"{words}: write {instead}" if instead else words


def _imported_instead(path: str) -> str:
    """What a missing name such as "nn.mlp" may stand for; "" if nothing resembles it."""
    package, _, name = path.rpartition(".")
    if path in IMPORTS or package not in ("autograd", "nn") or name.startswith("_"):
        return IMPORTS.get(path, "")
    # nn.relu and autograd.fit
    other = "nn" if package == "autograd" else "autograd"
    if name in dir(sys.modules.get(other)):
        return f"{other}.{name}"
    from difflib import get_close_matches  # Here, so that `import autograd` stays quick.

    alike = {public.lower(): public for public in dir(sys.modules[package])}
    return "".join(
        f"{package}.{alike[close]}" for close in get_close_matches(name.lower(), alike, 1, 0.8)
    )


class _ImportsElsewhere:
    """An importer that Python asks last, for modules that no other finds.

    With it `import autograd.numpy` and `from autograd import elementwise_grad` say what to write.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if instead := _imported_instead(name):
            raise ImportError(f"there is no {name} here: write {instead}", name=name)


sys.meta_path.append(_ImportsElsewhere)


def answers_slips(function: Callable[P, R]) -> Callable[P, R]:
    """Makes a function, or the `__init__` of a class, say how to call it; a decorator.

    If Python refuses a call because of its arguments, the TypeError says what to write instead.

    >>> @answers_slips
    ... def descend(learning_rate=0.1): ...
    >>> descend(lr=0.5)
    Traceback (most recent call last):
    TypeError: descend() takes no 'lr': write learning_rate=0.5. The call is
    descend(learning_rate=0.1)
    """

    @functools.wraps(function)
    def answering(*args: P.args, **keywords: P.kwargs) -> R:
        try:
            return function(*args, **keywords)
        except TypeError as error:
            # If the function has a frame in the traceback, the error is not about the call.
            if error.__traceback__ and error.__traceback__.tb_next:
                raise
            name = function.__name__
            if name == "__init__":
                name = type(args[0]).__name__
            elif name == "__call__":
                name = "model"
            answer = TypeError(
                refusal(name, function, keywords) or with_call(error, name, function)
            )
        # Here, since raised above it would show Python's own message as well.
        raise answer

    return answering


def refusal(name: str, function: Callable[..., object], keywords: Mapping[str, object]) -> str:
    """What is wrong with the keywords of a call, and what to write; "" if they are right."""
    taken = _parameters(function)
    return next(
        (
            f"{name}() takes no {keyword!r}: {_instead(name, keyword, given, taken)}. "
            f"The call is {_call(name, function)}"
            for keyword, given in keywords.items()
            if keyword not in taken
        ),
        "",
    )


def _instead(function: str, keyword: str, given: object, taken: Iterable[str]) -> str:
    """What to write instead of a keyword of a function."""
    from difflib import get_close_matches  # Here, so that `import autograd` stays quick.

    name = meant(keyword, taken)
    absent = ABSENT.get(f"{function}.{keyword}") or ABSENT.get(keyword)
    if absent and not name:
        return absent
    alike = {name.lower(): name for name in taken}
    for close in get_close_matches(keyword.lower(), alike, 1):
        name = name or alike[close]
    if not name:
        return "leave it out"
    shown = f"{name}={given!r}"
    return f"write {WRITTEN.get(name) or (shown if len(shown) < 60 else f'{name}=...')}"


def meant(other: str, names: Iterable[str]) -> str:
    """Which of these names another package's name stands for; "" for none."""
    return next((name for name in names if other in NAMES.get(name, "").split()), "")


def with_call(error: TypeError, name: str, function: Callable[..., object]) -> str:
    """Python's message about a call that it refused, and how to call the function."""
    import re  # Here, so that `import autograd` stays quick.
    from inspect import signature

    words = str(error).replace(f"{getattr(function, '__qualname__', name)}()", f"{name}()")
    parameters = signature(function).parameters
    has_too_many = words.endswith(" given")
    if has_too_many and "self" in parameters:
        # Python counts `self` too, which the caller does not think of.
        words = re.sub(r"\d+", lambda count: str(int(count[0]) - 1), words)
        words = words.replace("takes 1 positional arguments", "takes 1 positional argument")
        words = words.replace(" 0 positional argument ", " 0 positional arguments ")
        words = words.replace("but 1 were", "but 1 was")
    call = f"{words}. The call is {_call(name, function)}"
    if name == "model":
        return f"{call}: a point is one list of numbers, as in model([1.0, 2.0])"
    if has_too_many and any(p.kind is p.KEYWORD_ONLY for p in parameters.values()):
        return f"{call}: what stands after the * is given by its name"
    # Missing arguments stand in quotes.
    forms = [WRITTEN[missing] for missing in re.findall(r"'(\w+)'", words) if missing in WRITTEN]
    return f"{call}: write {', '.join(forms)}" if forms else call


def _parameters(function: Callable[..., object]) -> list[str]:
    from inspect import signature  # It takes longer to import than the whole engine.

    return [
        p.name
        for p in signature(function).parameters.values()
        if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    ]


def _call(name: str, function: Callable[..., object]) -> str:
    """How to call a function: its name and its parameters, with their defaults."""
    from inspect import signature

    written = signature(function)
    parameters = [
        p.replace(annotation=p.empty)
        for p in written.parameters.values()
        if p.name != "self" and p.annotation is not Never
    ]
    return f"{name}{written.replace(parameters=parameters, return_annotation=written.empty)}"
