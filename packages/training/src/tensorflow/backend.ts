/** Which of TensorFlow.js's backends computes: the first that is there and computes rightly. */
import type * as TensorFlow from "@tensorflow/tfjs-core";
import { probe } from "./probe.ts";

/**
 * From the fastest to the slowest, but for the last: `webgpu` is for browsers, and is only taken if it is asked for. For
 * networks as small as these a graphics processor may well be slower than wasm, as each operation is a journey to it.
 */
export const TENSORFLOW_BACKENDS = ["tfjs-node", "wasm", "cpu", "webgpu"] as const;

/** One of {@link TENSORFLOW_BACKENDS}. */
export type TensorFlowBackend = (typeof TENSORFLOW_BACKENDS)[number];

/** What is tried where nothing is asked for. */
const USUAL: readonly TensorFlowBackend[] = ["tfjs-node", "wasm", "cpu"];

/** A backend that is ready. */
export interface ChosenBackend {
  readonly tf: typeof TensorFlow;
  readonly name: TensorFlowBackend;
  /** Why it is this one: for people. */
  readonly reason: string;
}

/** How a backend comes to be. */
export interface BackendModule {
  /** The name that it registers when it is loaded. */
  readonly registers: string;
  /** @throws Error that says why it is not to be had */
  readonly load: () => Promise<unknown>;
}

/** All are optional; those that no package here depends on are left to be found at run time. */
const MODULES: Readonly<Record<TensorFlowBackend, BackendModule>> = {
  // Its sister for graphics processors of NVIDIA brings the same names.
  "tfjs-node": {
    registers: "tensorflow",
    load: () => importOptional("@tensorflow/tfjs-node-gpu").catch(() => importOptional("@tensorflow/tfjs-node")),
  },
  wasm: { registers: "wasm", load: () => import("@tensorflow/tfjs-backend-wasm") },
  cpu: { registers: "cpu", load: () => import("@tensorflow/tfjs-backend-cpu") },
  webgpu: { registers: "webgpu", load: loadWebGpu },
};

const REMEDY =
  "npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm @tensorflow/tfjs-backend-cpu";

function importOptional(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ name);
}

/** What WebGPU is reached by, where there is such a thing. */
interface Gpu {
  requestAdapter(): Promise<unknown>;
}

async function loadWebGpu(): Promise<unknown> {
  const { navigator } = globalThis as { navigator?: { gpu?: Gpu } };
  if (navigator?.gpu === undefined) {
    throw new Error("there is no navigator.gpu here; browsers have it, for pages that came by HTTPS or from localhost");
  }
  // TypeScript believes the standard; some browsers answer null.
  if (((await navigator.gpu.requestAdapter()) ?? undefined) === undefined) {
    throw new Error("the browser knows WebGPU, but has no graphics processor for it");
  }
  return importOptional("@tensorflow/tfjs-backend-webgpu");
}

/**
 * Loads a backend of TensorFlow.js, has it compute one step of learning, and makes it the one in use. One that fails at
 * that, or comes to something else, is as good as not there.
 *
 * @param wanted these, in this order; default: tfjs-node, wasm, cpu
 * @throws Error if none of them is to be had: why, it says
 * @example
 * const { tf, name, reason } = await chooseBackend();
 */
export function chooseBackend(wanted?: readonly TensorFlowBackend[]): Promise<ChosenBackend> {
  return chooseAmong(MODULES, wanted);
}

/** {@link chooseBackend} among other modules, as tests do it. */
export async function chooseAmong(
  modules: Readonly<Partial<Record<TensorFlowBackend, BackendModule>>>,
  wanted?: readonly TensorFlowBackend[],
): Promise<ChosenBackend> {
  const failures: string[] = [];
  for (const name of wanted ?? USUAL) {
    const entry = modules[name];
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
      probe(tf);
      return { tf, name, reason: reasonOf(failures, wanted) };
    } catch (error) {
      failures.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(`no backend of TensorFlow.js is to be had: ${failures.join("; ")}; ${REMEDY}`);
}

function reasonOf(failures: readonly string[], wanted: readonly string[] | undefined): string {
  if (failures.length > 0) return failures.join("; ");
  return wanted === undefined ? "the fastest there is" : "the first that was asked for";
}

function firstLine(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" ? "not installed" : message.split("\n")[0];
}
