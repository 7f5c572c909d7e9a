; made by docs/runtime.py of builtin.cpp: a66929cffb4639234f8a388fe00752fa62d56a54ddf9d0c275054f185f6668f3
%struct.Call = type { ptr, ptr, ptr, ptr, ptr, i64, i64, i64, %"struct.std::atomic" }
%"struct.std::atomic" = type { %"struct.std::__atomic_base" }
%"struct.std::__atomic_base" = type { i64 }

define ptr @call(ptr %0, ptr %1, i64 %2) {
  %4 = call ptr @PyLong_AsVoidPtr(ptr %0)
  %5 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 5
  %6 = load i64, ptr %5, align 8
  %7 = icmp eq i64 %6, %2
  br i1 %7, label %8, label %29

8:
  %9 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 3
  %10 = load ptr, ptr %9, align 8
  %11 = call i64 @llvm.smax.i64(i64 %2, i64 0)
  br label %12

12:
  %13 = phi i64 [ 0, %8 ], [ %20, %15 ]
  %14 = icmp eq i64 %13, %11
  br i1 %14, label %21, label %15

15:
  %16 = getelementptr inbounds ptr, ptr %1, i64 %13
  %17 = load ptr, ptr %16, align 8
  %18 = call ptr @PyObject_Type(ptr %17)
  call void @Py_DecRef(ptr %18)
  %19 = icmp eq ptr %18, %10
  %20 = add nuw i64 %13, 1
  br i1 %19, label %12, label %21

21:
  %22 = icmp slt i64 %13, %2
  br i1 %22, label %29, label %23

23:
  %24 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 8
  %25 = atomicrmw xchg ptr %24, i64 1 seq_cst, align 8
  %26 = icmp eq i64 %25, 0
  br i1 %26, label %27, label %29

27:
  %28 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 2
  br label %33

29:
  %30 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 4
  %31 = load ptr, ptr %30, align 8
  call void @Py_IncRef(ptr %31)
  %32 = load ptr, ptr %30, align 8
  br label %68

33:
  %34 = phi i64 [ %56, %50 ], [ 0, %27 ]
  %35 = icmp eq i64 %34, %11
  br i1 %35, label %36, label %50

36:
  %37 = load ptr, ptr %4, align 8
  %38 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 1
  %39 = load ptr, ptr %38, align 8
  %40 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 2
  %41 = load ptr, ptr %40, align 8
  call void %37(ptr %39, ptr %41)
  %42 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 7
  %43 = load i64, ptr %42, align 8
  %44 = call ptr @PyList_New(i64 %43)
  %45 = load ptr, ptr %40, align 8
  %46 = getelementptr inbounds %struct.Call, ptr %4, i64 0, i32 6
  %47 = load i64, ptr %46, align 8
  %48 = getelementptr inbounds double, ptr %45, i64 %47
  %49 = icmp eq ptr %44, null
  br i1 %49, label %61, label %57

50:
  %51 = getelementptr inbounds ptr, ptr %1, i64 %34
  %52 = load ptr, ptr %51, align 8
  %53 = call contract double @PyFloat_AsDouble(ptr %52)
  %54 = load ptr, ptr %28, align 8
  %55 = getelementptr inbounds double, ptr %54, i64 %34
  store double %53, ptr %55, align 8
  %56 = add nuw i64 %34, 1
  br label %33

57:
  %58 = phi i64 [ %67, %62 ], [ 0, %36 ]
  %59 = load i64, ptr %42, align 8
  %60 = icmp slt i64 %58, %59
  br i1 %60, label %62, label %61

61:
  store atomic i64 0, ptr %24 seq_cst, align 8
  br label %68

62:
  %63 = getelementptr inbounds double, ptr %48, i64 %58
  %64 = load double, ptr %63, align 8
  %65 = call ptr @PyFloat_FromDouble(double %64)
  %66 = call i32 @PyList_SetItem(ptr %44, i64 %58, ptr %65)
  %67 = add nuw nsw i64 %58, 1
  br label %57

68:
  %69 = phi ptr [ %32, %29 ], [ %44, %61 ]
  ret ptr %69
}

declare ptr @PyLong_AsVoidPtr(ptr)

declare void @Py_IncRef(ptr)

declare double @PyFloat_AsDouble(ptr)

declare ptr @PyList_New(i64)

declare i32 @PyList_SetItem(ptr, i64, ptr)

declare ptr @PyFloat_FromDouble(double)

declare ptr @PyObject_Type(ptr)

declare void @Py_DecRef(ptr)

declare i64 @llvm.smax.i64(i64, i64)
