; made by docs/runtime.py of runtime.cpp: d86dda611673be8996422a22f4e5ae88314c0422e0841e953199e1f376b50ed8
%struct.Kernel = type { ptr, ptr, ptr, ptr, i64, i64 }
%struct.Job = type { ptr, ptr, ptr, ptr, ptr, i64, i64, i64, i64, i64, %"struct.std::atomic", ptr, i64, i64, i64, i64 }
%"struct.std::atomic" = type { %"struct.std::__atomic_base" }
%"struct.std::__atomic_base" = type { i64 }
%struct.Source = type { ptr, i64 }
%struct.Pool = type { %"struct.std::atomic", [56 x i8], %"struct.std::atomic", [56 x i8], %"struct.std::atomic", [56 x i8], ptr, ptr, i64, [40 x i8] }

define void @begin(ptr %0) {
  %2 = load ptr, ptr %0, align 8
  %3 = load ptr, ptr %2, align 8
  %4 = getelementptr inbounds %struct.Kernel, ptr %2, i64 0, i32 3
  %5 = load ptr, ptr %4, align 8
  %6 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 1
  %7 = load ptr, ptr %6, align 8
  call void %3(ptr %5, ptr %7)
  ret void
}

define void @work(ptr %0, i64 %1) {
  %3 = load ptr, ptr %0, align 8
  %4 = getelementptr inbounds %struct.Kernel, ptr %3, i64 0, i32 4
  %5 = load i64, ptr %4, align 8
  %6 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 1
  %7 = load ptr, ptr %6, align 8
  %8 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 15
  %9 = load i64, ptr %8, align 8
  %10 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 11
  %11 = load ptr, ptr %10, align 8
  %12 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 12
  %13 = load i64, ptr %12, align 8
  %14 = mul nsw i64 %13, %1
  %15 = getelementptr inbounds i8, ptr %11, i64 %14
  %16 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 13
  %17 = load i64, ptr %16, align 8
  %18 = getelementptr inbounds i8, ptr %15, i64 %17
  %19 = getelementptr inbounds <8 x double>, ptr %18, i64 %5
  %20 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 5
  %21 = load i64, ptr %20, align 8
  %22 = mul nsw i64 %21, %9
  %23 = getelementptr inbounds double, ptr %19, i64 %22
  %24 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 10
  %25 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 9
  %26 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 7
  %27 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 8
  %28 = shl i64 %5, 6
  %29 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 8
  %30 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 14
  %31 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 3
  %32 = getelementptr inbounds %struct.Kernel, ptr %3, i64 0, i32 1
  %33 = getelementptr inbounds %struct.Kernel, ptr %3, i64 0, i32 3
  %34 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 6
  %35 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 4
  %36 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 2
  %37 = call i64 @llvm.smax.i64(i64 %5, i64 0)
  br label %38

38:
  %39 = atomicrmw add ptr %24, i64 1 monotonic, align 8
  %40 = load i64, ptr %25, align 8
  %41 = icmp slt i64 %39, %40
  br i1 %41, label %42, label %127

42:
  %43 = add nsw i64 %39, 1
  %44 = icmp slt i64 %43, %40
  br i1 %44, label %45, label %48

45:
  %46 = load i64, ptr %27, align 8
  %47 = mul nsw i64 %46, %43
  br label %50

48:
  %49 = load i64, ptr %26, align 8
  br label %50

50:
  %51 = phi i64 [ %47, %45 ], [ %49, %48 ]
  call void @llvm.memset.p0.i64(ptr align 64 %18, i8 0, i64 %28, i1 false)
  %52 = load i64, ptr %29, align 8
  %53 = mul nsw i64 %52, %39
  br label %54

54:
  %55 = phi i64 [ %53, %50 ], [ %126, %124 ]
  %56 = icmp sgt i64 %51, %55
  br i1 %56, label %78, label %57

57:
  %58 = load ptr, ptr %36, align 8
  %59 = mul nsw i64 %39, %5
  %60 = getelementptr inbounds double, ptr %58, i64 %59
  br label %61

61:
  %62 = phi i64 [ 0, %57 ], [ %77, %64 ]
  %63 = icmp eq i64 %62, %37
  br i1 %63, label %38, label %64

64:
  %65 = getelementptr inbounds <8 x double>, ptr %18, i64 %62
  %66 = load <8 x double>, ptr %65, align 64
  %67 = shufflevector <8 x double> %66, <8 x double> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %68 = shufflevector <8 x double> %66, <8 x double> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %69 = fadd contract <4 x double> %67, %68
  %70 = shufflevector <4 x double> %69, <4 x double> poison, <2 x i32> <i32 0, i32 1>
  %71 = shufflevector <4 x double> %69, <4 x double> poison, <2 x i32> <i32 2, i32 3>
  %72 = fadd contract <2 x double> %70, %71
  %73 = shufflevector <2 x double> %72, <2 x double> poison, <2 x i32> <i32 1, i32 undef>
  %74 = fadd contract <2 x double> %72, %73
  %75 = extractelement <2 x double> %74, i64 0
  %76 = getelementptr inbounds double, ptr %60, i64 %62
  store double %75, ptr %76, align 8
  %77 = add nuw i64 %62, 1
  br label %61

78:
  %79 = sub nsw i64 %51, %55
  %80 = load i64, ptr %30, align 8
  %81 = call i64 @llvm.smin.i64(i64 %79, i64 %80)
  %82 = call i64 @llvm.smax.i64(i64 %81, i64 0)
  br label %83

83:
  %84 = phi i64 [ 0, %78 ], [ %106, %105 ]
  %85 = load i64, ptr %20, align 8
  %86 = icmp slt i64 %84, %85
  br i1 %86, label %91, label %87

87:
  %88 = load ptr, ptr %32, align 8
  %89 = load ptr, ptr %33, align 8
  call void %88(ptr %89, ptr %15, ptr %7, ptr %19, ptr %23, ptr %18, i64 %9, i64 %81)
  %90 = shl i64 %81, 3
  br label %112

91:
  %92 = load ptr, ptr %31, align 8
  %93 = getelementptr inbounds %struct.Source, ptr %92, i64 %84
  %94 = getelementptr inbounds %struct.Source, ptr %92, i64 %84, i32 1
  %95 = load i64, ptr %94, align 8
  %96 = load ptr, ptr %93, align 8
  %97 = mul nsw i64 %95, %55
  %98 = getelementptr inbounds i8, ptr %96, i64 %97
  %99 = mul nsw i64 %84, %9
  %100 = getelementptr inbounds double, ptr %19, i64 %99
  br label %101

101:
  %102 = phi ptr [ %98, %91 ], [ %111, %107 ]
  %103 = phi i64 [ 0, %91 ], [ %110, %107 ]
  %104 = icmp eq i64 %103, %82
  br i1 %104, label %105, label %107

105:
  %106 = add nuw nsw i64 %84, 1
  br label %83

107:
  %108 = getelementptr inbounds double, ptr %100, i64 %103
  %109 = load i64, ptr %102, align 1
  store i64 %109, ptr %108, align 8
  %110 = add nuw i64 %103, 1
  %111 = getelementptr inbounds i8, ptr %102, i64 %95
  br label %101

112:
  %113 = phi i64 [ 0, %87 ], [ %123, %116 ]
  %114 = load i64, ptr %34, align 8
  %115 = icmp slt i64 %113, %114
  br i1 %115, label %116, label %124

116:
  %117 = load ptr, ptr %35, align 8
  %118 = getelementptr inbounds ptr, ptr %117, i64 %113
  %119 = load ptr, ptr %118, align 8
  %120 = getelementptr inbounds double, ptr %119, i64 %55
  %121 = mul nsw i64 %113, %9
  %122 = getelementptr inbounds double, ptr %23, i64 %121
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %120, ptr align 8 %122, i64 %90, i1 false)
  %123 = add nuw nsw i64 %113, 1
  br label %112

124:
  %125 = load i64, ptr %30, align 8
  %126 = add nsw i64 %125, %55
  br label %54

127:
  ret void
}

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

define void @finish(ptr %0) {
  %2 = load ptr, ptr %0, align 8
  %3 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 1
  %4 = load ptr, ptr %3, align 8
  %5 = getelementptr inbounds %struct.Kernel, ptr %2, i64 0, i32 5
  %6 = load i64, ptr %5, align 8
  %7 = getelementptr inbounds double, ptr %4, i64 %6
  %8 = getelementptr inbounds %struct.Kernel, ptr %2, i64 0, i32 4
  %9 = load i64, ptr %8, align 8
  %10 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 9
  %11 = load i64, ptr %10, align 8
  %12 = shl i64 %9, 3
  call void @llvm.memset.p0.i64(ptr align 8 %7, i8 0, i64 %12, i1 false)
  %13 = getelementptr inbounds %struct.Job, ptr %0, i64 0, i32 2
  %14 = load ptr, ptr %13, align 8
  %15 = call i64 @llvm.smax.i64(i64 %9, i64 0)
  %16 = call i64 @llvm.smax.i64(i64 %11, i64 0)
  br label %17

17:
  %18 = phi ptr [ %14, %1 ], [ %32, %30 ]
  %19 = phi i64 [ 0, %1 ], [ %31, %30 ]
  %20 = icmp eq i64 %19, %16
  br i1 %20, label %21, label %27

21:
  %22 = getelementptr inbounds %struct.Kernel, ptr %2, i64 0, i32 2
  %23 = load ptr, ptr %22, align 8
  %24 = getelementptr inbounds %struct.Kernel, ptr %2, i64 0, i32 3
  %25 = load ptr, ptr %24, align 8
  %26 = load ptr, ptr %3, align 8
  call void %23(ptr %25, ptr %26)
  ret void

27:
  %28 = phi i64 [ %39, %33 ], [ 0, %17 ]
  %29 = icmp eq i64 %28, %15
  br i1 %29, label %30, label %33

30:
  %31 = add nuw i64 %19, 1
  %32 = getelementptr inbounds double, ptr %18, i64 %9
  br label %17

33:
  %34 = getelementptr inbounds double, ptr %18, i64 %28
  %35 = load double, ptr %34, align 8
  %36 = getelementptr inbounds double, ptr %7, i64 %28
  %37 = load double, ptr %36, align 8
  %38 = fadd contract double %35, %37
  store double %38, ptr %36, align 8
  %39 = add nuw i64 %28, 1
  br label %27
}

define void @serve(ptr %0, i64 %1) {
  %3 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 4
  %4 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 8
  %5 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 6
  %6 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 7
  br label %7

7:
  %8 = phi i64 [ 0, %2 ], [ %36, %33 ]
  %9 = icmp slt i64 %8, 1000
  br i1 %9, label %10, label %37

10:
  %11 = load atomic i64, ptr %3 seq_cst, align 8
  %12 = icmp eq i64 %11, 0
  br i1 %12, label %13, label %37

13:
  %14 = load atomic i64, ptr %0 seq_cst, align 8
  %15 = and i64 %14, 4294967296
  %16 = icmp eq i64 %15, 0
  br i1 %16, label %33, label %17

17:
  %18 = atomicrmw add ptr %0, i64 1 seq_cst, align 8
  %19 = and i64 %18, 4294967296
  %20 = icmp eq i64 %19, 0
  br i1 %20, label %24, label %21

21:
  %22 = load i64, ptr %4, align 16
  %23 = icmp sgt i64 %22, %1
  br label %24

24:
  %25 = phi i1 [ false, %17 ], [ %23, %21 ]
  br i1 %25, label %26, label %29

26:
  %27 = load ptr, ptr %5, align 64
  %28 = load ptr, ptr %6, align 8
  call void %27(ptr %28, i64 %1)
  br label %29

29:
  %30 = phi i64 [ 0, %26 ], [ %8, %24 ]
  %31 = atomicrmw sub ptr %0, i64 1 seq_cst, align 8
  %32 = or i1 %20, %25
  br i1 %32, label %33, label %37

33:
  %34 = phi i64 [ %8, %13 ], [ %30, %29 ]
  %35 = call i32 @sched_yield()
  %36 = add nsw i64 %34, 1
  br label %7

37:
  ret void
}

declare i32 @sched_yield()

define void @run_parallel(ptr %0, ptr %1, ptr %2, i64 %3) {
  %5 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 2
  %6 = atomicrmw xchg ptr %5, i64 1 seq_cst, align 8
  %7 = icmp eq i64 %6, 0
  br i1 %7, label %9, label %8

8:
  call void %1(ptr %2, i64 0)
  br label %21

9:
  %10 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 6
  store ptr %1, ptr %10, align 64
  %11 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 7
  store ptr %2, ptr %11, align 8
  %12 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 8
  store i64 %3, ptr %12, align 16
  %13 = atomicrmw or ptr %0, i64 4294967296 seq_cst, align 8
  call void %1(ptr %2, i64 0)
  %14 = atomicrmw and ptr %0, i64 -4294967297 seq_cst, align 8
  br label %15

15:
  %16 = load atomic i64, ptr %0 seq_cst, align 8
  %17 = icmp eq i64 %16, 0
  br i1 %17, label %20, label %18

18:
  %19 = call i32 @sched_yield()
  br label %15

20:
  store atomic i64 0, ptr %5 seq_cst, align 8
  br label %21

21:
  ret void
}

define void @end(ptr %0) {
  %2 = getelementptr inbounds %struct.Pool, ptr %0, i64 0, i32 4
  store atomic i64 1, ptr %2 seq_cst, align 8
  ret void
}

declare void @llvm.memcpy.p0.p0.i64(ptr noalias, ptr noalias, i64, i1)

declare i64 @llvm.smax.i64(i64, i64)

declare i64 @llvm.smin.i64(i64, i64)
