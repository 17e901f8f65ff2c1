/** The parts of a WebAssembly module that a kernel has. */
import { Reader } from "./reader.ts";

/** Types by letter, as in opcodes.ts. */
const TYPES: Readonly<Record<number, string | undefined>> = { 0x7f: "i", 0x7e: "l", 0x7d: "f", 0x7c: "d", 0x7b: "v" };

export interface FunctionType {
  /** One letter a parameter. */
  readonly parameters: string;
  /** One letter, or "". */
  readonly result: string;
}

/** A module, with one memory at the most and neither tables nor imported memories. */
export interface Module {
  readonly types: readonly FunctionType[];
  /** Types of all functions, the imported ones first. */
  readonly functions: readonly FunctionType[];
  readonly importedFunctions: number;
  /** Pages of 64 KiB in the beginning. */
  readonly pages: number;
  readonly globals: readonly { readonly type: string; readonly initial: string }[];
  /** Index of each exported function. */
  readonly exports: ReadonlyMap<string, number>;
  readonly start: number | undefined;
  /** Bodies of the functions that are not imported: types of their locals, and code. */
  readonly bodies: readonly { readonly locals: string; readonly code: Uint8Array }[];
  readonly data: readonly { readonly address: string; readonly bytes: Uint8Array }[];
}

export function valueType(byte: number): string {
  const type = TYPES[byte];
  if (type === undefined) throw new RangeError(`value type 0x${byte.toString(16)} is not translated`);
  return type;
}

/** A number as C writes it, with all its bits. */
export function constant(opcode: number, reader: Reader): string {
  if (opcode === 0x41) return `${BigInt.asUintN(32, reader.signed())}u`;
  if (opcode === 0x42) return `${BigInt.asUintN(64, reader.signed())}ull`;
  const size = opcode === 0x43 ? 4 : 8;
  const bits = reader.take(size).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return size === 4 ? `CAST(float, (uint32_t)${bits}u)` : `CAST(double, (uint64_t)${bits}ull)`;
}

/** A constant expression: one constant and `end`. */
function initialiser(reader: Reader): string {
  const opcode = reader.byte();
  if (opcode < 0x41 || opcode > 0x44) throw new RangeError(`initialiser 0x${opcode.toString(16)} is not translated`);
  const value = constant(opcode, reader);
  if (reader.byte() !== 0x0b) throw new RangeError("initialisers of more than a constant are not translated");
  return value;
}

/** @throws RangeError on what kernels do not use */
export function readModule(bytes: Uint8Array): Module {
  const module = new Reader(bytes);
  module.take(8); // magic and version
  const types: FunctionType[] = [];
  const functions: FunctionType[] = [];
  const globals: { type: string; initial: string }[] = [];
  const exports = new Map<string, number>();
  const data: { address: string; bytes: Uint8Array }[] = [];
  let importedFunctions = 0;
  let pages = 0;
  let start: number | undefined;
  let bodies: Module["bodies"] = [];

  while (!module.isAtEnd) {
    const section = module.byte();
    const reader = new Reader(module.take(module.unsigned()));
    if (section === 1) {
      reader.list(() => {
        reader.byte(); // 0x60, a function
        const letters = (): string => reader.list(() => valueType(reader.byte())).join("");
        types.push({ parameters: letters(), result: letters() });
      });
    } else if (section === 2) {
      reader.list(() => {
        const name = `${reader.name()}.${reader.name()}`;
        if (reader.byte() !== 0) throw new RangeError(`the import ${name} is no function and is not translated`);
        functions.push(types[reader.unsigned()]);
        importedFunctions++;
      });
    } else if (section === 3) {
      reader.list(() => functions.push(types[reader.unsigned()]));
    } else if (section === 5) {
      reader.list(() => {
        const hasMost = reader.byte() & 1;
        pages = reader.unsigned();
        if (hasMost) reader.unsigned();
      });
    } else if (section === 6) {
      reader.list(() => {
        const type = valueType(reader.byte());
        reader.byte(); // mutable or not
        globals.push({ type, initial: initialiser(reader) });
      });
    } else if (section === 7) {
      reader.list(() => {
        const name = reader.name();
        const isFunction = reader.byte() === 0;
        const index = reader.unsigned();
        if (isFunction) exports.set(name, index);
      });
    } else if (section === 8) {
      start = reader.unsigned();
    } else if (section === 10) {
      bodies = reader.list(() => {
        const body = new Reader(reader.take(reader.unsigned()));
        const locals = body.list(() => {
          const count = body.unsigned();
          return valueType(body.byte()).repeat(count);
        });
        return { locals: locals.join(""), code: body.take(body.bytes.length - body.at) };
      });
    } else if (section === 11) {
      reader.list(() => {
        if (reader.unsigned() !== 0) throw new RangeError("passive data is not translated");
        const address = initialiser(reader);
        data.push({ address, bytes: reader.take(reader.unsigned()) });
      });
    } else if (section === 4 || section === 9) {
      throw new RangeError("tables are not translated");
    }
  }
  return { types, functions, importedFunctions, pages, globals, exports, start, bodies, data };
}
