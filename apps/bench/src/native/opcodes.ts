/**
 * WebAssembly's operations as C. An operation takes operands a, b, c (the last is the top of the stack) and gives one
 * value. Types by letter: i = i32, l = i64 (both unsigned in C), f = f32, d = f64, v = v128. Memory operations have
 * the address as a and the constant offset as `o`; operations on one lane of a vector have its number as `n`.
 */

/** Operand types, result type ("" for none), C expression or statement. */
export type Operation = readonly [operands: string, result: string, c: string];

const s = (x: string): string => `(int32_t)${x}`;
const S = (x: string): string => `(int64_t)${x}`;

/** Comparisons, then arithmetic, of both integer types: the opcodes have the same order. */
function integers(type: "i" | "l", compare: number, count: number, bits: 32 | 64): [number, Operation][] {
  const sign = type === "i" ? s : S;
  const mask = bits - 1;
  const builtin = type === "i" ? "" : "ll";
  const comparisons = [
    "a == b",
    "a != b",
    `${sign("a")} < ${sign("b")}`,
    "a < b",
    `${sign("a")} > ${sign("b")}`,
    "a > b",
  ];
  comparisons.push(`${sign("a")} <= ${sign("b")}`, "a <= b", `${sign("a")} >= ${sign("b")}`, "a >= b");
  const binary = ["a + b", "a - b", "a * b", `${sign("a")} / ${sign("b")}`, "a / b", `${sign("a")} % ${sign("b")}`];
  binary.push("a % b", "a & b", "a | b", "a ^ b", `a << (b & ${mask})`, `${sign("a")} >> (b & ${mask})`);
  binary.push(
    `a >> (b & ${mask})`,
    `a << (b & ${mask}) | a >> (-b & ${mask})`,
    `a >> (b & ${mask}) | a << (-b & ${mask})`,
  );
  const unary = [`a ? __builtin_clz${builtin}(a) : ${bits}`, `a ? __builtin_ctz${builtin}(a) : ${bits}`];
  unary.push(`__builtin_popcount${builtin}(a)`);
  return [
    [compare, [type, "i", "!a"]],
    ...comparisons.map((c, i): [number, Operation] => [compare + 1 + i, [type + type, "i", c]]),
    ...unary.map((c, i): [number, Operation] => [count + i, [type, type, c]]),
    ...binary.map((c, i): [number, Operation] => [count + 3 + i, [type + type, type, c]]),
  ];
}

/** Comparisons and arithmetic of both floating-point types. */
function floats(type: "f" | "d", compare: number, first: number): [number, Operation][] {
  const f = type === "f" ? "f" : "";
  const comparisons = ["a == b", "a != b", "a < b", "a > b", "a <= b", "a >= b"];
  const unary = [`fabs${f}(a)`, "-a", `ceil${f}(a)`, `floor${f}(a)`, `trunc${f}(a)`, `rint${f}(a)`, `sqrt${f}(a)`];
  const binary = ["a + b", "a - b", "a * b", "a / b", "LESSER(a, b)", "GREATER(a, b)", `copysign${f}(a, b)`];
  return [
    ...comparisons.map((c, i): [number, Operation] => [compare + i, [type + type, "i", c]]),
    ...unary.map((c, i): [number, Operation] => [first + i, [type, type, c]]),
    ...binary.map((c, i): [number, Operation] => [first + 7 + i, [type + type, type, c]]),
  ];
}

const load = (result: string, type: string): Operation => ["i", result, `LOAD(${type}, a, o)`];
const store = (value: string, type: string): Operation => [`i${value}`, "", `STORE(${type}, a, o, b);`];

/** By opcode. */
export const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x28, load("i", "uint32_t")],
  [0x29, load("l", "uint64_t")],
  [0x2a, load("f", "float")],
  [0x2b, load("d", "double")],
  [0x2c, load("i", "int8_t")],
  [0x2d, load("i", "uint8_t")],
  [0x2e, load("i", "int16_t")],
  [0x2f, load("i", "uint16_t")],
  [0x30, load("l", "int8_t")],
  [0x31, load("l", "uint8_t")],
  [0x32, load("l", "int16_t")],
  [0x33, load("l", "uint16_t")],
  [0x34, load("l", "int32_t")],
  [0x35, load("l", "uint32_t")],
  [0x36, store("i", "uint32_t")],
  [0x37, store("l", "uint64_t")],
  [0x38, store("f", "float")],
  [0x39, store("d", "double")],
  [0x3a, store("i", "uint8_t")],
  [0x3b, store("i", "uint16_t")],
  [0x3c, store("l", "uint8_t")],
  [0x3d, store("l", "uint16_t")],
  [0x3e, store("l", "uint32_t")],
  ...integers("i", 0x45, 0x67, 32),
  ...integers("l", 0x50, 0x79, 64),
  ...floats("f", 0x5b, 0x8b),
  ...floats("d", 0x61, 0x99),
  [0xa7, ["l", "i", "a"]],
  [0xa8, ["f", "i", "(int32_t)a"]],
  [0xa9, ["f", "i", "(uint32_t)a"]],
  [0xaa, ["d", "i", "(int32_t)a"]],
  [0xab, ["d", "i", "(uint32_t)a"]],
  [0xac, ["i", "l", S(s("a"))]],
  [0xad, ["i", "l", "a"]],
  [0xb2, ["i", "f", s("a")]],
  [0xb3, ["i", "f", "a"]],
  [0xb6, ["d", "f", "a"]],
  [0xb7, ["i", "d", s("a")]],
  [0xb8, ["i", "d", "a"]],
  [0xb9, ["l", "d", S("a")]],
  [0xba, ["l", "d", "a"]],
  [0xbb, ["f", "d", "a"]],
  [0xbc, ["f", "i", "CAST(uint32_t, a)"]],
  [0xbe, ["i", "f", "CAST(float, a)"]],
  [0xc0, ["i", "i", "(int8_t)a"]],
  [0xc1, ["i", "i", "(int16_t)a"]],
]);

/** Behind the prefix 0xfc: saturating conversions. */
export const SATURATING: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0, ["f", "i", "SATURATE(int32_t, a, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX)"]],
  [1, ["f", "i", "SATURATE(uint32_t, a, 0.0, 0x1p32, 0, UINT32_MAX)"]],
  [2, ["d", "i", "SATURATE(int32_t, a, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX)"]],
  [3, ["d", "i", "SATURATE(uint32_t, a, 0.0, 0x1p32, 0, UINT32_MAX)"]],
]);

const lanes = (type: string, c: string): string => `(v128)(${c.replace(/\b([ab])\b/g, `((${type})$1)`)})`;
const vector = (type: string, c: string): Operation => ["vv", "v", lanes(type, c)];
const shift = (type: string, bits: number, direction: "<<" | ">>"): Operation => [
  "vi",
  "v",
  `(v128)((${type})a ${direction} (b & ${bits - 1}))`,
];
const splat = (operand: string, type: string): Operation => [operand, "v", `(v128)((${type}){} + (LANE(${type}))a)`];
const extract = (result: string, type: string): Operation => ["v", result, `((${type})a)[n]`];
const replace = (value: string, type: string): Operation => [`v${value}`, "v", `REPLACE(${type}, a, n, b)`];

const loadLane = (type: string): Operation => ["iv", "v", `REPLACE(${type}, b, n, LOAD(LANE(${type}), a, o))`];
const storeLane = (type: string): Operation => ["iv", "", `STORE(LANE(${type}), a, o, ((${type})b)[n]);`];
const loadSplat = (type: string): Operation => ["i", "v", `(v128)((${type}){} + LOAD(LANE(${type}), a, o))`];

/** Behind the prefix 0xfd: SIMD, as far as kernels use it. */
export const VECTOR_OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x00, load("v", "v128")],
  [0x07, loadSplat("u8x16")],
  [0x08, loadSplat("i16x8")],
  [0x09, loadSplat("i32x4")],
  [0x0b, store("v", "v128")],
  [0x0f, splat("i", "u8x16")],
  [0x10, splat("i", "i16x8")],
  [0x11, splat("i", "i32x4")],
  [0x13, splat("f", "f32x4")],
  [0x18, extract("i", "i16x8")],
  [0x1b, extract("i", "i32x4")],
  [0x1c, replace("i", "i32x4")],
  [0x1f, extract("f", "f32x4")],
  [0x20, replace("f", "f32x4")],
  [0x23, vector("u8x16", "a == b")],
  [0x2d, vector("i16x8", "a == b")],
  [0x31, vector("i16x8", "a > b")],
  [0x37, vector("i32x4", "a == b")],
  [0x39, vector("i32x4", "a < b")],
  [0x3b, vector("i32x4", "a > b")],
  [0x4d, ["v", "v", "~a"]],
  [0x4e, vector("v128", "a & b")],
  [0x4f, vector("v128", "a & ~b")],
  [0x50, vector("v128", "a | b")],
  [0x51, vector("v128", "a ^ b")],
  [0x52, ["vvv", "v", "(a & c) | (b & ~c)"]],
  [0x54, loadLane("u8x16")],
  [0x55, loadLane("i16x8")],
  [0x56, loadLane("i32x4")],
  [0x58, storeLane("u8x16")],
  [0x59, storeLane("i16x8")],
  [0x5a, storeLane("i32x4")],
  [0x5c, ["i", "v", "(v128)(i32x4){LOAD(int32_t, a, o)}"]],
  [0x8b, shift("i16x8", 16, "<<")],
  [0x8c, shift("i16x8", 16, ">>")],
  [0x8e, vector("i16x8", "a + b")],
  [0x91, vector("i16x8", "a - b")],
  [0x95, vector("i16x8", "a * b")],
  [0xab, shift("i32x4", 32, "<<")],
  [0xac, shift("i32x4", 32, ">>")],
  [0xad, shift("u32x4", 32, ">>")],
  [0xae, vector("i32x4", "a + b")],
  [0xb1, vector("i32x4", "a - b")],
  [0xb5, vector("i32x4", "a * b")],
  [0xba, ["vv", "v", "dot16(a, b)"]],
  [0xe4, vector("f32x4", "a + b")],
  [0xe5, vector("f32x4", "a - b")],
  [0xe6, vector("f32x4", "a * b")],
  [0xe7, vector("f32x4", "a / b")],
  [0xfa, ["v", "v", "(v128)__builtin_convertvector((i32x4)a, f32x4)"]],
]);
