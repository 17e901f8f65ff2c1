/** Which of TensorFlow.js's backends computes: the fastest that is there. */
import type * as TensorFlow from "@tensorflow/tfjs-core";

/** From the fastest to the slowest. */
export const TENSORFLOW_BACKENDS = ["tfjs-node", "wasm", "cpu"] as const;

/** One of {@link TENSORFLOW_BACKENDS}. */
export type TensorFlowBackend = (typeof TENSORFLOW_BACKENDS)[number];

/** A backend that is ready. */
export interface ChosenBackend {
  readonly tf: typeof TensorFlow;
  readonly name: TensorFlowBackend;
  /** Why it is this one: for people. */
  readonly reason: string;
}

/** What each registers when it is loaded. All are optional; the first is left to be found at run time. */
const MODULES: Record<TensorFlowBackend, { readonly registers: string; readonly load: () => Promise<unknown> }> = {
  "tfjs-node": { registers: "tensorflow", load: () => importOptional("@tensorflow/tfjs-node") },
  wasm: { registers: "wasm", load: () => import("@tensorflow/tfjs-backend-wasm") },
  cpu: { registers: "cpu", load: () => import("@tensorflow/tfjs-backend-cpu") },
};

const REMEDY =
  "npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm @tensorflow/tfjs-backend-cpu";

function importOptional(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ name);
}

/**
 * Loads a backend of TensorFlow.js, and makes it the one in use.
 *
 * @param wanted these, in this order; default: all, the fastest first
 * @throws Error if none of them is to be had: why, it says
 * @example
 * const { tf, name, reason } = await chooseBackend();
 */
export async function chooseBackend(
  wanted: readonly TensorFlowBackend[] = TENSORFLOW_BACKENDS,
): Promise<ChosenBackend> {
  const failures: string[] = [];
  for (const name of wanted) {
    const entry = (MODULES as Partial<typeof MODULES>)[name];
    if (entry === undefined) {
      throw new RangeError(`backend: expected one of ${TENSORFLOW_BACKENDS.join(", ")}, got ${name}`);
    }
    try {
      await entry.load();
      const tf = await import("@tensorflow/tfjs-core");
      // Registers the gradients, too: core has none on its own.
      await import("@tensorflow/tfjs-layers");
      if (!(await tf.setBackend(entry.registers))) throw new Error("it does not start");
      await tf.ready();
      // No advice on the console.
      tf.enableProdMode();
      const rest = failures.length === 0 ? "the first that was asked for" : failures.join("; ");
      return { tf, name, reason: rest };
    } catch (error) {
      failures.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(`no backend of TensorFlow.js is to be had: ${failures.join("; ")}; ${REMEDY}`);
}

function firstLine(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" ? "not installed" : message.split("\n")[0];
}
