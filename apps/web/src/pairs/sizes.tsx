import { formatBytes, formatShare } from "../shared/format.ts";
import type { MessageSizes } from "./pairs-worker.ts";

interface SizeRow {
  readonly label: string;
  /** Undefined where it cannot be had. */
  readonly bytes: number | undefined;
  readonly kind: "original" | "lossy" | "gzip" | "pith";
  readonly note: string;
}

/** What a message takes, written in one way or another; all bars to one scale. */
export function Sizes({ sizes, framed }: { readonly sizes: MessageSizes; readonly framed: number }) {
  const rows: SizeRow[] = [
    { label: "as it is", bytes: sizes.original, kind: "original", note: "UTF-8" },
    { label: "Pith message", bytes: sizes.model, kind: "pith", note: "exact, by a model of English" },
    { label: "by letter pairs", bytes: sizes.exact, kind: "pith", note: "exact: guesses and their errors" },
    { label: "by letter pairs, guessed", bytes: sizes.guessed, kind: "lossy", note: "its codes, modelled" },
    { label: "letter pairs alone", bytes: framed, kind: "lossy", note: "the letters are guessed" },
    { label: "Pith, level 5", bytes: sizes.pith, kind: "pith", note: "exact, a .pith file" },
    {
      label: "gzip",
      bytes: sizes.gzip,
      kind: "gzip",
      note: sizes.gzip === undefined ? "not in this browser" : "exact, the browser’s own",
    },
    {
      label: "brotli",
      bytes: sizes.brotli,
      kind: "gzip",
      note: sizes.brotli === undefined ? "its library did not come: it takes a network, once" : "exact, quality 11",
    },
  ];
  const longest = Math.max(1, ...rows.map(({ bytes }) => bytes ?? 0));
  return (
    <dl class="bars message-sizes">
      {rows.map(({ label, bytes, kind, note }) => (
        <div key={label} class={`bar ${kind}`}>
          <dt>
            {label} <span class="note">{note}</span>
          </dt>
          <dd>
            <span class="track" aria-hidden="true">
              {bytes !== undefined && (
                <span class="extent" style={{ width: `${(100 * bytes) / longest}%` }}>
                  <span class="fill" style={{ width: "100%" }} />
                </span>
              )}
            </span>
            <span class="bytes">
              {bytes === undefined ? "–" : formatBytes(bytes)}{" "}
              <span class="note">{bytes === undefined ? "" : formatShare(bytes, sizes.original)}</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
