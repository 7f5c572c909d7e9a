; made by docs/runtime.py of builtin.cpp: 6b9b655756e6d84bd3aefde68c745bcdfab18434e965c14878292174261b003e
%struct.Buffer = type { ptr, ptr, i64, i64, i32, i32, ptr, ptr, ptr, ptr, ptr }
%struct.Call = type { ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, i64, i64, i64, i64, i64, %"struct.std::atomic" }
%"struct.std::atomic" = type { %"struct.std::__atomic_base" }
%"struct.std::__atomic_base" = type { i64 }
%struct.Input = type { ptr, ptr, i64, i64, i64, i64, i64 }
%struct.Source = type { ptr, i64 }

define ptr @call(ptr %0, ptr %1, i64 %2) {
  %4 = alloca [3 x ptr], align 8
  %5 = alloca %struct.Buffer, align 8
  %6 = alloca i32, align 4
  %7 = call ptr @PyTuple_GetItem(ptr %0, i64 0)
  %8 = call ptr @PyLong_AsVoidPtr(ptr %7)
  %9 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 10
  %10 = load ptr, ptr %9, align 8
  call void @Py_IncRef(ptr %10)
  %11 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 11
  %12 = load i64, ptr %11, align 8
  %13 = icmp eq i64 %12, %2
  br i1 %13, label %14, label %244

14:
  %15 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 16
  %16 = atomicrmw xchg ptr %15, i64 1 seq_cst, align 8
  %17 = icmp eq i64 %16, 0
  br i1 %17, label %18, label %244

18:
  %19 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 9
  %20 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 8
  %21 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 4
  %22 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 6
  %23 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 5
  %24 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 7
  %25 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 8
  %26 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 7
  %27 = call i64 @llvm.smax.i64(i64 %2, i64 0)
  br label %28

28:
  %29 = phi i64 [ %171, %170 ], [ 0, %18 ]
  %30 = icmp eq i64 %29, %27
  br i1 %30, label %172, label %31

31:
  %32 = load ptr, ptr %21, align 8
  %33 = getelementptr inbounds %struct.Input, ptr %32, i64 %29
  %34 = getelementptr inbounds ptr, ptr %1, i64 %29
  %35 = load ptr, ptr %34, align 8
  %36 = call ptr @PyObject_Type(ptr %35)
  call void @Py_DecRef(ptr %36)
  %37 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 2
  %38 = load i64, ptr %37, align 8
  %39 = icmp eq i64 %38, 0
  br i1 %39, label %40, label %58

40:
  %41 = load ptr, ptr %33, align 8
  %42 = load ptr, ptr %26, align 8
  %43 = icmp eq ptr %42, %36
  br i1 %43, label %44, label %46

44:
  %45 = call contract double @PyFloat_AsDouble(ptr %35)
  store double %45, ptr %41, align 8
  br label %170

46:
  %47 = load ptr, ptr %20, align 8
  %48 = icmp eq ptr %47, %36
  br i1 %48, label %49, label %172

49:
  %50 = call i64 @PyLong_AsLongLongAndOverflow(ptr %35, ptr %6)
  %51 = sitofp i64 %50 to double
  store double %51, ptr %41, align 8
  %52 = load i32, ptr %6, align 4
  %53 = icmp eq i32 %52, 0
  %54 = icmp sgt i64 %50, -9007199254740993
  %55 = select i1 %53, i1 %54, i1 false
  %56 = icmp slt i64 %50, 9007199254740993
  %57 = select i1 %55, i1 %56, i1 false
  br label %168

58:
  %59 = load ptr, ptr %19, align 8
  %60 = icmp eq ptr %36, %59
  br i1 %60, label %61, label %172

61:
  %62 = call i32 @PyObject_GetBuffer(ptr %35, ptr %5, i32 28)
  %63 = icmp eq i32 %62, 0
  br i1 %63, label %65, label %64

64:
  call void @PyErr_Clear()
  br label %166

65:
  %66 = load ptr, ptr %22, align 8
  %67 = load i8, ptr %66, align 1
  %68 = icmp eq i8 %67, 61
  %69 = zext i1 %68 to i64
  %70 = getelementptr inbounds i8, ptr %66, i64 %69
  %71 = load i8, ptr %70, align 1
  %72 = icmp eq i8 %71, 100
  br i1 %72, label %73, label %96

73:
  %74 = getelementptr inbounds i8, ptr %70, i64 1
  %75 = load i8, ptr %74, align 1
  %76 = icmp eq i8 %75, 0
  br i1 %76, label %77, label %96

77:
  %78 = load i32, ptr %23, align 4
  %79 = sext i32 %78 to i64
  %80 = load i64, ptr %37, align 8
  %81 = icmp eq i64 %80, %79
  br i1 %81, label %82, label %96

82:
  %83 = load ptr, ptr %24, align 8
  %84 = load i64, ptr %83, align 8
  %85 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 3
  %86 = load i64, ptr %85, align 8
  %87 = icmp eq i64 %84, %86
  br i1 %87, label %88, label %96

88:
  %89 = icmp eq i32 %78, 1
  br i1 %89, label %96, label %90

90:
  %91 = getelementptr inbounds i64, ptr %83, i64 1
  %92 = load i64, ptr %91, align 8
  %93 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 4
  %94 = load i64, ptr %93, align 8
  %95 = icmp eq i64 %92, %94
  br label %96

96:
  %97 = phi i1 [ false, %82 ], [ false, %77 ], [ false, %73 ], [ true, %88 ], [ %95, %90 ], [ false, %65 ]
  br i1 %97, label %98, label %165

98:
  %99 = load ptr, ptr %25, align 8
  %100 = load i64, ptr %99, align 8
  %101 = load i64, ptr %37, align 8
  %102 = icmp eq i64 %101, 2
  br i1 %102, label %103, label %106

103:
  %104 = getelementptr inbounds i64, ptr %99, i64 1
  %105 = load i64, ptr %104, align 8
  br label %106

106:
  %107 = phi i64 [ %105, %103 ], [ 8, %98 ]
  %108 = icmp ne i64 %107, 8
  %109 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 4
  %110 = load i64, ptr %109, align 8
  %111 = shl i64 %110, 3
  %112 = icmp ne i64 %100, %111
  %113 = select i1 %108, i1 true, i1 %112
  %114 = icmp ne i64 %110, 1
  %115 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 6
  %116 = load i64, ptr %115, align 8
  %117 = icmp ne i64 %116, 1
  %118 = select i1 %114, i1 %117, i1 false
  %119 = select i1 %113, i1 true, i1 %118
  %120 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 1
  %121 = load ptr, ptr %120, align 8
  %122 = icmp ne ptr %121, null
  %123 = select i1 %119, i1 true, i1 %122
  br i1 %123, label %124, label %127

124:
  %125 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 3
  %126 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 5
  br label %133

127:
  %128 = load ptr, ptr %33, align 8
  %129 = load ptr, ptr %5, align 8
  %130 = getelementptr inbounds %struct.Input, ptr %32, i64 %29, i32 3
  %131 = load i64, ptr %130, align 8
  %132 = mul i64 %131, %111
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %128, ptr align 1 %129, i64 %132, i1 false)
  br label %165

133:
  %134 = phi i64 [ %164, %163 ], [ 0, %124 ]
  %135 = load i64, ptr %109, align 8
  %136 = icmp slt i64 %134, %135
  br i1 %136, label %137, label %165

137:
  %138 = load ptr, ptr %5, align 8
  %139 = mul nsw i64 %134, %107
  %140 = getelementptr inbounds i8, ptr %138, i64 %139
  %141 = load ptr, ptr %120, align 8
  %142 = icmp eq ptr %141, null
  br i1 %142, label %146, label %143

143:
  %144 = getelementptr inbounds %struct.Source, ptr %141, i64 %134
  store ptr %140, ptr %144, align 8
  %145 = getelementptr inbounds i8, ptr %144, i64 8
  store i64 %100, ptr %145, align 8
  br label %163

146:
  %147 = load ptr, ptr %33, align 8
  %148 = load i64, ptr %115, align 8
  %149 = mul nsw i64 %148, %134
  %150 = getelementptr inbounds double, ptr %147, i64 %149
  br label %151

151:
  %152 = phi ptr [ %140, %146 ], [ %160, %157 ]
  %153 = phi ptr [ %150, %146 ], [ %162, %157 ]
  %154 = phi i64 [ 0, %146 ], [ %159, %157 ]
  %155 = load i64, ptr %125, align 8
  %156 = icmp slt i64 %154, %155
  br i1 %156, label %157, label %163

157:
  %158 = load i64, ptr %152, align 1
  store i64 %158, ptr %153, align 8
  %159 = add nuw nsw i64 %154, 1
  %160 = getelementptr inbounds i8, ptr %152, i64 %100
  %161 = load i64, ptr %126, align 8
  %162 = getelementptr inbounds double, ptr %153, i64 %161
  br label %151

163:
  %164 = add nuw nsw i64 %134, 1
  br label %133

165:
  call void @PyBuffer_Release(ptr %5)
  br label %166

166:
  %167 = phi i1 [ false, %64 ], [ %97, %165 ]
  br label %168

168:
  %169 = phi i1 [ %167, %166 ], [ %57, %49 ]
  br i1 %169, label %170, label %172

170:
  %171 = add nuw i64 %29, 1
  br label %28

172:
  %173 = icmp eq i64 %29, %2
  br i1 %173, label %174, label %242

174:
  call void @Py_DecRef(ptr %10)
  %175 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 3
  %176 = load ptr, ptr %175, align 8
  %177 = icmp eq ptr %176, null
  br i1 %177, label %182, label %178

178:
  %179 = call ptr @PyObject_CallNoArgs(ptr %176)
  %180 = icmp eq ptr %179, null
  br i1 %180, label %242, label %181

181:
  call void @Py_DecRef(ptr %179)
  br label %197

182:
  %183 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 15
  %184 = load i64, ptr %183, align 8
  %185 = icmp eq i64 %184, 0
  br i1 %185, label %188, label %186

186:
  %187 = call ptr @PyEval_SaveThread()
  br label %188

188:
  %189 = phi ptr [ %187, %186 ], [ null, %182 ]
  %190 = load ptr, ptr %8, align 8
  %191 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 1
  %192 = load ptr, ptr %191, align 8
  %193 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 2
  %194 = load ptr, ptr %193, align 8
  call void %190(ptr %192, ptr %194)
  %195 = icmp eq ptr %189, null
  br i1 %195, label %197, label %196

196:
  call void @PyEval_RestoreThread(ptr %189)
  br label %197

197:
  %198 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 14
  %199 = load i64, ptr %198, align 8
  %200 = icmp eq i64 %199, 0
  br i1 %200, label %201, label %203

201:
  %202 = call ptr @_ZL8gatheredPK4Calll(ptr %8, i64 0)
  br label %242

203:
  %204 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 6
  %205 = load ptr, ptr %204, align 8
  %206 = load ptr, ptr %205, align 8
  %207 = load ptr, ptr %9, align 8
  %208 = icmp eq ptr %206, %207
  br i1 %208, label %209, label %214

209:
  %210 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 5
  %211 = load ptr, ptr %210, align 8
  %212 = load double, ptr %211, align 8
  %213 = call ptr @PyFloat_FromDouble(double %212)
  br label %216

214:
  %215 = call ptr @PyObject_CallNoArgs(ptr %206)
  br label %216

216:
  %217 = phi ptr [ %213, %209 ], [ %215, %214 ]
  %218 = call ptr @_ZL8gatheredPK4Calll(ptr %8, i64 1)
  %219 = call ptr @PyTuple_New(i64 2)
  %220 = icmp ne ptr %217, null
  %221 = icmp ne ptr %218, null
  %222 = and i1 %220, %221
  %223 = icmp ne ptr %219, null
  %224 = select i1 %222, i1 %223, i1 false
  br i1 %224, label %225, label %228

225:
  %226 = call i32 @PyTuple_SetItem(ptr %219, i64 0, ptr %217)
  %227 = call i32 @PyTuple_SetItem(ptr %219, i64 1, ptr %218)
  br label %242

228:
  store ptr %217, ptr %4, align 8
  %229 = getelementptr inbounds ptr, ptr %4, i64 1
  store ptr %218, ptr %229, align 8
  %230 = getelementptr inbounds ptr, ptr %4, i64 2
  store ptr %219, ptr %230, align 8
  br label %231

231:
  %232 = phi i64 [ 0, %228 ], [ %241, %240 ]
  %233 = icmp eq i64 %232, 3
  br i1 %233, label %234, label %235

234:
  br label %242

235:
  %236 = getelementptr inbounds ptr, ptr %4, i64 %232
  %237 = load ptr, ptr %236, align 8
  %238 = icmp eq ptr %237, null
  br i1 %238, label %240, label %239

239:
  call void @Py_DecRef(ptr %237)
  br label %240

240:
  %241 = add nuw nsw i64 %232, 1
  br label %231

242:
  %243 = phi ptr [ %10, %172 ], [ %202, %201 ], [ %219, %225 ], [ null, %234 ], [ null, %178 ]
  store atomic i64 0, ptr %15 seq_cst, align 8
  br label %244

244:
  %245 = phi ptr [ %243, %242 ], [ %10, %14 ], [ %10, %3 ]
  ret ptr %245
}

declare ptr @PyLong_AsVoidPtr(ptr)

declare ptr @PyTuple_GetItem(ptr, i64)

declare void @Py_IncRef(ptr)

declare void @Py_DecRef(ptr)

declare ptr @PyObject_Type(ptr)

declare double @PyFloat_AsDouble(ptr)

declare i64 @PyLong_AsLongLongAndOverflow(ptr, ptr)

declare i32 @PyObject_GetBuffer(ptr, ptr, i32)

declare void @PyErr_Clear()

declare void @PyBuffer_Release(ptr)

declare void @llvm.memcpy.p0.p0.i64(ptr noalias, ptr noalias, i64, i1)

declare ptr @PyObject_CallNoArgs(ptr)

declare ptr @PyEval_SaveThread()

declare void @PyEval_RestoreThread(ptr)

define internal ptr @_ZL8gatheredPK4Calll(ptr %0, i64 %1) {
  %3 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 13
  %4 = load i64, ptr %3, align 8
  %5 = icmp eq i64 %4, 0
  br i1 %5, label %6, label %22

6:
  %7 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 6
  %8 = load ptr, ptr %7, align 8
  %9 = getelementptr inbounds ptr, ptr %8, i64 %1
  %10 = load ptr, ptr %9, align 8
  %11 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 10
  %12 = load ptr, ptr %11, align 8
  %13 = icmp eq ptr %10, %12
  br i1 %13, label %14, label %20

14:
  %15 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 5
  %16 = load ptr, ptr %15, align 8
  %17 = getelementptr inbounds double, ptr %16, i64 %1
  %18 = load double, ptr %17, align 8
  %19 = call ptr @PyFloat_FromDouble(double %18)
  br label %68

20:
  %21 = call ptr @PyObject_CallNoArgs(ptr %10)
  br label %68

22:
  %23 = icmp eq i64 %4, 2
  %24 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 12
  %25 = load i64, ptr %24, align 8
  %26 = sub i64 %25, %1
  br i1 %23, label %27, label %29

27:
  %28 = call ptr @PyTuple_New(i64 %26)
  br label %31

29:
  %30 = call ptr @PyList_New(i64 %26)
  br label %31

31:
  %32 = phi ptr [ %28, %27 ], [ %30, %29 ]
  %33 = freeze ptr %32
  %34 = icmp eq ptr %33, null
  %35 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 6
  %36 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 10
  %37 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 5
  br i1 %34, label %68, label %38

38:
  %39 = call i64 @llvm.smax.i64(i64 %26, i64 0)
  br label %40

40:
  %41 = phi i64 [ %67, %66 ], [ 0, %38 ]
  %42 = icmp eq i64 %41, %39
  br i1 %42, label %68, label %43

43:
  %44 = add nsw i64 %41, %1
  %45 = load ptr, ptr %35, align 8
  %46 = getelementptr inbounds ptr, ptr %45, i64 %44
  %47 = load ptr, ptr %46, align 8
  %48 = load ptr, ptr %36, align 8
  %49 = icmp eq ptr %47, %48
  br i1 %49, label %50, label %55

50:
  %51 = load ptr, ptr %37, align 8
  %52 = getelementptr inbounds double, ptr %51, i64 %44
  %53 = load double, ptr %52, align 8
  %54 = call ptr @PyFloat_FromDouble(double %53)
  br label %57

55:
  %56 = call ptr @PyObject_CallNoArgs(ptr %47)
  br label %57

57:
  %58 = phi ptr [ %54, %50 ], [ %56, %55 ]
  %59 = icmp eq ptr %58, null
  br i1 %59, label %60, label %61

60:
  call void @Py_DecRef(ptr %33)
  br label %66

61:
  br i1 %23, label %62, label %64

62:
  %63 = call i32 @PyTuple_SetItem(ptr %33, i64 %41, ptr %58)
  br label %66

64:
  %65 = call i32 @PyList_SetItem(ptr %33, i64 %41, ptr %58)
  br label %66

66:
  %67 = add nuw i64 %41, 1
  br i1 %59, label %68, label %40

68:
  %69 = phi ptr [ %19, %14 ], [ %21, %20 ], [ %33, %31 ], [ %33, %40 ], [ null, %66 ]
  ret ptr %69
}

declare ptr @PyTuple_New(i64)

declare i32 @PyTuple_SetItem(ptr, i64, ptr)

declare ptr @PyList_New(i64)

declare i32 @PyList_SetItem(ptr, i64, ptr)

declare ptr @PyFloat_FromDouble(double)

declare i64 @llvm.smax.i64(i64, i64)
