/** Text to codes among other characters, and back to cells. */
import { PithError } from "@pith/core";
import { giveKernel, takeKernel, view } from "@pith/core/coding";
import type { CodeTable } from "@pith/framing";
import { type Cells, cellsOf, type CodedChunk, readCodes, writeCodes } from "../coding/chunks.ts";
import { kernelMemory, startKernel } from "../coding/kernel.ts";
import type { PairsKernel } from "../generated/pairs-exports.ts";
import type { PairsFraming } from "./header.ts";

/** A chunk's text, of which the letters are known by their codes. */
export interface Framed {
  readonly cells: Cells;
  /** What to take from each byte of the resolved text: 32 of a capital. Undefined where there is nothing to take. */
  readonly marks: Uint8Array | undefined;
}

/** One framing of texts. */
export interface Framer {
  /** @throws PithError for a text that the framing cannot hold, with its offset in the text */
  frame(text: Uint8Array): { readonly codes: Uint8Array; readonly cells: Cells };
  /** @throws PithError */
  unframe(chunk: CodedChunk): Framed;
  /** Says that it is of no more use. */
  close(): void;
}

/**
 * @param crlf lines end with CR LF
 * @throws RangeError for a table that the framing has no use for
 */
export async function openFramer(framing: PairsFraming, table: CodeTable, crlf: boolean): Promise<Framer> {
  return framing === "thesis" ? await thesisFramer(table) : await inStreamFramer(table, crlf);
}

async function inStreamFramer({ groups }: CodeTable, crlf: boolean): Promise<Framer> {
  checkGroups(groups);
  const { kernel: embedded } = await import("#kernels/pairs");
  let capacity = 0;
  let kernel: PairsKernel | undefined;
  /** A kernel with room for a chunk; the first chunk of a text is the longest that an encoder writes. */
  const kernelFor = (length: number): PairsKernel => {
    if (kernel !== undefined && length <= capacity) return kernel;
    capacity = length;
    kernel ??= takeKernel(embedded, kernelMemory(0, capacity));
    startKernel(kernel, { groups, crlf, capacity });
    return kernel;
  };
  return {
    frame(text) {
      const own = kernelFor(text.length);
      const codes = writeCodes(own, text);
      return { codes, cells: Uint16Array.from(cellsOf(own, text.length)) };
    },
    unframe(chunk) {
      const own = kernelFor(chunk.length);
      readCodes(own, chunk);
      const cells = Uint16Array.from(cellsOf(own, chunk.length));
      return { cells, marks: view(own, own.marksAddress(), chunk.length).slice() };
    },
    close() {
      if (kernel !== undefined) giveKernel(embedded, kernel);
    },
  };
}

/** Capitals are told by the letters of a code, so a code of letters may have nothing else. */
function checkGroups(groups: readonly string[]): void {
  for (const [code, group] of groups.entries()) {
    if (!/^(?:[a-z]+|[^a-zA-Z]+)$/u.test(group)) {
      throw new RangeError(`groups[${code}]: expected small letters or none, got ${JSON.stringify(group)}`);
    }
  }
}

async function thesisFramer(table: CodeTable): Promise<Framer> {
  const { decodeFraming, encodeFraming } = await import("@pith/framing");
  return {
    frame(text) {
      const codes = encodeFraming(text, { table });
      return { codes, cells: Uint16Array.from(decodeFraming(codes)) };
    },
    unframe({ codes, codesOffset, length }) {
      const cells = Uint16Array.from(at(codesOffset, () => decodeFraming(codes)));
      if (cells.length === length) return { cells, marks: undefined };
      throw new PithError("invalid-field", "a chunk has another length than its codes", {
        offset: codesOffset,
        expected: length,
        got: cells.length,
      });
    },
    close: () => undefined,
  };
}

/** Errors of a part, with offsets in the whole. */
function at<Result>(base: number, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof PithError) || error.offset === undefined) throw error;
    throw error.at(base + error.offset);
  }
}
