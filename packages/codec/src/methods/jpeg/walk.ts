/** The order of blocks in a scan. */
import type { BlockCoder } from "./block-coder.ts";
import type { Frame, Scan } from "./frame.ts";

/** MCUs after which progress is told: less than a millisecond. */
const TOLD = 512;

/**
 * Goes through the blocks of a scan in their order.
 *
 * @param restart is called between restart intervals, after the coder has ended one
 * @yields 0, every millisecond
 */
export function* walkBlocks(frame: Frame, scan: Scan, coder: BlockCoder, restart: () => void): Generator<number, void> {
  const mcus = mcusOf(frame, scan);
  const interval = scan.restartInterval === 0 ? mcus.wide * mcus.high : scan.restartInterval;
  let left = interval;
  for (let y = 0; y < mcus.high; y++) {
    for (let x = 0; x < mcus.wide;) {
      if (left === 0) {
        coder.end();
        restart();
        left = interval;
      }
      const count = Math.min(left, mcus.wide - x, TOLD);
      codeMcus(scan, coder, x, y, count);
      x += count;
      left -= count;
      yield 0;
    }
  }
  coder.end();
}

/** MCUs of a scan: where it has one component, these are its blocks. */
function mcusOf({ mcusWide, mcusHigh }: Frame, { components }: Scan): { readonly wide: number; readonly high: number } {
  if (components.length > 1) return { wide: mcusWide, high: mcusHigh };
  const [{ component }] = components;
  return { wide: component.ownWide, high: component.ownHigh };
}

/** MCUs of one row. */
function codeMcus({ components }: Scan, coder: BlockCoder, x: number, y: number, count: number): void {
  if (components.length === 1) {
    const { start, wide } = components[0].component;
    const first = start + 64 * (y * wide + x);
    for (let i = 0; i < count; i++) coder.block(0, first + 64 * i);
    return;
  }
  for (let i = x; i < x + count; i++) {
    for (let n = 0; n < components.length; n++) {
      const { across, down, wide, start } = components[n].component;
      for (let v = 0; v < down; v++) {
        const row = start + 64 * ((y * down + v) * wide + i * across);
        for (let h = 0; h < across; h++) coder.block(n, row + 64 * h);
      }
    }
  }
}
