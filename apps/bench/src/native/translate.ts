/**
 * Translates a kernel to C, operation by operation: the same algorithm on the same data, for a native compiler to do
 * its best with. Each stack slot becomes a C variable of its own, which the compiler sees through; linear memory
 * becomes one static array without bounds checks, which is what an engine with guard pages has too.
 */
import { C_TYPES } from "./c-types.ts";
import { FunctionTranslator } from "./function.ts";
import { type Module, readModule } from "./module.ts";

/** C for {@link readModule}'s module, to be included by the harness; exported functions are `kernel_NAME`. */
export function translate(bytes: Uint8Array): string {
  const module = readModule(bytes);
  const bodies = module.bodies.map((body, i) => {
    const index = i + module.importedFunctions;
    return new FunctionTranslator(module, module.functions[index], body.locals, body.code).translate(
      signature(module, index),
    );
  });
  const data = module.data.map(
    ({ address, bytes: content }) =>
      `  memcpy(memory + ${address}, (const uint8_t[]){${[...content].join(",")}}, ${content.length});`,
  );
  return [
    ...module.globals.map(({ type }, i) => `static ${C_TYPES[type]} g${i};`),
    ...module.functions.map((_, i) =>
      i < module.importedFunctions ? `${signature(module, i)} { abort(); }` : `${signature(module, i)};`,
    ),
    ...bodies,
    ...[...module.exports].map(([name, index]) => `#define kernel_${name} f${index}`),
    "static void kernel_instantiate(void) {",
    `  pages = ${module.pages};`,
    ...module.globals.map(({ initial }, i) => `  g${i} = ${initial};`),
    ...data,
    ...(module.start === undefined ? [] : [`  f${module.start}();`]),
    "}\n",
  ].join("\n");
}

function signature(module: Module, index: number): string {
  const { parameters, result } = module.functions[index];
  const list = Array.from(parameters, (type, i) => `${C_TYPES[type]} l${i}`).join(", ");
  return `static ${C_TYPES[result]} f${index}(${list || "void"})`;
}
