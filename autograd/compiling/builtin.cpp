// A program as a builtin function of Python, for calls with numbers alone: a call through ctypes takes
// longer than many a program. builtin.py has the structure for Python, and runtime.cpp says how a
// change of this file gets into builtin.ll.

#include <atomic>
#include <cstdint>

using std::int64_t;

// Of Python's stable interface: https://docs.python.org/3/c-api/stable.html
struct PyObject;
extern "C" {
PyObject *PyTuple_GetItem(PyObject *, int64_t);
void *PyLong_AsVoidPtr(PyObject *);
PyObject *PyObject_Type(PyObject *);
void Py_IncRef(PyObject *);
void Py_DecRef(PyObject *);
double PyFloat_AsDouble(PyObject *);
int64_t PyLong_AsLongLongAndOverflow(PyObject *, int *);
PyObject *PyFloat_FromDouble(double);
PyObject *PyList_New(int64_t);
int PyList_SetItem(PyObject *, int64_t, PyObject *);
}

// A program, and memory that no other call of it uses. Its inputs come first in what is shared.
struct Call {
  void (*before)(const void *code, double *shared);
  const void *code;
  double *shared;
  PyObject *float_type, *int_type, *none;
  int64_t inputs, first_result, results;
  std::atomic<int64_t> is_busy;
};

// Larger integers are not all floats.
constexpr int64_t LARGEST = int64_t(1) << 53;

// Reads a float, or an int that is one. False for anything else.
static bool read(const Call *call, PyObject *number, double *target) {
  PyObject *type = PyObject_Type(number);
  Py_DecRef(type);
  if (type == call->float_type) {
    *target = PyFloat_AsDouble(number);
    return true;
  }
  if (type != call->int_type) return false;
  int overflow;
  int64_t integer = PyLong_AsLongLongAndOverflow(number, &overflow);
  *target = integer;
  return !overflow && -LARGEST <= integer && integer <= LARGEST;
}

// The results of a program in a list. None for anything but its number of floats, and while another
// call of it is not yet done: when a list is made, the collector may run, and with it any code. The
// tuple has the address of the call, and keeps alive what is needed.
extern "C" PyObject *call(PyObject *tuple, PyObject *const *numbers, int64_t count) {
  Call *call = (Call *)PyLong_AsVoidPtr(PyTuple_GetItem(tuple, 0));
  if (count != call->inputs || call->is_busy.exchange(1)) {
    Py_IncRef(call->none);
    return call->none;
  }
  PyObject *answer = call->none;
  int64_t right = 0;
  while (right < count && read(call, numbers[right], call->shared + right)) right++;
  if (right < count) {
    Py_IncRef(answer);
  } else {
    call->before(call->code, call->shared);
    answer = PyList_New(call->results);
    const double *results = call->shared + call->first_result;
    for (int64_t i = 0; answer && i < call->results; i++)
      PyList_SetItem(answer, i, PyFloat_FromDouble(results[i]));
  }
  call->is_busy = 0;
  return answer;
}
