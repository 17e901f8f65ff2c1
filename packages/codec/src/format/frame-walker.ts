import { PithError } from "@pith/core";
import { readBlockHeader, type BlockHeader } from "./block-header.ts";
import { ByteReader } from "@pith/core/bytes";
import { MAGIC, MAX_HEADER } from "./constants.ts";
import type { Formats } from "./formats.ts";
import { writeIndex, type IndexEntry } from "./frame-index.ts";

/** A block and where it lies in the file. */
export interface PlacedBlock {
  readonly header: BlockHeader;
  /** The header as it stands in the file. */
  readonly headerBytes: Uint8Array;
  /** Of its frame, in the file. */
  readonly frameOffset: number;
  /** Of its head, in the file. */
  readonly offset: number;
  /** Of its payload, in the file. */
  readonly payloadOffset: number;
}

type State = "frame" | "block" | "index";

/**
 * Goes through a file from header to header and checks all that is not payload. It reads nothing itself: the caller
 * shows it the bytes at {@link FrameWalker.offset}, and skips the payloads.
 */
export class FrameWalker {
  /** Where the next step begins in the file. */
  offset = 0;
  /** Frames that are complete. */
  frames = 0;

  readonly #formats: Formats;
  #state: State = "frame";
  #frameOffset = 0;
  #entries: IndexEntry[] = [];
  #index: Uint8Array = new Uint8Array(0);

  constructor(formats: Formats) {
    this.#formats = formats;
  }

  /** Most bytes that the next step looks at. */
  get wanted(): number {
    return { frame: MAGIC.length, block: MAX_HEADER, index: this.#index.length }[this.#state];
  }

  /** Whether a file may end here. */
  get complete(): boolean {
    return this.#state === "frame" && this.frames > 0;
  }

  /**
   * Takes the next magic, block header or index.
   *
   * @param view the bytes at {@link FrameWalker.offset}
   * @param atEnd the file ends where `view` ends
   * @returns the block, after which {@link FrameWalker.offset} is the end of its payload; "more" if `view` is too
   *   short; "skipped" if this was no block
   * @throws PithError
   */
  step(view: Uint8Array, atEnd: boolean): PlacedBlock | "more" | "skipped" {
    switch (this.#state) {
      case "frame":
        return this.#magic(view, atEnd);
      case "block":
        return this.#block(view, atEnd);
      case "index":
        return this.#checkIndex(view, atEnd);
    }
  }

  #magic(view: Uint8Array, atEnd: boolean): "more" | "skipped" {
    const wrong = view.subarray(0, MAGIC.length).findIndex((byte, i) => byte !== MAGIC[i]);
    if (wrong >= 0) {
      const details = { offset: this.offset, expected: hex(MAGIC), got: hex(view.subarray(0, MAGIC.length)) };
      if (this.frames === 0) throw new PithError("not-pith", "this is not a .pith file", details);
      throw new PithError("trailing-data", "the file goes on after its end", details);
    }
    if (view.length < MAGIC.length) return this.#needMore(view, atEnd, MAGIC.length);
    this.#frameOffset = this.offset;
    this.#entries = [];
    this.offset += MAGIC.length;
    this.#state = "block";
    return "skipped";
  }

  #block(view: Uint8Array, atEnd: boolean): PlacedBlock | "more" {
    const offset = this.offset;
    const header = this.#header(view, atEnd);
    if (header === "more") return "more";
    const [fields, headerLength] = header;
    const payloadOffset = offset + headerLength;
    this.offset = payloadOffset + fields.payloadLength;
    this.#entries.push({ length: this.offset - offset, contentLength: fields.contentLength });
    if (fields.last) this.#endBlocks();
    return {
      header: fields,
      headerBytes: view.slice(0, headerLength),
      frameOffset: this.#frameOffset,
      offset,
      payloadOffset,
    };
  }

  #header(view: Uint8Array, atEnd: boolean): [BlockHeader, number] | "more" {
    const reader = new ByteReader(view, this.offset);
    try {
      const header = readBlockHeader(reader, this.#entries.length, this.#formats);
      return [header, reader.position];
    } catch (error) {
      const incomplete = error instanceof PithError && error.code === "truncated";
      if (incomplete && !atEnd && view.length < MAX_HEADER) return "more";
      throw error;
    }
  }

  #endBlocks(): void {
    if (this.#entries.length === 1) this.#endFrame();
    else {
      this.#index = writeIndex(this.#entries);
      this.#state = "index";
    }
  }

  /** All that the index says is known by now, so it is compared, not read; as much of it as is there. */
  #checkIndex(view: Uint8Array, atEnd: boolean): "more" | "skipped" {
    const index = this.#index;
    if (view.length === 0) return this.#needMore(view, atEnd, index.length);
    const length = Math.min(index.length, view.length);
    for (let i = 0; i < length; i++) {
      if (view[i] === index[i]) continue;
      throw new PithError("invalid-field", "the index differs from the blocks", {
        offset: this.offset + i,
        expected: index[i],
        got: view[i],
      });
    }
    this.offset += length;
    this.#index = index.subarray(length);
    if (this.#index.length === 0) this.#endFrame();
    return "skipped";
  }

  #endFrame(): void {
    this.frames++;
    this.#state = "frame";
  }

  #needMore(view: Uint8Array, atEnd: boolean, wanted: number): "more" {
    if (!atEnd) return "more";
    throw truncated(this.offset + view.length, wanted - view.length);
  }
}

/**
 * The next step through a file of which `view` is what the walker wants, or what there is.
 *
 * @param end where the file ends
 * @returns the block, if that was one
 * @throws PithError
 */
export function takeStep(walker: FrameWalker, view: Uint8Array, end: number): PlacedBlock | undefined {
  const step = walker.step(view, walker.offset + view.length === end);
  if (typeof step === "string") return undefined;
  if (walker.offset > end) throw truncated(end, walker.offset - end);
  return step;
}

/** The file ends at `offset`, where `missing` more bytes should be. */
export function truncated(offset: number, missing: number): PithError {
  return new PithError("truncated", "the file ends too early", { offset, expected: `${missing} more bytes` });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
