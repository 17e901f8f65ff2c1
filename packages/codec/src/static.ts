/**
 * All of `@pith/codec`, with its kernels in one program: for service workers, which have no `import()`, and for functions
 * that return at once in browsers. Everything else is better off with `@pith/codec`, which loads what it needs.
 */
import { EMBEDDED } from "./generated/embedded.ts";
import { KERNELS, type KernelName } from "./generated/kernels.ts";
import { ENGLISH } from "./transforms/words/english.ts";
import { installEnglish } from "./transforms/words/english-dictionary.ts";

for (const [name, kernel] of Object.entries(EMBEDDED)) KERNELS[name as KernelName].install(kernel);
installEnglish(ENGLISH);

// The same names as there, whatever they are.
// eslint-disable-next-line no-restricted-syntax
export * from "./index.ts";
