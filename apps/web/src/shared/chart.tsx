import { useEffect, useRef, useState } from "preact/hooks";
import { ChartSaving } from "./chart-saving.tsx";
import { useWidth } from "./use-width.ts";

/** Draws a chart of a width in CSS pixels. */
export type Drawing = (width: number) => Element;

/** Milliseconds between drawings of a chart whose data go on changing. */
const REDRAW_EVERY = 400;

/** A colour of a chart. */
export interface ChartKey {
  readonly label: string;
  /** As a style has it. */
  readonly colour: string;
  readonly line: "thick" | "thin" | "dotted" | "bar";
}

/** A place for a chart, of a height that does not change. What draws it is loaded when it is needed: it is large. */
export function Chart({
  title,
  summary,
  height,
  keys = [],
  waits = false,
  load,
  of,
}: {
  readonly title: string;
  /** What the chart shows, in words. */
  readonly summary: string;
  /** In CSS pixels. */
  readonly height: number;
  /** What its colours stand for. */
  readonly keys?: readonly ChartKey[];
  /** There is nothing to be drawn yet. */
  readonly waits?: boolean;
  readonly load: () => Promise<Drawing>;
  /** What it shows: it is drawn again when one of these changes. */
  readonly of: readonly unknown[];
}) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [problem, setProblem] = useState(false);
  const drawnAt = useRef(-Infinity);
  useEffect(() => {
    if (width === 0) return;
    if (waits) {
      // Nor what was there of something else.
      place.current?.replaceChildren();
      drawnAt.current = -Infinity;
      return;
    }
    const draw = (): void => {
      drawnAt.current = performance.now();
      load().then(
        (drawing) => {
          setProblem(false);
          place.current?.replaceChildren(drawing(width));
        },
        () => setProblem(true),
      );
    };
    const timer = setTimeout(draw, Math.max(0, drawnAt.current + REDRAW_EVERY - performance.now()));
    return () => clearTimeout(timer);
  }, [width, waits, ...of]);
  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>{summary}</p>
        {keys.length > 0 && (
          <ul class="chart-keys">
            {keys.map(({ label, colour, line }) => (
              <li key={label}>
                <span class={`chart-key ${line}`} style={{ "--key": colour }} aria-hidden="true" /> {label}
              </li>
            ))}
          </ul>
        )}
      </figcaption>
      <div>
        <div role="img" aria-label={`${title}. ${summary}`} style={{ height: `${height}px` }}>
          {/* Nothing in it is an image by itself. */}
          <div ref={place} aria-hidden="true" />
        </div>
        <ChartSaving title={title} chart={() => place.current?.querySelector("svg") ?? null} />
        {problem && <p class="notice">The chart could not be loaded. Load the page again while there is a network.</p>}
      </div>
    </figure>
  );
}
