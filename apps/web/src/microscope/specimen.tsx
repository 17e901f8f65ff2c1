import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { characterAt, nameOf, shown } from "../shared/characters.ts";
import type { Measurement } from "./measurement.ts";
import { pieceOf, pieceStarts } from "./pieces.ts";
import type { Shading } from "./shades.ts";

/** Where the cursor is, and whether it was moved there by the keyboard or a link, so that it has to be brought into sight. */
export interface Cursor {
  readonly index: number;
  readonly reveal: boolean;
}

/** A text with every character on a tint of its cost. */
export function Specimen({
  title,
  measurement,
  shades,
  shading,
  cursor,
  onCursor,
  scroller,
}: {
  readonly title: string;
  readonly measurement: Measurement;
  /** The tint of each character. */
  readonly shades: Uint8Array;
  readonly shading: Shading;
  readonly cursor: Cursor;
  readonly onCursor: (cursor: Cursor) => void;
  /** Told of the element that scrolls, so that two can scroll together. */
  readonly scroller: (element: HTMLElement | null) => void;
}) {
  const { characters, costs, done } = measurement;
  const box = useRef<HTMLDivElement>(null);
  const starts = useMemo(() => pieceStarts(characters), [characters]);
  const visible = useVisiblePieces(box, starts);

  useEffect(() => {
    scroller(box.current);
    return () => scroller(null);
  }, []);

  /** A character that is to be brought into sight; once it is there, the person may scroll it away again. */
  const wanted = useRef<number>();
  useEffect(() => {
    wanted.current = cursor.reveal ? cursor.index : undefined;
  }, [cursor]);
  const isColoured = done > 0;
  useEffect(() => {
    const index = wanted.current;
    if (index === undefined || box.current === null) return;
    const character = characterElement(box.current, index);
    if (character !== null) wanted.current = undefined;
    reveal(box.current, character ?? box.current.querySelector(`[data-piece="${pieceOf(starts, index)}"]`));
  }, [cursor, visible, isColoured]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = box.current === null ? undefined : moved(box.current, event, cursor.index, characters.count);
    if (index === undefined) return;
    event.preventDefault();
    onCursor({ index, reveal: true });
  };
  const onPointer = ({ target }: PointerEvent): void => {
    const index = target instanceof Element ? target.closest<HTMLElement>("[data-i]")?.dataset["i"] : undefined;
    if (index !== undefined && Number(index) !== cursor.index) onCursor({ index: Number(index), reveal: false });
  };

  const at = Math.min(cursor.index, Math.max(0, characters.count - 1));
  const spoken = characters.count === 0 ? "" : nameOf(characterAt(characters, at));
  return (
    <div
      ref={box}
      class="specimen"
      role="slider"
      tabIndex={0}
      aria-label={`${title}: the text, character by character`}
      aria-valuemin={1}
      aria-valuemax={characters.count}
      aria-valuenow={at + 1}
      aria-valuetext={at < done ? `${spoken}, ${costs[at].toFixed(1)} bits` : spoken}
      onKeyDown={onKeyDown}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
    >
      {Array.from({ length: starts.length - 1 }, (_, piece) => (
        <Piece
          key={piece}
          number={piece}
          first={starts[piece]}
          last={starts[piece + 1]}
          measurement={measurement}
          shades={shades}
          shading={shading}
          visible={visible.has(piece)}
          cursor={pieceOf(starts, cursor.index) === piece ? cursor.index : -1}
        />
      ))}
    </div>
  );
}

/** About so many characters stand in a line. */
const LINE = 72;

/** A piece of the text. Out of sight, and before it is measured, it is plain text, which takes as much room. */
function Piece({
  number,
  first,
  last,
  measurement,
  shades,
  shading,
  visible,
  cursor,
}: {
  readonly number: number;
  /** First character, and the one after the last. */
  readonly first: number;
  readonly last: number;
  readonly measurement: Measurement;
  readonly shades: Uint8Array;
  readonly shading: Shading;
  readonly visible: boolean;
  /** -1 if it is elsewhere. */
  readonly cursor: number;
}) {
  const { characters, done } = measurement;
  const known = Math.min(Math.max(done, first), last);
  // What is out of sight is not laid out: this stands for its height, until it has been seen once.
  const room = useMemo(() => {
    const text = characters.text.slice(characters.textStarts[first], characters.textStarts[last]);
    const lines = text.split("\n").reduce((sum, line) => sum + Math.ceil((line.length + 1) / LINE), -1);
    return { containIntrinsicBlockSize: `auto ${Math.max(1, lines)}lh` };
  }, [characters]);
  // The same element again is left as it is.
  return useMemo(
    () => (
      <div data-piece={number} style={room}>
        {visible && known > first
          ? Array.from({ length: last - first }, (_, k) => {
              const i = first + k;
              const tint = i < known ? ` tint-${shades[i]}` : "";
              return (
                <span key={i} data-i={i} class={`char${tint}${i === cursor ? " at" : ""}`}>
                  {shown(characterAt(characters, i))}
                </span>
              );
            })
          : shown(characters.text.slice(characters.textStarts[first], characters.textStarts[last]))}
      </div>
    ),
    [characters, measurement.predictor, shading, known, visible, cursor],
  );
}

/** Numbers of the pieces that are in sight, or nearly. */
function useVisiblePieces(box: { readonly current: HTMLElement | null }, starts: Uint32Array): ReadonlySet<number> {
  const [visible, setVisible] = useState<ReadonlySet<number>>(new Set([0]));
  useEffect(() => {
    if (box.current === null) return;
    const seen = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const piece = Number((target as HTMLElement).dataset["piece"]);
          if (isIntersecting) seen.add(piece);
          else seen.delete(piece);
        }
        setVisible(new Set(seen));
      },
      { root: box.current, rootMargin: "50% 0px" },
    );
    for (const piece of box.current.children) observer.observe(piece);
    return () => observer.disconnect();
  }, [starts]);
  return visible;
}

/** Scrolls a box, and nothing else, so that an element in it is in sight. */
function reveal(box: HTMLElement, element: Element | null): void {
  if (element === null) return;
  const outer = box.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const margin = Math.min(60, outer.height / 4);
  if (inner.top < outer.top + margin) box.scrollTop -= outer.top + margin - inner.top;
  else if (inner.bottom > outer.bottom - margin)
    box.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top) + margin;
}

/** Where a key moves the cursor; undefined if it does not. */
function moved(
  box: HTMLElement,
  { key, ctrlKey, metaKey }: KeyboardEvent,
  from: number,
  count: number,
): number | undefined {
  const whole = ctrlKey || metaKey;
  const to = (index: number): number => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case "ArrowLeft":
      return to(from - 1);
    case "ArrowRight":
      return to(from + 1);
    case "ArrowUp":
      return to(lineAway(box, from, -1));
    case "ArrowDown":
      return to(lineAway(box, from, 1));
    case "PageUp":
      return to(from - 1000);
    case "PageDown":
      return to(from + 1000);
    case "Home":
      return whole ? 0 : to(lineEnd(box, from, -1));
    case "End":
      return whole ? count - 1 : to(lineEnd(box, from, 1));
    default:
      return undefined;
  }
}

const characterElement = (box: HTMLElement, index: number): Element | null => box.querySelector(`[data-i="${index}"]`);

/** Line breaks are wide boxes: the place of a character is where it begins. */
function placeOf(element: Element): { readonly left: number; readonly top: number } {
  return element.getClientRects().item(0) ?? element.getBoundingClientRect();
}

/** The character above or below. */
function lineAway(box: HTMLElement, from: number, direction: -1 | 1): number {
  const start = characterElement(box, from);
  if (start === null) return from + 80 * direction;
  const { left, top } = placeOf(start);
  let lineTop: number | undefined;
  for (let i = from + direction; ; i += direction) {
    const element = characterElement(box, i);
    if (element === null) return i - direction;
    const place = placeOf(element);
    if (Math.abs(place.top - top) < 3) continue;
    lineTop ??= place.top;
    // Beyond the line that was looked for.
    if (Math.abs(place.top - lineTop) >= 3) return i - direction;
    if (direction < 0 ? place.left <= left + 1 : place.left >= left - 1) return i;
  }
}

/** The first or the last character of the line. */
function lineEnd(box: HTMLElement, from: number, direction: -1 | 1): number {
  const start = characterElement(box, from);
  if (start === null) return from;
  const { top } = placeOf(start);
  for (let i = from; ; i += direction) {
    const next = characterElement(box, i + direction);
    if (next === null || Math.abs(placeOf(next).top - top) >= 3) return i;
  }
}
