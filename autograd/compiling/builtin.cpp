// A program as a builtin function of Python, for numbers and arrays of doubles: taking arguments apart
// in Python, and a call through ctypes, take longer than many a program. builtin.py has the structures
// for Python, and runtime.cpp says how a change of this file gets into builtin.ll.

#include "kernel.h"

#include <atomic>
#include <initializer_list>

// Python's buffers and functions: https://docs.python.org/3/c-api/stable.html
struct PyObject;
struct Buffer {
  const char *address;
  PyObject *owner;
  int64_t length, item_size;
  int32_t is_read_only, axes;
  const char *format;
  const int64_t *shape, *strides, *suboffsets;
  void *internal;
};
constexpr int32_t STRIDES_AND_FORMAT = 0x1C;
extern "C" {
PyObject *PyTuple_GetItem(PyObject *, int64_t);
void *PyLong_AsVoidPtr(PyObject *);
PyObject *PyObject_Type(PyObject *);
PyObject *PyObject_CallNoArgs(PyObject *);
int32_t PyObject_GetBuffer(PyObject *, Buffer *, int32_t);
void PyBuffer_Release(Buffer *);
void PyErr_Clear();
void Py_IncRef(PyObject *);
void Py_DecRef(PyObject *);
double PyFloat_AsDouble(PyObject *);
int64_t PyLong_AsLongLongAndOverflow(PyObject *, int *);
PyObject *PyFloat_FromDouble(double);
PyObject *PyList_New(int64_t);
int PyList_SetItem(PyObject *, int64_t, PyObject *);
PyObject *PyTuple_New(int64_t);
int PyTuple_SetItem(PyObject *, int64_t, PyObject *);
void *PyEval_SaveThread();
void PyEval_RestoreThread(void *);
}

// Where an argument goes: without axes a number, and otherwise an array of this shape. Steps are in
// doubles. If there are sources, one for each column, the array is read in place.
struct Input {
  double *target;
  Source *sources;
  int64_t axes, rows, columns, row_step, column_step;
};

// How results are returned: the only one, or all in a list or a tuple.
enum { ALONE, IN_LIST, IN_TUPLE };

// A program, and memory that no other call of it uses: for numbers alone, for the lanes of one chunk,
// or for chunks, which the function of Python `run_chunks` runs. A result is what the function in
// `arrays` returns, or for None there a double. The results of a gradient are a pair of the first one
// and the others.
struct Call {
  const Kernel *kernel;
  double *shared;
  const Lanes *lanes;
  PyObject *run_chunks;
  const Input *inputs;
  const double *numbers;
  PyObject *const *arrays;
  PyObject *float_type, *double_type, *int_type, *array_type, *none;
  int64_t inputs_count, results_count, gathering, is_gradient, is_long;
  std::atomic<int64_t> is_busy;
};

// Larger integers are not all floats.
constexpr int64_t LARGEST = int64_t(1) << 53;

// Reads a float of Python or NumPy, or an int that is one. False for anything else.
static bool read_number(const Call *call, PyObject *type, PyObject *number, double *target) {
  if (type == call->float_type || type == call->double_type) {
    *target = PyFloat_AsDouble(number);
    return true;
  }
  if (type != call->int_type) return false;
  int overflow;
  int64_t integer = PyLong_AsLongLongAndOverflow(number, &overflow);
  *target = integer;
  return !overflow && -LARGEST <= integer && integer <= LARGEST;
}

// "d", or "=d" where doubles are not aligned.
static bool is_of_doubles(const char *format) {
  format += *format == '=';
  return format[0] == 'd' && !format[1];
}

static void copy(const Input &input, const Buffer &array) {
  constexpr int64_t SIZE = sizeof(double);
  int64_t row_step = array.strides[0], column_step = input.axes == 2 ? array.strides[1] : SIZE;
  bool is_row = column_step == SIZE && row_step == SIZE * input.columns;
  bool is_row_of_target = input.columns == 1 || input.column_step == 1;
  if (is_row && is_row_of_target && !input.sources) {
    std::memcpy(input.target, array.address, SIZE * input.rows * input.columns);
    return;
  }
  for (int64_t column = 0; column < input.columns; column++) {
    const char *source = array.address + column * column_step;
    if (input.sources) {
      input.sources[column] = {source, row_step};
      continue;
    }
    double *target = input.target + column * input.column_step;
    for (int64_t row = 0; row < input.rows; row++, source += row_step, target += input.row_step)
      std::memcpy(target, source, SIZE);
  }
}

// Reads an array of doubles of the right shape. False for any other.
static bool read_array(const Input &input, PyObject *array) {
  Buffer buffer;
  if (PyObject_GetBuffer(array, &buffer, STRIDES_AND_FORMAT)) {
    PyErr_Clear();
    return false;
  }
  bool is_right = is_of_doubles(buffer.format) && buffer.axes == input.axes &&
                  buffer.shape[0] == input.rows &&
                  (buffer.axes == 1 || buffer.shape[1] == input.columns);
  if (is_right) copy(input, buffer);
  PyBuffer_Release(&buffer);
  return is_right;
}

static bool read(const Call *call, const Input &input, PyObject *argument) {
  PyObject *type = PyObject_Type(argument);
  Py_DecRef(type);
  if (!input.axes) return read_number(call, type, argument, input.target);
  return type == call->array_type && read_array(input, argument);
}

static void run_chunk(const Lanes &lanes) {
  const Kernel *kernel = lanes.kernel;
  kernel->before(kernel->code, lanes.shared);
  clear(lanes.totals, kernel->totals);
  run_lanes(lanes);
  add_up(lanes.totals, lanes.shared + kernel->first_total, kernel->totals);
  kernel->after(kernel->code, lanes.shared);
}

static bool run(const Call *call) {
  if (call->run_chunks) {
    PyObject *done = PyObject_CallNoArgs(call->run_chunks);
    if (done) Py_DecRef(done);
    return done;
  }
  // Other threads of Python go on meanwhile. For a short program that costs more than it gains.
  void *thread = call->is_long ? PyEval_SaveThread() : nullptr;
  if (call->lanes)
    run_chunk(*call->lanes);
  else
    call->kernel->before(call->kernel->code, call->shared);
  if (thread) PyEval_RestoreThread(thread);
  return true;
}

static PyObject *result(const Call *call, int64_t i) {
  PyObject *array = call->arrays[i];
  return array == call->none ? PyFloat_FromDouble(call->numbers[i]) : PyObject_CallNoArgs(array);
}

// The results from the first on that is given.
static PyObject *gathered(const Call *call, int64_t first) {
  if (call->gathering == ALONE) return result(call, first);
  bool is_tuple = call->gathering == IN_TUPLE;
  int64_t count = call->results_count - first;
  PyObject *items = is_tuple ? PyTuple_New(count) : PyList_New(count);
  for (int64_t i = 0; items && i < count; i++) {
    PyObject *item = result(call, first + i);
    if (!item) {
      Py_DecRef(items);
      return nullptr;
    }
    if (is_tuple)
      PyTuple_SetItem(items, i, item);
    else
      PyList_SetItem(items, i, item);
  }
  return items;
}

static PyObject *results(const Call *call) {
  if (!call->is_gradient) return gathered(call, 0);
  PyObject *value = result(call, 0), *gradient = gathered(call, 1), *pair = PyTuple_New(2);
  if (value && gradient && pair) {
    PyTuple_SetItem(pair, 0, value);
    PyTuple_SetItem(pair, 1, gradient);
    return pair;
  }
  for (PyObject *made : {value, gradient, pair})
    if (made) Py_DecRef(made);
  return nullptr;
}

// The results of a program. None for anything but its numbers and arrays, and while another call of it
// is not yet done: when a list is made, the collector may run, and with it any code. The tuple has the
// address of the call, and keeps alive what is needed.
extern "C" PyObject *call(PyObject *tuple, PyObject *const *arguments, int64_t count) {
  Call *call = (Call *)PyLong_AsVoidPtr(PyTuple_GetItem(tuple, 0));
  PyObject *answer = call->none;
  Py_IncRef(answer);
  if (count != call->inputs_count || call->is_busy.exchange(1)) return answer;
  int64_t right = 0;
  while (right < count && read(call, call->inputs[right], arguments[right])) right++;
  if (right == count) {
    Py_DecRef(answer);
    answer = run(call) ? results(call) : nullptr;
  }
  call->is_busy = 0;
  return answer;
}
