// What runs programs on many lanes: lanes in chunks, chunks on threads.
//
// What is shipped is runtime.ll, the same in LLVM's intermediate language, for any processor:
// whoever changes this file runs `python docs/runtime.py`, which needs clang. runtime.py has the
// structures for Python.

#include "kernel.h"

#include <atomic>

// Chunks. Each thread takes the next chunk that nobody has taken yet, so one that begins late takes
// fewer. The totals of each chunk are kept apart and added up in the order of the chunks, so the
// result does not depend on which thread had which.

struct Job {
  const Kernel *kernel;
  double *shared, *totals;
  const Source *sources;
  double *const *targets;
  int64_t arguments, results, lanes, chunk, chunks;
  std::atomic<int64_t> next;
  char *scratch;
  int64_t scratch_size, registers_size, block, stride;
};

// Copies the arguments of some lanes into rows, runs the lanes, and copies their results out.
INLINE void run_block(const Job *job, const Lanes &lanes, int64_t first) {
  for (int64_t row = 0; row < job->arguments; row++) {
    int64_t step = job->sources[row].step;
    const char *source = job->sources[row].address + first * step;
    double *target = lanes.arguments + row * lanes.stride;
    for (int64_t lane = 0; lane < lanes.count; lane++, source += step)
      std::memcpy(target + lane, source, sizeof(double));
  }
  run_lanes(lanes);
  for (int64_t row = 0; row < job->results; row++)
    std::memcpy(job->targets[row] + first, lanes.results + row * lanes.stride,
                lanes.count * sizeof(double));
}

// Once, before the threads.
extern "C" void begin(const Job *job) { job->kernel->before(job->kernel->code, job->shared); }

// Runs chunks until none is left.
extern "C" void work(Job *job, int64_t thread) {
  int64_t totals = job->kernel->totals;
  Lanes lanes = {};
  lanes.kernel = job->kernel;
  lanes.shared = job->shared;
  lanes.stride = job->stride;
  char *scratch = job->scratch + thread * job->scratch_size;
  lanes.registers = (vector *)scratch;
  lanes.totals = (vector *)(scratch + job->registers_size);
  lanes.arguments = (double *)(lanes.totals + totals);
  lanes.results = lanes.arguments + job->arguments * lanes.stride;
  for (;;) {
    int64_t chunk = job->next.fetch_add(1, std::memory_order_relaxed);
    if (chunk >= job->chunks) return;
    int64_t end = chunk + 1 < job->chunks ? (chunk + 1) * job->chunk : job->lanes;
    clear(lanes.totals, totals);
    for (int64_t first = chunk * job->chunk; first < end; first += job->block) {
      lanes.count = end - first < job->block ? end - first : job->block;
      run_block(job, lanes, first);
    }
    add_up(lanes.totals, job->totals + chunk * totals, totals);
  }
}

// Once, after them.
extern "C" void finish(const Job *job) {
  const Kernel *kernel = job->kernel;
  double *sums = job->shared + kernel->first_total;
  int64_t totals = kernel->totals, chunks = job->chunks;
  std::memset(sums, 0, totals * sizeof(double));
  const double *parts = job->totals;
  for (int64_t chunk = 0; chunk < chunks; chunk++, parts += totals)
    for (int64_t i = 0; i < totals; i++) sums[i] += parts[i];
  kernel->after(kernel->code, job->shared);
}

// Threads. Waking one takes longer than many a call. So a thread that has had work polls for more
// for some hundred microseconds, and yields its core to whoever else wants it each time. Whoever
// calls never waits for a thread that comes late: there is work to take or not.

constexpr int64_t POLLS = 1000;
constexpr int64_t OPEN = int64_t(1) << 32;

// All zeros at first; what different threads write lies in different cache lines.
struct Pool {
  alignas(64) std::atomic<int64_t> busy;  // how many threads work, and OPEN while there is work
  alignas(64) std::atomic<int64_t> is_taken;
  alignas(64) std::atomic<int64_t> is_ending;
  alignas(64) void (*work)(void *job, int64_t thread);
  void *job;
  int64_t threads;
};
static_assert(sizeof(Pool) == 256, "runtime.py says so");

extern "C" int sched_yield(void);

// Works until there has been no work for a while.
extern "C" void serve(Pool *pool, int64_t thread) {
  for (int64_t polls = 0; polls < POLLS && !pool->is_ending; polls++) {
    if (pool->busy & OPEN) {
      bool is_open = pool->busy++ & OPEN;
      bool is_wanted = is_open && thread < pool->threads;
      if (is_wanted) {
        pool->work(pool->job, thread);
        polls = 0;
      }
      pool->busy--;
      if (is_open && !is_wanted) return;
    }
    sched_yield();
  }
}

// Runs work(job, thread) here, as thread 0, and on others; here alone if another call has those.
extern "C" void run_parallel(Pool *pool, void (*work)(void *job, int64_t thread), void *job,
                             int64_t threads) {
  if (pool->is_taken.exchange(1)) return work(job, 0);
  pool->work = work;
  pool->job = job;
  pool->threads = threads;
  pool->busy |= OPEN;
  work(job, 0);
  pool->busy &= ~OPEN;
  while (pool->busy) sched_yield();
  pool->is_taken = 0;
}

extern "C" void end(Pool *pool) { pool->is_ending = 1; }
