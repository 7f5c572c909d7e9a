; made by docs/runtime.py of builtin.cpp: 8dbb44554ed5ad4cc2a31350b3de09241a86a0793cebaad5a4ef050d87b3ed0d
%struct.Call = type { ptr, ptr, ptr, ptr, ptr, ptr, i64, i64, i64, %"struct.std::atomic" }
%"struct.std::atomic" = type { %"struct.std::__atomic_base" }
%"struct.std::__atomic_base" = type { i64 }

define ptr @call(ptr %0, ptr %1, i64 %2) {
  %4 = alloca i32, align 4
  %5 = call ptr @PyTuple_GetItem(ptr %0, i64 0)
  %6 = call ptr @PyLong_AsVoidPtr(ptr %5)
  %7 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 6
  %8 = load i64, ptr %7, align 8
  %9 = icmp eq i64 %8, %2
  br i1 %9, label %10, label %14

10:
  %11 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 9
  %12 = atomicrmw xchg ptr %11, i64 1 seq_cst, align 8
  %13 = icmp eq i64 %12, 0
  br i1 %13, label %18, label %14

14:
  %15 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 5
  %16 = load ptr, ptr %15, align 8
  call void @Py_IncRef(ptr %16)
  %17 = load ptr, ptr %15, align 8
  br label %79

18:
  %19 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 5
  %20 = load ptr, ptr %19, align 8
  %21 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 2
  %22 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 3
  %23 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 4
  %24 = call i64 @llvm.smax.i64(i64 %2, i64 0)
  br label %25

25:
  %26 = phi i64 [ 0, %18 ], [ %51, %50 ]
  %27 = icmp eq i64 %26, %24
  br i1 %27, label %53, label %28

28:
  %29 = getelementptr inbounds ptr, ptr %1, i64 %26
  %30 = load ptr, ptr %29, align 8
  %31 = load ptr, ptr %21, align 8
  %32 = getelementptr inbounds double, ptr %31, i64 %26
  %33 = call ptr @PyObject_Type(ptr %30)
  call void @Py_DecRef(ptr %33)
  %34 = load ptr, ptr %22, align 8
  %35 = icmp eq ptr %33, %34
  br i1 %35, label %36, label %38

36:
  %37 = call contract double @PyFloat_AsDouble(ptr %30)
  store double %37, ptr %32, align 8
  br label %50

38:
  %39 = load ptr, ptr %23, align 8
  %40 = icmp eq ptr %33, %39
  br i1 %40, label %41, label %52

41:
  %42 = call i64 @PyLong_AsLongLongAndOverflow(ptr %30, ptr %4)
  %43 = sitofp i64 %42 to double
  store double %43, ptr %32, align 8
  %44 = load i32, ptr %4, align 4
  %45 = icmp eq i32 %44, 0
  %46 = icmp sgt i64 %42, -9007199254740993
  %47 = select i1 %45, i1 %46, i1 false
  %48 = icmp slt i64 %42, 9007199254740993
  %49 = select i1 %47, i1 %48, i1 false
  br i1 %49, label %50, label %52

50:
  %51 = add nuw i64 %26, 1
  br label %25

52:
  call void @Py_IncRef(ptr %20)
  br label %77

53:
  %54 = load ptr, ptr %6, align 8
  %55 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 1
  %56 = load ptr, ptr %55, align 8
  %57 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 2
  %58 = load ptr, ptr %57, align 8
  call void %54(ptr %56, ptr %58)
  %59 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 8
  %60 = load i64, ptr %59, align 8
  %61 = call ptr @PyList_New(i64 %60)
  %62 = load ptr, ptr %57, align 8
  %63 = getelementptr inbounds %struct.Call, ptr %6, i64 0, i32 7
  %64 = load i64, ptr %63, align 8
  %65 = getelementptr inbounds double, ptr %62, i64 %64
  %66 = icmp eq ptr %61, null
  br i1 %66, label %77, label %67

67:
  %68 = phi i64 [ %76, %71 ], [ 0, %53 ]
  %69 = load i64, ptr %59, align 8
  %70 = icmp slt i64 %68, %69
  br i1 %70, label %71, label %77

71:
  %72 = getelementptr inbounds double, ptr %65, i64 %68
  %73 = load double, ptr %72, align 8
  %74 = call ptr @PyFloat_FromDouble(double %73)
  %75 = call i32 @PyList_SetItem(ptr %61, i64 %68, ptr %74)
  %76 = add nuw nsw i64 %68, 1
  br label %67

77:
  %78 = phi ptr [ %20, %52 ], [ %61, %53 ], [ %61, %67 ]
  store atomic i64 0, ptr %11 seq_cst, align 8
  br label %79

79:
  %80 = phi ptr [ %17, %14 ], [ %78, %77 ]
  ret ptr %80
}

declare ptr @PyLong_AsVoidPtr(ptr)

declare ptr @PyTuple_GetItem(ptr, i64)

declare void @Py_IncRef(ptr)

declare ptr @PyList_New(i64)

declare i32 @PyList_SetItem(ptr, i64, ptr)

declare ptr @PyFloat_FromDouble(double)

declare ptr @PyObject_Type(ptr)

declare void @Py_DecRef(ptr)

declare double @PyFloat_AsDouble(ptr)

declare i64 @PyLong_AsLongLongAndOverflow(ptr, ptr)

declare i64 @llvm.smax.i64(i64, i64)
