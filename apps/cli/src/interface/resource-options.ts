/** Options about threads and memory, which verbs of several families have. */

import { availableParallelism } from "node:os";

import { integer, size } from "./readers.ts";
import type { Arguments, OptionTable } from "./option.ts";
import { writeSize } from "./values.ts";

const MOST_THREADS = 64;
const LEAST_MEMORY = 2 ** 20;
const MOST_MEMORY = 2 ** 36;
const DEFAULT_MEMORY = 2 ** 30;
const DEFAULT_THREADS = 1;

export const RESOURCE_OPTIONS = {
  threads: {
    flags: ["-T", "--threads"],
    ...integer(0, MOST_THREADS),
    group: "Resources",
    common: true,
    text: "threads, each with a block of its own; 0 is one a core",
    default: `${DEFAULT_THREADS}`,
    detail:
      "The output is the same for every number of threads. Where there is one block alone, a second thread helps to compress " +
      "at level 9 and --max.",
  },
  memory: {
    flags: ["--memory"],
    ...size(LEAST_MEMORY, MOST_MEMORY),
    group: "Resources",
    text: "memory that the blocks in work may take together, such as 512MiB",
    default: writeSize(DEFAULT_MEMORY),
    detail:
      "Fewer threads run where they would take more. A block that would take more by itself is compressed with less than " +
      "its level has (smaller tables, shorter blocks, or a lower level), and a warning says so; to decompress, it is an error.",
  },
} as const satisfies OptionTable;

/** What the codec may take. */
export interface ResourceSettings {
  /** 1 to 64. */
  readonly threads: number;
  /** Worker threads to ask the codec for: one thread of work is this one, since a worker takes a while to start. */
  readonly workerThreads: number;
  /** Bytes. */
  readonly memoryLimit: number;
}

export function resourceSettings(given: Arguments<typeof RESOURCE_OPTIONS>): ResourceSettings {
  const { threads: asked = DEFAULT_THREADS, memory: memoryLimit = DEFAULT_MEMORY } = given;
  const threads = asked === 0 ? Math.min(availableParallelism(), MOST_THREADS) : asked;
  return { threads, workerThreads: threads === 1 ? 0 : threads, memoryLimit };
}
