// A program as a builtin function of Python, for calls with floats alone: a call through ctypes takes
// longer than many a program. builtin.py has the structure for Python, and runtime.cpp says how a
// change of this file gets into builtin.ll.

#include <atomic>
#include <cstdint>

using std::int64_t;

// Of Python's stable interface: https://docs.python.org/3/c-api/stable.html
struct PyObject;
extern "C" {
void *PyLong_AsVoidPtr(PyObject *);
PyObject *PyObject_Type(PyObject *);
void Py_IncRef(PyObject *);
void Py_DecRef(PyObject *);
double PyFloat_AsDouble(PyObject *);
PyObject *PyFloat_FromDouble(double);
PyObject *PyList_New(int64_t);
int PyList_SetItem(PyObject *, int64_t, PyObject *);
}

// A program, and memory that no other call of it uses. The inputs come first in what is shared.
struct Call {
  void (*before)(const void *code, double *shared);
  const void *code;
  double *shared;
  PyObject *float_type, *none;
  int64_t inputs, first_result, results;
  std::atomic<int64_t> is_busy;
};

static bool are_floats(PyObject *const *numbers, int64_t count, const PyObject *float_type) {
  for (int64_t i = 0; i < count; i++) {
    PyObject *type = PyObject_Type(numbers[i]);
    Py_DecRef(type);
    if (type != float_type) return false;
  }
  return true;
}

// The results as a list. None for numbers of another type, or of another count; also while the
// memory is in use: a list that is made may make the collector run, and with it any code.
extern "C" PyObject *call(PyObject *self, PyObject *const *numbers, int64_t count) {
  Call *call = (Call *)PyLong_AsVoidPtr(self);
  bool is_right = count == call->inputs && are_floats(numbers, count, call->float_type);
  if (!is_right || call->is_busy.exchange(1)) {
    Py_IncRef(call->none);
    return call->none;
  }
  for (int64_t i = 0; i < count; i++) call->shared[i] = PyFloat_AsDouble(numbers[i]);
  call->before(call->code, call->shared);
  PyObject *list = PyList_New(call->results);
  const double *results = call->shared + call->first_result;
  for (int64_t i = 0; list && i < call->results; i++)
    PyList_SetItem(list, i, PyFloat_FromDouble(results[i]));
  call->is_busy = 0;
  return list;
}
