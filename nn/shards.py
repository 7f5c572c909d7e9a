"""Data-parallel training: the samples in shards, each held by a worker of an executor.

A worker keeps what it was sent, so the samples travel once. At each step it gets the parameters and
sends back a value and a gradient. These are added in the order of the shards, so the result does
not depend on which worker was faster, or on which did what.
"""

import hashlib
import pickle
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import pairwise
from typing import Any

import autograd
from nn.data import rows
from nn.loss_program import LossProgram

# What this process was sent as a worker, by digest; the oldest is dropped first. A training has one
# program and one shard for each worker, and another of both for its validation.
_KEPT: dict[str, Any] = {}
_MOST_KEPT = 64
# Threads are workers, too.
_LOCK = threading.Lock()


class ShardedProgram(LossProgram):
    """A `LossProgram` whose samples are spread over the workers of an executor.

    Args:
        executor: of `concurrent.futures`, or a Dask client.
        *args, **keywords: as for `LossProgram`.
    """

    def __init__(self, executor: Any, *args: Any, **keywords: Any):
        super().__init__(*args, **keywords)
        self.executor, count = executor_and_workers(executor)
        size = len(self.all)
        count = min(count, size)
        # Shard i holds the samples from bounds[i] to bounds[i + 1].
        self.bounds = [size * number // count for number in range(count + 1)]
        self._shards = [
            _Sent(rows(self.columns, slice(start, end))) for start, end in pairwise(self.bounds)
        ]

    def renew(self) -> None:
        """Has model and loss recorded anew at the next run: what they read may have changed."""
        super().renew()
        self._recording: _Sent | None = None

    def _compile(self) -> None:
        # Only what was recorded is pickled, not the function. Each worker runs on one thread.
        def recorded(*args: Any) -> Any:
            return self._recorded(*args)

        self.program = autograd.compile(recorded, parameters=self.parameters, threads=1)

    def run(self, method: str, batch: list[int] | None = None, **options: Any) -> Any:
        """What a method of the program returns for the samples at these indices, or for all."""
        import numpy as np

        batch = self.all if batch is None else batch
        if self._recording is None:
            # One sample is enough for the recording, and then all targets are checked.
            super().run("__call__" if method == "__call__" else "value_and_grad", batch[:1])
            # Without the present parameters, so that it is the same program after each callback.
            twin = pickle.loads(pickle.dumps(self.program))
            for parameter in twin.parameters:
                parameter.data, parameter.grad = 0.0, 0
            self._recording = _Sent(twin)
        at = options.get("at")
        at = self.program.vector() if at is None else at
        # Drawn here, in the order of the batch, so that they are those of a single process.
        drawn = self._drawn(len(batch))
        tasks, counts = [], []
        for shard, indices, own in self._parts(batch):
            counts.append(own.stop - own.start if indices is None else len(own))
            tasks.append((shard, indices, [table[own] for table in drawn]))
        results = self._results(tasks, method, at)
        if method == "__call__":
            return np.concatenate(results)
        pairs = [(count / len(batch), x) for count, x in zip(counts, results, strict=True)]
        value = sum(weight * value for weight, (value, _) in pairs)
        gradient = sum(weight * gradient for weight, (_, gradient) in pairs)
        if method == "value_and_grad":
            return value, gradient
        for parameter, number in zip(self.parameters, gradient.tolist(), strict=True):
            parameter.grad = parameter.grad + number
        return value

    def _parts(self, batch: list[int]) -> Iterator[tuple["_Sent", Any, Any]]:
        """The shards that a batch is in: of each, the indices there, and the places in the batch.

        For the batch of all samples the indices are None, and the places a slice.
        """
        bounds = pairwise(self.bounds)
        if batch == self.all:
            for shard, (start, end) in zip(self._shards, bounds, strict=True):
                yield shard, None, slice(start, end)
            return
        import numpy as np

        order = np.array(batch)
        for shard, (start, end) in zip(self._shards, bounds, strict=True):
            own = np.flatnonzero((start <= order) & (order < end))
            if len(own):
                yield shard, order[own] - start, own

    def _drawn(self, count: int) -> list[Any]:
        """The random numbers for this many samples; none are drawn for the recording."""
        asked = len(self.random.are_normal)
        if self._recording is not None or not asked:
            return super()._drawn(count)
        import numpy as np

        return [np.full((count, asked), 0.5)]

    def _results(self, tasks: list[Any], method: str, at: Any) -> list[Any]:
        """What the workers return, in the order of the tasks."""
        assert self._recording is not None
        program = self._recording

        def submit(task: Any, missing: frozenset[str] = frozenset()) -> Any:
            shard, indices, drawn = task
            things = {program.digest: program.pickled, shard.digest: shard.pickled}
            sent = {digest: things[digest] for digest in missing}
            return self.executor.submit(run_shard, [*things], sent, method, at, indices, drawn)

        futures: list[Any] = []
        results = []
        try:
            futures += map(submit, tasks)
            for number, task in enumerate(tasks):
                result = futures[number].result()
                missing: frozenset[str] = frozenset()
                while isinstance(result, frozenset):
                    # The task went to a worker that was never sent these, or that was restarted.
                    missing |= result
                    futures[number] = submit(task, missing)
                    result = futures[number].result()
                results.append(result)
        except BaseException as error:
            for future in futures:
                future.cancel()
            error.add_note(
                "In a training, the parameters and the optimizer are as the last whole step left "
                "them: fit again, with a new executor if this one is broken"
            )
            raise
        return results


class _Sent:
    """An object as it is sent to workers, with the digest by which they keep it."""

    def __init__(self, thing: Any):
        self.pickled = pickle.dumps(thing)
        self.digest = hashlib.sha256(self.pickled).hexdigest()


def run_shard(
    digests: Sequence[str],
    sent: Mapping[str, bytes],
    method: str,
    at: Any,
    indices: Any,
    drawn: Sequence[Any],
) -> Any:
    """Runs in a worker: what a method of a program returns for some samples of a shard.

    Args:
        digests: those of the program and of the shard.
        sent: those of them that this worker may not have.
        method: "__call__" for the losses, anything else for their mean and its gradient.
        at: the parameters, as one array.
        indices: those of the samples in the shard; None for all.
        drawn: tables of random numbers, with a row for each of the samples.

    Returns:
        The result; or the digests of what the worker neither has nor was sent.
    """
    with _LOCK:
        for digest, pickled in sent.items():
            _KEPT[digest] = pickle.loads(pickled)
            while len(_KEPT) > _MOST_KEPT:
                del _KEPT[next(iter(_KEPT))]
        missing = frozenset(digests).difference(_KEPT)
        if missing:
            return missing
        program, columns = (_KEPT[digest] for digest in digests)
    samples = (*(columns if indices is None else rows(columns, indices)), *drawn)
    if method == "__call__":
        # The program came with zeros for parameters. Another training may have the same one.
        with _LOCK:
            program.load(at)
            return program(*samples)
    return program.value_and_grad(*samples, at=at)


def executor_and_workers(executor: Any) -> tuple[Executor, int]:
    """An executor, and the number of its workers.

    Raises TypeError for what is neither an executor nor a Dask client.
    """
    if hasattr(executor, "get_executor") and hasattr(executor, "nthreads"):
        # A Dask client, which repeats what a lost worker was doing.
        return executor.get_executor(pure=False), max(1, sum(executor.nthreads().values()))
    # An executor of concurrent.futures, or of mpi4py.
    count = getattr(executor, "_max_workers", None) or getattr(executor, "num_workers", None)
    if not callable(getattr(executor, "submit", None)) or not isinstance(count, int):
        raise TypeError(
            "executor is one of concurrent.futures, such as ProcessPoolExecutor(4), or a client of "
            f"dask.distributed, not {executor!r:.200}"
        )
    return executor, count
