// The loop that runs long programs, instruction by instruction: interpreter.py says what it reads.
//
// What is shipped is interpreter.ll, the same in LLVM's intermediate language, for any processor:
// whoever changes this file runs `python docs/runtime.py`, which needs clang. interpreter.py
// has the codes of the operations, too, and writes those operations that are not here.

#include <cstdint>

#define INLINE [[gnu::always_inline]] static inline

using std::int32_t;
using std::int64_t;
using vector = double __attribute__((ext_vector_type(8)));
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
template <typename Number>
using Operation = const int32_t *(const int32_t *code, int64_t count, Number *registers,
                                  const Memory &memory);

extern "C" Operation<double> *const scalar_operations[];
extern "C" Operation<vector> *const vector_operations[];

template <typename Number>
INLINE void interpret(const int32_t *code, const int32_t *end,
                      Operation<Number> *const *operations, Number *registers,
                      const Memory &memory) {
  while (code < end) code = operations[code[0]](code + 2, code[1], registers, memory);
}

// Where the code of each stage begins and ends.
struct Code {
  const int32_t *before, *before_end, *lanes, *lanes_end, *after, *after_end;
};

extern "C" void before(const Code *code, double *shared) {
  interpret(code->before, code->before_end, scalar_operations, shared, {shared});
}

extern "C" void lanes(const Code *code, vector *registers, const double *shared,
                      const double *arguments, double *results, vector *totals, int64_t stride,
                      int64_t lanes) {
  for (int64_t first = 0; first < lanes; first += 8) {
    mask active = mask{0, 1, 2, 3, 4, 5, 6, 7} < (mask)(lanes - first);
    interpret(code->lanes, code->lanes_end, vector_operations, registers,
              {shared, arguments + first, results + first, totals, stride, active});
  }
}

extern "C" void after(const Code *code, double *shared) {
  interpret(code->after, code->after_end, scalar_operations, shared, {shared});
}

// How many sums a `dot` has: a single one would have to wait for the product before.
template <typename Number> constexpr int SUMS = sizeof(Number) == sizeof(double) ? 4 : 2;

// Adds products from one place in the code to another.
template <typename Number, typename Factor>
INLINE void add_products(Number *sums, const int32_t *pair, const int32_t *end,
                         const Factor *factors, const Number *registers) {
  constexpr int MANY = SUMS<Number>;
  for (; pair + 2 * MANY <= end; pair += 2 * MANY)
#pragma unroll
    for (int k = 0; k < MANY; k++)
      sums[k] += (Number)factors[pair[2 * k]] * registers[pair[2 * k + 1]];
  for (; pair < end; pair += 2) sums[0] += (Number)factors[pair[0]] * registers[pair[1]];
}

template <typename Number>
INLINE const int32_t *dot(const int32_t *code, int64_t count, Number *registers,
                          const Memory &memory) {
  for (; count; count--) {
    Number sums[SUMS<Number>];
    // -0.0 + x is x for every x, 0.0 included.
#pragma unroll
    for (Number &sum : sums) sum = (Number)-0.0;
    const int32_t *shared = code + 3, *others = shared + 2 * code[1], *end = others + 2 * code[2];
    add_products(sums, shared, others, memory.shared, registers);
    add_products(sums, others, end, registers, registers);
#pragma unroll
    for (int k = 1; k < SUMS<Number>; k++) sums[0] += sums[k];
    registers[code[0]] = sums[0];
    code = end;
  }
  return code;
}

template <typename Number>
INLINE const int32_t *copy(const int32_t *code, int64_t count, Number *registers,
                           const Memory &memory) {
  for (; count; count--, code += 2) registers[code[0]] = (Number)memory.shared[code[1]];
  return code;
}

extern "C" {
Operation<double> scalar_dot, scalar_copy;
Operation<vector> vector_dot, vector_copy, vector_argument, vector_result, vector_total;
}

const int32_t *scalar_dot(const int32_t *code, int64_t count, double *registers,
                          const Memory &memory) {
  return dot(code, count, registers, memory);
}

const int32_t *scalar_copy(const int32_t *code, int64_t count, double *registers,
                           const Memory &memory) {
  return copy(code, count, registers, memory);
}

const int32_t *vector_dot(const int32_t *code, int64_t count, vector *registers,
                          const Memory &memory) {
  return dot(code, count, registers, memory);
}

const int32_t *vector_copy(const int32_t *code, int64_t count, vector *registers,
                           const Memory &memory) {
  return copy(code, count, registers, memory);
}

const int32_t *vector_argument(const int32_t *code, int64_t count, vector *registers,
                               const Memory &memory) {
  for (; count; count--, code += 2)
    registers[code[0]] = *(const vector *)(memory.arguments + code[1] * memory.stride);
  return code;
}

const int32_t *vector_result(const int32_t *code, int64_t count, vector *registers,
                             const Memory &memory) {
  for (; count; count--, code += 2)
    *(vector *)(memory.results + code[0] * memory.stride) = registers[code[1]];
  return code;
}

const int32_t *vector_total(const int32_t *code, int64_t count, vector *registers,
                            const Memory &memory) {
  mask active = memory.active;
  for (; count; count--, code += 2) {
    vector &total = memory.totals[code[0]];
    total = active ? total + registers[code[1]] : total;
  }
  return code;
}
