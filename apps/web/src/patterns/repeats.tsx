import { useState } from "preact/hooks";
import { hexOf, shown } from "../shared/characters.ts";
import { formatBytes, formatCount, formatCounted } from "../shared/format.ts";

/** A pattern that comes again. Lengths and places are in bytes. */
export interface Repeat {
  readonly size: number;
  readonly count: number;
  /** Where it occurs, the first places of them. */
  readonly offsets: readonly number[];
}

/** Bytes of a pattern that are shown. */
const SHOWN = 512;

/** What comes again most, each to be looked at where it stands. */
export function Repeats({ file, repeats }: { readonly file: File; readonly repeats: readonly Repeat[] }) {
  const [chosen, setChosen] = useState<{ readonly repeat: Repeat; readonly source: string }>();
  if (repeats.length === 0) return null;
  const look = async (repeat: Repeat): Promise<void> => {
    const start = repeat.offsets[0];
    const bytes = new Uint8Array(await file.slice(start, start + Math.min(SHOWN, repeat.size)).arrayBuffer());
    setChosen({ repeat, source: sourceOf(bytes) });
  };
  return (
    <section class="repeats" aria-labelledby="repeats-title">
      <h2 id="repeats-title">What comes again</h2>
      <ol class="actions">
        {repeats.map((repeat) => (
          <li key={`${repeat.size} ${repeat.offsets[0]}`}>
            <button
              type="button"
              class="plain"
              aria-pressed={repeat === chosen?.repeat}
              onClick={() => void look(repeat)}
            >
              {formatBytes(repeat.size)}, {formatCounted(repeat.count, "time")}
            </button>
          </li>
        ))}
      </ol>
      {chosen !== undefined && (
        <div role="status">
          <p class="facts">
            at byte {chosen.repeat.offsets.map(formatCount).join(", ")}
            {chosen.repeat.offsets.length < chosen.repeat.count && " and elsewhere"}
            {chosen.repeat.size > SHOWN && `; its first ${SHOWN} bytes`}
          </p>
          <pre class="source">{chosen.source}</pre>
        </div>
      )}
    </section>
  );
}

/** Bytes as text, or in digits where they are none. */
function sourceOf(bytes: Uint8Array): string {
  try {
    // The end of the slice may cut a character off.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    if (Array.from(text).every((character) => character >= " " || "\t\n\r\f".includes(character))) return shown(text);
  } catch {
    // No text, then.
  }
  return Array.from(bytes, hexOf)
    .join(" ")
    .replace(/(.{95}) /g, "$1\n");
}
