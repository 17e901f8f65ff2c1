import { useEffect, useState } from "preact/hooks";
import { hexOf, shown } from "../shared/characters.ts";
import { formatBytes, formatCount, formatCounted } from "../shared/format.ts";

/** A pattern that comes again. Lengths and places are in bytes. */
export interface Repeat {
  readonly size: number;
  readonly count: number;
  /** Where it occurs, the first places of them. */
  readonly offsets: readonly number[];
}

/** Bytes of a pattern that are shown, and of those that tell one from the others. */
const SHOWN = 512;
const PREVIEWED = 40;

/** What comes again most, each to be looked at where it stands. */
export function Repeats({ file, repeats }: { readonly file: File; readonly repeats: readonly Repeat[] }) {
  const [chosen, setChosen] = useState<{ readonly repeat: Repeat; readonly source: string }>();
  const previews = usePreviews(file, repeats);
  if (repeats.length === 0) return null;
  const look = async (repeat: Repeat): Promise<void> => {
    setChosen({ repeat, source: sourceOf(await beginningOf(file, repeat, SHOWN)) });
  };
  return (
    <section class="repeats" aria-labelledby="repeats-title">
      <h2 id="repeats-title">What comes again</h2>
      <ol class="actions">
        {repeats.map((repeat, i) => (
          <li key={`${repeat.size} ${repeat.offsets[0]}`}>
            <button
              type="button"
              class="plain repeat"
              aria-pressed={repeat === chosen?.repeat}
              onClick={() => void look(repeat)}
            >
              <span class="repeat-source">{previews[i] ?? "\u00a0"}</span>
              <span class="repeat-size">
                {formatBytes(repeat.size)}, {formatCounted(repeat.count, "time")}
              </span>
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

/** How each begins, once that is read. */
function usePreviews(file: File, repeats: readonly Repeat[]): readonly string[] {
  const [previews, setPreviews] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    Promise.all(repeats.map(async (repeat) => sourceOf(await beginningOf(file, repeat, PREVIEWED)))).then(
      (read) => current && setPreviews(read),
      // A file that was changed or removed is told of when one is looked at.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [file, repeats]);
  return previews;
}

async function beginningOf(file: File, { size, offsets }: Repeat, most: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(offsets[0], offsets[0] + Math.min(most, size)).arrayBuffer());
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
