// The loop that runs long programs, instruction by instruction, and the order in which they run:
// interpreter.py says what it reads.
//
// What is shipped is interpreter.ll, the same in LLVM's intermediate language, for any processor:
// whoever changes this file runs `python docs/runtime.py`, which needs clang. interpreter.py
// has the codes of the operations, too, and writes those operations that are not here.

#include "kernel.h"

using std::int32_t;
// One that begins at any double.
typedef vector eight __attribute__((aligned(8)));
using mask = int64_t __attribute__((ext_vector_type(8)));

// What operations read and write beside registers; of a vector of lanes `active` are those that
// there are. Before and after the lanes, `shared` is all there is, and the registers lie in it.
struct Memory {
  const double *shared, *arguments;
  double *results;
  vector *totals;
  int64_t stride;
  mask active;
};

// Runs `count` instructions, and returns where the next begins.
using Operation = const int32_t *(const int32_t *code, int64_t count, double *registers,
                                  const Memory &memory);

extern "C" Operation *const operations[];

INLINE void interpret(const int32_t *code, const int32_t *end, double *registers,
                      const Memory &memory) {
  while (code < end) code = operations[code[0]](code + 2, code[1], registers, memory);
}

// Where the code of each stage begins and ends.
struct Code {
  const int32_t *before, *before_end, *lanes, *lanes_end, *after, *after_end;
};

extern "C" void before(const Code *code, double *shared) {
  interpret(code->before, code->before_end, shared, {shared});
}

extern "C" void lanes(const Code *code, double *registers, const double *shared,
                      const double *arguments, double *results, vector *totals, int64_t stride,
                      int64_t lanes) {
  for (int64_t first = 0; first < lanes; first += 8) {
    mask active = mask{0, 1, 2, 3, 4, 5, 6, 7} < (mask)(lanes - first);
    interpret(code->lanes, code->lanes_end, registers,
              {shared, arguments + first, results + first, totals, stride, active});
  }
}

extern "C" void after(const Code *code, double *shared) {
  interpret(code->after, code->after_end, shared, {shared});
}

INLINE void load(double &number, const double *from) { number = *from; }

INLINE void load(vector &numbers, const double *from) { numbers = *(const eight *)from; }

INLINE void store(double *to, double number) { *to = number; }

INLINE void store(double *to, vector numbers) { *(eight *)to = numbers; }

// How many sums a `dot` has: a single one would have to wait for the product before.
template <typename Number> constexpr int SUMS = sizeof(Number) == sizeof(double) ? 4 : 2;

template <typename Number>
INLINE void add_shared(Number &sum, const int32_t *pair, const double *shared,
                       const double *registers) {
  Number y;
  load(y, registers + pair[1]);
  sum += (Number)shared[pair[0]] * y;
}

template <typename Number>
INLINE void add_other(Number &sum, const int32_t *pair, const double *registers) {
  Number x, y;
  load(x, registers + pair[0]);
  load(y, registers + pair[1]);
  sum += x * y;
}

// The sum of products, at first of those with a factor that is shared.
template <typename Number>
INLINE const int32_t *dot(const int32_t *code, int64_t count, double *registers,
                          const Memory &memory) {
  constexpr int MANY = SUMS<Number>;
  for (; count; count--) {
    Number sums[MANY];
    // -0.0 + x is x for every x, 0.0 included.
#pragma unroll
    for (Number &sum : sums) sum = (Number)-0.0;
    const int32_t *pair = code + 3, *others = pair + 2 * code[1], *end = others + 2 * code[2];
    for (; pair + 2 * MANY <= others; pair += 2 * MANY)
#pragma unroll
      for (int k = 0; k < MANY; k++) add_shared(sums[k], pair + 2 * k, memory.shared, registers);
    for (; pair < others; pair += 2) add_shared(sums[0], pair, memory.shared, registers);
    for (; pair + 2 * MANY <= end; pair += 2 * MANY)
#pragma unroll
      for (int k = 0; k < MANY; k++) add_other(sums[k], pair + 2 * k, registers);
    for (; pair < end; pair += 2) add_other(sums[0], pair, registers);
#pragma unroll
    for (int k = 1; k < MANY; k++) sums[0] += sums[k];
    store(registers + code[0], sums[0]);
    code = end;
  }
  return code;
}

// Dots with the same second factors, as those of a matrix and a vector. Each has the place of its
// sum, and the places of its own factors: of doubles that the lanes share, or of registers.
struct Rows {
  int64_t count, products;
  const int32_t *common, *first;
  const double *factors;
  double *registers;
};

// Adds `few` products of each, from one on. Their second factors stay in the processor's registers.
template <bool are_shared, int few>
INLINE void add_few(const Rows &rows, int64_t from) {
  vector ys[few];
#pragma unroll
  for (int k = 0; k < few; k++) load(ys[k], rows.registers + rows.common[from + k]);
  const int32_t *row = rows.first;
  for (int64_t left = rows.count; left; left--, row += 1 + rows.products) {
    vector sum = (vector)-0.0, other = sum;
    if (from) load(sum, rows.registers + row[0]);
#pragma unroll
    for (int k = 0; k < few; k++) {
      const double *place = rows.factors + row[1 + from + k];
      vector x = are_shared ? (vector)*place : (vector)*(const eight *)place;
      (k % 2 ? other : sum) += x * ys[k];
    }
    store(rows.registers + row[0], sum + other);
  }
}

// Adds eight products of each, or as many as there are.
template <bool are_shared, int most = 8>
INLINE void add_next(const Rows &rows, int64_t from) {
  if (rows.products - from >= most)
    add_few<are_shared, most>(rows, from);
  else if constexpr (most > 1)
    add_next<are_shared, most - 1>(rows, from);
}

template <bool are_shared>
INLINE const int32_t *add_rows(const int32_t *code, int64_t count, const double *factors,
                               double *registers) {
  for (; count; count--) {
    Rows rows = {code[0], code[1], code + 2, code + 2 + code[1], factors, registers};
    for (int64_t from = 0; from < rows.products; from += 8) add_next<are_shared>(rows, from);
    code = rows.first + rows.count * (1 + rows.products);
  }
  return code;
}

// A number, and the sum of products whose factors lie side by side, eight at a time; or the second
// factor is a vector, the same for all eights.
INLINE double across(double start, int64_t products, const double *x, const double *y,
                     int64_t step) {
  vector sum = (vector)-0.0, rest = sum;
  int64_t i = 0;
  for (; i + 8 <= products; i += 8)
    sum += *(const eight *)(x + i) * *(const eight *)(y + i * step);
  if (i < products) {
    // What lies beyond is read, and left out.
    vector last = *(const eight *)(x + i) * *(const eight *)(y + i * step);
    mask active = mask{0, 1, 2, 3, 4, 5, 6, 7} < (mask)(products - i);
    sum += active ? last : rest;
  }
  auto four = sum.lo + sum.hi;
  auto two = four.lo + four.hi;
  return start + (two.lo + two.hi);
}

template <typename Number>
INLINE const int32_t *copy(const int32_t *code, int64_t count, double *registers,
                           const Memory &memory) {
  for (; count; count--, code += 2) store(registers + code[0], (Number)memory.shared[code[1]]);
  return code;
}

extern "C" {
Operation scalar_dot, scalar_across, scalar_copy;
Operation vector_dot, vector_rows, vector_shared_rows, vector_copy, vector_argument, vector_result, vector_total;
}

const int32_t *scalar_dot(const int32_t *code, int64_t count, double *registers,
                          const Memory &memory) {
  return dot<double>(code, count, registers, memory);
}

const int32_t *scalar_across(const int32_t *code, int64_t count, double *registers,
                             const Memory &memory) {
  for (; count; count--, code += 6)
    registers[code[0]] = across(code[1] < 0 ? -0.0 : registers[code[1]], code[2], registers + code[3],
                                registers + code[4], code[5]);
  return code;
}

const int32_t *scalar_copy(const int32_t *code, int64_t count, double *registers,
                           const Memory &memory) {
  return copy<double>(code, count, registers, memory);
}

const int32_t *vector_dot(const int32_t *code, int64_t count, double *registers,
                          const Memory &memory) {
  return dot<vector>(code, count, registers, memory);
}

const int32_t *vector_rows(const int32_t *code, int64_t count, double *registers,
                           const Memory &memory) {
  return add_rows<false>(code, count, registers, registers);
}

const int32_t *vector_shared_rows(const int32_t *code, int64_t count, double *registers,
                                  const Memory &memory) {
  return add_rows<true>(code, count, memory.shared, registers);
}

const int32_t *vector_copy(const int32_t *code, int64_t count, double *registers,
                           const Memory &memory) {
  return copy<vector>(code, count, registers, memory);
}

const int32_t *vector_argument(const int32_t *code, int64_t count, double *registers,
                               const Memory &memory) {
  for (; count; count--, code += 2)
    store(registers + code[0], *(const vector *)(memory.arguments + code[1] * memory.stride));
  return code;
}

const int32_t *vector_result(const int32_t *code, int64_t count, double *registers,
                             const Memory &memory) {
  for (; count; count--, code += 2)
    *(vector *)(memory.results + code[0] * memory.stride) = *(const eight *)(registers + code[1]);
  return code;
}

const int32_t *vector_total(const int32_t *code, int64_t count, double *registers,
                            const Memory &memory) {
  mask active = memory.active;
  for (; count; count--, code += 2) {
    vector &total = memory.totals[code[0]];
    total = active ? total + *(const eight *)(registers + code[1]) : total;
  }
  return code;
}

// The order in which a program runs.

// A program's instructions; those of one kind have the same operation and as many operands. Inputs
// have no operands.
struct Instructions {
  int64_t count;
  const int32_t *kinds, *starts, *operands;
};

INLINE bool is_same(const Instructions &of, const int32_t *formulas, int32_t x, int32_t y) {
  if (of.kinds[x] != of.kinds[y]) return false;
  const int32_t *xs = of.operands + of.starts[x], *ys = of.operands + of.starts[y];
  for (int64_t i = 0; i < of.starts[x + 1] - of.starts[x]; i++)
    if (formulas[xs[i]] != formulas[ys[i]]) return false;
  return true;
}

// For each computed number the first that has the same formula: the same operations on any
// parameters, arguments or constants. `formulas` holds those of the inputs. The table has a power
// of two places, more than there are instructions, and -1 in each.
extern "C" void find_formulas(const Instructions *of, int32_t *formulas, int32_t *table,
                              int64_t places) {
  for (int32_t x = 0; x < of->count; x++) {
    if (of->starts[x] == of->starts[x + 1]) continue;
    uint64_t hash = of->kinds[x];
    for (int32_t i = of->starts[x]; i < of->starts[x + 1]; i++)
      hash = (hash ^ formulas[of->operands[i]]) * 0x9E3779B97F4A7C15 >> 7;
    int64_t place = hash & (places - 1);
    while (table[place] >= 0 && !is_same(*of, formulas, table[place], x))
      place = (place + 1) & (places - 1);
    if (table[place] < 0) table[place] = x;
    formulas[x] = table[place];
  }
}

// For each of the instructions in `order` the run that it joins: of the runs of its kind in its
// block, the first after those of its operands. `newest` holds -1 for each kind, `runs` for each
// instruction. `earlier` is for the run of the same kind before each.
extern "C" void find_runs(const Instructions *of, const int32_t *order, int64_t count,
                          int64_t block, int32_t *runs, int32_t *newest, int32_t *earlier) {
  int32_t next = 0, first = 0;
  for (int64_t i = 0; i < count; i++) {
    if (i % block == 0) first = next;
    int32_t x = order[i], kind = of->kinds[x], after = first - 1;
    for (int32_t j = of->starts[x]; j < of->starts[x + 1]; j++)
      if (runs[of->operands[j]] > after) after = runs[of->operands[j]];
    int32_t run = newest[kind];
    if (run <= after) {
      earlier[next] = run;
      newest[kind] = run = next++;
    } else {
      while (earlier[run] > after) run = earlier[run];
    }
    runs[x] = run;
  }
}
