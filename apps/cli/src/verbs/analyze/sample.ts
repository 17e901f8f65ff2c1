/** Keeps a part of what passes by, to see what Pith makes of it. */

import type { PithFigure } from "@pith/analyzer";

import { showProgress } from "../../progress.ts";
import type { Session } from "../../session.ts";
import type { AnalyzeSettings } from "./settings.ts";

/** Pieces of a sample, evenly spread. */
const PIECES = 8;

/** A part of the content. */
export interface Sample {
  readonly content: Uint8Array;
  /** 1 where it is all in one: the beginning, or the whole. */
  readonly pieces: number;
}

/** Takes content as it passes and keeps pieces of it. */
export class Sampler {
  readonly #limit: number;
  /** Where pieces start; each but the last is followed by the same gap. */
  readonly #starts: readonly number[];
  readonly #pieceLength: number;
  readonly #kept: Uint8Array[] = [];
  #position = 0;

  /**
   * @param limit bytes to keep at most
   * @param size of the content, where it is known
   */
  constructor(limit: number, size: number | undefined) {
    this.#limit = limit;
    const spread = size !== undefined && size > limit && limit >= PIECES;
    this.#pieceLength = spread ? Math.floor(limit / PIECES) : limit;
    const last = spread ? size - this.#pieceLength : 0;
    this.#starts = Array.from({ length: spread ? PIECES : 1 }, (_, i) => Math.floor((i * last) / (PIECES - 1)));
  }

  push(chunk: Uint8Array): void {
    const end = this.#position + chunk.length;
    for (const start of this.#starts) {
      const from = Math.max(start, this.#position);
      const to = Math.min(start + this.#pieceLength, end);
      if (from < to) this.#kept.push(chunk.slice(from - this.#position, to - this.#position));
    }
    this.#position = end;
  }

  /** What was kept; undefined if nothing was to be. */
  take(): Sample | undefined {
    if (this.#limit === 0) return undefined;
    const content = new Uint8Array(this.#kept.reduce((sum, { length }) => sum + length, 0));
    let done = 0;
    for (const part of this.#kept) {
      content.set(part, done);
      done += part.length;
    }
    return { content, pieces: this.#starts.length };
  }
}

/** Compresses a sample at the level that was asked for. */
export async function compressSample(
  session: Session<AnalyzeSettings>,
  label: string,
  { content, pieces }: Sample,
): Promise<PithFigure> {
  const { compress } = await import("@pith/codec");
  const { level } = session.settings;
  const bar = showProgress(session, `${label}, compressing`, content.length);
  try {
    const file = await compress(content, { level, threads: 0, onProgress: ({ done }) => bar.update(done) });
    return { level, contentLength: content.length, size: file.length, pieces };
  } finally {
    bar.stop();
  }
}
