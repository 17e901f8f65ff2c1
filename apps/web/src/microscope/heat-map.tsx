import { useEffect, useMemo, useRef } from "preact/hooks";
import { hexOf } from "../shared/characters.ts";
import { resolveColour, useTheme } from "../shared/theme.ts";
import { useWidth } from "../shared/use-width.ts";
import { TINTS } from "./cost-scale.ts";
import type { Measurement } from "./measurement.ts";
import type { Cursor } from "./specimen.tsx";

/** Bytes in a row where there is room, and where there is little. */
const WIDE = 128;
const NARROW = 64;
/** Width of the map, in CSS pixels, from which on there is room. */
const ROOM = 560;

/** Bytes as squares, each in the tint of its cost: what has no letters to be coloured. */
export function HeatMap({
  title,
  measurement,
  shades,
  cursor,
  onCursor,
  scroller,
}: {
  readonly title: string;
  readonly measurement: Measurement;
  /** The tint of each byte. */
  readonly shades: Uint8Array;
  readonly cursor: Cursor;
  readonly onCursor: (cursor: Cursor) => void;
  /** Told of the element that scrolls, so that two can scroll together. */
  readonly scroller: (element: HTMLElement | null) => void;
}) {
  const { characters, costs, done } = measurement;
  const { count, bytes } = characters;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const columns = width < ROOM ? NARROW : WIDE;
  const side = Math.max(3, width / columns);
  const rows = Math.max(1, Math.ceil(count / columns));
  const theme = useTheme();
  const palette = useMemo(paletteOf, [theme]);

  useEffect(() => {
    scroller(box.current);
    return () => scroller(null);
  }, []);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(columns, rows);
    for (let i = 0; i < done; i++) image.data.set(palette[shades[i]], 4 * i);
    context.putImageData(image, 0, 0);
  }, [shades, done, palette, columns, rows]);

  const at = Math.min(cursor.index, count - 1);
  const [row, column] = [Math.floor(at / columns), at % columns];
  useEffect(() => {
    if (!cursor.reveal || box.current === null) return;
    const top = row * side;
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop || top + side > scrollTop + clientHeight) box.current.scrollTop = top - clientHeight / 2;
  }, [cursor, side]);

  const onPointer = ({ offsetX, offsetY, target }: PointerEvent): void => {
    if (target !== canvas.current) return;
    const index = Math.floor(offsetY / side) * columns + Math.min(columns - 1, Math.floor(offsetX / side));
    if (index >= 0 && index < count && index !== cursor.index) onCursor({ index, reveal: false });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event, columns, at, count);
    if (step === undefined) return;
    event.preventDefault();
    onCursor({ index: Math.max(0, Math.min(count - 1, at + step)), reveal: true });
  };
  return (
    <div
      ref={box}
      class="specimen heat-map"
      role="slider"
      tabIndex={0}
      aria-label={`${title}: the file, byte by byte`}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={at + 1}
      aria-valuetext={at < done ? `${hexOf(bytes[at])}, ${costs[at].toFixed(1)} bits` : hexOf(bytes[at])}
      onKeyDown={onKeyDown}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
    >
      <canvas
        ref={canvas}
        width={columns}
        height={rows}
        style={{ width: `${columns * side}px`, height: `${rows * side}px` }}
        aria-hidden="true"
      />
      <span
        class="at-byte"
        style={{ left: `${column * side}px`, top: `${row * side}px`, width: `${side}px`, height: `${side}px` }}
      />
    </div>
  );
}

/** Red, green, blue and opacity of each tint; what costs nothing is hardly there. */
function paletteOf(): readonly (readonly number[])[] {
  return Array.from({ length: TINTS }, (_, tint) => [
    ...resolveColour(tint === 0 ? "var(--line)" : `var(--tint-${tint})`),
    tint === 0 ? 110 : 255,
  ]);
}

/** How far a key moves the cursor; undefined if it does not. */
function stepOf(
  { key, ctrlKey, metaKey }: KeyboardEvent,
  columns: number,
  at: number,
  count: number,
): number | undefined {
  const whole = ctrlKey || metaKey;
  switch (key) {
    case "ArrowLeft":
      return -1;
    case "ArrowRight":
      return 1;
    case "ArrowUp":
      return -columns;
    case "ArrowDown":
      return columns;
    case "PageUp":
      return -16 * columns;
    case "PageDown":
      return 16 * columns;
    case "Home":
      return whole ? -at : -(at % columns);
    case "End":
      return whole ? count - at : columns - 1 - (at % columns);
    default:
      return undefined;
  }
}
