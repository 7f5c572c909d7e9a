; made by docs/runtime.py of interpreter.cpp: 9694bbd8cc49e40ba86e310cc44fcc038b90f139eccce37c960c77d554b87325
%struct.Memory = type { ptr, ptr, ptr, ptr, i64, <8 x i64> }
%struct.Code = type { ptr, ptr, ptr, ptr, ptr, ptr }

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
  %13 = getelementptr inbounds ptr, ptr @scalar_operations, i64 %12
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
  %37 = getelementptr inbounds ptr, ptr @vector_operations, i64 %36
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
  %14 = getelementptr inbounds ptr, ptr @scalar_operations, i64 %13
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
  %7 = phi ptr [ %0, %4 ], [ %71, %169 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %177, label %158

9:
  %10 = phi double [ -0.000000e+00, %158 ], [ %64, %17 ]
  %11 = phi double [ -0.000000e+00, %158 ], [ %52, %17 ]
  %12 = phi double [ -0.000000e+00, %158 ], [ %40, %17 ]
  %13 = phi double [ -0.000000e+00, %158 ], [ %28, %17 ]
  %14 = phi ptr [ %159, %158 ], [ %15, %17 ]
  %15 = getelementptr inbounds i32, ptr %14, i64 8
  %16 = icmp ugt ptr %15, %164
  br i1 %16, label %65, label %17

17:
  %18 = load i32, ptr %14, align 4
  %19 = sext i32 %18 to i64
  %20 = getelementptr inbounds double, ptr %168, i64 %19
  %21 = load double, ptr %20, align 8
  %22 = getelementptr inbounds i32, ptr %14, i64 1
  %23 = load i32, ptr %22, align 4
  %24 = sext i32 %23 to i64
  %25 = getelementptr inbounds double, ptr %2, i64 %24
  %26 = load double, ptr %25, align 8
  %27 = fmul contract double %21, %26
  %28 = fadd contract double %13, %27
  %29 = getelementptr inbounds i32, ptr %14, i64 2
  %30 = load i32, ptr %29, align 4
  %31 = sext i32 %30 to i64
  %32 = getelementptr inbounds double, ptr %168, i64 %31
  %33 = load double, ptr %32, align 8
  %34 = getelementptr inbounds i32, ptr %14, i64 3
  %35 = load i32, ptr %34, align 4
  %36 = sext i32 %35 to i64
  %37 = getelementptr inbounds double, ptr %2, i64 %36
  %38 = load double, ptr %37, align 8
  %39 = fmul contract double %33, %38
  %40 = fadd contract double %12, %39
  %41 = getelementptr inbounds i32, ptr %14, i64 4
  %42 = load i32, ptr %41, align 4
  %43 = sext i32 %42 to i64
  %44 = getelementptr inbounds double, ptr %168, i64 %43
  %45 = load double, ptr %44, align 8
  %46 = getelementptr inbounds i32, ptr %14, i64 5
  %47 = load i32, ptr %46, align 4
  %48 = sext i32 %47 to i64
  %49 = getelementptr inbounds double, ptr %2, i64 %48
  %50 = load double, ptr %49, align 8
  %51 = fmul contract double %45, %50
  %52 = fadd contract double %11, %51
  %53 = getelementptr inbounds i32, ptr %14, i64 6
  %54 = load i32, ptr %53, align 4
  %55 = sext i32 %54 to i64
  %56 = getelementptr inbounds double, ptr %168, i64 %55
  %57 = load double, ptr %56, align 8
  %58 = getelementptr inbounds i32, ptr %14, i64 7
  %59 = load i32, ptr %58, align 4
  %60 = sext i32 %59 to i64
  %61 = getelementptr inbounds double, ptr %2, i64 %60
  %62 = load double, ptr %61, align 8
  %63 = fmul contract double %57, %62
  %64 = fadd contract double %10, %63
  br label %9

65:
  %66 = phi double [ %83, %72 ], [ %13, %9 ]
  %67 = phi ptr [ %84, %72 ], [ %14, %9 ]
  %68 = icmp ult ptr %67, %164
  br i1 %68, label %72, label %69

69:
  %70 = sext i32 %167 to i64
  %71 = getelementptr inbounds i32, ptr %164, i64 %70
  br label %85

72:
  %73 = load i32, ptr %67, align 4
  %74 = sext i32 %73 to i64
  %75 = getelementptr inbounds double, ptr %168, i64 %74
  %76 = load double, ptr %75, align 8
  %77 = getelementptr inbounds i32, ptr %67, i64 1
  %78 = load i32, ptr %77, align 4
  %79 = sext i32 %78 to i64
  %80 = getelementptr inbounds double, ptr %2, i64 %79
  %81 = load double, ptr %80, align 8
  %82 = fmul contract double %76, %81
  %83 = fadd contract double %66, %82
  %84 = getelementptr inbounds i32, ptr %67, i64 2
  br label %65

85:
  %86 = phi double [ %10, %69 ], [ %140, %93 ]
  %87 = phi double [ %11, %69 ], [ %128, %93 ]
  %88 = phi double [ %12, %69 ], [ %116, %93 ]
  %89 = phi double [ %66, %69 ], [ %104, %93 ]
  %90 = phi ptr [ %164, %69 ], [ %91, %93 ]
  %91 = getelementptr inbounds i32, ptr %90, i64 8
  %92 = icmp ugt ptr %91, %71
  br i1 %92, label %141, label %93

93:
  %94 = load i32, ptr %90, align 4
  %95 = sext i32 %94 to i64
  %96 = getelementptr inbounds double, ptr %2, i64 %95
  %97 = load double, ptr %96, align 8
  %98 = getelementptr inbounds i32, ptr %90, i64 1
  %99 = load i32, ptr %98, align 4
  %100 = sext i32 %99 to i64
  %101 = getelementptr inbounds double, ptr %2, i64 %100
  %102 = load double, ptr %101, align 8
  %103 = fmul contract double %97, %102
  %104 = fadd contract double %89, %103
  %105 = getelementptr inbounds i32, ptr %90, i64 2
  %106 = load i32, ptr %105, align 4
  %107 = sext i32 %106 to i64
  %108 = getelementptr inbounds double, ptr %2, i64 %107
  %109 = load double, ptr %108, align 8
  %110 = getelementptr inbounds i32, ptr %90, i64 3
  %111 = load i32, ptr %110, align 4
  %112 = sext i32 %111 to i64
  %113 = getelementptr inbounds double, ptr %2, i64 %112
  %114 = load double, ptr %113, align 8
  %115 = fmul contract double %109, %114
  %116 = fadd contract double %88, %115
  %117 = getelementptr inbounds i32, ptr %90, i64 4
  %118 = load i32, ptr %117, align 4
  %119 = sext i32 %118 to i64
  %120 = getelementptr inbounds double, ptr %2, i64 %119
  %121 = load double, ptr %120, align 8
  %122 = getelementptr inbounds i32, ptr %90, i64 5
  %123 = load i32, ptr %122, align 4
  %124 = sext i32 %123 to i64
  %125 = getelementptr inbounds double, ptr %2, i64 %124
  %126 = load double, ptr %125, align 8
  %127 = fmul contract double %121, %126
  %128 = fadd contract double %87, %127
  %129 = getelementptr inbounds i32, ptr %90, i64 6
  %130 = load i32, ptr %129, align 4
  %131 = sext i32 %130 to i64
  %132 = getelementptr inbounds double, ptr %2, i64 %131
  %133 = load double, ptr %132, align 8
  %134 = getelementptr inbounds i32, ptr %90, i64 7
  %135 = load i32, ptr %134, align 4
  %136 = sext i32 %135 to i64
  %137 = getelementptr inbounds double, ptr %2, i64 %136
  %138 = load double, ptr %137, align 8
  %139 = fmul contract double %133, %138
  %140 = fadd contract double %86, %139
  br label %85

141:
  %142 = phi double [ %156, %145 ], [ %89, %85 ]
  %143 = phi ptr [ %157, %145 ], [ %90, %85 ]
  %144 = icmp ult ptr %143, %71
  br i1 %144, label %145, label %169

145:
  %146 = load i32, ptr %143, align 4
  %147 = sext i32 %146 to i64
  %148 = getelementptr inbounds double, ptr %2, i64 %147
  %149 = load double, ptr %148, align 8
  %150 = getelementptr inbounds i32, ptr %143, i64 1
  %151 = load i32, ptr %150, align 4
  %152 = sext i32 %151 to i64
  %153 = getelementptr inbounds double, ptr %2, i64 %152
  %154 = load double, ptr %153, align 8
  %155 = fmul contract double %149, %154
  %156 = fadd contract double %142, %155
  %157 = getelementptr inbounds i32, ptr %143, i64 2
  br label %141

158:
  %159 = getelementptr inbounds i32, ptr %7, i64 3
  %160 = getelementptr inbounds i32, ptr %7, i64 1
  %161 = load i32, ptr %160, align 4
  %162 = shl nsw i32 %161, 1
  %163 = sext i32 %162 to i64
  %164 = getelementptr inbounds i32, ptr %159, i64 %163
  %165 = getelementptr inbounds i32, ptr %7, i64 2
  %166 = load i32, ptr %165, align 4
  %167 = shl nsw i32 %166, 1
  %168 = load ptr, ptr %3, align 64
  br label %9

169:
  %170 = fadd contract double %88, %142
  %171 = fadd contract double %87, %170
  %172 = fadd contract double %86, %171
  %173 = load i32, ptr %7, align 4
  %174 = sext i32 %173 to i64
  %175 = getelementptr inbounds double, ptr %2, i64 %174
  store double %172, ptr %175, align 8
  %176 = add nsw i64 %6, -1
  br label %5

177:
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
  %10 = load ptr, ptr %3, align 64
  %11 = getelementptr inbounds i32, ptr %7, i64 1
  %12 = load i32, ptr %11, align 4
  %13 = sext i32 %12 to i64
  %14 = getelementptr inbounds double, ptr %10, i64 %13
  %15 = load double, ptr %14, align 8
  %16 = load i32, ptr %7, align 4
  %17 = sext i32 %16 to i64
  %18 = getelementptr inbounds double, ptr %2, i64 %17
  store double %15, ptr %18, align 8
  %19 = add nsw i64 %6, -1
  %20 = getelementptr inbounds i32, ptr %7, i64 2
  br label %5

21:
  ret ptr %7
}

define ptr @vector_dot(ptr %0, i64 %1, ptr %2, ptr align 64 dereferenceable(128) %3) {
  br label %5

5:
  %6 = phi i64 [ %1, %4 ], [ %117, %112 ]
  %7 = phi ptr [ %0, %4 ], [ %49, %112 ]
  %8 = icmp eq i64 %6, 0
  br i1 %8, label %129, label %118

9:
  %10 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %118 ], [ %42, %15 ]
  %11 = phi <8 x double> [ <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>, %118 ], [ %28, %15 ]
  %12 = phi ptr [ %119, %118 ], [ %13, %15 ]
  %13 = getelementptr inbounds i32, ptr %12, i64 4
  %14 = icmp ugt ptr %13, %124
  br i1 %14, label %43, label %15

15:
  %16 = load i32, ptr %12, align 4
  %17 = sext i32 %16 to i64
  %18 = getelementptr inbounds double, ptr %128, i64 %17
  %19 = load double, ptr %18, align 8
  %20 = insertelement <8 x double> poison, double %19, i64 0
  %21 = shufflevector <8 x double> %20, <8 x double> poison, <8 x i32> zeroinitializer
  %22 = getelementptr inbounds i32, ptr %12, i64 1
  %23 = load i32, ptr %22, align 4
  %24 = sext i32 %23 to i64
  %25 = getelementptr inbounds <8 x double>, ptr %2, i64 %24
  %26 = load <8 x double>, ptr %25, align 64
  %27 = fmul contract <8 x double> %21, %26
  %28 = fadd contract <8 x double> %11, %27
  %29 = getelementptr inbounds i32, ptr %12, i64 2
  %30 = load i32, ptr %29, align 4
  %31 = sext i32 %30 to i64
  %32 = getelementptr inbounds double, ptr %128, i64 %31
  %33 = load double, ptr %32, align 8
  %34 = insertelement <8 x double> poison, double %33, i64 0
  %35 = shufflevector <8 x double> %34, <8 x double> poison, <8 x i32> zeroinitializer
  %36 = getelementptr inbounds i32, ptr %12, i64 3
  %37 = load i32, ptr %36, align 4
  %38 = sext i32 %37 to i64
  %39 = getelementptr inbounds <8 x double>, ptr %2, i64 %38
  %40 = load <8 x double>, ptr %39, align 64
  %41 = fmul contract <8 x double> %35, %40
  %42 = fadd contract <8 x double> %10, %41
  br label %9

43:
  %44 = phi <8 x double> [ %63, %50 ], [ %11, %9 ]
  %45 = phi ptr [ %64, %50 ], [ %12, %9 ]
  %46 = icmp ult ptr %45, %124
  br i1 %46, label %50, label %47

47:
  %48 = sext i32 %127 to i64
  %49 = getelementptr inbounds i32, ptr %124, i64 %48
  br label %65

50:
  %51 = load i32, ptr %45, align 4
  %52 = sext i32 %51 to i64
  %53 = getelementptr inbounds double, ptr %128, i64 %52
  %54 = load double, ptr %53, align 8
  %55 = insertelement <8 x double> poison, double %54, i64 0
  %56 = shufflevector <8 x double> %55, <8 x double> poison, <8 x i32> zeroinitializer
  %57 = getelementptr inbounds i32, ptr %45, i64 1
  %58 = load i32, ptr %57, align 4
  %59 = sext i32 %58 to i64
  %60 = getelementptr inbounds <8 x double>, ptr %2, i64 %59
  %61 = load <8 x double>, ptr %60, align 64
  %62 = fmul contract <8 x double> %56, %61
  %63 = fadd contract <8 x double> %44, %62
  %64 = getelementptr inbounds i32, ptr %45, i64 2
  br label %43

65:
  %66 = phi <8 x double> [ %10, %47 ], [ %94, %71 ]
  %67 = phi <8 x double> [ %44, %47 ], [ %82, %71 ]
  %68 = phi ptr [ %124, %47 ], [ %69, %71 ]
  %69 = getelementptr inbounds i32, ptr %68, i64 4
  %70 = icmp ugt ptr %69, %49
  br i1 %70, label %95, label %71

71:
  %72 = load i32, ptr %68, align 4
  %73 = sext i32 %72 to i64
  %74 = getelementptr inbounds <8 x double>, ptr %2, i64 %73
  %75 = load <8 x double>, ptr %74, align 64
  %76 = getelementptr inbounds i32, ptr %68, i64 1
  %77 = load i32, ptr %76, align 4
  %78 = sext i32 %77 to i64
  %79 = getelementptr inbounds <8 x double>, ptr %2, i64 %78
  %80 = load <8 x double>, ptr %79, align 64
  %81 = fmul contract <8 x double> %75, %80
  %82 = fadd contract <8 x double> %67, %81
  %83 = getelementptr inbounds i32, ptr %68, i64 2
  %84 = load i32, ptr %83, align 4
  %85 = sext i32 %84 to i64
  %86 = getelementptr inbounds <8 x double>, ptr %2, i64 %85
  %87 = load <8 x double>, ptr %86, align 64
  %88 = getelementptr inbounds i32, ptr %68, i64 3
  %89 = load i32, ptr %88, align 4
  %90 = sext i32 %89 to i64
  %91 = getelementptr inbounds <8 x double>, ptr %2, i64 %90
  %92 = load <8 x double>, ptr %91, align 64
  %93 = fmul contract <8 x double> %87, %92
  %94 = fadd contract <8 x double> %66, %93
  br label %65

95:
  %96 = phi <8 x double> [ %110, %99 ], [ %67, %65 ]
  %97 = phi ptr [ %111, %99 ], [ %68, %65 ]
  %98 = icmp ult ptr %97, %49
  br i1 %98, label %99, label %112

99:
  %100 = load i32, ptr %97, align 4
  %101 = sext i32 %100 to i64
  %102 = getelementptr inbounds <8 x double>, ptr %2, i64 %101
  %103 = load <8 x double>, ptr %102, align 64
  %104 = getelementptr inbounds i32, ptr %97, i64 1
  %105 = load i32, ptr %104, align 4
  %106 = sext i32 %105 to i64
  %107 = getelementptr inbounds <8 x double>, ptr %2, i64 %106
  %108 = load <8 x double>, ptr %107, align 64
  %109 = fmul contract <8 x double> %103, %108
  %110 = fadd contract <8 x double> %96, %109
  %111 = getelementptr inbounds i32, ptr %97, i64 2
  br label %95

112:
  %113 = fadd contract <8 x double> %66, %96
  %114 = load i32, ptr %7, align 4
  %115 = sext i32 %114 to i64
  %116 = getelementptr inbounds <8 x double>, ptr %2, i64 %115
  store <8 x double> %113, ptr %116, align 64
  %117 = add nsw i64 %6, -1
  br label %5

118:
  %119 = getelementptr inbounds i32, ptr %7, i64 3
  %120 = getelementptr inbounds i32, ptr %7, i64 1
  %121 = load i32, ptr %120, align 4
  %122 = shl nsw i32 %121, 1
  %123 = sext i32 %122 to i64
  %124 = getelementptr inbounds i32, ptr %119, i64 %123
  %125 = getelementptr inbounds i32, ptr %7, i64 2
  %126 = load i32, ptr %125, align 4
  %127 = shl nsw i32 %126, 1
  %128 = load ptr, ptr %3, align 64
  br label %9

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
  %10 = load ptr, ptr %3, align 64
  %11 = getelementptr inbounds i32, ptr %7, i64 1
  %12 = load i32, ptr %11, align 4
  %13 = sext i32 %12 to i64
  %14 = getelementptr inbounds double, ptr %10, i64 %13
  %15 = load double, ptr %14, align 8
  %16 = insertelement <8 x double> poison, double %15, i64 0
  %17 = shufflevector <8 x double> %16, <8 x double> poison, <8 x i32> zeroinitializer
  %18 = load i32, ptr %7, align 4
  %19 = sext i32 %18 to i64
  %20 = getelementptr inbounds <8 x double>, ptr %2, i64 %19
  store <8 x double> %17, ptr %20, align 64
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
  %12 = load ptr, ptr %5, align 8
  %13 = getelementptr inbounds i32, ptr %9, i64 1
  %14 = load i32, ptr %13, align 4
  %15 = sext i32 %14 to i64
  %16 = load i64, ptr %6, align 32
  %17 = mul nsw i64 %16, %15
  %18 = getelementptr inbounds double, ptr %12, i64 %17
  %19 = load <8 x double>, ptr %18, align 64
  %20 = load i32, ptr %9, align 4
  %21 = sext i32 %20 to i64
  %22 = getelementptr inbounds <8 x double>, ptr %2, i64 %21
  store <8 x double> %19, ptr %22, align 64
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
  %15 = getelementptr inbounds <8 x double>, ptr %2, i64 %14
  %16 = load <8 x double>, ptr %15, align 64
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
  %22 = getelementptr inbounds <8 x double>, ptr %2, i64 %21
  %23 = load <8 x double>, ptr %22, align 64
  %24 = select <8 x i1> %8, <8 x double> %23, <8 x double> <double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00, double -0.000000e+00>
  %25 = fadd contract <8 x double> %18, %24
  store <8 x double> %25, ptr %17, align 64
  %26 = add nsw i64 %10, -1
  %27 = getelementptr inbounds i32, ptr %11, i64 2
  br label %9

28:
  ret ptr %11
}
