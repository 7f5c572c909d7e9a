// Programs as machine code, and how a thread runs one on some lanes.

#include <cstdint>
#include <cstring>

#define INLINE [[gnu::always_inline]] static inline

using std::int64_t;
using vector = double __attribute__((ext_vector_type(8)));

// A program as machine code. What is the same in all lanes lies in `shared`. Each argument and each
// result has a row of `stride` doubles, and what is added up over the lanes a vector of totals.
struct Kernel {
  void (*before)(const void *code, double *shared);
  void (*lanes)(const void *code, vector *registers, const double *shared, const double *arguments,
                double *results, vector *totals, int64_t stride, int64_t lanes);
  void (*after)(const void *code, double *shared);
  const void *code;  // for the interpreter
  int64_t totals, first_total;
};

// Lanes that one thread runs at a time, and the memory in which it does.
struct Lanes {
  const Kernel *kernel;
  double *shared;
  vector *registers, *totals;
  double *arguments, *results;
  int64_t stride, count;
};

// Where the numbers of a column of lanes are, and the bytes from one to the next.
struct Source {
  const char *address;
  int64_t step;
};

INLINE void run_lanes(const Lanes &lanes) {
  lanes.kernel->lanes(lanes.kernel->code, lanes.registers, lanes.shared, lanes.arguments,
                      lanes.results, lanes.totals, lanes.stride, lanes.count);
}

INLINE void clear(vector *totals, int64_t count) {
  std::memset(totals, 0, count * sizeof(vector));
}

INLINE void add_up(const vector *totals, double *sums, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    auto four = totals[i].lo + totals[i].hi;
    auto two = four.lo + four.hi;
    sums[i] = two.lo + two.hi;
  }
}
