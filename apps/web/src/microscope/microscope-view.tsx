import { entropyOfCounts } from "@pith/entropy";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Chart } from "../shared/chart.tsx";
import { formatPercent } from "../shared/format.ts";
import { useStore } from "../shared/store.ts";
import { useRoute } from "../shared/location.ts";
import { charactersOf, type Characters } from "../shared/characters.ts";
import { CHART_HEIGHT } from "./chart-style.ts";
import { Dearest } from "./dearest.tsx";
import { Inspector } from "./inspector.tsx";
import { Legend } from "./legend.tsx";
import type { Measurement } from "./measurement.ts";
import { PredictorChoices } from "./predictor-choice.tsx";
import { DEFAULT_PREDICTOR, PREDICTORS, predictorById } from "./predictors.ts";
import { SAMPLES } from "./samples.ts";
import { Specimen, type Cursor } from "./specimen.tsx";
import { bitsAlong, rankShares, shareWithin } from "./statistics.ts";
import { Summary } from "./summary.tsx";
import { ownText, TextInput } from "./text-input.tsx";
import { useMeasurement, type Measuring } from "./use-measurement.ts";

/** Milliseconds without a keystroke after which a text is measured. */
const PAUSE = 350;
/** Points of the curve along the text. */
const POINTS = 240;

/** What a predictor thinks of every character of a text. */
export function MicroscopeView() {
  const { settings } = useRoute();
  const own = useStore(ownText);
  const chosen = SAMPLES.find(({ id }) => id === settings["sample"]);
  const sample = chosen ?? (own === undefined ? SAMPLES[0] : undefined);
  const text = sample?.text ?? own ?? "";
  const characters = useSettled(text);
  const first = predictorById(settings["a"]) ?? predictorById(DEFAULT_PREDICTOR) ?? PREDICTORS[0];
  const wanted = predictorById(settings["b"]);
  const second = wanted === first ? undefined : wanted;
  const measuringFirst = useMeasurement(characters, first.id);
  const measuringSecond = useMeasurement(characters, second?.id);
  const measured = [measuringFirst, measuringSecond].filter((measuring) => measuring !== undefined);
  return (
    <div class="microscope">
      <h1>Microscope</h1>
      <p class="lead">
        Every character on a tint of what it cost: the bits that a predictor needs to say it, after having read all that
        stands before it.
      </p>
      <PredictorChoices first={first} second={second} />
      <TextInput text={text} characters={characters} sample={sample?.id} />
      <Findings characters={characters} measured={measured} />
    </div>
  );
}

/** The characters of a text, once it has not changed for a moment. */
function useSettled(text: string): Characters {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, settled]);
  return useMemo(() => charactersOf(settled), [settled]);
}

function Findings({
  characters,
  measured,
}: {
  readonly characters: Characters;
  readonly measured: readonly Measuring[];
}) {
  const [cursor, setCursor] = useState<Cursor>({ index: 0, reveal: false });
  const panes = useScrollingTogether();
  const index = Math.max(0, Math.min(cursor.index, characters.count - 1));
  const shownCursor = useMemo(() => ({ ...cursor, index }), [cursor, index]);
  useEffect(() => setCursor({ index: 0, reveal: true }), [characters]);
  if (characters.count === 0) return <p class="notice">There is no text yet.</p>;
  const measurements = measured.map(({ measurement }) => measurement);
  return (
    <>
      <div class="summaries">
        {measured.map((measuring, series) => (
          <Summary key={measuring.measurement.predictor} measuring={measuring} series={series} />
        ))}
      </div>
      <Legend />
      <div class={`bench panes-${measured.length}`}>
        {measurements.map((measurement, pane) => (
          <Specimen
            key={measurement.predictor}
            title={predictorById(measurement.predictor)?.title ?? measurement.predictor}
            measurement={measurement}
            cursor={shownCursor}
            onCursor={setCursor}
            scroller={(element) => panes(pane, element)}
          />
        ))}
        <Inspector characters={characters} measurements={measurements} index={index} />
      </div>
      <p class="aside keys">
        Point at a character, or give the text the focus and use the arrow keys, Home, End, Page Up and Page Down.
      </p>
      {measurements.length > 0 && (
        <Dearest measurement={measurements[0]} onGo={(at) => setCursor({ index: at, reveal: true })} />
      )}
      <Charts measurements={measurements} />
    </>
  );
}

function Charts({ measurements }: { readonly measurements: readonly Measurement[] }) {
  const curves = measurements.map((measurement) => bitsAlong(measurement, POINTS));
  const ranks = measurements.map(rankShares);
  const characters = measurements.at(0)?.characters;
  const entropy = useMemo(() => (characters === undefined ? 0 : entropyOfBytes(characters)), [characters]);
  const each = (say: (measurement: Measurement) => string): string =>
    measurements
      .map((measurement) => {
        const name = measurements.length > 1 ? ` (${predictorById(measurement.predictor)?.title ?? ""})` : "";
        return say(measurement) + name;
      })
      .join("; ");
  const of = measurements;
  return (
    <div class="charts">
      <Chart
        title="Bits a character along the text"
        summary={`Thick: the mean up to there. Thin: the characters near there. Dotted: ${entropy.toFixed(2)} bits a character, the entropy of its bytes one by one, which a predictor without memory would need.`}
        height={CHART_HEIGHT}
        of={of}
        load={async () => {
          const { bitsChart } = await import("./charts.ts");
          return (width) => bitsChart(curves, entropy, width);
        }}
      />
      <Chart
        title="Ranks"
        summary={`How many bytes were thought likelier than the one that came: none for ${each((m) => formatPercent(shareWithin(m, 1)))}; at most four for ${each((m) => formatPercent(shareWithin(m, 5)))}.`}
        height={CHART_HEIGHT}
        of={of}
        load={async () => {
          const { rankChart } = await import("./charts.ts");
          return (width) => rankChart(ranks, width);
        }}
      />
    </div>
  );
}

/** Of a text's bytes, in bits a character. */
function entropyOfBytes({ bytes, count }: Characters): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  return count === 0 ? 0 : (entropyOfCounts(counts) * bytes.length) / count;
}

/** Keeps panes at the same place: each tells its element here, by its number. */
function useScrollingTogether(): (pane: number, element: HTMLElement | null) => void {
  const panes = useRef(new Map<number, HTMLElement>());
  return (pane, element) => {
    const known = panes.current;
    if (element === null) {
      known.delete(pane);
      return;
    }
    known.set(pane, element);
    element.addEventListener("scroll", () => {
      for (const other of known.values()) {
        if (other !== element && Math.abs(other.scrollTop - element.scrollTop) > 1) other.scrollTop = element.scrollTop;
      }
    });
  };
}
