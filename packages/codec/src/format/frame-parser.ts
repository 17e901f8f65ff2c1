import { ByteQueue } from "../bytes/byte-queue.ts";
import type { Formats } from "./formats.ts";
import { FrameWalker, truncated, type PlacedBlock } from "./frame-walker.ts";

/** A block with its payload. */
export interface ReceivedBlock extends PlacedBlock {
  readonly payload: Uint8Array;
}

/** Cuts a file that arrives in chunks into its blocks. Holds no more than has arrived and was not taken. */
export class FrameParser {
  readonly #queue = new ByteQueue();
  readonly #walker: FrameWalker;
  readonly #admit: (block: PlacedBlock) => PlacedBlock;
  #ended = false;
  #waiting: PlacedBlock | undefined;

  /** @param admit called with each header, before memory is taken for its payload; may throw */
  constructor(formats: Formats, admit: (block: PlacedBlock) => PlacedBlock) {
    this.#walker = new FrameWalker(formats);
    this.#admit = admit;
  }

  /** Frames that are complete. */
  get frames(): number {
    return this.#walker.frames;
  }

  /** Bytes of the file that have arrived. */
  get received(): number {
    return this.#queue.received;
  }

  /** @param chunk kept, not copied */
  push(chunk: Uint8Array): void {
    this.#queue.push(chunk);
  }

  /** Says that no chunk follows. */
  end(): void {
    this.#ended = true;
  }

  /**
   * The next block; undefined if more chunks are needed or, after {@link FrameParser.end}, the file is complete.
   *
   * @throws PithError
   */
  next(): ReceivedBlock | undefined {
    for (;;) {
      if (this.#waiting !== undefined) return this.#receive(this.#waiting);
      const { available } = this.#queue;
      if (this.#ended && available === 0 && this.#walker.complete) return undefined;
      const view = this.#queue.peek(Math.min(available, this.#walker.wanted));
      const start = this.#walker.offset;
      const step = this.#walker.step(view, this.#ended && view.length === available);
      if (step === "more") return undefined;
      if (step === "skipped") {
        this.#queue.skip(this.#walker.offset - start);
        continue;
      }
      this.#waiting = this.#admit(step);
      this.#queue.skip(step.headerBytes.length);
    }
  }

  #receive(block: PlacedBlock): ReceivedBlock | undefined {
    const { payloadLength } = block.header;
    if (this.#queue.available < payloadLength) {
      if (!this.#ended) return undefined;
      throw truncated(this.#queue.received, payloadLength - this.#queue.available);
    }
    this.#waiting = undefined;
    const payload = this.#queue.peek(payloadLength);
    this.#queue.skip(payloadLength);
    return { ...block, payload };
  }
}
