/**
 * Memory that is used again. A page that nobody has touched yet costs several times what it takes to copy a page, so what is taken
 * and given back for each block is kept for the next one.
 */

/** Bytes below which an allocation is cheap. */
const LEAST = 2 ** 18;
/** Bytes that are kept at most. */
const MOST_KEPT = 2 ** 25;
/** What is kept serves lengths down to this share of it. */
const MOST_SLACK = 4;
/** What nobody has taken for so long is let go. */
const IDLE_MILLISECONDS = 5000;

let kept: ArrayBuffer[] = [];
let timer: unknown;

/** An array whose bytes are anything. It may be a view: its memory is nobody else's, and may be longer. */
export function takeSpare(length: number): Uint8Array<ArrayBuffer> {
  const found = kept.find(({ byteLength }) => length <= byteLength && byteLength <= MOST_SLACK * length);
  if (found === undefined) return new Uint8Array(length);
  kept.splice(kept.indexOf(found), 1);
  return new Uint8Array(found, 0, length);
}

/** Gives all of an array's memory back, at which nobody may look any more: for {@link takeSpare}, or to the engine. */
export function giveSpare({ buffer }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < LEAST) return;
  const others = kept.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (others + buffer.byteLength > MOST_KEPT) return;
  kept.push(buffer);
  clearTimeout(timer as number | undefined);
  timer = setTimeout(() => (kept = []), IDLE_MILLISECONDS);
  // Of Node, where a timer keeps the process alive.
  (timer as { unref?(): void }).unref?.();
}
