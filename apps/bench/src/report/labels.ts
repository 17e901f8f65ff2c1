/** Puts names beside points so that they cover neither each other nor another point. */

/** A rectangle, from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a name stands: the end of its baseline that is next to the point. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly text: string;
}

/** Of a letter, in units of the font size: the mean of usual sans-serif fonts, a little wide. */
const LETTER_WIDTH = 0.6;
const GAP = 4;

/**
 * Tries places around each point, near ones first; where all are taken, the one that covers least.
 *
 * @param obstacles what names should not cover either
 */
export function placeLabels(
  points: readonly { readonly x: number; readonly y: number; readonly text: string }[],
  frame: Box,
  radius: number,
  fontSize: number,
  obstacles: readonly Box[] = [],
): Label[] {
  const dots = points.map(({ x, y }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }));
  const taken: Box[] = [...dots, ...obstacles];
  return points.map(({ x, y, text }) => {
    const width = text.length * fontSize * LETTER_WIDTH;
    const height = fontSize * 1.1;
    const away = radius + GAP;
    const middle = y - height / 2;
    const candidates = [0, 10, 22].flatMap((shift): (Box & Pick<Label, "anchor">)[] => [
      { anchor: "start", x: x + away, y: middle - shift, width, height },
      { anchor: "start", x: x + away, y: middle + shift, width, height },
      { anchor: "end", x: x - away - width, y: middle - shift, width, height },
      { anchor: "end", x: x - away - width, y: middle + shift, width, height },
      { anchor: "middle", x: x - width / 2, y: y - away - height - shift, width, height },
      { anchor: "middle", x: x - width / 2, y: y + away + shift, width, height },
    ]);
    // In whole units, so that rounding does not prefer a later place.
    const cost = (box: Box): number =>
      Math.round(
        taken.reduce((sum, other) => sum + overlap(box, other), 0) + 10 * (width * height - overlap(box, frame)),
      );
    const best = candidates.reduce((a, b) => (cost(b) < cost(a) ? b : a));
    taken.push(best);
    const part = { start: 0, middle: 0.5, end: 1 }[best.anchor];
    return { x: best.x + part * width, y: best.y + fontSize * 0.9, anchor: best.anchor, text };
  });
}

/** Small boxes along the line through some points, for {@link placeLabels} to keep clear of. */
export function boxesAlong(points: readonly { readonly x: number; readonly y: number }[], step = 6): Box[] {
  return points.slice(1).flatMap((to, i) => {
    const from = points[i];
    const count = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step);
    return Array.from({ length: count }, (_, n) => ({
      x: from.x + ((to.x - from.x) * n) / count - step / 2,
      y: from.y + ((to.y - from.y) * n) / count - step / 2,
      width: step,
      height: step,
    }));
  });
}

/** Area that two boxes share. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
