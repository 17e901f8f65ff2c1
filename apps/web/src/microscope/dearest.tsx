import { useMemo } from "preact/hooks";
import type { Measurement } from "./measurement.ts";
import { dearestWords } from "./statistics.ts";
import { tintOf } from "./cost-scale.ts";

const WORDS = 10;
/** Characters at the start of a text, where every word is dear. */
const SKIPPED = 200;

/** The words that surprised most; each leads to its place. */
export function Dearest({
  measurement,
  onGo,
}: {
  readonly measurement: Measurement;
  readonly onGo: (index: number) => void;
}) {
  const { characters, done } = measurement;
  const whole = done === characters.count;
  const words = useMemo(
    () => (whole ? dearestWords(measurement, WORDS, characters.count > 4 * SKIPPED ? SKIPPED : 0) : []),
    [measurement, whole],
  );
  return (
    <section class="dearest" aria-label="The dearest words">
      <h3>The dearest words</h3>
      {words.length === 0 && <p class="aside">{whole ? "There is no word in it." : "known when all is measured"}</p>}
      <ol>
        {words.map(({ start, text, length, bits }) => (
          <li key={text}>
            <button type="button" class="word" onClick={() => onGo(start)}>
              <span class="char">{text.length > 32 ? `${text.slice(0, 31)}…` : text}</span>
              <span class={`cost tinted tint-${tintOf(bits / length)}`}>{bits.toFixed(0)} bits</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
