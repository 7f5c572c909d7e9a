; made by docs/runtime.py of builtin.cpp: 8e697584ec230b1c39cb644ad87cd9a9340699c6f1066088fcedb6a91f032298
%struct.Buffer = type { ptr, ptr, i64, i64, i32, i32, ptr, ptr, ptr, ptr, ptr }
%struct.Call = type { ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, i64, i64, i64, i64, i64, %"struct.std::atomic" }
%"struct.std::atomic" = type { %"struct.std::__atomic_base" }
%"struct.std::__atomic_base" = type { i64 }
%struct.Input = type { ptr, ptr, i64, i64, i64, i64, i64 }
%struct.Source = type { ptr, i64 }
%struct.Kernel = type { ptr, ptr, ptr, ptr, i64, i64 }
%struct.Lanes = type { ptr, ptr, ptr, ptr, ptr, ptr, i64, i64 }

define ptr @call(ptr %0, ptr %1, i64 %2) {
  %4 = alloca [3 x ptr], align 8
  %5 = alloca %struct.Buffer, align 8
  %6 = alloca i32, align 4
  %7 = call ptr @PyTuple_GetItem(ptr %0, i64 0)
  %8 = call ptr @PyLong_AsVoidPtr(ptr %7)
  %9 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 11
  %10 = load ptr, ptr %9, align 8
  call void @Py_IncRef(ptr %10)
  %11 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 12
  %12 = load i64, ptr %11, align 8
  %13 = icmp eq i64 %12, %2
  br i1 %13, label %14, label %312

14:
  %15 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 17
  %16 = atomicrmw xchg ptr %15, i64 1 seq_cst, align 8
  %17 = icmp eq i64 %16, 0
  br i1 %17, label %18, label %312

18:
  %19 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 10
  %20 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 9
  %21 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 4
  %22 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 6
  %23 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 5
  %24 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 7
  %25 = getelementptr inbounds %struct.Buffer, ptr %5, i64 0, i32 8
  %26 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 7
  %27 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 8
  %28 = call i64 @llvm.smax.i64(i64 %2, i64 0)
  br label %29

29:
  %30 = phi i64 [ %175, %174 ], [ 0, %18 ]
  %31 = icmp eq i64 %30, %28
  br i1 %31, label %176, label %32

32:
  %33 = load ptr, ptr %21, align 8
  %34 = getelementptr inbounds %struct.Input, ptr %33, i64 %30
  %35 = getelementptr inbounds ptr, ptr %1, i64 %30
  %36 = load ptr, ptr %35, align 8
  %37 = call ptr @PyObject_Type(ptr %36)
  call void @Py_DecRef(ptr %37)
  %38 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 2
  %39 = load i64, ptr %38, align 8
  %40 = icmp eq i64 %39, 0
  br i1 %40, label %41, label %62

41:
  %42 = load ptr, ptr %34, align 8
  %43 = load ptr, ptr %26, align 8
  %44 = icmp eq ptr %43, %37
  br i1 %44, label %48, label %45

45:
  %46 = load ptr, ptr %27, align 8
  %47 = icmp eq ptr %46, %37
  br i1 %47, label %48, label %50

48:
  %49 = call contract double @PyFloat_AsDouble(ptr %36)
  store double %49, ptr %42, align 8
  br label %174

50:
  %51 = load ptr, ptr %20, align 8
  %52 = icmp eq ptr %51, %37
  br i1 %52, label %53, label %176

53:
  %54 = call i64 @PyLong_AsLongLongAndOverflow(ptr %36, ptr %6)
  %55 = sitofp i64 %54 to double
  store double %55, ptr %42, align 8
  %56 = load i32, ptr %6, align 4
  %57 = icmp eq i32 %56, 0
  %58 = icmp sgt i64 %54, -9007199254740993
  %59 = select i1 %57, i1 %58, i1 false
  %60 = icmp slt i64 %54, 9007199254740993
  %61 = select i1 %59, i1 %60, i1 false
  br label %172

62:
  %63 = load ptr, ptr %19, align 8
  %64 = icmp eq ptr %37, %63
  br i1 %64, label %65, label %176

65:
  %66 = call i32 @PyObject_GetBuffer(ptr %36, ptr %5, i32 28)
  %67 = icmp eq i32 %66, 0
  br i1 %67, label %69, label %68

68:
  call void @PyErr_Clear()
  br label %170

69:
  %70 = load ptr, ptr %22, align 8
  %71 = load i8, ptr %70, align 1
  %72 = icmp eq i8 %71, 61
  %73 = zext i1 %72 to i64
  %74 = getelementptr inbounds i8, ptr %70, i64 %73
  %75 = load i8, ptr %74, align 1
  %76 = icmp eq i8 %75, 100
  br i1 %76, label %77, label %100

77:
  %78 = getelementptr inbounds i8, ptr %74, i64 1
  %79 = load i8, ptr %78, align 1
  %80 = icmp eq i8 %79, 0
  br i1 %80, label %81, label %100

81:
  %82 = load i32, ptr %23, align 4
  %83 = sext i32 %82 to i64
  %84 = load i64, ptr %38, align 8
  %85 = icmp eq i64 %84, %83
  br i1 %85, label %86, label %100

86:
  %87 = load ptr, ptr %24, align 8
  %88 = load i64, ptr %87, align 8
  %89 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 3
  %90 = load i64, ptr %89, align 8
  %91 = icmp eq i64 %88, %90
  br i1 %91, label %92, label %100

92:
  %93 = icmp eq i32 %82, 1
  br i1 %93, label %100, label %94

94:
  %95 = getelementptr inbounds i64, ptr %87, i64 1
  %96 = load i64, ptr %95, align 8
  %97 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 4
  %98 = load i64, ptr %97, align 8
  %99 = icmp eq i64 %96, %98
  br label %100

100:
  %101 = phi i1 [ false, %86 ], [ false, %81 ], [ false, %77 ], [ true, %92 ], [ %99, %94 ], [ false, %69 ]
  br i1 %101, label %102, label %169

102:
  %103 = load ptr, ptr %25, align 8
  %104 = load i64, ptr %103, align 8
  %105 = load i64, ptr %38, align 8
  %106 = icmp eq i64 %105, 2
  br i1 %106, label %107, label %110

107:
  %108 = getelementptr inbounds i64, ptr %103, i64 1
  %109 = load i64, ptr %108, align 8
  br label %110

110:
  %111 = phi i64 [ %109, %107 ], [ 8, %102 ]
  %112 = icmp ne i64 %111, 8
  %113 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 4
  %114 = load i64, ptr %113, align 8
  %115 = shl i64 %114, 3
  %116 = icmp ne i64 %104, %115
  %117 = select i1 %112, i1 true, i1 %116
  %118 = icmp ne i64 %114, 1
  %119 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 6
  %120 = load i64, ptr %119, align 8
  %121 = icmp ne i64 %120, 1
  %122 = select i1 %118, i1 %121, i1 false
  %123 = select i1 %117, i1 true, i1 %122
  %124 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 1
  %125 = load ptr, ptr %124, align 8
  %126 = icmp ne ptr %125, null
  %127 = select i1 %123, i1 true, i1 %126
  br i1 %127, label %128, label %131

128:
  %129 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 3
  %130 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 5
  br label %137

131:
  %132 = load ptr, ptr %34, align 8
  %133 = load ptr, ptr %5, align 8
  %134 = getelementptr inbounds %struct.Input, ptr %33, i64 %30, i32 3
  %135 = load i64, ptr %134, align 8
  %136 = mul i64 %135, %115
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %132, ptr align 1 %133, i64 %136, i1 false)
  br label %169

137:
  %138 = phi i64 [ %168, %167 ], [ 0, %128 ]
  %139 = load i64, ptr %113, align 8
  %140 = icmp slt i64 %138, %139
  br i1 %140, label %141, label %169

141:
  %142 = load ptr, ptr %5, align 8
  %143 = mul nsw i64 %138, %111
  %144 = getelementptr inbounds i8, ptr %142, i64 %143
  %145 = load ptr, ptr %124, align 8
  %146 = icmp eq ptr %145, null
  br i1 %146, label %150, label %147

147:
  %148 = getelementptr inbounds %struct.Source, ptr %145, i64 %138
  store ptr %144, ptr %148, align 8
  %149 = getelementptr inbounds i8, ptr %148, i64 8
  store i64 %104, ptr %149, align 8
  br label %167

150:
  %151 = load ptr, ptr %34, align 8
  %152 = load i64, ptr %119, align 8
  %153 = mul nsw i64 %152, %138
  %154 = getelementptr inbounds double, ptr %151, i64 %153
  br label %155

155:
  %156 = phi ptr [ %144, %150 ], [ %164, %161 ]
  %157 = phi ptr [ %154, %150 ], [ %166, %161 ]
  %158 = phi i64 [ 0, %150 ], [ %163, %161 ]
  %159 = load i64, ptr %129, align 8
  %160 = icmp slt i64 %158, %159
  br i1 %160, label %161, label %167

161:
  %162 = load i64, ptr %156, align 1
  store i64 %162, ptr %157, align 8
  %163 = add nuw nsw i64 %158, 1
  %164 = getelementptr inbounds i8, ptr %156, i64 %104
  %165 = load i64, ptr %130, align 8
  %166 = getelementptr inbounds double, ptr %157, i64 %165
  br label %155

167:
  %168 = add nuw nsw i64 %138, 1
  br label %137

169:
  call void @PyBuffer_Release(ptr %5)
  br label %170

170:
  %171 = phi i1 [ false, %68 ], [ %101, %169 ]
  br label %172

172:
  %173 = phi i1 [ %171, %170 ], [ %61, %53 ]
  br i1 %173, label %174, label %176

174:
  %175 = add nuw i64 %30, 1
  br label %29

176:
  %177 = icmp eq i64 %30, %2
  br i1 %177, label %178, label %310

178:
  call void @Py_DecRef(ptr %10)
  %179 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 3
  %180 = load ptr, ptr %179, align 8
  %181 = icmp eq ptr %180, null
  br i1 %181, label %186, label %182

182:
  %183 = call ptr @PyObject_CallNoArgs(ptr %180)
  %184 = icmp eq ptr %183, null
  br i1 %184, label %310, label %185

185:
  call void @Py_DecRef(ptr %183)
  br label %265

186:
  %187 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 16
  %188 = load i64, ptr %187, align 8
  %189 = icmp eq i64 %188, 0
  br i1 %189, label %192, label %190

190:
  %191 = call ptr @PyEval_SaveThread()
  br label %192

192:
  %193 = phi ptr [ %191, %190 ], [ null, %186 ]
  %194 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 2
  %195 = load ptr, ptr %194, align 8
  %196 = icmp eq ptr %195, null
  br i1 %196, label %255, label %197

197:
  %198 = load ptr, ptr %195, align 8
  %199 = load ptr, ptr %198, align 8
  %200 = getelementptr inbounds %struct.Kernel, ptr %198, i64 0, i32 3
  %201 = load ptr, ptr %200, align 8
  %202 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 1
  %203 = load ptr, ptr %202, align 8
  call void %199(ptr %201, ptr %203)
  %204 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 3
  %205 = load ptr, ptr %204, align 8
  %206 = getelementptr inbounds %struct.Kernel, ptr %198, i64 0, i32 4
  %207 = load i64, ptr %206, align 8
  %208 = shl i64 %207, 6
  call void @llvm.memset.p0.i64(ptr align 64 %205, i8 0, i64 %208, i1 false)
  %209 = load ptr, ptr %195, align 8
  %210 = getelementptr inbounds %struct.Kernel, ptr %209, i64 0, i32 1
  %211 = load ptr, ptr %210, align 8
  %212 = getelementptr inbounds %struct.Kernel, ptr %209, i64 0, i32 3
  %213 = load ptr, ptr %212, align 8
  %214 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 2
  %215 = load ptr, ptr %214, align 8
  %216 = load ptr, ptr %202, align 8
  %217 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 4
  %218 = load ptr, ptr %217, align 8
  %219 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 5
  %220 = load ptr, ptr %219, align 8
  %221 = load ptr, ptr %204, align 8
  %222 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 6
  %223 = load i64, ptr %222, align 8
  %224 = getelementptr inbounds %struct.Lanes, ptr %195, i64 0, i32 7
  %225 = load i64, ptr %224, align 8
  call void %211(ptr %213, ptr %215, ptr %216, ptr %218, ptr %220, ptr %221, i64 %223, i64 %225)
  %226 = load ptr, ptr %204, align 8
  %227 = load ptr, ptr %202, align 8
  %228 = getelementptr inbounds %struct.Kernel, ptr %198, i64 0, i32 5
  %229 = load i64, ptr %228, align 8
  %230 = getelementptr inbounds double, ptr %227, i64 %229
  %231 = load i64, ptr %206, align 8
  %232 = call i64 @llvm.smax.i64(i64 %231, i64 0)
  br label %233

233:
  %234 = phi i64 [ 0, %197 ], [ %249, %236 ]
  %235 = icmp eq i64 %234, %232
  br i1 %235, label %250, label %236

236:
  %237 = getelementptr inbounds <8 x double>, ptr %226, i64 %234
  %238 = load <8 x double>, ptr %237, align 64
  %239 = shufflevector <8 x double> %238, <8 x double> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %240 = shufflevector <8 x double> %238, <8 x double> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %241 = fadd contract <4 x double> %239, %240
  %242 = shufflevector <4 x double> %241, <4 x double> poison, <2 x i32> <i32 0, i32 1>
  %243 = shufflevector <4 x double> %241, <4 x double> poison, <2 x i32> <i32 2, i32 3>
  %244 = fadd contract <2 x double> %242, %243
  %245 = shufflevector <2 x double> %244, <2 x double> poison, <2 x i32> <i32 1, i32 undef>
  %246 = fadd contract <2 x double> %244, %245
  %247 = extractelement <2 x double> %246, i64 0
  %248 = getelementptr inbounds double, ptr %230, i64 %234
  store double %247, ptr %248, align 8
  %249 = add nuw i64 %234, 1
  br label %233

250:
  %251 = getelementptr inbounds %struct.Kernel, ptr %198, i64 0, i32 2
  %252 = load ptr, ptr %251, align 8
  %253 = load ptr, ptr %200, align 8
  %254 = load ptr, ptr %202, align 8
  call void %252(ptr %253, ptr %254)
  br label %262

255:
  %256 = load ptr, ptr %8, align 8
  %257 = load ptr, ptr %256, align 8
  %258 = getelementptr inbounds %struct.Kernel, ptr %256, i64 0, i32 3
  %259 = load ptr, ptr %258, align 8
  %260 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 1
  %261 = load ptr, ptr %260, align 8
  call void %257(ptr %259, ptr %261)
  br label %262

262:
  %263 = icmp eq ptr %193, null
  br i1 %263, label %265, label %264

264:
  call void @PyEval_RestoreThread(ptr %193)
  br label %265

265:
  %266 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 15
  %267 = load i64, ptr %266, align 8
  %268 = icmp eq i64 %267, 0
  br i1 %268, label %269, label %271

269:
  %270 = call ptr @_ZL8gatheredPK4Calll(ptr %8, i64 0)
  br label %310

271:
  %272 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 6
  %273 = load ptr, ptr %272, align 8
  %274 = load ptr, ptr %273, align 8
  %275 = load ptr, ptr %9, align 8
  %276 = icmp eq ptr %274, %275
  br i1 %276, label %277, label %282

277:
  %278 = getelementptr inbounds %struct.Call, ptr %8, i64 0, i32 5
  %279 = load ptr, ptr %278, align 8
  %280 = load double, ptr %279, align 8
  %281 = call ptr @PyFloat_FromDouble(double %280)
  br label %284

282:
  %283 = call ptr @PyObject_CallNoArgs(ptr %274)
  br label %284

284:
  %285 = phi ptr [ %281, %277 ], [ %283, %282 ]
  %286 = call ptr @_ZL8gatheredPK4Calll(ptr %8, i64 1)
  %287 = call ptr @PyTuple_New(i64 2)
  %288 = icmp ne ptr %285, null
  %289 = icmp ne ptr %286, null
  %290 = and i1 %288, %289
  %291 = icmp ne ptr %287, null
  %292 = select i1 %290, i1 %291, i1 false
  br i1 %292, label %293, label %296

293:
  %294 = call i32 @PyTuple_SetItem(ptr %287, i64 0, ptr %285)
  %295 = call i32 @PyTuple_SetItem(ptr %287, i64 1, ptr %286)
  br label %310

296:
  store ptr %285, ptr %4, align 8
  %297 = getelementptr inbounds ptr, ptr %4, i64 1
  store ptr %286, ptr %297, align 8
  %298 = getelementptr inbounds ptr, ptr %4, i64 2
  store ptr %287, ptr %298, align 8
  br label %299

299:
  %300 = phi i64 [ 0, %296 ], [ %309, %308 ]
  %301 = icmp eq i64 %300, 3
  br i1 %301, label %302, label %303

302:
  br label %310

303:
  %304 = getelementptr inbounds ptr, ptr %4, i64 %300
  %305 = load ptr, ptr %304, align 8
  %306 = icmp eq ptr %305, null
  br i1 %306, label %308, label %307

307:
  call void @Py_DecRef(ptr %305)
  br label %308

308:
  %309 = add nuw nsw i64 %300, 1
  br label %299

310:
  %311 = phi ptr [ %10, %176 ], [ %270, %269 ], [ %287, %293 ], [ null, %302 ], [ null, %182 ]
  store atomic i64 0, ptr %15 seq_cst, align 8
  br label %312

312:
  %313 = phi ptr [ %311, %310 ], [ %10, %14 ], [ %10, %3 ]
  ret ptr %313
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

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

define internal ptr @_ZL8gatheredPK4Calll(ptr %0, i64 %1) {
  %3 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 14
  %4 = load i64, ptr %3, align 8
  %5 = icmp eq i64 %4, 0
  br i1 %5, label %6, label %22

6:
  %7 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 6
  %8 = load ptr, ptr %7, align 8
  %9 = getelementptr inbounds ptr, ptr %8, i64 %1
  %10 = load ptr, ptr %9, align 8
  %11 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 11
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
  %24 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 13
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
  %36 = getelementptr inbounds %struct.Call, ptr %0, i64 0, i32 11
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
