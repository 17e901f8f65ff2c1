import { formatPercent } from "../shared/format.ts";
import { bytesBefore, characterAt, codePoint, nameOf, nameOfByte, type Characters } from "../shared/characters.ts";
import { guessesAt, type Measurement } from "./measurement.ts";
import { predictorById } from "./predictors.ts";
import { tintOf } from "./cost-scale.ts";

/** Characters before the one that is looked at that are shown with it. */
const CONTEXT = 24;

/** Everything about one character. */
export function Inspector({
  characters,
  measurements,
  index,
}: {
  readonly characters: Characters;
  readonly measurements: readonly Measurement[];
  readonly index: number;
}) {
  const { text, textStarts } = characters;
  const character = characterAt(characters, index);
  const name = nameOf(character);
  const before = text.slice(textStarts[Math.max(0, index - CONTEXT)], textStarts[index]).replace(/\s+/g, " ");
  return (
    <aside class="inspector" aria-label="The character that is looked at">
      <p class="specimen-letter">
        <span class="before">{before}</span>
        <span class={`letter ${name.length > 2 ? "named" : ""}`}>{name}</span>
      </p>
      <p class="aside">
        character {(index + 1).toLocaleString("en")},{" "}
        {Array.from(character, (part) => codePoint(part.codePointAt(0) ?? 0)).join(" ")}
      </p>
      {measurements.map((measurement) => (
        <Thoughts key={measurement.predictor} measurement={measurement} index={index} />
      ))}
    </aside>
  );
}

/** What one predictor thought of it. */
function Thoughts({ measurement, index }: { readonly measurement: Measurement; readonly index: number }) {
  const { characters, costs, done, bits, ranks } = measurement;
  const title = predictorById(measurement.predictor)?.title ?? measurement.predictor;
  if (index >= done) {
    return (
      <section class="thoughts">
        <h3>{title}</h3>
        <p class="aside">not yet measured</p>
      </section>
    );
  }
  const first = characters.byteStarts[index];
  const bytes = Array.from(characters.bytes.subarray(first, characters.byteStarts[index + 1]));
  const cost = costs[index];
  return (
    <section class="thoughts">
      <h3>{title}</h3>
      <dl class="figures">
        <div>
          <dt>cost</dt>
          <dd class={`tinted tint-${tintOf(cost)}`}>{cost.toFixed(2)} bits</dd>
        </div>
        <div>
          <dt>probability</dt>
          <dd>{formatProbability(2 ** -cost)}</dd>
        </div>
        <div>
          <dt>rank</dt>
          <dd>{bytes.map((_, i) => ranks[first + i]).join(", ")}</dd>
        </div>
      </dl>
      {bytes.map((byte, i) => (
        <Guesses
          key={i}
          measurement={measurement}
          byteIndex={first + i}
          came={byte}
          caption={
            bytes.length === 1
              ? "expected"
              : `byte ${i + 1} of ${bytes.length} (${byte.toString(16).toUpperCase()}), ${bits[first + i].toFixed(2)} bits: expected`
          }
        />
      ))}
    </section>
  );
}

function Guesses({
  measurement,
  byteIndex,
  came,
  caption,
}: {
  readonly measurement: Measurement;
  readonly byteIndex: number;
  /** The byte that came. */
  readonly came: number;
  readonly caption: string;
}) {
  const before = bytesBefore(measurement.characters.bytes, byteIndex);
  const guesses = guessesAt(measurement, byteIndex);
  if (guesses[0].probability <= 1 / 256) return <p class="guesses-title">{caption} nothing: all bytes were alike</p>;
  return (
    <>
      <p class="guesses-title">{caption}</p>
      <ol class="guesses">
        {guesses.map(({ byte, probability }) => (
          <li key={byte} class={byte === came ? "came" : ""}>
            <span class="guess">{nameOfByte(byte, before)}</span>
            <span class="track" aria-hidden="true">
              <span class="share" style={{ width: `${100 * probability}%` }} />
            </span>
            <span class="probability">{formatProbability(probability)}</span>
            {byte === came && <span class="unseen">, which came</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** As percent; rare things as one in so many. */
function formatProbability(probability: number): string {
  if (probability >= 0.001) return formatPercent(probability);
  return `1 in ${Number((1 / probability).toPrecision(2)).toLocaleString("en")}`;
}
