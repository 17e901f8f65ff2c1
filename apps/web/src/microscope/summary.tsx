import { formatBytes, formatPercent } from "../shared/format.ts";
import { SERIES_COLOURS } from "./chart-style.ts";
import { bytesDone, totalBits } from "./measurement.ts";
import { predictorById } from "./predictors.ts";
import { shareWithin } from "./statistics.ts";
import type { Measuring } from "./use-measurement.ts";

/** The figures of a predictor, and how far it is. */
export function Summary({
  measuring: { measurement, problem },
  series,
}: {
  readonly measuring: Measuring;
  /** 0 for the first predictor, 1 for the one that it is compared with. */
  readonly series: number;
}) {
  const { characters, done, predictor, units } = measurement;
  const { length } = characters.bytes;
  const read = bytesDone(measurement);
  const bits = totalBits(measurement);
  const choice = predictorById(predictor);
  const title = choice?.title ?? predictor;
  return (
    <section class="summary" style={{ "--series": SERIES_COLOURS[series] }} aria-label={title}>
      <h2>{title}</h2>
      <p class="headline">
        {done === 0 ? "–" : (bits / done).toFixed(3)}{" "}
        <span class="caption">bits a {characters.isBytes ? "byte" : "character"}</span>
      </p>
      <p class="facts">
        {done === 0
          ? " "
          : `${formatBytes(Math.ceil(bits / 8))} for ${formatBytes(read)} · ${formatPercent(shareWithin(measurement, 1))} guessed right · ${formatPercent(shareWithin(measurement, 5))} among the first five · `}
        {units?.detail ?? choice?.detail}
      </p>
      <div
        class="meter"
        role="progressbar"
        aria-label={`Measuring with ${title}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={length === 0 ? 100 : Math.floor((100 * read) / length)}
      >
        <span style={{ width: `${length === 0 ? 0 : (100 * read) / length}%` }} />
      </div>
      {problem !== undefined && <p class="notice">{problem}</p>}
    </section>
  );
}
