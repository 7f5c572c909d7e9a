; made by docs/runtime.py of interpreter.cpp: 0d37c17b65db0deb3bc1219951ab0d7021c25bf4ce5bcd3d5230215258e0ac42
%struct.Memory = type { ptr, ptr, ptr, ptr, i64, <8 x i64> }
%struct.Code = type { ptr, ptr, ptr, ptr, ptr, ptr }
%struct.Instructions = type { i64, ptr, ptr, ptr }

define void @before(ptr %0, ptr %1) {
  %3 = alloca %struct.Memory, align 64
  %4 = load ptr, ptr %0, align 8
  %5 = getelementptr inbounds %struct.Code, ptr %0, i64 0, i32 1
  %6 = load ptr, ptr %5, align 8
  call void @llvm.memset.p0.i64(ptr align 64 dereferenceable(128) %3, i8 0, i64 128, i1 false)
  store ptr %1, ptr %3, align 64
  br label %7

7:
  %8 = phi ptr [ %4, %2 ], [ %19, %10 ]
  %9 = icmp ult ptr %8, %6
  br i1 %9, label %10, label %20

10:
  %11 = load i32, ptr %8, align 4
  %12 = sext i32 %11 to i64
  %13 = getelementptr inbounds [0 x ptr], ptr @operations, i64 0, i64 %12
  %14 = load ptr, ptr %13, align 8
  %15 = getelementptr inbounds i32, ptr %8, i64 2
  %16 = getelementptr inbounds i32, ptr %8, i64 1
  %17 = load i32, ptr %16, align 4
  %18 = sext i32 %17 to i64
  %19 = call ptr %14(ptr %15, i64 %18, ptr %1, ptr align 64 dereferenceable(128) %3)
  br label %7

20:
  ret void
}

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

define void @lanes(ptr %0, ptr %1, ptr %2, ptr %3, ptr %4, ptr %5, i64 %6, i64 %7) {
  %9 = alloca %struct.Memory, align 64
  %10 = getelementptr inbounds %struct.Code, ptr %0, i64 0, i32 2
  %11 = getelementptr inbounds %struct.Code, ptr %0, i64 0, i32 3
  %12 = getelementptr inbounds %struct.Memory, ptr %9, i64 0, i32 1
  %13 = getelementptr inbounds %struct.Memory, ptr %9, i64 0, i32 2
  %14 = getelementptr inbounds %struct.Memory, ptr %9, i64 0, i32 3
  %15 = getelementptr inbounds %struct.Memory, ptr %9, i64 0, i32 4
  %16 = getelementptr inbounds %struct.Memory, ptr %9, i64 0, i32 5
  br label %17

17:
  %18 = phi i64 [ 0, %8 ], [ %45, %44 ]
  %19 = icmp slt i64 %18, %7
  br i1 %19, label %21, label %20

20:
  ret void

21:
  %22 = sub nsw i64 %7, %18
  %23 = insertelement <8 x i64> poison, i64 %22, i64 0
  %24 = shufflevector <8 x i64> %23, <8 x i64> poison, <8 x i32> zeroinitializer
  %25 = icmp sgt <8 x i64> %24, <i64 0, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7>
  %26 = sext <8 x i1> %25 to <8 x i64>
  %27 = load ptr, ptr %10, align 8
  %28 = load ptr, ptr %11, align 8
  store ptr %2, ptr %9, align 64
  %29 = getelementptr inbounds double, ptr %3, i64 %18
  store ptr %29, ptr %12, align 8
  %30 = getelementptr inbounds double, ptr %4, i64 %18
  store ptr %30, ptr %13, align 16
  store ptr %5, ptr %14, align 8
  store i64 %6, ptr %15, align 32
  store <8 x i64> %26, ptr %16, align 64
  br label %31

31:
  %32 = phi ptr [ %27, %21 ], [ %43, %34 ]
  %33 = icmp ult ptr %32, %28
  br i1 %33, label %34, label %44

34:
  %35 = load i32, ptr %32, align 4
  %36 = sext i32 %35 to i64
  %37 = getelementptr inbounds [0 x ptr], ptr @operations, i64 0, i64 %36
  %38 = load ptr, ptr %37, align 8
  %39 = getelementptr inbounds i32, ptr %32, i64 2
  %40 = getelementptr inbounds i32, ptr %32, i64 1
  %41 = load i32, ptr %40, align 4
  %42 = sext i32 %41 to i64
  %43 = call ptr %38(ptr %39, i64 %42, ptr %1, ptr align 64 dereferenceable(128) %9)
  br label %31

44:
  %45 = add nuw nsw i64 %18, 8
  br label %17
}

define void @after(ptr %0, ptr %1) {
  %3 = alloca %struct.Memory, align 64
  %4 = getelementptr inbounds %struct.Code, ptr %0, i64 0, i32 4
  %5 = load ptr, ptr %4, align 8
  %6 = getelementptr inbounds %struct.Code, ptr %0, i64 0, i32 5
  %7 = load ptr, ptr %6, align 8
  call void @llvm.memset.p0.i64(ptr align 64 dereferenceable(128) %3, i8 0, i64 128, i1 false)
  store ptr %1, ptr %3, align 64
  br label %8

8:
  %9 = phi ptr [ %5, %2 ], [ %20, %11 ]
  %10 = icmp ult ptr %9, %7
  br i1 %10, label %11, label %21

11:
  %12 = load i32, ptr %9, align 4
  %13 = sext i32 %12 to i64
  %14 = getelementptr inbounds [0 x ptr], ptr @operations, i64 0, i64 %13
  %15 = load ptr, ptr %14, align 8
  %16 = getelementptr inbounds i32, ptr %9, i64 2
  %17 = getelementptr inbounds i32, ptr %9, i64 1
  %18 = load i32, ptr %17, align 4
  %19 = sext i32 %18 to i64
  %20 = call ptr %15(ptr %16, i64 %19, ptr %1, ptr align 64 dereferenceable(128) %3)
  br label %8

21:
  ret void
}

define ptr @scalar_dot(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %176, %169 ]
  %7 = phi ptr [ %0, %4 ], [ %82, %169 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %177, label %9

9:
  %10 = getelementptr inbounds i32, ptr %7, i64 3
  %11 = getelementptr inbounds i32, ptr %7, i64 1
  %12 = load i32, ptr %11, align 4
  %13 = shl nsw i32 %12, 1
  %14 = sext i32 %13 to i64
  %15 = getelementptr inbounds i32, ptr %10, i64 %14
  %16 = getelementptr inbounds i32, ptr %7, i64 2
  %17 = load i32, ptr %16, align 4
  %18 = shl nsw i32 %17, 1
  %19 = sext i32 %18 to i64
  %20 = load ptr, ptr %3, align 64
  br label %21

21:
  %22 = phi double [ -0.000000e+00, %9 ], [ %76, %29 ]
  %23 = phi double [ -0.000000e+00, %9 ], [ %64, %29 ]
  %24 = phi double [ -0.000000e+00, %9 ], [ %52, %29 ]
  %25 = phi double [ -0.000000e+00, %9 ], [ %40, %29 ]
  %26 = phi ptr [ %10, %9 ], [ %27, %29 ]
  %27 = getelementptr inbounds i32, ptr %26, i64 8
  %28 = icmp ugt ptr %27, %15
  br i1 %28, label %77, label %29

29:
  %30 = getelementptr inbounds i32, ptr %26, i64 1
  %31 = load i32, ptr %30, align 4
  %32 = sext i32 %31 to i64
  %33 = getelementptr inbounds double, ptr %2, i64 %32
  %34 = load double, ptr %33, align 8
  %35 = load i32, ptr %26, align 4
  %36 = sext i32 %35 to i64
  %37 = getelementptr inbounds double, ptr %20, i64 %36
  %38 = load double, ptr %37, align 8
  %39 = fmul contract double %34, %38
  %40 = fadd contract double %25, %39
  %41 = getelementptr inbounds i32, ptr %26, i64 2
  %42 = getelementptr inbounds i32, ptr %26, i64 3
  %43 = load i32, ptr %42, align 4
  %44 = sext i32 %43 to i64
  %45 = getelementptr inbounds double, ptr %2, i64 %44
  %46 = load double, ptr %45, align 8
  %47 = load i32, ptr %41, align 4
  %48 = sext i32 %47 to i64
  %49 = getelementptr inbounds double, ptr %20, i64 %48
  %50 = load double, ptr %49, align 8
  %51 = fmul contract double %46, %50
  %52 = fadd contract double %24, %51
  %53 = getelementptr inbounds i32, ptr %26, i64 4
  %54 = getelementptr inbounds i32, ptr %26, i64 5
  %55 = load i32, ptr %54, align 4
  %56 = sext i32 %55 to i64
  %57 = getelementptr inbounds double, ptr %2, i64 %56
  %58 = load double, ptr %57, align 8
  %59 = load i32, ptr %53, align 4
  %60 = sext i32 %59 to i64
  %61 = getelementptr inbounds double, ptr %20, i64 %60
  %62 = load double, ptr %61, align 8
  %63 = fmul contract double %58, %62
  %64 = fadd contract double %23, %63
  %65 = getelementptr inbounds i32, ptr %26, i64 7
  %66 = load i32, ptr %65, align 4
  %67 = sext i32 %66 to i64
  %68 = getelementptr inbounds double, ptr %2, i64 %67
  %69 = load double, ptr %68, align 8
  %70 = getelementptr inbounds i32, ptr %26, i64 6
  %71 = load i32, ptr %70, align 4
  %72 = sext i32 %71 to i64
  %73 = getelementptr inbounds double, ptr %20, i64 %72
  %74 = load double, ptr %73, align 8
  %75 = fmul contract double %69, %74
  %76 = fadd contract double %22, %75
  br label %21

77:
  %78 = phi double [ %94, %83 ], [ %25, %21 ]
  %79 = phi ptr [ %95, %83 ], [ %26, %21 ]
  %80 = icmp ult ptr %79, %15
  br i1 %80, label %83, label %81

81:
  %82 = getelementptr inbounds i32, ptr %15, i64 %19
  br label %96

83:
  %84 = getelementptr inbounds i32, ptr %79, i64 1
  %85 = load i32, ptr %84, align 4
  %86 = sext i32 %85 to i64
  %87 = getelementptr inbounds double, ptr %2, i64 %86
  %88 = load double, ptr %87, align 8
  %89 = load i32, ptr %79, align 4
  %90 = sext i32 %89 to i64
  %91 = getelementptr inbounds double, ptr %20, i64 %90
  %92 = load double, ptr %91, align 8
  %93 = fmul contract double %88, %92
  %94 = fadd contract double %78, %93
  %95 = getelementptr inbounds i32, ptr %79, i64 2
  br label %77

96:
  %97 = phi double [ %151, %104 ], [ %22, %81 ]
  %98 = phi double [ %139, %104 ], [ %23, %81 ]
  %99 = phi double [ %127, %104 ], [ %24, %81 ]
  %100 = phi double [ %115, %104 ], [ %78, %81 ]
  %101 = phi ptr [ %102, %104 ], [ %79, %81 ]
  %102 = getelementptr inbounds i32, ptr %101, i64 8
  %103 = icmp ugt ptr %102, %82
  br i1 %103, label %152, label %104

104:
  %105 = load i32, ptr %101, align 4
  %106 = sext i32 %105 to i64
  %107 = getelementptr inbounds double, ptr %2, i64 %106
  %108 = load double, ptr %107, align 8
  %109 = getelementptr inbounds i32, ptr %101, i64 1
  %110 = load i32, ptr %109, align 4
  %111 = sext i32 %110 to i64
  %112 = getelementptr inbounds double, ptr %2, i64 %111
  %113 = load double, ptr %112, align 8
  %114 = fmul contract double %108, %113
  %115 = fadd contract double %100, %114
  %116 = getelementptr inbounds i32, ptr %101, i64 2
  %117 = load i32, ptr %116, align 4
  %118 = sext i32 %117 to i64
  %119 = getelementptr inbounds double, ptr %2, i64 %118
  %120 = load double, ptr %119, align 8
  %121 = getelementptr inbounds i32, ptr %101, i64 3
  %122 = load i32, ptr %121, align 4
  %123 = sext i32 %122 to i64
  %124 = getelementptr inbounds double, ptr %2, i64 %123
  %125 = load double, ptr %124, align 8
  %126 = fmul contract double %120, %125
  %127 = fadd contract double %99, %126
  %128 = getelementptr inbounds i32, ptr %101, i64 4
  %129 = load i32, ptr %128, align 4
  %130 = sext i32 %129 to i64
  %131 = getelementptr inbounds double, ptr %2, i64 %130
  %132 = load double, ptr %131, align 8
  %133 = getelementptr inbounds i32, ptr %101, i64 5
  %134 = load i32, ptr %133, align 4
  %135 = sext i32 %134 to i64
  %136 = getelementptr inbounds double, ptr %2, i64 %135
  %137 = load double, ptr %136, align 8
  %138 = fmul contract double %132, %137
  %139 = fadd contract double %98, %138
  %140 = getelementptr inbounds i32, ptr %101, i64 6
  %141 = load i32, ptr %140, align 4
  %142 = sext i32 %141 to i64
  %143 = getelementptr inbounds double, ptr %2, i64 %142
  %144 = load double, ptr %143, align 8
  %145 = getelementptr inbounds i32, ptr %101, i64 7
  %146 = load i32, ptr %145, align 4
  %147 = sext i32 %146 to i64
  %148 = getelementptr inbounds double, ptr %2, i64 %147
  %149 = load double, ptr %148, align 8
  %150 = fmul contract double %144, %149
  %151 = fadd contract double %97, %150
  br label %96

152:
  %153 = phi double [ %167, %156 ], [ %100, %96 ]
  %154 = phi ptr [ %168, %156 ], [ %101, %96 ]
  %155 = icmp ult ptr %154, %82
  br i1 %155, label %156, label %169

156:
  %157 = load i32, ptr %154, align 4
  %158 = sext i32 %157 to i64
  %159 = getelementptr inbounds double, ptr %2, i64 %158
  %160 = load double, ptr %159, align 8
  %161 = getelementptr inbounds i32, ptr %154, i64 1
  %162 = load i32, ptr %161, align 4
  %163 = sext i32 %162 to i64
  %164 = getelementptr inbounds double, ptr %2, i64 %163
  %165 = load double, ptr %164, align 8
  %166 = fmul contract double %160, %165
  %167 = fadd contract double %153, %166
  %168 = getelementptr inbounds i32, ptr %154, i64 2
  br label %152

169:
  %170 = fadd contract double %99, %153
  %171 = fadd contract double %98, %170
  %172 = fadd contract double %97, %171
  %173 = load i32, ptr %7, align 4
  %174 = sext i32 %173 to i64
  %175 = getelementptr inbounds double, ptr %2, i64 %174
  store double %172, ptr %175, align 8
  %176 = add nsw i64 %6, -1
  br label %5

177:
  ret ptr %7
}

define ptr @scalar_across(ptr %0, i64 %1, ptr %2, ptr readnone align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %76, %61 ]
  %7 = phi ptr [ %0, %4 ], [ %77, %61 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %78, label %9

9:
  %10 = getelementptr inbounds i32, ptr %7, i64 1
  %11 = load i32, ptr %10, align 4
  %12 = icmp slt i32 %11, 0
  br i1 %12, label %17, label %13

13:
  %14 = zext i32 %11 to i64
  %15 = getelementptr inbounds double, ptr %2, i64 %14
  %16 = load double, ptr %15, align 8
  br label %17

17:
  %18 = phi contract double [ %16, %13 ], [ -0.000000e+00, %9 ]
  %19 = getelementptr inbounds i32, ptr %7, i64 2
  %20 = load i32, ptr %19, align 4
  %21 = sext i32 %20 to i64
  %22 = getelementptr inbounds i32, ptr %7, i64 3
  %23 = load i32, ptr %22, align 4
  %24 = sext i32 %23 to i64
  %25 = getelementptr inbounds double, ptr %2, i64 %24
  %26 = getelementptr inbounds i32, ptr %7, i64 4
  %27 = load i32, ptr %26, align 4
  %28 = sext i32 %27 to i64
  %29 = getelementptr inbounds double, ptr %2, i64 %28
  %30 = getelementptr inbounds i32, ptr %7, i64 5
  %31 = load i32, ptr %30, align 4
  %32 = sext i32 %31 to i64
  br label %33

33:
  %34 = phi i64 [ 0, %17 ], [ %36, %38 ]
  %35 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %17 ], [ %45, %38 ]
  %36 = add nuw nsw i64 %34, 8
  %37 = icmp sgt i64 %36, %21
  br i1 %37, label %46, label %38

38:
  %39 = getelementptr inbounds double, ptr %25, i64 %34
  %40 = load <8 x double>, ptr %39, align 8
  %41 = mul nsw i64 %34, %32
  %42 = getelementptr inbounds double, ptr %29, i64 %41
  %43 = load <8 x double>, ptr %42, align 8
  %44 = fmul contract <8 x double> %40, %43
  %45 = fadd contract <8 x double> %35, %44
  br label %33

46:
  %47 = icmp slt i64 %34, %21
  br i1 %47, label %48, label %61

48:
  %49 = getelementptr inbounds double, ptr %25, i64 %34
  %50 = load <8 x double>, ptr %49, align 8
  %51 = mul nsw i64 %34, %32
  %52 = getelementptr inbounds double, ptr %29, i64 %51
  %53 = load <8 x double>, ptr %52, align 8
  %54 = fmul contract <8 x double> %50, %53
  %55 = sub nsw i64 %21, %34
  %56 = insertelement <8 x i64> poison, i64 %55, i64 0
  %57 = shufflevector <8 x i64> %56, <8 x i64> poison, <8 x i32> zeroinitializer
  %58 = icmp sgt <8 x i64> %57, <i64 0, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7>
  %59 = select <8 x i1> %58, <8 x double> %54, <8 x double> <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>
  %60 = fadd contract <8 x double> %35, %59
  br label %61

61:
  %62 = phi <8 x double> [ %60, %48 ], [ %35, %46 ]
  %63 = shufflevector <8 x double> %62, <8 x double> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %64 = shufflevector <8 x double> %62, <8 x double> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %65 = fadd contract <4 x double> %63, %64
  %66 = shufflevector <4 x double> %65, <4 x double> poison, <2 x i32> <i32 0, i32 1>
  %67 = shufflevector <4 x double> %65, <4 x double> poison, <2 x i32> <i32 2, i32 3>
  %68 = fadd contract <2 x double> %66, %67
  %69 = shufflevector <2 x double> %68, <2 x double> poison, <2 x i32> <i32 1, i32 undef>
  %70 = fadd contract <2 x double> %68, %69
  %71 = extractelement <2 x double> %70, i64 0
  %72 = fadd contract double %18, %71
  %73 = load i32, ptr %7, align 4
  %74 = sext i32 %73 to i64
  %75 = getelementptr inbounds double, ptr %2, i64 %74
  store double %72, ptr %75, align 8
  %76 = add nsw i64 %6, -1
  %77 = getelementptr inbounds i32, ptr %7, i64 6
  br label %5

78:
  ret ptr %7
}

define ptr @scalar_copy(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %19, %9 ]
  %7 = phi ptr [ %0, %4 ], [ %20, %9 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %21, label %9

9:
  %10 = load i32, ptr %7, align 4
  %11 = sext i32 %10 to i64
  %12 = getelementptr inbounds double, ptr %2, i64 %11
  %13 = load ptr, ptr %3, align 64
  %14 = getelementptr inbounds i32, ptr %7, i64 1
  %15 = load i32, ptr %14, align 4
  %16 = sext i32 %15 to i64
  %17 = getelementptr inbounds double, ptr %13, i64 %16
  %18 = load double, ptr %17, align 8
  store double %18, ptr %12, align 8
  %19 = add nsw i64 %6, -1
  %20 = getelementptr inbounds i32, ptr %7, i64 2
  br label %5

21:
  ret ptr %7
}

define ptr @vector_dot(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %128, %123 ]
  %7 = phi ptr [ %0, %4 ], [ %60, %123 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %129, label %9

9:
  %10 = getelementptr inbounds i32, ptr %7, i64 3
  %11 = getelementptr inbounds i32, ptr %7, i64 1
  %12 = load i32, ptr %11, align 4
  %13 = shl nsw i32 %12, 1
  %14 = sext i32 %13 to i64
  %15 = getelementptr inbounds i32, ptr %10, i64 %14
  %16 = getelementptr inbounds i32, ptr %7, i64 2
  %17 = load i32, ptr %16, align 4
  %18 = shl nsw i32 %17, 1
  %19 = sext i32 %18 to i64
  %20 = load ptr, ptr %3, align 64
  br label %21

21:
  %22 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %9 ], [ %54, %27 ]
  %23 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %9 ], [ %40, %27 ]
  %24 = phi ptr [ %10, %9 ], [ %25, %27 ]
  %25 = getelementptr inbounds i32, ptr %24, i64 4
  %26 = icmp ugt ptr %25, %15
  br i1 %26, label %55, label %27

27:
  %28 = getelementptr inbounds i32, ptr %24, i64 1
  %29 = load i32, ptr %28, align 4
  %30 = sext i32 %29 to i64
  %31 = getelementptr inbounds double, ptr %2, i64 %30
  %32 = load <8 x double>, ptr %31, align 8
  %33 = load i32, ptr %24, align 4
  %34 = sext i32 %33 to i64
  %35 = getelementptr inbounds double, ptr %20, i64 %34
  %36 = load double, ptr %35, align 8
  %37 = insertelement <8 x double> poison, double %36, i64 0
  %38 = shufflevector <8 x double> %37, <8 x double> poison, <8 x i32> zeroinitializer
  %39 = fmul contract <8 x double> %32, %38
  %40 = fadd contract <8 x double> %23, %39
  %41 = getelementptr inbounds i32, ptr %24, i64 3
  %42 = load i32, ptr %41, align 4
  %43 = sext i32 %42 to i64
  %44 = getelementptr inbounds double, ptr %2, i64 %43
  %45 = load <8 x double>, ptr %44, align 8
  %46 = getelementptr inbounds i32, ptr %24, i64 2
  %47 = load i32, ptr %46, align 4
  %48 = sext i32 %47 to i64
  %49 = getelementptr inbounds double, ptr %20, i64 %48
  %50 = load double, ptr %49, align 8
  %51 = insertelement <8 x double> poison, double %50, i64 0
  %52 = shufflevector <8 x double> %51, <8 x double> poison, <8 x i32> zeroinitializer
  %53 = fmul contract <8 x double> %45, %52
  %54 = fadd contract <8 x double> %22, %53
  br label %21

55:
  %56 = phi <8 x double> [ %74, %61 ], [ %23, %21 ]
  %57 = phi ptr [ %75, %61 ], [ %24, %21 ]
  %58 = icmp ult ptr %57, %15
  br i1 %58, label %61, label %59

59:
  %60 = getelementptr inbounds i32, ptr %15, i64 %19
  br label %76

61:
  %62 = getelementptr inbounds i32, ptr %57, i64 1
  %63 = load i32, ptr %62, align 4
  %64 = sext i32 %63 to i64
  %65 = getelementptr inbounds double, ptr %2, i64 %64
  %66 = load <8 x double>, ptr %65, align 8
  %67 = load i32, ptr %57, align 4
  %68 = sext i32 %67 to i64
  %69 = getelementptr inbounds double, ptr %20, i64 %68
  %70 = load double, ptr %69, align 8
  %71 = insertelement <8 x double> poison, double %70, i64 0
  %72 = shufflevector <8 x double> %71, <8 x double> poison, <8 x i32> zeroinitializer
  %73 = fmul contract <8 x double> %66, %72
  %74 = fadd contract <8 x double> %56, %73
  %75 = getelementptr inbounds i32, ptr %57, i64 2
  br label %55

76:
  %77 = phi <8 x double> [ %105, %82 ], [ %22, %59 ]
  %78 = phi <8 x double> [ %93, %82 ], [ %56, %59 ]
  %79 = phi ptr [ %80, %82 ], [ %57, %59 ]
  %80 = getelementptr inbounds i32, ptr %79, i64 4
  %81 = icmp ugt ptr %80, %60
  br i1 %81, label %106, label %82

82:
  %83 = load i32, ptr %79, align 4
  %84 = sext i32 %83 to i64
  %85 = getelementptr inbounds double, ptr %2, i64 %84
  %86 = load <8 x double>, ptr %85, align 8
  %87 = getelementptr inbounds i32, ptr %79, i64 1
  %88 = load i32, ptr %87, align 4
  %89 = sext i32 %88 to i64
  %90 = getelementptr inbounds double, ptr %2, i64 %89
  %91 = load <8 x double>, ptr %90, align 8
  %92 = fmul contract <8 x double> %86, %91
  %93 = fadd contract <8 x double> %78, %92
  %94 = getelementptr inbounds i32, ptr %79, i64 2
  %95 = load i32, ptr %94, align 4
  %96 = sext i32 %95 to i64
  %97 = getelementptr inbounds double, ptr %2, i64 %96
  %98 = load <8 x double>, ptr %97, align 8
  %99 = getelementptr inbounds i32, ptr %79, i64 3
  %100 = load i32, ptr %99, align 4
  %101 = sext i32 %100 to i64
  %102 = getelementptr inbounds double, ptr %2, i64 %101
  %103 = load <8 x double>, ptr %102, align 8
  %104 = fmul contract <8 x double> %98, %103
  %105 = fadd contract <8 x double> %77, %104
  br label %76

106:
  %107 = phi <8 x double> [ %121, %110 ], [ %78, %76 ]
  %108 = phi ptr [ %122, %110 ], [ %79, %76 ]
  %109 = icmp ult ptr %108, %60
  br i1 %109, label %110, label %123

110:
  %111 = load i32, ptr %108, align 4
  %112 = sext i32 %111 to i64
  %113 = getelementptr inbounds double, ptr %2, i64 %112
  %114 = load <8 x double>, ptr %113, align 8
  %115 = getelementptr inbounds i32, ptr %108, i64 1
  %116 = load i32, ptr %115, align 4
  %117 = sext i32 %116 to i64
  %118 = getelementptr inbounds double, ptr %2, i64 %117
  %119 = load <8 x double>, ptr %118, align 8
  %120 = fmul contract <8 x double> %114, %119
  %121 = fadd contract <8 x double> %107, %120
  %122 = getelementptr inbounds i32, ptr %108, i64 2
  br label %106

123:
  %124 = fadd contract <8 x double> %77, %107
  %125 = load i32, ptr %7, align 4
  %126 = sext i32 %125 to i64
  %127 = getelementptr inbounds double, ptr %2, i64 %126
  store <8 x double> %124, ptr %127, align 8
  %128 = add nsw i64 %6, -1
  br label %5

129:
  ret ptr %7
}

define ptr @vector_rows(ptr %0, i64 %1, ptr %2, ptr readnone align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %24, %21 ]
  %7 = phi ptr [ %0, %4 ], [ %23, %21 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %651, label %9

9:
  %10 = load i32, ptr %7, align 4
  %11 = sext i32 %10 to i64
  %12 = getelementptr inbounds i32, ptr %7, i64 1
  %13 = load i32, ptr %12, align 4
  %14 = sext i32 %13 to i64
  %15 = getelementptr inbounds i32, ptr %7, i64 2
  %16 = getelementptr inbounds i32, ptr %15, i64 %14
  %17 = add nsw i64 %14, 1
  br label %18

18:
  %19 = phi i64 [ 0, %9 ], [ %650, %649 ]
  %20 = icmp slt i64 %19, %14
  br i1 %20, label %25, label %21

21:
  %22 = mul nsw i64 %17, %11
  %23 = getelementptr inbounds i32, ptr %16, i64 %22
  %24 = add nsw i64 %6, -1
  br label %5

25:
  %26 = sub nsw i64 %14, %19
  %27 = icmp sgt i64 %26, 7
  br i1 %27, label %28, label %151

28:
  %29 = getelementptr inbounds i32, ptr %15, i64 %19
  %30 = load i32, ptr %29, align 4
  %31 = sext i32 %30 to i64
  %32 = getelementptr inbounds double, ptr %2, i64 %31
  %33 = load <8 x double>, ptr %32, align 8
  %34 = or i64 %19, 1
  %35 = getelementptr inbounds i32, ptr %15, i64 %34
  %36 = load i32, ptr %35, align 4
  %37 = sext i32 %36 to i64
  %38 = getelementptr inbounds double, ptr %2, i64 %37
  %39 = load <8 x double>, ptr %38, align 8
  %40 = or i64 %19, 2
  %41 = getelementptr inbounds i32, ptr %15, i64 %40
  %42 = load i32, ptr %41, align 4
  %43 = sext i32 %42 to i64
  %44 = getelementptr inbounds double, ptr %2, i64 %43
  %45 = load <8 x double>, ptr %44, align 8
  %46 = or i64 %19, 3
  %47 = getelementptr inbounds i32, ptr %15, i64 %46
  %48 = load i32, ptr %47, align 4
  %49 = sext i32 %48 to i64
  %50 = getelementptr inbounds double, ptr %2, i64 %49
  %51 = load <8 x double>, ptr %50, align 8
  %52 = or i64 %19, 4
  %53 = getelementptr inbounds i32, ptr %15, i64 %52
  %54 = load i32, ptr %53, align 4
  %55 = sext i32 %54 to i64
  %56 = getelementptr inbounds double, ptr %2, i64 %55
  %57 = load <8 x double>, ptr %56, align 8
  %58 = or i64 %19, 5
  %59 = getelementptr inbounds i32, ptr %15, i64 %58
  %60 = load i32, ptr %59, align 4
  %61 = sext i32 %60 to i64
  %62 = getelementptr inbounds double, ptr %2, i64 %61
  %63 = load <8 x double>, ptr %62, align 8
  %64 = or i64 %19, 6
  %65 = getelementptr inbounds i32, ptr %15, i64 %64
  %66 = load i32, ptr %65, align 4
  %67 = sext i32 %66 to i64
  %68 = getelementptr inbounds double, ptr %2, i64 %67
  %69 = load <8 x double>, ptr %68, align 8
  %70 = or i64 %19, 7
  %71 = getelementptr inbounds i32, ptr %15, i64 %70
  %72 = load i32, ptr %71, align 4
  %73 = sext i32 %72 to i64
  %74 = getelementptr inbounds double, ptr %2, i64 %73
  %75 = load <8 x double>, ptr %74, align 8
  %76 = icmp eq i64 %19, 0
  %77 = add nuw nsw i64 %19, 8
  br label %78

78:
  %79 = phi i64 [ %11, %28 ], [ %149, %88 ]
  %80 = phi ptr [ %16, %28 ], [ %150, %88 ]
  %81 = icmp eq i64 %79, 0
  br i1 %81, label %649, label %82

82:
  br i1 %76, label %88, label %83

83:
  %84 = load i32, ptr %80, align 4
  %85 = sext i32 %84 to i64
  %86 = getelementptr inbounds double, ptr %2, i64 %85
  %87 = load <8 x double>, ptr %86, align 8
  br label %88

88:
  %89 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %82 ], [ %87, %83 ]
  %90 = getelementptr inbounds i32, ptr %80, i64 %34
  %91 = load i32, ptr %90, align 4
  %92 = sext i32 %91 to i64
  %93 = getelementptr inbounds double, ptr %2, i64 %92
  %94 = load <8 x double>, ptr %93, align 8
  %95 = fmul contract <8 x double> %33, %94
  %96 = fadd contract <8 x double> %89, %95
  %97 = getelementptr inbounds i32, ptr %80, i64 %40
  %98 = load i32, ptr %97, align 4
  %99 = sext i32 %98 to i64
  %100 = getelementptr inbounds double, ptr %2, i64 %99
  %101 = load <8 x double>, ptr %100, align 8
  %102 = fmul contract <8 x double> %39, %101
  %103 = getelementptr inbounds i32, ptr %80, i64 %46
  %104 = load i32, ptr %103, align 4
  %105 = sext i32 %104 to i64
  %106 = getelementptr inbounds double, ptr %2, i64 %105
  %107 = load <8 x double>, ptr %106, align 8
  %108 = fmul contract <8 x double> %45, %107
  %109 = fadd contract <8 x double> %96, %108
  %110 = getelementptr inbounds i32, ptr %80, i64 %52
  %111 = load i32, ptr %110, align 4
  %112 = sext i32 %111 to i64
  %113 = getelementptr inbounds double, ptr %2, i64 %112
  %114 = load <8 x double>, ptr %113, align 8
  %115 = fmul contract <8 x double> %51, %114
  %116 = fadd contract <8 x double> %102, %115
  %117 = getelementptr inbounds i32, ptr %80, i64 %58
  %118 = load i32, ptr %117, align 4
  %119 = sext i32 %118 to i64
  %120 = getelementptr inbounds double, ptr %2, i64 %119
  %121 = load <8 x double>, ptr %120, align 8
  %122 = fmul contract <8 x double> %57, %121
  %123 = fadd contract <8 x double> %109, %122
  %124 = getelementptr inbounds i32, ptr %80, i64 %64
  %125 = load i32, ptr %124, align 4
  %126 = sext i32 %125 to i64
  %127 = getelementptr inbounds double, ptr %2, i64 %126
  %128 = load <8 x double>, ptr %127, align 8
  %129 = fmul contract <8 x double> %63, %128
  %130 = fadd contract <8 x double> %116, %129
  %131 = getelementptr inbounds i32, ptr %80, i64 %77
  %132 = load i32, ptr %131, align 4
  %133 = sext i32 %132 to i64
  %134 = getelementptr inbounds double, ptr %2, i64 %133
  %135 = load <8 x double>, ptr %134, align 8
  %136 = fmul contract <8 x double> %75, %135
  %137 = fadd contract <8 x double> %130, %136
  %138 = getelementptr inbounds i32, ptr %80, i64 %70
  %139 = load i32, ptr %138, align 4
  %140 = sext i32 %139 to i64
  %141 = getelementptr inbounds double, ptr %2, i64 %140
  %142 = load <8 x double>, ptr %141, align 8
  %143 = fmul contract <8 x double> %69, %142
  %144 = fadd contract <8 x double> %123, %143
  %145 = load i32, ptr %80, align 4
  %146 = sext i32 %145 to i64
  %147 = getelementptr inbounds double, ptr %2, i64 %146
  %148 = fadd contract <8 x double> %137, %144
  store <8 x double> %148, ptr %147, align 8
  %149 = add nsw i64 %79, -1
  %150 = getelementptr inbounds i32, ptr %80, i64 %17
  br label %78

151:
  switch i64 %26, label %617 [
    i64 7, label %152
    i64 6, label %262
    i64 5, label %359
    i64 4, label %443
    i64 3, label %514
    i64 2, label %572
  ]

152:
  %153 = getelementptr inbounds i32, ptr %15, i64 %19
  %154 = load i32, ptr %153, align 4
  %155 = sext i32 %154 to i64
  %156 = getelementptr inbounds double, ptr %2, i64 %155
  %157 = load <8 x double>, ptr %156, align 8
  %158 = or i64 %19, 1
  %159 = getelementptr inbounds i32, ptr %15, i64 %158
  %160 = load i32, ptr %159, align 4
  %161 = sext i32 %160 to i64
  %162 = getelementptr inbounds double, ptr %2, i64 %161
  %163 = load <8 x double>, ptr %162, align 8
  %164 = or i64 %19, 2
  %165 = getelementptr inbounds i32, ptr %15, i64 %164
  %166 = load i32, ptr %165, align 4
  %167 = sext i32 %166 to i64
  %168 = getelementptr inbounds double, ptr %2, i64 %167
  %169 = load <8 x double>, ptr %168, align 8
  %170 = or i64 %19, 3
  %171 = getelementptr inbounds i32, ptr %15, i64 %170
  %172 = load i32, ptr %171, align 4
  %173 = sext i32 %172 to i64
  %174 = getelementptr inbounds double, ptr %2, i64 %173
  %175 = load <8 x double>, ptr %174, align 8
  %176 = or i64 %19, 4
  %177 = getelementptr inbounds i32, ptr %15, i64 %176
  %178 = load i32, ptr %177, align 4
  %179 = sext i32 %178 to i64
  %180 = getelementptr inbounds double, ptr %2, i64 %179
  %181 = load <8 x double>, ptr %180, align 8
  %182 = or i64 %19, 5
  %183 = getelementptr inbounds i32, ptr %15, i64 %182
  %184 = load i32, ptr %183, align 4
  %185 = sext i32 %184 to i64
  %186 = getelementptr inbounds double, ptr %2, i64 %185
  %187 = load <8 x double>, ptr %186, align 8
  %188 = or i64 %19, 6
  %189 = getelementptr inbounds i32, ptr %15, i64 %188
  %190 = load i32, ptr %189, align 4
  %191 = sext i32 %190 to i64
  %192 = getelementptr inbounds double, ptr %2, i64 %191
  %193 = load <8 x double>, ptr %192, align 8
  %194 = icmp eq i64 %19, 0
  %195 = or i64 %19, 7
  br label %196

196:
  %197 = phi i64 [ %11, %152 ], [ %260, %206 ]
  %198 = phi ptr [ %16, %152 ], [ %261, %206 ]
  %199 = icmp eq i64 %197, 0
  br i1 %199, label %649, label %200

200:
  br i1 %194, label %206, label %201

201:
  %202 = load i32, ptr %198, align 4
  %203 = sext i32 %202 to i64
  %204 = getelementptr inbounds double, ptr %2, i64 %203
  %205 = load <8 x double>, ptr %204, align 8
  br label %206

206:
  %207 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %200 ], [ %205, %201 ]
  %208 = getelementptr inbounds i32, ptr %198, i64 %158
  %209 = load i32, ptr %208, align 4
  %210 = sext i32 %209 to i64
  %211 = getelementptr inbounds double, ptr %2, i64 %210
  %212 = load <8 x double>, ptr %211, align 8
  %213 = fmul contract <8 x double> %157, %212
  %214 = fadd contract <8 x double> %207, %213
  %215 = getelementptr inbounds i32, ptr %198, i64 %164
  %216 = load i32, ptr %215, align 4
  %217 = sext i32 %216 to i64
  %218 = getelementptr inbounds double, ptr %2, i64 %217
  %219 = load <8 x double>, ptr %218, align 8
  %220 = fmul contract <8 x double> %163, %219
  %221 = getelementptr inbounds i32, ptr %198, i64 %170
  %222 = load i32, ptr %221, align 4
  %223 = sext i32 %222 to i64
  %224 = getelementptr inbounds double, ptr %2, i64 %223
  %225 = load <8 x double>, ptr %224, align 8
  %226 = fmul contract <8 x double> %169, %225
  %227 = fadd contract <8 x double> %214, %226
  %228 = getelementptr inbounds i32, ptr %198, i64 %176
  %229 = load i32, ptr %228, align 4
  %230 = sext i32 %229 to i64
  %231 = getelementptr inbounds double, ptr %2, i64 %230
  %232 = load <8 x double>, ptr %231, align 8
  %233 = fmul contract <8 x double> %175, %232
  %234 = fadd contract <8 x double> %220, %233
  %235 = getelementptr inbounds i32, ptr %198, i64 %182
  %236 = load i32, ptr %235, align 4
  %237 = sext i32 %236 to i64
  %238 = getelementptr inbounds double, ptr %2, i64 %237
  %239 = load <8 x double>, ptr %238, align 8
  %240 = fmul contract <8 x double> %181, %239
  %241 = fadd contract <8 x double> %227, %240
  %242 = getelementptr inbounds i32, ptr %198, i64 %188
  %243 = load i32, ptr %242, align 4
  %244 = sext i32 %243 to i64
  %245 = getelementptr inbounds double, ptr %2, i64 %244
  %246 = load <8 x double>, ptr %245, align 8
  %247 = fmul contract <8 x double> %187, %246
  %248 = fadd contract <8 x double> %234, %247
  %249 = getelementptr inbounds i32, ptr %198, i64 %195
  %250 = load i32, ptr %249, align 4
  %251 = sext i32 %250 to i64
  %252 = getelementptr inbounds double, ptr %2, i64 %251
  %253 = load <8 x double>, ptr %252, align 8
  %254 = fmul contract <8 x double> %193, %253
  %255 = fadd contract <8 x double> %241, %254
  %256 = load i32, ptr %198, align 4
  %257 = sext i32 %256 to i64
  %258 = getelementptr inbounds double, ptr %2, i64 %257
  %259 = fadd contract <8 x double> %248, %255
  store <8 x double> %259, ptr %258, align 8
  %260 = add nsw i64 %197, -1
  %261 = getelementptr inbounds i32, ptr %198, i64 %17
  br label %196

262:
  %263 = getelementptr inbounds i32, ptr %15, i64 %19
  %264 = load i32, ptr %263, align 4
  %265 = sext i32 %264 to i64
  %266 = getelementptr inbounds double, ptr %2, i64 %265
  %267 = load <8 x double>, ptr %266, align 8
  %268 = or i64 %19, 1
  %269 = getelementptr inbounds i32, ptr %15, i64 %268
  %270 = load i32, ptr %269, align 4
  %271 = sext i32 %270 to i64
  %272 = getelementptr inbounds double, ptr %2, i64 %271
  %273 = load <8 x double>, ptr %272, align 8
  %274 = or i64 %19, 2
  %275 = getelementptr inbounds i32, ptr %15, i64 %274
  %276 = load i32, ptr %275, align 4
  %277 = sext i32 %276 to i64
  %278 = getelementptr inbounds double, ptr %2, i64 %277
  %279 = load <8 x double>, ptr %278, align 8
  %280 = or i64 %19, 3
  %281 = getelementptr inbounds i32, ptr %15, i64 %280
  %282 = load i32, ptr %281, align 4
  %283 = sext i32 %282 to i64
  %284 = getelementptr inbounds double, ptr %2, i64 %283
  %285 = load <8 x double>, ptr %284, align 8
  %286 = or i64 %19, 4
  %287 = getelementptr inbounds i32, ptr %15, i64 %286
  %288 = load i32, ptr %287, align 4
  %289 = sext i32 %288 to i64
  %290 = getelementptr inbounds double, ptr %2, i64 %289
  %291 = load <8 x double>, ptr %290, align 8
  %292 = or i64 %19, 5
  %293 = getelementptr inbounds i32, ptr %15, i64 %292
  %294 = load i32, ptr %293, align 4
  %295 = sext i32 %294 to i64
  %296 = getelementptr inbounds double, ptr %2, i64 %295
  %297 = load <8 x double>, ptr %296, align 8
  %298 = icmp eq i64 %19, 0
  %299 = or i64 %19, 6
  br label %300

300:
  %301 = phi i64 [ %11, %262 ], [ %357, %310 ]
  %302 = phi ptr [ %16, %262 ], [ %358, %310 ]
  %303 = icmp eq i64 %301, 0
  br i1 %303, label %649, label %304

304:
  br i1 %298, label %310, label %305

305:
  %306 = load i32, ptr %302, align 4
  %307 = sext i32 %306 to i64
  %308 = getelementptr inbounds double, ptr %2, i64 %307
  %309 = load <8 x double>, ptr %308, align 8
  br label %310

310:
  %311 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %304 ], [ %309, %305 ]
  %312 = getelementptr inbounds i32, ptr %302, i64 %268
  %313 = load i32, ptr %312, align 4
  %314 = sext i32 %313 to i64
  %315 = getelementptr inbounds double, ptr %2, i64 %314
  %316 = load <8 x double>, ptr %315, align 8
  %317 = fmul contract <8 x double> %267, %316
  %318 = fadd contract <8 x double> %311, %317
  %319 = getelementptr inbounds i32, ptr %302, i64 %274
  %320 = load i32, ptr %319, align 4
  %321 = sext i32 %320 to i64
  %322 = getelementptr inbounds double, ptr %2, i64 %321
  %323 = load <8 x double>, ptr %322, align 8
  %324 = fmul contract <8 x double> %273, %323
  %325 = getelementptr inbounds i32, ptr %302, i64 %280
  %326 = load i32, ptr %325, align 4
  %327 = sext i32 %326 to i64
  %328 = getelementptr inbounds double, ptr %2, i64 %327
  %329 = load <8 x double>, ptr %328, align 8
  %330 = fmul contract <8 x double> %279, %329
  %331 = fadd contract <8 x double> %318, %330
  %332 = getelementptr inbounds i32, ptr %302, i64 %286
  %333 = load i32, ptr %332, align 4
  %334 = sext i32 %333 to i64
  %335 = getelementptr inbounds double, ptr %2, i64 %334
  %336 = load <8 x double>, ptr %335, align 8
  %337 = fmul contract <8 x double> %285, %336
  %338 = fadd contract <8 x double> %324, %337
  %339 = getelementptr inbounds i32, ptr %302, i64 %299
  %340 = load i32, ptr %339, align 4
  %341 = sext i32 %340 to i64
  %342 = getelementptr inbounds double, ptr %2, i64 %341
  %343 = load <8 x double>, ptr %342, align 8
  %344 = fmul contract <8 x double> %297, %343
  %345 = fadd contract <8 x double> %338, %344
  %346 = getelementptr inbounds i32, ptr %302, i64 %292
  %347 = load i32, ptr %346, align 4
  %348 = sext i32 %347 to i64
  %349 = getelementptr inbounds double, ptr %2, i64 %348
  %350 = load <8 x double>, ptr %349, align 8
  %351 = fmul contract <8 x double> %291, %350
  %352 = fadd contract <8 x double> %331, %351
  %353 = load i32, ptr %302, align 4
  %354 = sext i32 %353 to i64
  %355 = getelementptr inbounds double, ptr %2, i64 %354
  %356 = fadd contract <8 x double> %345, %352
  store <8 x double> %356, ptr %355, align 8
  %357 = add nsw i64 %301, -1
  %358 = getelementptr inbounds i32, ptr %302, i64 %17
  br label %300

359:
  %360 = getelementptr inbounds i32, ptr %15, i64 %19
  %361 = load i32, ptr %360, align 4
  %362 = sext i32 %361 to i64
  %363 = getelementptr inbounds double, ptr %2, i64 %362
  %364 = load <8 x double>, ptr %363, align 8
  %365 = or i64 %19, 1
  %366 = getelementptr inbounds i32, ptr %15, i64 %365
  %367 = load i32, ptr %366, align 4
  %368 = sext i32 %367 to i64
  %369 = getelementptr inbounds double, ptr %2, i64 %368
  %370 = load <8 x double>, ptr %369, align 8
  %371 = or i64 %19, 2
  %372 = getelementptr inbounds i32, ptr %15, i64 %371
  %373 = load i32, ptr %372, align 4
  %374 = sext i32 %373 to i64
  %375 = getelementptr inbounds double, ptr %2, i64 %374
  %376 = load <8 x double>, ptr %375, align 8
  %377 = or i64 %19, 3
  %378 = getelementptr inbounds i32, ptr %15, i64 %377
  %379 = load i32, ptr %378, align 4
  %380 = sext i32 %379 to i64
  %381 = getelementptr inbounds double, ptr %2, i64 %380
  %382 = load <8 x double>, ptr %381, align 8
  %383 = or i64 %19, 4
  %384 = getelementptr inbounds i32, ptr %15, i64 %383
  %385 = load i32, ptr %384, align 4
  %386 = sext i32 %385 to i64
  %387 = getelementptr inbounds double, ptr %2, i64 %386
  %388 = load <8 x double>, ptr %387, align 8
  %389 = icmp eq i64 %19, 0
  %390 = or i64 %19, 5
  br label %391

391:
  %392 = phi i64 [ %11, %359 ], [ %441, %401 ]
  %393 = phi ptr [ %16, %359 ], [ %442, %401 ]
  %394 = icmp eq i64 %392, 0
  br i1 %394, label %649, label %395

395:
  br i1 %389, label %401, label %396

396:
  %397 = load i32, ptr %393, align 4
  %398 = sext i32 %397 to i64
  %399 = getelementptr inbounds double, ptr %2, i64 %398
  %400 = load <8 x double>, ptr %399, align 8
  br label %401

401:
  %402 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %395 ], [ %400, %396 ]
  %403 = getelementptr inbounds i32, ptr %393, i64 %365
  %404 = load i32, ptr %403, align 4
  %405 = sext i32 %404 to i64
  %406 = getelementptr inbounds double, ptr %2, i64 %405
  %407 = load <8 x double>, ptr %406, align 8
  %408 = fmul contract <8 x double> %364, %407
  %409 = fadd contract <8 x double> %402, %408
  %410 = getelementptr inbounds i32, ptr %393, i64 %371
  %411 = load i32, ptr %410, align 4
  %412 = sext i32 %411 to i64
  %413 = getelementptr inbounds double, ptr %2, i64 %412
  %414 = load <8 x double>, ptr %413, align 8
  %415 = fmul contract <8 x double> %370, %414
  %416 = getelementptr inbounds i32, ptr %393, i64 %377
  %417 = load i32, ptr %416, align 4
  %418 = sext i32 %417 to i64
  %419 = getelementptr inbounds double, ptr %2, i64 %418
  %420 = load <8 x double>, ptr %419, align 8
  %421 = fmul contract <8 x double> %376, %420
  %422 = fadd contract <8 x double> %409, %421
  %423 = getelementptr inbounds i32, ptr %393, i64 %383
  %424 = load i32, ptr %423, align 4
  %425 = sext i32 %424 to i64
  %426 = getelementptr inbounds double, ptr %2, i64 %425
  %427 = load <8 x double>, ptr %426, align 8
  %428 = fmul contract <8 x double> %382, %427
  %429 = fadd contract <8 x double> %415, %428
  %430 = getelementptr inbounds i32, ptr %393, i64 %390
  %431 = load i32, ptr %430, align 4
  %432 = sext i32 %431 to i64
  %433 = getelementptr inbounds double, ptr %2, i64 %432
  %434 = load <8 x double>, ptr %433, align 8
  %435 = fmul contract <8 x double> %388, %434
  %436 = fadd contract <8 x double> %422, %435
  %437 = load i32, ptr %393, align 4
  %438 = sext i32 %437 to i64
  %439 = getelementptr inbounds double, ptr %2, i64 %438
  %440 = fadd contract <8 x double> %429, %436
  store <8 x double> %440, ptr %439, align 8
  %441 = add nsw i64 %392, -1
  %442 = getelementptr inbounds i32, ptr %393, i64 %17
  br label %391

443:
  %444 = getelementptr inbounds i32, ptr %15, i64 %19
  %445 = load i32, ptr %444, align 4
  %446 = sext i32 %445 to i64
  %447 = getelementptr inbounds double, ptr %2, i64 %446
  %448 = load <8 x double>, ptr %447, align 8
  %449 = or i64 %19, 1
  %450 = getelementptr inbounds i32, ptr %15, i64 %449
  %451 = load i32, ptr %450, align 4
  %452 = sext i32 %451 to i64
  %453 = getelementptr inbounds double, ptr %2, i64 %452
  %454 = load <8 x double>, ptr %453, align 8
  %455 = or i64 %19, 2
  %456 = getelementptr inbounds i32, ptr %15, i64 %455
  %457 = load i32, ptr %456, align 4
  %458 = sext i32 %457 to i64
  %459 = getelementptr inbounds double, ptr %2, i64 %458
  %460 = load <8 x double>, ptr %459, align 8
  %461 = or i64 %19, 3
  %462 = getelementptr inbounds i32, ptr %15, i64 %461
  %463 = load i32, ptr %462, align 4
  %464 = sext i32 %463 to i64
  %465 = getelementptr inbounds double, ptr %2, i64 %464
  %466 = load <8 x double>, ptr %465, align 8
  %467 = icmp eq i64 %19, 0
  %468 = or i64 %19, 4
  br label %469

469:
  %470 = phi i64 [ %11, %443 ], [ %512, %479 ]
  %471 = phi ptr [ %16, %443 ], [ %513, %479 ]
  %472 = icmp eq i64 %470, 0
  br i1 %472, label %649, label %473

473:
  br i1 %467, label %479, label %474

474:
  %475 = load i32, ptr %471, align 4
  %476 = sext i32 %475 to i64
  %477 = getelementptr inbounds double, ptr %2, i64 %476
  %478 = load <8 x double>, ptr %477, align 8
  br label %479

479:
  %480 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %473 ], [ %478, %474 ]
  %481 = getelementptr inbounds i32, ptr %471, i64 %449
  %482 = load i32, ptr %481, align 4
  %483 = sext i32 %482 to i64
  %484 = getelementptr inbounds double, ptr %2, i64 %483
  %485 = load <8 x double>, ptr %484, align 8
  %486 = fmul contract <8 x double> %448, %485
  %487 = fadd contract <8 x double> %480, %486
  %488 = getelementptr inbounds i32, ptr %471, i64 %455
  %489 = load i32, ptr %488, align 4
  %490 = sext i32 %489 to i64
  %491 = getelementptr inbounds double, ptr %2, i64 %490
  %492 = load <8 x double>, ptr %491, align 8
  %493 = fmul contract <8 x double> %454, %492
  %494 = getelementptr inbounds i32, ptr %471, i64 %468
  %495 = load i32, ptr %494, align 4
  %496 = sext i32 %495 to i64
  %497 = getelementptr inbounds double, ptr %2, i64 %496
  %498 = load <8 x double>, ptr %497, align 8
  %499 = fmul contract <8 x double> %466, %498
  %500 = fadd contract <8 x double> %493, %499
  %501 = getelementptr inbounds i32, ptr %471, i64 %461
  %502 = load i32, ptr %501, align 4
  %503 = sext i32 %502 to i64
  %504 = getelementptr inbounds double, ptr %2, i64 %503
  %505 = load <8 x double>, ptr %504, align 8
  %506 = fmul contract <8 x double> %460, %505
  %507 = fadd contract <8 x double> %487, %506
  %508 = load i32, ptr %471, align 4
  %509 = sext i32 %508 to i64
  %510 = getelementptr inbounds double, ptr %2, i64 %509
  %511 = fadd contract <8 x double> %500, %507
  store <8 x double> %511, ptr %510, align 8
  %512 = add nsw i64 %470, -1
  %513 = getelementptr inbounds i32, ptr %471, i64 %17
  br label %469

514:
  %515 = getelementptr inbounds i32, ptr %15, i64 %19
  %516 = load i32, ptr %515, align 4
  %517 = sext i32 %516 to i64
  %518 = getelementptr inbounds double, ptr %2, i64 %517
  %519 = load <8 x double>, ptr %518, align 8
  %520 = or i64 %19, 1
  %521 = getelementptr inbounds i32, ptr %15, i64 %520
  %522 = load i32, ptr %521, align 4
  %523 = sext i32 %522 to i64
  %524 = getelementptr inbounds double, ptr %2, i64 %523
  %525 = load <8 x double>, ptr %524, align 8
  %526 = or i64 %19, 2
  %527 = getelementptr inbounds i32, ptr %15, i64 %526
  %528 = load i32, ptr %527, align 4
  %529 = sext i32 %528 to i64
  %530 = getelementptr inbounds double, ptr %2, i64 %529
  %531 = load <8 x double>, ptr %530, align 8
  %532 = icmp eq i64 %19, 0
  %533 = or i64 %19, 3
  br label %534

534:
  %535 = phi i64 [ %11, %514 ], [ %570, %544 ]
  %536 = phi ptr [ %16, %514 ], [ %571, %544 ]
  %537 = icmp eq i64 %535, 0
  br i1 %537, label %649, label %538

538:
  br i1 %532, label %544, label %539

539:
  %540 = load i32, ptr %536, align 4
  %541 = sext i32 %540 to i64
  %542 = getelementptr inbounds double, ptr %2, i64 %541
  %543 = load <8 x double>, ptr %542, align 8
  br label %544

544:
  %545 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %538 ], [ %543, %539 ]
  %546 = getelementptr inbounds i32, ptr %536, i64 %520
  %547 = load i32, ptr %546, align 4
  %548 = sext i32 %547 to i64
  %549 = getelementptr inbounds double, ptr %2, i64 %548
  %550 = load <8 x double>, ptr %549, align 8
  %551 = fmul contract <8 x double> %519, %550
  %552 = fadd contract <8 x double> %545, %551
  %553 = getelementptr inbounds i32, ptr %536, i64 %526
  %554 = load i32, ptr %553, align 4
  %555 = sext i32 %554 to i64
  %556 = getelementptr inbounds double, ptr %2, i64 %555
  %557 = load <8 x double>, ptr %556, align 8
  %558 = fmul contract <8 x double> %525, %557
  %559 = getelementptr inbounds i32, ptr %536, i64 %533
  %560 = load i32, ptr %559, align 4
  %561 = sext i32 %560 to i64
  %562 = getelementptr inbounds double, ptr %2, i64 %561
  %563 = load <8 x double>, ptr %562, align 8
  %564 = fmul contract <8 x double> %531, %563
  %565 = fadd contract <8 x double> %552, %564
  %566 = load i32, ptr %536, align 4
  %567 = sext i32 %566 to i64
  %568 = getelementptr inbounds double, ptr %2, i64 %567
  %569 = fadd contract <8 x double> %558, %565
  store <8 x double> %569, ptr %568, align 8
  %570 = add nsw i64 %535, -1
  %571 = getelementptr inbounds i32, ptr %536, i64 %17
  br label %534

572:
  %573 = getelementptr inbounds i32, ptr %15, i64 %19
  %574 = load i32, ptr %573, align 4
  %575 = sext i32 %574 to i64
  %576 = getelementptr inbounds double, ptr %2, i64 %575
  %577 = load <8 x double>, ptr %576, align 8
  %578 = or i64 %19, 1
  %579 = getelementptr inbounds i32, ptr %15, i64 %578
  %580 = load i32, ptr %579, align 4
  %581 = sext i32 %580 to i64
  %582 = getelementptr inbounds double, ptr %2, i64 %581
  %583 = load <8 x double>, ptr %582, align 8
  %584 = icmp eq i64 %19, 0
  %585 = or i64 %19, 2
  br label %586

586:
  %587 = phi i64 [ %11, %572 ], [ %615, %596 ]
  %588 = phi ptr [ %16, %572 ], [ %616, %596 ]
  %589 = icmp eq i64 %587, 0
  br i1 %589, label %649, label %590

590:
  br i1 %584, label %596, label %591

591:
  %592 = load i32, ptr %588, align 4
  %593 = sext i32 %592 to i64
  %594 = getelementptr inbounds double, ptr %2, i64 %593
  %595 = load <8 x double>, ptr %594, align 8
  br label %596

596:
  %597 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %590 ], [ %595, %591 ]
  %598 = getelementptr inbounds i32, ptr %588, i64 %585
  %599 = load i32, ptr %598, align 4
  %600 = sext i32 %599 to i64
  %601 = getelementptr inbounds double, ptr %2, i64 %600
  %602 = load <8 x double>, ptr %601, align 8
  %603 = fmul contract <8 x double> %583, %602
  %604 = getelementptr inbounds i32, ptr %588, i64 %578
  %605 = load i32, ptr %604, align 4
  %606 = sext i32 %605 to i64
  %607 = getelementptr inbounds double, ptr %2, i64 %606
  %608 = load <8 x double>, ptr %607, align 8
  %609 = fmul contract <8 x double> %577, %608
  %610 = fadd contract <8 x double> %597, %609
  %611 = load i32, ptr %588, align 4
  %612 = sext i32 %611 to i64
  %613 = getelementptr inbounds double, ptr %2, i64 %612
  %614 = fadd contract <8 x double> %603, %610
  store <8 x double> %614, ptr %613, align 8
  %615 = add nsw i64 %587, -1
  %616 = getelementptr inbounds i32, ptr %588, i64 %17
  br label %586

617:
  %618 = getelementptr inbounds i32, ptr %15, i64 %19
  %619 = load i32, ptr %618, align 4
  %620 = sext i32 %619 to i64
  %621 = getelementptr inbounds double, ptr %2, i64 %620
  %622 = load <8 x double>, ptr %621, align 8
  %623 = icmp eq i64 %19, 0
  %624 = or i64 %19, 1
  br label %625

625:
  %626 = phi i64 [ %11, %617 ], [ %647, %635 ]
  %627 = phi ptr [ %16, %617 ], [ %648, %635 ]
  %628 = icmp eq i64 %626, 0
  br i1 %628, label %649, label %629

629:
  br i1 %623, label %635, label %630

630:
  %631 = load i32, ptr %627, align 4
  %632 = sext i32 %631 to i64
  %633 = getelementptr inbounds double, ptr %2, i64 %632
  %634 = load <8 x double>, ptr %633, align 8
  br label %635

635:
  %636 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %629 ], [ %634, %630 ]
  %637 = getelementptr inbounds i32, ptr %627, i64 %624
  %638 = load i32, ptr %637, align 4
  %639 = sext i32 %638 to i64
  %640 = getelementptr inbounds double, ptr %2, i64 %639
  %641 = load <8 x double>, ptr %640, align 8
  %642 = fmul contract <8 x double> %622, %641
  %643 = fadd contract <8 x double> %636, %642
  %644 = load i32, ptr %627, align 4
  %645 = sext i32 %644 to i64
  %646 = getelementptr inbounds double, ptr %2, i64 %645
  store <8 x double> %643, ptr %646, align 8
  %647 = add nsw i64 %626, -1
  %648 = getelementptr inbounds i32, ptr %627, i64 %17
  br label %625

649:
  %650 = add nuw nsw i64 %19, 8
  br label %18

651:
  ret ptr %7
}

define ptr @vector_shared_rows(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  %5 = load ptr, ptr %3, align 64
  br label %6

6:
  %7 = phi i64 [ %1, %4 ], [ %25, %22 ]
  %8 = phi ptr [ %0, %4 ], [ %24, %22 ]
  %9 = icmp eq i64 %7, 0
  br i1 %9, label %724, label %10

10:
  %11 = load i32, ptr %8, align 4
  %12 = sext i32 %11 to i64
  %13 = getelementptr inbounds i32, ptr %8, i64 1
  %14 = load i32, ptr %13, align 4
  %15 = sext i32 %14 to i64
  %16 = getelementptr inbounds i32, ptr %8, i64 2
  %17 = getelementptr inbounds i32, ptr %16, i64 %15
  %18 = add nsw i64 %15, 1
  br label %19

19:
  %20 = phi i64 [ 0, %10 ], [ %723, %722 ]
  %21 = icmp slt i64 %20, %15
  br i1 %21, label %26, label %22

22:
  %23 = mul nsw i64 %18, %12
  %24 = getelementptr inbounds i32, ptr %17, i64 %23
  %25 = add nsw i64 %7, -1
  br label %6

26:
  %27 = sub nsw i64 %15, %20
  %28 = icmp sgt i64 %27, 7
  br i1 %28, label %29, label %168

29:
  %30 = getelementptr inbounds i32, ptr %16, i64 %20
  %31 = load i32, ptr %30, align 4
  %32 = sext i32 %31 to i64
  %33 = getelementptr inbounds double, ptr %2, i64 %32
  %34 = load <8 x double>, ptr %33, align 8
  %35 = or i64 %20, 1
  %36 = getelementptr inbounds i32, ptr %16, i64 %35
  %37 = load i32, ptr %36, align 4
  %38 = sext i32 %37 to i64
  %39 = getelementptr inbounds double, ptr %2, i64 %38
  %40 = load <8 x double>, ptr %39, align 8
  %41 = or i64 %20, 2
  %42 = getelementptr inbounds i32, ptr %16, i64 %41
  %43 = load i32, ptr %42, align 4
  %44 = sext i32 %43 to i64
  %45 = getelementptr inbounds double, ptr %2, i64 %44
  %46 = load <8 x double>, ptr %45, align 8
  %47 = or i64 %20, 3
  %48 = getelementptr inbounds i32, ptr %16, i64 %47
  %49 = load i32, ptr %48, align 4
  %50 = sext i32 %49 to i64
  %51 = getelementptr inbounds double, ptr %2, i64 %50
  %52 = load <8 x double>, ptr %51, align 8
  %53 = or i64 %20, 4
  %54 = getelementptr inbounds i32, ptr %16, i64 %53
  %55 = load i32, ptr %54, align 4
  %56 = sext i32 %55 to i64
  %57 = getelementptr inbounds double, ptr %2, i64 %56
  %58 = load <8 x double>, ptr %57, align 8
  %59 = or i64 %20, 5
  %60 = getelementptr inbounds i32, ptr %16, i64 %59
  %61 = load i32, ptr %60, align 4
  %62 = sext i32 %61 to i64
  %63 = getelementptr inbounds double, ptr %2, i64 %62
  %64 = load <8 x double>, ptr %63, align 8
  %65 = or i64 %20, 6
  %66 = getelementptr inbounds i32, ptr %16, i64 %65
  %67 = load i32, ptr %66, align 4
  %68 = sext i32 %67 to i64
  %69 = getelementptr inbounds double, ptr %2, i64 %68
  %70 = load <8 x double>, ptr %69, align 8
  %71 = or i64 %20, 7
  %72 = getelementptr inbounds i32, ptr %16, i64 %71
  %73 = load i32, ptr %72, align 4
  %74 = sext i32 %73 to i64
  %75 = getelementptr inbounds double, ptr %2, i64 %74
  %76 = load <8 x double>, ptr %75, align 8
  %77 = icmp eq i64 %20, 0
  %78 = add nuw nsw i64 %20, 8
  br label %79

79:
  %80 = phi i64 [ %12, %29 ], [ %166, %89 ]
  %81 = phi ptr [ %17, %29 ], [ %167, %89 ]
  %82 = icmp eq i64 %80, 0
  br i1 %82, label %722, label %83

83:
  br i1 %77, label %89, label %84

84:
  %85 = load i32, ptr %81, align 4
  %86 = sext i32 %85 to i64
  %87 = getelementptr inbounds double, ptr %2, i64 %86
  %88 = load <8 x double>, ptr %87, align 8
  br label %89

89:
  %90 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %83 ], [ %88, %84 ]
  %91 = getelementptr inbounds i32, ptr %81, i64 %35
  %92 = load i32, ptr %91, align 4
  %93 = sext i32 %92 to i64
  %94 = getelementptr inbounds double, ptr %5, i64 %93
  %95 = load double, ptr %94, align 8
  %96 = insertelement <8 x double> poison, double %95, i64 0
  %97 = shufflevector <8 x double> %96, <8 x double> poison, <8 x i32> zeroinitializer
  %98 = fmul contract <8 x double> %34, %97
  %99 = fadd contract <8 x double> %90, %98
  %100 = getelementptr inbounds i32, ptr %81, i64 %41
  %101 = load i32, ptr %100, align 4
  %102 = sext i32 %101 to i64
  %103 = getelementptr inbounds double, ptr %5, i64 %102
  %104 = load double, ptr %103, align 8
  %105 = insertelement <8 x double> poison, double %104, i64 0
  %106 = shufflevector <8 x double> %105, <8 x double> poison, <8 x i32> zeroinitializer
  %107 = fmul contract <8 x double> %40, %106
  %108 = getelementptr inbounds i32, ptr %81, i64 %47
  %109 = load i32, ptr %108, align 4
  %110 = sext i32 %109 to i64
  %111 = getelementptr inbounds double, ptr %5, i64 %110
  %112 = load double, ptr %111, align 8
  %113 = insertelement <8 x double> poison, double %112, i64 0
  %114 = shufflevector <8 x double> %113, <8 x double> poison, <8 x i32> zeroinitializer
  %115 = fmul contract <8 x double> %46, %114
  %116 = fadd contract <8 x double> %99, %115
  %117 = getelementptr inbounds i32, ptr %81, i64 %53
  %118 = load i32, ptr %117, align 4
  %119 = sext i32 %118 to i64
  %120 = getelementptr inbounds double, ptr %5, i64 %119
  %121 = load double, ptr %120, align 8
  %122 = insertelement <8 x double> poison, double %121, i64 0
  %123 = shufflevector <8 x double> %122, <8 x double> poison, <8 x i32> zeroinitializer
  %124 = fmul contract <8 x double> %52, %123
  %125 = fadd contract <8 x double> %107, %124
  %126 = getelementptr inbounds i32, ptr %81, i64 %59
  %127 = load i32, ptr %126, align 4
  %128 = sext i32 %127 to i64
  %129 = getelementptr inbounds double, ptr %5, i64 %128
  %130 = load double, ptr %129, align 8
  %131 = insertelement <8 x double> poison, double %130, i64 0
  %132 = shufflevector <8 x double> %131, <8 x double> poison, <8 x i32> zeroinitializer
  %133 = fmul contract <8 x double> %58, %132
  %134 = fadd contract <8 x double> %116, %133
  %135 = getelementptr inbounds i32, ptr %81, i64 %65
  %136 = load i32, ptr %135, align 4
  %137 = sext i32 %136 to i64
  %138 = getelementptr inbounds double, ptr %5, i64 %137
  %139 = load double, ptr %138, align 8
  %140 = insertelement <8 x double> poison, double %139, i64 0
  %141 = shufflevector <8 x double> %140, <8 x double> poison, <8 x i32> zeroinitializer
  %142 = fmul contract <8 x double> %64, %141
  %143 = fadd contract <8 x double> %125, %142
  %144 = getelementptr inbounds i32, ptr %81, i64 %78
  %145 = load i32, ptr %144, align 4
  %146 = sext i32 %145 to i64
  %147 = getelementptr inbounds double, ptr %5, i64 %146
  %148 = load double, ptr %147, align 8
  %149 = insertelement <8 x double> poison, double %148, i64 0
  %150 = shufflevector <8 x double> %149, <8 x double> poison, <8 x i32> zeroinitializer
  %151 = fmul contract <8 x double> %76, %150
  %152 = fadd contract <8 x double> %143, %151
  %153 = getelementptr inbounds i32, ptr %81, i64 %71
  %154 = load i32, ptr %153, align 4
  %155 = sext i32 %154 to i64
  %156 = getelementptr inbounds double, ptr %5, i64 %155
  %157 = load double, ptr %156, align 8
  %158 = insertelement <8 x double> poison, double %157, i64 0
  %159 = shufflevector <8 x double> %158, <8 x double> poison, <8 x i32> zeroinitializer
  %160 = fmul contract <8 x double> %70, %159
  %161 = fadd contract <8 x double> %134, %160
  %162 = load i32, ptr %81, align 4
  %163 = sext i32 %162 to i64
  %164 = getelementptr inbounds double, ptr %2, i64 %163
  %165 = fadd contract <8 x double> %152, %161
  store <8 x double> %165, ptr %164, align 8
  %166 = add nsw i64 %80, -1
  %167 = getelementptr inbounds i32, ptr %81, i64 %18
  br label %79

168:
  switch i64 %27, label %688 [
    i64 7, label %169
    i64 6, label %293
    i64 5, label %402
    i64 4, label %496
    i64 3, label %575
    i64 2, label %639
  ]

169:
  %170 = getelementptr inbounds i32, ptr %16, i64 %20
  %171 = load i32, ptr %170, align 4
  %172 = sext i32 %171 to i64
  %173 = getelementptr inbounds double, ptr %2, i64 %172
  %174 = load <8 x double>, ptr %173, align 8
  %175 = or i64 %20, 1
  %176 = getelementptr inbounds i32, ptr %16, i64 %175
  %177 = load i32, ptr %176, align 4
  %178 = sext i32 %177 to i64
  %179 = getelementptr inbounds double, ptr %2, i64 %178
  %180 = load <8 x double>, ptr %179, align 8
  %181 = or i64 %20, 2
  %182 = getelementptr inbounds i32, ptr %16, i64 %181
  %183 = load i32, ptr %182, align 4
  %184 = sext i32 %183 to i64
  %185 = getelementptr inbounds double, ptr %2, i64 %184
  %186 = load <8 x double>, ptr %185, align 8
  %187 = or i64 %20, 3
  %188 = getelementptr inbounds i32, ptr %16, i64 %187
  %189 = load i32, ptr %188, align 4
  %190 = sext i32 %189 to i64
  %191 = getelementptr inbounds double, ptr %2, i64 %190
  %192 = load <8 x double>, ptr %191, align 8
  %193 = or i64 %20, 4
  %194 = getelementptr inbounds i32, ptr %16, i64 %193
  %195 = load i32, ptr %194, align 4
  %196 = sext i32 %195 to i64
  %197 = getelementptr inbounds double, ptr %2, i64 %196
  %198 = load <8 x double>, ptr %197, align 8
  %199 = or i64 %20, 5
  %200 = getelementptr inbounds i32, ptr %16, i64 %199
  %201 = load i32, ptr %200, align 4
  %202 = sext i32 %201 to i64
  %203 = getelementptr inbounds double, ptr %2, i64 %202
  %204 = load <8 x double>, ptr %203, align 8
  %205 = or i64 %20, 6
  %206 = getelementptr inbounds i32, ptr %16, i64 %205
  %207 = load i32, ptr %206, align 4
  %208 = sext i32 %207 to i64
  %209 = getelementptr inbounds double, ptr %2, i64 %208
  %210 = load <8 x double>, ptr %209, align 8
  %211 = icmp eq i64 %20, 0
  %212 = or i64 %20, 7
  br label %213

213:
  %214 = phi i64 [ %12, %169 ], [ %291, %223 ]
  %215 = phi ptr [ %17, %169 ], [ %292, %223 ]
  %216 = icmp eq i64 %214, 0
  br i1 %216, label %722, label %217

217:
  br i1 %211, label %223, label %218

218:
  %219 = load i32, ptr %215, align 4
  %220 = sext i32 %219 to i64
  %221 = getelementptr inbounds double, ptr %2, i64 %220
  %222 = load <8 x double>, ptr %221, align 8
  br label %223

223:
  %224 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %217 ], [ %222, %218 ]
  %225 = getelementptr inbounds i32, ptr %215, i64 %175
  %226 = load i32, ptr %225, align 4
  %227 = sext i32 %226 to i64
  %228 = getelementptr inbounds double, ptr %5, i64 %227
  %229 = load double, ptr %228, align 8
  %230 = insertelement <8 x double> poison, double %229, i64 0
  %231 = shufflevector <8 x double> %230, <8 x double> poison, <8 x i32> zeroinitializer
  %232 = fmul contract <8 x double> %174, %231
  %233 = fadd contract <8 x double> %224, %232
  %234 = getelementptr inbounds i32, ptr %215, i64 %181
  %235 = load i32, ptr %234, align 4
  %236 = sext i32 %235 to i64
  %237 = getelementptr inbounds double, ptr %5, i64 %236
  %238 = load double, ptr %237, align 8
  %239 = insertelement <8 x double> poison, double %238, i64 0
  %240 = shufflevector <8 x double> %239, <8 x double> poison, <8 x i32> zeroinitializer
  %241 = fmul contract <8 x double> %180, %240
  %242 = getelementptr inbounds i32, ptr %215, i64 %187
  %243 = load i32, ptr %242, align 4
  %244 = sext i32 %243 to i64
  %245 = getelementptr inbounds double, ptr %5, i64 %244
  %246 = load double, ptr %245, align 8
  %247 = insertelement <8 x double> poison, double %246, i64 0
  %248 = shufflevector <8 x double> %247, <8 x double> poison, <8 x i32> zeroinitializer
  %249 = fmul contract <8 x double> %186, %248
  %250 = fadd contract <8 x double> %233, %249
  %251 = getelementptr inbounds i32, ptr %215, i64 %193
  %252 = load i32, ptr %251, align 4
  %253 = sext i32 %252 to i64
  %254 = getelementptr inbounds double, ptr %5, i64 %253
  %255 = load double, ptr %254, align 8
  %256 = insertelement <8 x double> poison, double %255, i64 0
  %257 = shufflevector <8 x double> %256, <8 x double> poison, <8 x i32> zeroinitializer
  %258 = fmul contract <8 x double> %192, %257
  %259 = fadd contract <8 x double> %241, %258
  %260 = getelementptr inbounds i32, ptr %215, i64 %199
  %261 = load i32, ptr %260, align 4
  %262 = sext i32 %261 to i64
  %263 = getelementptr inbounds double, ptr %5, i64 %262
  %264 = load double, ptr %263, align 8
  %265 = insertelement <8 x double> poison, double %264, i64 0
  %266 = shufflevector <8 x double> %265, <8 x double> poison, <8 x i32> zeroinitializer
  %267 = fmul contract <8 x double> %198, %266
  %268 = fadd contract <8 x double> %250, %267
  %269 = getelementptr inbounds i32, ptr %215, i64 %205
  %270 = load i32, ptr %269, align 4
  %271 = sext i32 %270 to i64
  %272 = getelementptr inbounds double, ptr %5, i64 %271
  %273 = load double, ptr %272, align 8
  %274 = insertelement <8 x double> poison, double %273, i64 0
  %275 = shufflevector <8 x double> %274, <8 x double> poison, <8 x i32> zeroinitializer
  %276 = fmul contract <8 x double> %204, %275
  %277 = fadd contract <8 x double> %259, %276
  %278 = getelementptr inbounds i32, ptr %215, i64 %212
  %279 = load i32, ptr %278, align 4
  %280 = sext i32 %279 to i64
  %281 = getelementptr inbounds double, ptr %5, i64 %280
  %282 = load double, ptr %281, align 8
  %283 = insertelement <8 x double> poison, double %282, i64 0
  %284 = shufflevector <8 x double> %283, <8 x double> poison, <8 x i32> zeroinitializer
  %285 = fmul contract <8 x double> %210, %284
  %286 = fadd contract <8 x double> %268, %285
  %287 = load i32, ptr %215, align 4
  %288 = sext i32 %287 to i64
  %289 = getelementptr inbounds double, ptr %2, i64 %288
  %290 = fadd contract <8 x double> %277, %286
  store <8 x double> %290, ptr %289, align 8
  %291 = add nsw i64 %214, -1
  %292 = getelementptr inbounds i32, ptr %215, i64 %18
  br label %213

293:
  %294 = getelementptr inbounds i32, ptr %16, i64 %20
  %295 = load i32, ptr %294, align 4
  %296 = sext i32 %295 to i64
  %297 = getelementptr inbounds double, ptr %2, i64 %296
  %298 = load <8 x double>, ptr %297, align 8
  %299 = or i64 %20, 1
  %300 = getelementptr inbounds i32, ptr %16, i64 %299
  %301 = load i32, ptr %300, align 4
  %302 = sext i32 %301 to i64
  %303 = getelementptr inbounds double, ptr %2, i64 %302
  %304 = load <8 x double>, ptr %303, align 8
  %305 = or i64 %20, 2
  %306 = getelementptr inbounds i32, ptr %16, i64 %305
  %307 = load i32, ptr %306, align 4
  %308 = sext i32 %307 to i64
  %309 = getelementptr inbounds double, ptr %2, i64 %308
  %310 = load <8 x double>, ptr %309, align 8
  %311 = or i64 %20, 3
  %312 = getelementptr inbounds i32, ptr %16, i64 %311
  %313 = load i32, ptr %312, align 4
  %314 = sext i32 %313 to i64
  %315 = getelementptr inbounds double, ptr %2, i64 %314
  %316 = load <8 x double>, ptr %315, align 8
  %317 = or i64 %20, 4
  %318 = getelementptr inbounds i32, ptr %16, i64 %317
  %319 = load i32, ptr %318, align 4
  %320 = sext i32 %319 to i64
  %321 = getelementptr inbounds double, ptr %2, i64 %320
  %322 = load <8 x double>, ptr %321, align 8
  %323 = or i64 %20, 5
  %324 = getelementptr inbounds i32, ptr %16, i64 %323
  %325 = load i32, ptr %324, align 4
  %326 = sext i32 %325 to i64
  %327 = getelementptr inbounds double, ptr %2, i64 %326
  %328 = load <8 x double>, ptr %327, align 8
  %329 = icmp eq i64 %20, 0
  %330 = or i64 %20, 6
  br label %331

331:
  %332 = phi i64 [ %12, %293 ], [ %400, %341 ]
  %333 = phi ptr [ %17, %293 ], [ %401, %341 ]
  %334 = icmp eq i64 %332, 0
  br i1 %334, label %722, label %335

335:
  br i1 %329, label %341, label %336

336:
  %337 = load i32, ptr %333, align 4
  %338 = sext i32 %337 to i64
  %339 = getelementptr inbounds double, ptr %2, i64 %338
  %340 = load <8 x double>, ptr %339, align 8
  br label %341

341:
  %342 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %335 ], [ %340, %336 ]
  %343 = getelementptr inbounds i32, ptr %333, i64 %299
  %344 = load i32, ptr %343, align 4
  %345 = sext i32 %344 to i64
  %346 = getelementptr inbounds double, ptr %5, i64 %345
  %347 = load double, ptr %346, align 8
  %348 = insertelement <8 x double> poison, double %347, i64 0
  %349 = shufflevector <8 x double> %348, <8 x double> poison, <8 x i32> zeroinitializer
  %350 = fmul contract <8 x double> %298, %349
  %351 = fadd contract <8 x double> %342, %350
  %352 = getelementptr inbounds i32, ptr %333, i64 %305
  %353 = load i32, ptr %352, align 4
  %354 = sext i32 %353 to i64
  %355 = getelementptr inbounds double, ptr %5, i64 %354
  %356 = load double, ptr %355, align 8
  %357 = insertelement <8 x double> poison, double %356, i64 0
  %358 = shufflevector <8 x double> %357, <8 x double> poison, <8 x i32> zeroinitializer
  %359 = fmul contract <8 x double> %304, %358
  %360 = getelementptr inbounds i32, ptr %333, i64 %311
  %361 = load i32, ptr %360, align 4
  %362 = sext i32 %361 to i64
  %363 = getelementptr inbounds double, ptr %5, i64 %362
  %364 = load double, ptr %363, align 8
  %365 = insertelement <8 x double> poison, double %364, i64 0
  %366 = shufflevector <8 x double> %365, <8 x double> poison, <8 x i32> zeroinitializer
  %367 = fmul contract <8 x double> %310, %366
  %368 = fadd contract <8 x double> %351, %367
  %369 = getelementptr inbounds i32, ptr %333, i64 %317
  %370 = load i32, ptr %369, align 4
  %371 = sext i32 %370 to i64
  %372 = getelementptr inbounds double, ptr %5, i64 %371
  %373 = load double, ptr %372, align 8
  %374 = insertelement <8 x double> poison, double %373, i64 0
  %375 = shufflevector <8 x double> %374, <8 x double> poison, <8 x i32> zeroinitializer
  %376 = fmul contract <8 x double> %316, %375
  %377 = fadd contract <8 x double> %359, %376
  %378 = getelementptr inbounds i32, ptr %333, i64 %330
  %379 = load i32, ptr %378, align 4
  %380 = sext i32 %379 to i64
  %381 = getelementptr inbounds double, ptr %5, i64 %380
  %382 = load double, ptr %381, align 8
  %383 = insertelement <8 x double> poison, double %382, i64 0
  %384 = shufflevector <8 x double> %383, <8 x double> poison, <8 x i32> zeroinitializer
  %385 = fmul contract <8 x double> %328, %384
  %386 = fadd contract <8 x double> %377, %385
  %387 = getelementptr inbounds i32, ptr %333, i64 %323
  %388 = load i32, ptr %387, align 4
  %389 = sext i32 %388 to i64
  %390 = getelementptr inbounds double, ptr %5, i64 %389
  %391 = load double, ptr %390, align 8
  %392 = insertelement <8 x double> poison, double %391, i64 0
  %393 = shufflevector <8 x double> %392, <8 x double> poison, <8 x i32> zeroinitializer
  %394 = fmul contract <8 x double> %322, %393
  %395 = fadd contract <8 x double> %368, %394
  %396 = load i32, ptr %333, align 4
  %397 = sext i32 %396 to i64
  %398 = getelementptr inbounds double, ptr %2, i64 %397
  %399 = fadd contract <8 x double> %386, %395
  store <8 x double> %399, ptr %398, align 8
  %400 = add nsw i64 %332, -1
  %401 = getelementptr inbounds i32, ptr %333, i64 %18
  br label %331

402:
  %403 = getelementptr inbounds i32, ptr %16, i64 %20
  %404 = load i32, ptr %403, align 4
  %405 = sext i32 %404 to i64
  %406 = getelementptr inbounds double, ptr %2, i64 %405
  %407 = load <8 x double>, ptr %406, align 8
  %408 = or i64 %20, 1
  %409 = getelementptr inbounds i32, ptr %16, i64 %408
  %410 = load i32, ptr %409, align 4
  %411 = sext i32 %410 to i64
  %412 = getelementptr inbounds double, ptr %2, i64 %411
  %413 = load <8 x double>, ptr %412, align 8
  %414 = or i64 %20, 2
  %415 = getelementptr inbounds i32, ptr %16, i64 %414
  %416 = load i32, ptr %415, align 4
  %417 = sext i32 %416 to i64
  %418 = getelementptr inbounds double, ptr %2, i64 %417
  %419 = load <8 x double>, ptr %418, align 8
  %420 = or i64 %20, 3
  %421 = getelementptr inbounds i32, ptr %16, i64 %420
  %422 = load i32, ptr %421, align 4
  %423 = sext i32 %422 to i64
  %424 = getelementptr inbounds double, ptr %2, i64 %423
  %425 = load <8 x double>, ptr %424, align 8
  %426 = or i64 %20, 4
  %427 = getelementptr inbounds i32, ptr %16, i64 %426
  %428 = load i32, ptr %427, align 4
  %429 = sext i32 %428 to i64
  %430 = getelementptr inbounds double, ptr %2, i64 %429
  %431 = load <8 x double>, ptr %430, align 8
  %432 = icmp eq i64 %20, 0
  %433 = or i64 %20, 5
  br label %434

434:
  %435 = phi i64 [ %12, %402 ], [ %494, %444 ]
  %436 = phi ptr [ %17, %402 ], [ %495, %444 ]
  %437 = icmp eq i64 %435, 0
  br i1 %437, label %722, label %438

438:
  br i1 %432, label %444, label %439

439:
  %440 = load i32, ptr %436, align 4
  %441 = sext i32 %440 to i64
  %442 = getelementptr inbounds double, ptr %2, i64 %441
  %443 = load <8 x double>, ptr %442, align 8
  br label %444

444:
  %445 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %438 ], [ %443, %439 ]
  %446 = getelementptr inbounds i32, ptr %436, i64 %408
  %447 = load i32, ptr %446, align 4
  %448 = sext i32 %447 to i64
  %449 = getelementptr inbounds double, ptr %5, i64 %448
  %450 = load double, ptr %449, align 8
  %451 = insertelement <8 x double> poison, double %450, i64 0
  %452 = shufflevector <8 x double> %451, <8 x double> poison, <8 x i32> zeroinitializer
  %453 = fmul contract <8 x double> %407, %452
  %454 = fadd contract <8 x double> %445, %453
  %455 = getelementptr inbounds i32, ptr %436, i64 %414
  %456 = load i32, ptr %455, align 4
  %457 = sext i32 %456 to i64
  %458 = getelementptr inbounds double, ptr %5, i64 %457
  %459 = load double, ptr %458, align 8
  %460 = insertelement <8 x double> poison, double %459, i64 0
  %461 = shufflevector <8 x double> %460, <8 x double> poison, <8 x i32> zeroinitializer
  %462 = fmul contract <8 x double> %413, %461
  %463 = getelementptr inbounds i32, ptr %436, i64 %420
  %464 = load i32, ptr %463, align 4
  %465 = sext i32 %464 to i64
  %466 = getelementptr inbounds double, ptr %5, i64 %465
  %467 = load double, ptr %466, align 8
  %468 = insertelement <8 x double> poison, double %467, i64 0
  %469 = shufflevector <8 x double> %468, <8 x double> poison, <8 x i32> zeroinitializer
  %470 = fmul contract <8 x double> %419, %469
  %471 = fadd contract <8 x double> %454, %470
  %472 = getelementptr inbounds i32, ptr %436, i64 %426
  %473 = load i32, ptr %472, align 4
  %474 = sext i32 %473 to i64
  %475 = getelementptr inbounds double, ptr %5, i64 %474
  %476 = load double, ptr %475, align 8
  %477 = insertelement <8 x double> poison, double %476, i64 0
  %478 = shufflevector <8 x double> %477, <8 x double> poison, <8 x i32> zeroinitializer
  %479 = fmul contract <8 x double> %425, %478
  %480 = fadd contract <8 x double> %462, %479
  %481 = getelementptr inbounds i32, ptr %436, i64 %433
  %482 = load i32, ptr %481, align 4
  %483 = sext i32 %482 to i64
  %484 = getelementptr inbounds double, ptr %5, i64 %483
  %485 = load double, ptr %484, align 8
  %486 = insertelement <8 x double> poison, double %485, i64 0
  %487 = shufflevector <8 x double> %486, <8 x double> poison, <8 x i32> zeroinitializer
  %488 = fmul contract <8 x double> %431, %487
  %489 = fadd contract <8 x double> %471, %488
  %490 = load i32, ptr %436, align 4
  %491 = sext i32 %490 to i64
  %492 = getelementptr inbounds double, ptr %2, i64 %491
  %493 = fadd contract <8 x double> %480, %489
  store <8 x double> %493, ptr %492, align 8
  %494 = add nsw i64 %435, -1
  %495 = getelementptr inbounds i32, ptr %436, i64 %18
  br label %434

496:
  %497 = getelementptr inbounds i32, ptr %16, i64 %20
  %498 = load i32, ptr %497, align 4
  %499 = sext i32 %498 to i64
  %500 = getelementptr inbounds double, ptr %2, i64 %499
  %501 = load <8 x double>, ptr %500, align 8
  %502 = or i64 %20, 1
  %503 = getelementptr inbounds i32, ptr %16, i64 %502
  %504 = load i32, ptr %503, align 4
  %505 = sext i32 %504 to i64
  %506 = getelementptr inbounds double, ptr %2, i64 %505
  %507 = load <8 x double>, ptr %506, align 8
  %508 = or i64 %20, 2
  %509 = getelementptr inbounds i32, ptr %16, i64 %508
  %510 = load i32, ptr %509, align 4
  %511 = sext i32 %510 to i64
  %512 = getelementptr inbounds double, ptr %2, i64 %511
  %513 = load <8 x double>, ptr %512, align 8
  %514 = or i64 %20, 3
  %515 = getelementptr inbounds i32, ptr %16, i64 %514
  %516 = load i32, ptr %515, align 4
  %517 = sext i32 %516 to i64
  %518 = getelementptr inbounds double, ptr %2, i64 %517
  %519 = load <8 x double>, ptr %518, align 8
  %520 = icmp eq i64 %20, 0
  %521 = or i64 %20, 4
  br label %522

522:
  %523 = phi i64 [ %12, %496 ], [ %573, %532 ]
  %524 = phi ptr [ %17, %496 ], [ %574, %532 ]
  %525 = icmp eq i64 %523, 0
  br i1 %525, label %722, label %526

526:
  br i1 %520, label %532, label %527

527:
  %528 = load i32, ptr %524, align 4
  %529 = sext i32 %528 to i64
  %530 = getelementptr inbounds double, ptr %2, i64 %529
  %531 = load <8 x double>, ptr %530, align 8
  br label %532

532:
  %533 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %526 ], [ %531, %527 ]
  %534 = getelementptr inbounds i32, ptr %524, i64 %502
  %535 = load i32, ptr %534, align 4
  %536 = sext i32 %535 to i64
  %537 = getelementptr inbounds double, ptr %5, i64 %536
  %538 = load double, ptr %537, align 8
  %539 = insertelement <8 x double> poison, double %538, i64 0
  %540 = shufflevector <8 x double> %539, <8 x double> poison, <8 x i32> zeroinitializer
  %541 = fmul contract <8 x double> %501, %540
  %542 = fadd contract <8 x double> %533, %541
  %543 = getelementptr inbounds i32, ptr %524, i64 %508
  %544 = load i32, ptr %543, align 4
  %545 = sext i32 %544 to i64
  %546 = getelementptr inbounds double, ptr %5, i64 %545
  %547 = load double, ptr %546, align 8
  %548 = insertelement <8 x double> poison, double %547, i64 0
  %549 = shufflevector <8 x double> %548, <8 x double> poison, <8 x i32> zeroinitializer
  %550 = fmul contract <8 x double> %507, %549
  %551 = getelementptr inbounds i32, ptr %524, i64 %521
  %552 = load i32, ptr %551, align 4
  %553 = sext i32 %552 to i64
  %554 = getelementptr inbounds double, ptr %5, i64 %553
  %555 = load double, ptr %554, align 8
  %556 = insertelement <8 x double> poison, double %555, i64 0
  %557 = shufflevector <8 x double> %556, <8 x double> poison, <8 x i32> zeroinitializer
  %558 = fmul contract <8 x double> %519, %557
  %559 = fadd contract <8 x double> %550, %558
  %560 = getelementptr inbounds i32, ptr %524, i64 %514
  %561 = load i32, ptr %560, align 4
  %562 = sext i32 %561 to i64
  %563 = getelementptr inbounds double, ptr %5, i64 %562
  %564 = load double, ptr %563, align 8
  %565 = insertelement <8 x double> poison, double %564, i64 0
  %566 = shufflevector <8 x double> %565, <8 x double> poison, <8 x i32> zeroinitializer
  %567 = fmul contract <8 x double> %513, %566
  %568 = fadd contract <8 x double> %542, %567
  %569 = load i32, ptr %524, align 4
  %570 = sext i32 %569 to i64
  %571 = getelementptr inbounds double, ptr %2, i64 %570
  %572 = fadd contract <8 x double> %559, %568
  store <8 x double> %572, ptr %571, align 8
  %573 = add nsw i64 %523, -1
  %574 = getelementptr inbounds i32, ptr %524, i64 %18
  br label %522

575:
  %576 = getelementptr inbounds i32, ptr %16, i64 %20
  %577 = load i32, ptr %576, align 4
  %578 = sext i32 %577 to i64
  %579 = getelementptr inbounds double, ptr %2, i64 %578
  %580 = load <8 x double>, ptr %579, align 8
  %581 = or i64 %20, 1
  %582 = getelementptr inbounds i32, ptr %16, i64 %581
  %583 = load i32, ptr %582, align 4
  %584 = sext i32 %583 to i64
  %585 = getelementptr inbounds double, ptr %2, i64 %584
  %586 = load <8 x double>, ptr %585, align 8
  %587 = or i64 %20, 2
  %588 = getelementptr inbounds i32, ptr %16, i64 %587
  %589 = load i32, ptr %588, align 4
  %590 = sext i32 %589 to i64
  %591 = getelementptr inbounds double, ptr %2, i64 %590
  %592 = load <8 x double>, ptr %591, align 8
  %593 = icmp eq i64 %20, 0
  %594 = or i64 %20, 3
  br label %595

595:
  %596 = phi i64 [ %12, %575 ], [ %637, %605 ]
  %597 = phi ptr [ %17, %575 ], [ %638, %605 ]
  %598 = icmp eq i64 %596, 0
  br i1 %598, label %722, label %599

599:
  br i1 %593, label %605, label %600

600:
  %601 = load i32, ptr %597, align 4
  %602 = sext i32 %601 to i64
  %603 = getelementptr inbounds double, ptr %2, i64 %602
  %604 = load <8 x double>, ptr %603, align 8
  br label %605

605:
  %606 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %599 ], [ %604, %600 ]
  %607 = getelementptr inbounds i32, ptr %597, i64 %581
  %608 = load i32, ptr %607, align 4
  %609 = sext i32 %608 to i64
  %610 = getelementptr inbounds double, ptr %5, i64 %609
  %611 = load double, ptr %610, align 8
  %612 = insertelement <8 x double> poison, double %611, i64 0
  %613 = shufflevector <8 x double> %612, <8 x double> poison, <8 x i32> zeroinitializer
  %614 = fmul contract <8 x double> %580, %613
  %615 = fadd contract <8 x double> %606, %614
  %616 = getelementptr inbounds i32, ptr %597, i64 %587
  %617 = load i32, ptr %616, align 4
  %618 = sext i32 %617 to i64
  %619 = getelementptr inbounds double, ptr %5, i64 %618
  %620 = load double, ptr %619, align 8
  %621 = insertelement <8 x double> poison, double %620, i64 0
  %622 = shufflevector <8 x double> %621, <8 x double> poison, <8 x i32> zeroinitializer
  %623 = fmul contract <8 x double> %586, %622
  %624 = getelementptr inbounds i32, ptr %597, i64 %594
  %625 = load i32, ptr %624, align 4
  %626 = sext i32 %625 to i64
  %627 = getelementptr inbounds double, ptr %5, i64 %626
  %628 = load double, ptr %627, align 8
  %629 = insertelement <8 x double> poison, double %628, i64 0
  %630 = shufflevector <8 x double> %629, <8 x double> poison, <8 x i32> zeroinitializer
  %631 = fmul contract <8 x double> %592, %630
  %632 = fadd contract <8 x double> %615, %631
  %633 = load i32, ptr %597, align 4
  %634 = sext i32 %633 to i64
  %635 = getelementptr inbounds double, ptr %2, i64 %634
  %636 = fadd contract <8 x double> %623, %632
  store <8 x double> %636, ptr %635, align 8
  %637 = add nsw i64 %596, -1
  %638 = getelementptr inbounds i32, ptr %597, i64 %18
  br label %595

639:
  %640 = getelementptr inbounds i32, ptr %16, i64 %20
  %641 = load i32, ptr %640, align 4
  %642 = sext i32 %641 to i64
  %643 = getelementptr inbounds double, ptr %2, i64 %642
  %644 = load <8 x double>, ptr %643, align 8
  %645 = or i64 %20, 1
  %646 = getelementptr inbounds i32, ptr %16, i64 %645
  %647 = load i32, ptr %646, align 4
  %648 = sext i32 %647 to i64
  %649 = getelementptr inbounds double, ptr %2, i64 %648
  %650 = load <8 x double>, ptr %649, align 8
  %651 = icmp eq i64 %20, 0
  %652 = or i64 %20, 2
  br label %653

653:
  %654 = phi i64 [ %12, %639 ], [ %686, %663 ]
  %655 = phi ptr [ %17, %639 ], [ %687, %663 ]
  %656 = icmp eq i64 %654, 0
  br i1 %656, label %722, label %657

657:
  br i1 %651, label %663, label %658

658:
  %659 = load i32, ptr %655, align 4
  %660 = sext i32 %659 to i64
  %661 = getelementptr inbounds double, ptr %2, i64 %660
  %662 = load <8 x double>, ptr %661, align 8
  br label %663

663:
  %664 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %657 ], [ %662, %658 ]
  %665 = getelementptr inbounds i32, ptr %655, i64 %652
  %666 = load i32, ptr %665, align 4
  %667 = sext i32 %666 to i64
  %668 = getelementptr inbounds double, ptr %5, i64 %667
  %669 = load double, ptr %668, align 8
  %670 = insertelement <8 x double> poison, double %669, i64 0
  %671 = shufflevector <8 x double> %670, <8 x double> poison, <8 x i32> zeroinitializer
  %672 = fmul contract <8 x double> %650, %671
  %673 = getelementptr inbounds i32, ptr %655, i64 %645
  %674 = load i32, ptr %673, align 4
  %675 = sext i32 %674 to i64
  %676 = getelementptr inbounds double, ptr %5, i64 %675
  %677 = load double, ptr %676, align 8
  %678 = insertelement <8 x double> poison, double %677, i64 0
  %679 = shufflevector <8 x double> %678, <8 x double> poison, <8 x i32> zeroinitializer
  %680 = fmul contract <8 x double> %644, %679
  %681 = fadd contract <8 x double> %664, %680
  %682 = load i32, ptr %655, align 4
  %683 = sext i32 %682 to i64
  %684 = getelementptr inbounds double, ptr %2, i64 %683
  %685 = fadd contract <8 x double> %672, %681
  store <8 x double> %685, ptr %684, align 8
  %686 = add nsw i64 %654, -1
  %687 = getelementptr inbounds i32, ptr %655, i64 %18
  br label %653

688:
  %689 = getelementptr inbounds i32, ptr %16, i64 %20
  %690 = load i32, ptr %689, align 4
  %691 = sext i32 %690 to i64
  %692 = getelementptr inbounds double, ptr %2, i64 %691
  %693 = load <8 x double>, ptr %692, align 8
  %694 = icmp eq i64 %20, 0
  %695 = or i64 %20, 1
  br label %696

696:
  %697 = phi i64 [ %12, %688 ], [ %720, %706 ]
  %698 = phi ptr [ %17, %688 ], [ %721, %706 ]
  %699 = icmp eq i64 %697, 0
  br i1 %699, label %722, label %700

700:
  br i1 %694, label %706, label %701

701:
  %702 = load i32, ptr %698, align 4
  %703 = sext i32 %702 to i64
  %704 = getelementptr inbounds double, ptr %2, i64 %703
  %705 = load <8 x double>, ptr %704, align 8
  br label %706

706:
  %707 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %700 ], [ %705, %701 ]
  %708 = getelementptr inbounds i32, ptr %698, i64 %695
  %709 = load i32, ptr %708, align 4
  %710 = sext i32 %709 to i64
  %711 = getelementptr inbounds double, ptr %5, i64 %710
  %712 = load double, ptr %711, align 8
  %713 = insertelement <8 x double> poison, double %712, i64 0
  %714 = shufflevector <8 x double> %713, <8 x double> poison, <8 x i32> zeroinitializer
  %715 = fmul contract <8 x double> %693, %714
  %716 = fadd contract <8 x double> %707, %715
  %717 = load i32, ptr %698, align 4
  %718 = sext i32 %717 to i64
  %719 = getelementptr inbounds double, ptr %2, i64 %718
  store <8 x double> %716, ptr %719, align 8
  %720 = add nsw i64 %697, -1
  %721 = getelementptr inbounds i32, ptr %698, i64 %18
  br label %696

722:
  %723 = add nuw nsw i64 %20, 8
  br label %19

724:
  ret ptr %8
}

define ptr @vector_copy(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %21, %9 ]
  %7 = phi ptr [ %0, %4 ], [ %22, %9 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %23, label %9

9:
  %10 = load i32, ptr %7, align 4
  %11 = sext i32 %10 to i64
  %12 = getelementptr inbounds double, ptr %2, i64 %11
  %13 = load ptr, ptr %3, align 64
  %14 = getelementptr inbounds i32, ptr %7, i64 1
  %15 = load i32, ptr %14, align 4
  %16 = sext i32 %15 to i64
  %17 = getelementptr inbounds double, ptr %13, i64 %16
  %18 = load double, ptr %17, align 8
  %19 = insertelement <8 x double> poison, double %18, i64 0
  %20 = shufflevector <8 x double> %19, <8 x double> poison, <8 x i32> zeroinitializer
  store <8 x double> %20, ptr %12, align 8
  %21 = add nsw i64 %6, -1
  %22 = getelementptr inbounds i32, ptr %7, i64 2
  br label %5

23:
  ret ptr %7
}

define ptr @vector_argument(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  %5 = getelementptr inbounds %struct.Memory, ptr %3, i64 0, i32 1
  %6 = getelementptr inbounds %struct.Memory, ptr %3, i64 0, i32 4
  br label %7

7:
  %8 = phi i64 [ %1, %4 ], [ %23, %11 ]
  %9 = phi ptr [ %0, %4 ], [ %24, %11 ]
  %10 = icmp eq i64 %8, 0
  br i1 %10, label %25, label %11

11:
  %12 = load i32, ptr %9, align 4
  %13 = sext i32 %12 to i64
  %14 = getelementptr inbounds double, ptr %2, i64 %13
  %15 = load ptr, ptr %5, align 8
  %16 = getelementptr inbounds i32, ptr %9, i64 1
  %17 = load i32, ptr %16, align 4
  %18 = sext i32 %17 to i64
  %19 = load i64, ptr %6, align 32
  %20 = mul nsw i64 %19, %18
  %21 = getelementptr inbounds double, ptr %15, i64 %20
  %22 = load <8 x double>, ptr %21, align 64
  store <8 x double> %22, ptr %14, align 8
  %23 = add nsw i64 %8, -1
  %24 = getelementptr inbounds i32, ptr %9, i64 2
  br label %7

25:
  ret ptr %9
}

define ptr @vector_result(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  %5 = getelementptr inbounds %struct.Memory, ptr %3, i64 0, i32 2
  %6 = getelementptr inbounds %struct.Memory, ptr %3, i64 0, i32 4
  br label %7

7:
  %8 = phi i64 [ %1, %4 ], [ %23, %11 ]
  %9 = phi ptr [ %0, %4 ], [ %24, %11 ]
  %10 = icmp eq i64 %8, 0
  br i1 %10, label %25, label %11

11:
  %12 = getelementptr inbounds i32, ptr %9, i64 1
  %13 = load i32, ptr %12, align 4
  %14 = sext i32 %13 to i64
  %15 = getelementptr inbounds double, ptr %2, i64 %14
  %16 = load <8 x double>, ptr %15, align 8
  %17 = load ptr, ptr %5, align 16
  %18 = load i32, ptr %9, align 4
  %19 = sext i32 %18 to i64
  %20 = load i64, ptr %6, align 32
  %21 = mul nsw i64 %20, %19
  %22 = getelementptr inbounds double, ptr %17, i64 %21
  store <8 x double> %16, ptr %22, align 64
  %23 = add nsw i64 %8, -1
  %24 = getelementptr inbounds i32, ptr %9, i64 2
  br label %7

25:
  ret ptr %9
}

define ptr @vector_total(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  %5 = getelementptr inbounds %struct.Memory, ptr %3, i64 0, i32 5
  %6 = load <8 x i64>, ptr %5, align 64
  %7 = getelementptr inbounds %struct.Memory, ptr %3, i64 0, i32 3
  %8 = icmp slt <8 x i64> %6, zeroinitializer
  br label %9

9:
  %10 = phi i64 [ %1, %4 ], [ %26, %13 ]
  %11 = phi ptr [ %0, %4 ], [ %27, %13 ]
  %12 = icmp eq i64 %10, 0
  br i1 %12, label %28, label %13

13:
  %14 = load ptr, ptr %7, align 8
  %15 = load i32, ptr %11, align 4
  %16 = sext i32 %15 to i64
  %17 = getelementptr inbounds <8 x double>, ptr %14, i64 %16
  %18 = load <8 x double>, ptr %17, align 64
  %19 = getelementptr inbounds i32, ptr %11, i64 1
  %20 = load i32, ptr %19, align 4
  %21 = sext i32 %20 to i64
  %22 = getelementptr inbounds double, ptr %2, i64 %21
  %23 = load <8 x double>, ptr %22, align 8
  %24 = select <8 x i1> %8, <8 x double> %23, <8 x double> <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>
  %25 = fadd contract <8 x double> %18, %24
  store <8 x double> %25, ptr %17, align 64
  %26 = add nsw i64 %10, -1
  %27 = getelementptr inbounds i32, ptr %11, i64 2
  br label %9

28:
  ret ptr %11
}

define void @find_formulas(ptr %0, ptr %1, ptr %2, i64 %3) {
  %5 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 2
  %6 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 1
  %7 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 3
  %8 = add nsw i64 %3, -1
  %9 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 3
  br label %10

10:
  %11 = phi i64 [ 0, %4 ], [ %19, %23 ]
  %12 = load i64, ptr %0, align 8
  %13 = icmp sgt i64 %12, %11
  br i1 %13, label %15, label %14

14:
  ret void

15:
  %16 = load ptr, ptr %5, align 8
  %17 = getelementptr inbounds i32, ptr %16, i64 %11
  %18 = load i32, ptr %17, align 4
  %19 = add nuw nsw i64 %11, 1
  %20 = getelementptr inbounds i32, ptr %16, i64 %19
  %21 = load i32, ptr %20, align 4
  %22 = icmp eq i32 %18, %21
  br i1 %22, label %23, label %24

23:
  br label %10

24:
  %25 = load ptr, ptr %6, align 8
  %26 = getelementptr inbounds i32, ptr %25, i64 %11
  %27 = load i32, ptr %26, align 4
  %28 = sext i32 %27 to i64
  %29 = sext i32 %18 to i64
  %30 = call i32 @llvm.smax.i32(i32 %18, i32 %21)
  %31 = sext i32 %30 to i64
  br label %32

32:
  %33 = phi i64 [ %50, %39 ], [ %29, %24 ]
  %34 = phi i64 [ %49, %39 ], [ %28, %24 ]
  %35 = icmp eq i64 %33, %31
  br i1 %35, label %36, label %39

36:
  %37 = getelementptr inbounds i32, ptr %25, i64 %11
  %38 = getelementptr inbounds i32, ptr %16, i64 %11
  br label %51

39:
  %40 = load ptr, ptr %7, align 8
  %41 = getelementptr inbounds i32, ptr %40, i64 %33
  %42 = load i32, ptr %41, align 4
  %43 = sext i32 %42 to i64
  %44 = getelementptr inbounds i32, ptr %1, i64 %43
  %45 = load i32, ptr %44, align 4
  %46 = sext i32 %45 to i64
  %47 = xor i64 %34, %46
  %48 = mul i64 %47, -7046029254386353131
  %49 = lshr i64 %48, 7
  %50 = add nsw i64 %33, 1
  br label %32

51:
  %52 = phi i64 [ %34, %36 ], [ %96, %95 ]
  %53 = and i64 %52, %8
  %54 = getelementptr inbounds i32, ptr %2, i64 %53
  %55 = load i32, ptr %54, align 4
  %56 = icmp sgt i32 %55, -1
  br i1 %56, label %57, label %97

57:
  %58 = zext i32 %55 to i64
  %59 = getelementptr inbounds i32, ptr %25, i64 %58
  %60 = load i32, ptr %59, align 4
  %61 = load i32, ptr %37, align 4
  %62 = icmp eq i32 %60, %61
  br i1 %62, label %63, label %95

63:
  %64 = load ptr, ptr %9, align 8
  %65 = getelementptr inbounds i32, ptr %16, i64 %58
  %66 = load i32, ptr %65, align 4
  %67 = sext i32 %66 to i64
  %68 = getelementptr inbounds i32, ptr %64, i64 %67
  %69 = load i32, ptr %38, align 4
  %70 = sext i32 %69 to i64
  %71 = getelementptr inbounds i32, ptr %64, i64 %70
  %72 = add nsw i32 %55, 1
  %73 = sext i32 %72 to i64
  %74 = getelementptr inbounds i32, ptr %16, i64 %73
  %75 = load i32, ptr %74, align 4
  %76 = sub nsw i32 %75, %66
  %77 = call i32 @llvm.smax.i32(i32 %76, i32 0)
  %78 = zext i32 %77 to i64
  br label %79

79:
  %80 = phi i64 [ 0, %63 ], [ %94, %82 ]
  %81 = icmp eq i64 %80, %78
  br i1 %81, label %97, label %82

82:
  %83 = getelementptr inbounds i32, ptr %68, i64 %80
  %84 = load i32, ptr %83, align 4
  %85 = sext i32 %84 to i64
  %86 = getelementptr inbounds i32, ptr %1, i64 %85
  %87 = load i32, ptr %86, align 4
  %88 = getelementptr inbounds i32, ptr %71, i64 %80
  %89 = load i32, ptr %88, align 4
  %90 = sext i32 %89 to i64
  %91 = getelementptr inbounds i32, ptr %1, i64 %90
  %92 = load i32, ptr %91, align 4
  %93 = icmp eq i32 %87, %92
  %94 = add nuw nsw i64 %80, 1
  br i1 %93, label %79, label %95

95:
  %96 = add nsw i64 %53, 1
  br label %51

97:
  %98 = getelementptr inbounds i32, ptr %2, i64 %53
  %99 = icmp slt i32 %55, 0
  br i1 %99, label %100, label %102

100:
  %101 = trunc i64 %11 to i32
  store i32 %101, ptr %98, align 4
  br label %102

102:
  %103 = load i32, ptr %98, align 4
  %104 = getelementptr inbounds i32, ptr %1, i64 %11
  store i32 %103, ptr %104, align 4
  br label %23
}

define void @find_runs(ptr %0, ptr %1, i64 %2, i64 %3, ptr %4, ptr %5, ptr %6) {
  %8 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 1
  %9 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 2
  %10 = getelementptr inbounds %struct.Instructions, ptr %0, i64 0, i32 3
  %11 = call i64 @llvm.smax.i64(i64 %2, i64 0)
  br label %12

12:
  %13 = phi i64 [ 0, %7 ], [ %71, %67 ]
  %14 = phi i32 [ 0, %7 ], [ %21, %67 ]
  %15 = phi i32 [ 0, %7 ], [ %68, %67 ]
  %16 = icmp eq i64 %13, %11
  br i1 %16, label %17, label %18

17:
  ret void

18:
  %19 = srem i64 %13, %3
  %20 = icmp eq i64 %19, 0
  %21 = select i1 %20, i32 %15, i32 %14
  %22 = getelementptr inbounds i32, ptr %1, i64 %13
  %23 = load i32, ptr %22, align 4
  %24 = load ptr, ptr %8, align 8
  %25 = sext i32 %23 to i64
  %26 = getelementptr inbounds i32, ptr %24, i64 %25
  %27 = load i32, ptr %26, align 4
  %28 = add nsw i32 %21, -1
  %29 = load ptr, ptr %9, align 8
  %30 = getelementptr inbounds i32, ptr %29, i64 %25
  %31 = load i32, ptr %30, align 4
  %32 = add nsw i32 %23, 1
  %33 = sext i32 %32 to i64
  %34 = getelementptr inbounds i32, ptr %29, i64 %33
  %35 = load i32, ptr %34, align 4
  %36 = sext i32 %31 to i64
  %37 = call i32 @llvm.smax.i32(i32 %31, i32 %35)
  %38 = sext i32 %37 to i64
  br label %39

39:
  %40 = phi i64 [ %56, %48 ], [ %36, %18 ]
  %41 = phi i32 [ %55, %48 ], [ %28, %18 ]
  %42 = icmp eq i64 %40, %38
  br i1 %42, label %43, label %48

43:
  %44 = sext i32 %27 to i64
  %45 = getelementptr inbounds i32, ptr %5, i64 %44
  %46 = load i32, ptr %45, align 4
  %47 = icmp sgt i32 %46, %41
  br i1 %47, label %61, label %57

48:
  %49 = load ptr, ptr %10, align 8
  %50 = getelementptr inbounds i32, ptr %49, i64 %40
  %51 = load i32, ptr %50, align 4
  %52 = sext i32 %51 to i64
  %53 = getelementptr inbounds i32, ptr %4, i64 %52
  %54 = load i32, ptr %53, align 4
  %55 = call i32 @llvm.smax.i32(i32 %54, i32 %41)
  %56 = add nsw i64 %40, 1
  br label %39

57:
  %58 = sext i32 %15 to i64
  %59 = getelementptr inbounds i32, ptr %6, i64 %58
  store i32 %46, ptr %59, align 4
  %60 = add nsw i32 %15, 1
  store i32 %15, ptr %45, align 4
  br label %67

61:
  %62 = phi i32 [ %65, %61 ], [ %46, %43 ]
  %63 = sext i32 %62 to i64
  %64 = getelementptr inbounds i32, ptr %6, i64 %63
  %65 = load i32, ptr %64, align 4
  %66 = icmp sgt i32 %65, %41
  br i1 %66, label %61, label %67

67:
  %68 = phi i32 [ %60, %57 ], [ %15, %61 ]
  %69 = phi i32 [ %15, %57 ], [ %62, %61 ]
  %70 = getelementptr inbounds i32, ptr %4, i64 %25
  store i32 %69, ptr %70, align 4
  %71 = add nuw i64 %13, 1
  br label %12
}

declare i64 @llvm.smax.i64(i64, i64)

declare i32 @llvm.smax.i32(i32, i32)
