/** What went wrong with a file, and what to do about it: plain data, so that it can come from a worker. */
import { PithError, type PithErrorCode } from "@pith/core";

export interface Problem {
  /** In a word or two: `cut off`. */
  readonly title: string;
  /** What is wrong: `the data ends in the middle of a block at byte 1234: expected 20 bytes, got 3`. */
  readonly what: string;
  /** What to do. */
  readonly remedy: string;
  /** Where in the file, in bytes from its start; undefined where no place is to blame. */
  readonly offset: number | undefined;
  /** Where what is wrong may lie anywhere behind `offset`: the place before which it does. */
  readonly end?: number | undefined;
}

type Advice = Pick<Problem, "title" | "remedy">;

const DAMAGED: Advice = { title: "damaged", remedy: "Take the file again from where it came." };

const BAD_DATA: Readonly<Record<PithErrorCode, Advice>> = {
  "not-pith": {
    title: "not a .pith file",
    remedy: "Its name says .pith, its first bytes do not. To compress it, take .pith off its name.",
  },
  "unsupported-version": {
    title: "too new",
    remedy: "A newer Pith wrote this file. Load the page again while there is a network, to get the newest.",
  },
  "unknown-method": {
    title: "too new",
    remedy:
      "A newer Pith wrote this file, or one with a network of its own. Load the page again while it can be reached, or use the command: pith -d --network.",
  },
  "invalid-field": DAMAGED,
  truncated: {
    title: "cut off or damaged",
    remedy: "Take the file again from where it came, and let the download finish.",
  },
  damaged: DAMAGED,
  "checksum-mismatch": DAMAGED,
  "memory-limit": {
    title: "too large",
    remedy: "It was made with larger blocks than this page decodes. The command does: pith -d --memory 4G FILE",
  },
  "length-limit": {
    title: "longer than allowed",
    remedy: "What is in it is longer than this page takes. The command decodes it: pith -d FILE",
  },
  "trailing-data": {
    title: "damaged",
    remedy: "Something was appended there, or the file is damaged: take it again from where it came.",
  },
};

/** What a file builds on and the page does not have, by the word that errors have for it. */
const MISSING: readonly (readonly [word: string, advice: Advice])[] = [
  [
    "prior",
    {
      title: "needs a prior",
      remedy:
        "It was made with what somebody trained, or with an earlier version of the file. Whoever has that can give it back with the command: pith -d --prior PRIOR, or pith -d --reference OLD.",
    },
  ],
  [
    "reference",
    {
      title: "needs a reference",
      remedy:
        "It was made with another file, and says only how it differs from it. Whoever has that can give it back with the command: pith -d --reference OLD, or for model weights pith weights.",
    },
  ],
];

/** What a worker answers: an error would come without what it says of the data. */
export type Answer<Value> = { readonly value: Value } | { readonly problem: Problem };

/** A problem that a worker told of. */
class ToldProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.what);
  }
}

/** In a worker: what comes of a task, or what is wrong. */
export async function answerOf<Value>(task: Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await task };
  } catch (error) {
    return { problem: explain(error) };
  }
}

/** What a worker answered. @throws Error that {@link explain} explains as the worker would have */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if ("problem" in answer) throw new ToldProblem(answer.problem);
  return answer.value;
}

/** Explains any error of reading, coding or writing a file. */
export function explain(error: unknown): Problem {
  if (error instanceof ToldProblem) return error.problem;
  if (error instanceof PithError) {
    const { message: what, offset, end, code } = error;
    const missing = code === "unknown-method" ? MISSING.find(([word]) => what.includes(word)) : undefined;
    return { what, offset, end, ...(missing?.[1] ?? BAD_DATA[code]) };
  }
  const part = unloadedPart(error);
  if (part !== undefined) {
    return {
      title: "not loaded",
      what: `${part}, a part of Pith that is loaded when it is first needed, did not come: there is no network, or something in the browser or the network blocks it`,
      remedy: "Load the page again once it can be reached.",
      offset: undefined,
    };
  }
  const [name, what] = error instanceof Error ? [error.name, error.message] : ["", String(error)];
  return { what, offset: undefined, ...adviceOn(name) };
}

/** What browsers say of a module that `import()` does not get, Chromium and Firefox with its address. */
const NOT_IMPORTED = /dynamically imported module:?\s*(\S*)|importing a module script failed/i;

/** The part of the program that could not be loaded, by the name of its file where that is known; undefined if that is not it. */
function unloadedPart(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const found: readonly (string | undefined)[] | null = NOT_IMPORTED.exec(at.message);
    if (found !== null) return found[1]?.split("/").at(-1) || "a module";
  }
  return undefined;
}

function adviceOn(name: string): Advice {
  switch (name) {
    case "QuotaExceededError":
      return {
        title: "no space",
        remedy: "The browser gives this page no more room. Save and remove results, or free some space on the disk.",
      };
    case "NotReadableError":
    case "NotFoundError":
      return { title: "not readable", remedy: "The file was moved, changed or is locked. Choose it again." };
    case "NotAllowedError":
      return { title: "not allowed", remedy: "The browser refused. Choose it again, and allow it when asked." };
    case "RangeError":
    case "RuntimeError":
      return {
        title: "no memory",
        remedy: "The memory was probably not enough. Close other pages, or choose a lower level.",
      };
    default:
      return { title: "failed", remedy: "Try it again; if it fails again, choose a lower level or use the command." };
  }
}
