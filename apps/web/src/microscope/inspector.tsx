import { formatPercent } from "../shared/format.ts";
import {
  bytesBefore,
  characterAt,
  codePoint,
  hexOf,
  nameOf,
  nameOfByte,
  type Characters,
} from "../shared/characters.ts";
import { nameOfCode } from "./code-names.ts";
import { tintOf } from "./cost-scale.ts";
import { guessesAt, unitsOfCharacter, type Measurement } from "./measurement.ts";
import { predictorById } from "./predictors.ts";

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
  const { text, textStarts, bytes, isBytes } = characters;
  const character = characterAt(characters, index);
  const name = isBytes ? hexOf(bytes[index]) : nameOf(character);
  const before = text.slice(textStarts[Math.max(0, index - CONTEXT)], textStarts[index]).replace(/\s+/g, " ");
  return (
    <aside class="inspector" aria-label="The character that is looked at">
      {/* The text may run the other way. */}
      <p class="specimen-letter" dir="auto">
        <span class="before">
          <span>{before}</span>
        </span>
        <span class={`letter ${name.length > 2 ? "named" : ""}`}>{name}</span>
      </p>
      <p class="aside">
        {isBytes ? "byte" : "character"} {(index + 1).toLocaleString("en")}
        {isBytes
          ? `, at offset 0x${index.toString(16).toUpperCase()}`
          : `, ${Array.from(character, (part) => codePoint(part.codePointAt(0) ?? 0)).join(" ")}`}
      </p>
      {measurements.map((measurement) => (
        <Thoughts key={measurement.predictor} measurement={measurement} index={index} />
      ))}
    </aside>
  );
}

/** What one predictor thought of it. */
function Thoughts({ measurement, index }: { readonly measurement: Measurement; readonly index: number }) {
  const { characters, costs, characterRanks, done, units } = measurement;
  const title = predictorById(measurement.predictor)?.title ?? measurement.predictor;
  if (index >= done || units === undefined) {
    return (
      <section class="thoughts">
        <h3>{title}</h3>
        <p class="aside">not yet measured</p>
      </section>
    );
  }
  const cost = costs[index];
  const [from, to] = unitsOfCharacter(measurement, index);
  const firstByte = units.byteEnds[from - 1] ?? 0;
  const piece = characters.bytes.subarray(firstByte, units.byteEnds[to - 1]);
  const length = characters.byteStarts[index + 1] - characters.byteStarts[index];
  const symbols = Array.from({ length: to - from }, (_, i) => from + i).flatMap((unit) => symbolsOf(measurement, unit));
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
          <dd>{characterRanks[index].toLocaleString("en")}</dd>
        </div>
      </dl>
      {piece.length > length && (
        <p class="guesses-title">
          its share of “{new TextDecoder().decode(piece)}”, {(cost * (piece.length / length)).toFixed(2)} bits
        </p>
      )}
      <div class="codes">
        {symbols.map((symbol, i) => (
          <Guesses
            key={i}
            measurement={measurement}
            symbol={symbol}
            caption={
              symbols.length === 1
                ? "expected"
                : `${units.words === undefined ? "byte" : "code"} ${i + 1} of ${symbols.length} (${hexOf(units.symbols[symbol.place])}), ${measurement.bits[symbol.place].toFixed(2)} bits: expected`
            }
          />
        ))}
      </div>
    </section>
  );
}

/** A symbol of a piece of the text. */
interface PieceSymbol {
  /** Among all symbols. */
  readonly place: number;
  /** The symbols of the same piece before it. */
  readonly before: Uint8Array;
  /** The piece is a byte that stands for itself. */
  readonly isByte: boolean;
}

function symbolsOf({ units, characters }: Measurement, unit: number): PieceSymbol[] {
  if (units === undefined) return [];
  const { symbols, symbolEnds, byteEnds, words } = units;
  const first = symbolEnds[unit - 1] ?? 0;
  const isByte = words === undefined || characters.bytes[byteEnds[unit] - 1] >= 0x80;
  return Array.from({ length: symbolEnds[unit] - first }, (_, i) => ({
    place: first + i,
    before: isByte ? bytesBefore(symbols, first + i) : symbols.subarray(first, first + i),
    isByte,
  }));
}

function Guesses({
  measurement,
  symbol: { place, before, isByte },
  caption,
}: {
  readonly measurement: Measurement;
  readonly symbol: PieceSymbol;
  readonly caption: string;
}) {
  const { units, characters } = measurement;
  const guesses = guessesAt(measurement, place);
  if (guesses[0].probability <= 1 / 256) return <p class="guesses-title">{caption} nothing: all bytes were alike</p>;
  const came = units?.symbols[place];
  const nameOfGuess = (byte: number): string => {
    if (characters.isBytes) return hexOf(byte);
    return isByte || units?.words === undefined ? nameOfByte(byte, before) : nameOfCode(units.words, byte, before);
  };
  return (
    <div>
      <p class="guesses-title">{caption}</p>
      <ol class="guesses">
        {guesses.map(({ byte, probability }) => (
          <li key={byte} class={byte === came ? "came" : ""}>
            <span class="guess" title={nameOfGuess(byte)}>
              {nameOfGuess(byte)}
            </span>
            <span class="track" aria-hidden="true">
              <span class="share" style={{ width: `${100 * probability}%` }} />
            </span>
            <span class="probability">{formatProbability(probability)}</span>
            {byte === came && <span class="unseen">, which came</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** As percent; rare things as one in so many. */
function formatProbability(probability: number): string {
  if (probability >= 0.001) return formatPercent(probability);
  return `1 in ${Number((1 / probability).toPrecision(2)).toLocaleString("en")}`;
}
