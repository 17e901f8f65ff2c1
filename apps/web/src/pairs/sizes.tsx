import { formatBytes, formatShare } from "../shared/format.ts";
import type { MessageSizes } from "./pairs-worker.ts";

interface SizeRow {
  readonly label: string;
  readonly bytes: number;
  readonly kind: "original" | "lossy" | "gzip" | "pith";
  readonly note: string;
}

/** What a message takes, written in one way or another; all bars to one scale. */
export function Sizes({ sizes, framed }: { readonly sizes: MessageSizes; readonly framed: number }) {
  const rows: SizeRow[] = [
    { label: "as it is", bytes: sizes.original, kind: "original", note: "UTF-8" },
    { label: "letter pairs", bytes: framed, kind: "lossy", note: "the letters are guessed" },
    { label: "Pith message, guessed", bytes: sizes.guessed, kind: "lossy", note: "its codes, modelled" },
    { label: "Pith message", bytes: sizes.exact, kind: "pith", note: "exact: guesses and their errors" },
    { label: "Pith, level 5", bytes: sizes.pith, kind: "pith", note: "exact, a .pith file" },
    ...other("gzip", "exact, the browser’s own", sizes.gzip),
    ...other("brotli", "exact, quality 11", sizes.brotli),
  ];
  const longest = Math.max(1, ...rows.map(({ bytes }) => bytes));
  return (
    <dl class="bars message-sizes">
      {rows.map(({ label, bytes, kind, note }) => (
        <div key={label} class={`bar ${kind}`}>
          <dt>
            {label} <span class="note">{note}</span>
          </dt>
          <dd>
            <span class="track" aria-hidden="true">
              <span class="extent" style={{ width: `${(100 * bytes) / longest}%` }}>
                <span class="fill" style={{ width: "100%" }} />
              </span>
            </span>
            <span class="bytes">
              {formatBytes(bytes)} <span class="note">{formatShare(bytes, sizes.original)}</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function other(label: string, note: string, bytes: number | undefined): SizeRow[] {
  return bytes === undefined ? [] : [{ label, bytes, kind: "gzip", note }];
}
