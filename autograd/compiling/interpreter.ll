; made by docs/runtime.py of interpreter.cpp: b453db2f7fac1aa3121c3b2d233727daf697dfdbfdb46a7f6508f19f92246080
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
