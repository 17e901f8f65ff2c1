import { useState } from "preact/hooks";
import { formatCount } from "../shared/format.ts";
import { visible } from "./names.ts";
import type { StreamPart } from "./stream-parts.ts";

/** Bytes that are shown at first. */
const SHOWN = 240;

/** Framed text, byte by byte. */
export function StreamView({
  parts,
  groups,
}: {
  readonly parts: readonly StreamPart[];
  readonly groups: readonly string[];
}) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? parts : parts.slice(0, SHOWN);
  return (
    <>
      <ol class="stream">
        {shown.map((part, i) => (
          <li key={i} class={`byte ${part.type}`}>
            <span class="hex">{part.byte.toString(16).padStart(2, "0").toUpperCase()}</span>
            <span class="meant">{meaning(part, groups)}</span>
          </li>
        ))}
      </ol>
      {parts.length > SHOWN && (
        <p class="actions">
          <button type="button" class="plain" onClick={() => setWhole(!whole)}>
            {whole ? "Show the beginning" : `Show all ${formatCount(parts.length)} bytes`}
          </button>
        </p>
      )}
    </>
  );
}

function meaning(part: StreamPart, groups: readonly string[]): string {
  switch (part.type) {
    case "text":
      return part.byte < 0x80 ? visible(String.fromCharCode(part.byte)) : "·";
    case "break":
      return "break";
    case "codes":
      return part.codes.map((code) => visible(groups[code])).join(" ") + (part.codes.length === 1 ? " ⟩" : "");
  }
}
