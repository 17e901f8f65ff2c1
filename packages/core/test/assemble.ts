/** A WebAssembly assembler of a few lines, enough for kernels of one instruction or two. */

interface WasmFunction {
  readonly parameters: number;
  readonly results: number;
  readonly code: readonly number[];
}

const I32 = 0x7f;
const END = 0x0b;
export const localGet = (index: number): number[] => [0x20, index];
export const i32Const = (value: number): number[] => [0x41, value];
export const call = (index: number): number[] => [0x10, index];
export const I32_ADD = 0x6a;
export const I32_STORE8 = [0x3a, 0, 0];

const section = (id: number, entries: readonly (readonly number[])[]): number[] => {
  const body = [entries.length, ...entries.flat()];
  return [id, body.length, ...body];
};
const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
const signature = (parameters: number, results: number): number[] => [
  0x60,
  ...[parameters, ...Array<number>(parameters).fill(I32)],
  ...[results, ...Array<number>(results).fill(I32)],
];

/**
 * A module with a memory of one page and the functions given, all exported by name. Function 0 is the import
 * `env.abort`, as AssemblyScript declares it; the functions given count from 1. Every value is an i32 below 64, every
 * section shorter than 128 bytes.
 */
export function assemble(functions: Readonly<Record<string, WasmFunction>>): Uint8Array<ArrayBuffer> {
  const list = Object.values(functions);
  const types = [signature(4, 0), ...list.map(({ parameters, results }) => signature(parameters, results))];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [[...name("env"), ...name("abort"), 0, 0]]),
    ...section(
      3,
      list.map((_, index) => [index + 1]),
    ),
    ...section(5, [[0, 1]]),
    ...section(7, [
      [...name("memory"), 2, 0],
      ...Object.keys(functions).map((text, index) => [...name(text), 0, index + 1]),
    ]),
    ...section(
      10,
      list.map(({ code }) => [code.length + 2, 0, ...code, END]),
    ),
  ]);
}
