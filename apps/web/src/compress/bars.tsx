import { formatBytes } from "../shared/format.ts";

/** Places to point at, 0 to 1 each: from the one to the other. */
export interface Mark {
  readonly from: number;
  readonly to: number;
}

export interface Bar {
  readonly label: string;
  /** Bytes; undefined while it is not known. */
  readonly bytes: number | undefined;
  readonly kind: "original" | "gzip" | "pith";
  /** Share of the bar that is done, 0 to 1; 1 by default. */
  readonly done?: number;
  readonly mark?: Mark | undefined;
}

/** Sizes as bars, all to one scale. */
export function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const longest = Math.max(1, ...bars.map(({ bytes }) => bytes ?? 0));
  return (
    <dl class="bars">
      {bars.map(({ label, bytes, kind, done = 1, mark }) => (
        <div key={label} class={`bar ${kind}`}>
          <dt>{label}</dt>
          <dd>
            <span class="track" aria-hidden="true">
              {bytes !== undefined && (
                <span class="extent" style={{ width: `${(100 * bytes) / longest}%` }}>
                  <span class="fill" style={{ width: `${100 * done}%` }} />
                  {mark !== undefined && (
                    <span
                      class="mark"
                      style={{ left: `${100 * mark.from}%`, width: `${100 * (mark.to - mark.from)}%` }}
                    />
                  )}
                </span>
              )}
            </span>
            <span class="bytes">{bytes === undefined ? "…" : formatBytes(bytes)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
