import { entropyOfCounts } from "@pith/entropy";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Chart, type ChartKey } from "../shared/chart.tsx";
import { formatPercent } from "../shared/format.ts";
import { CopyButton } from "../shared/copy-button.tsx";
import { CAN_DROP } from "../shared/can-drop.ts";
import { packText, unpackText } from "../shared/packed-text.ts";
import { saveContent } from "../shared/save-content.ts";
import { useStore } from "../shared/store.ts";
import { changeSetting, linkTo, useRoute, useTidyAddress } from "../shared/location.ts";
import { settingOf, statedSettings, type Settings } from "../shared/routes.ts";
import type { Characters } from "../shared/characters.ts";
import { CHART_HEIGHT, SERIES_COLOURS } from "./chart-style.ts";
import { csvOfMeasurement } from "./csv.ts";
import { Dearest } from "./dearest.tsx";
import { HeatMap } from "./heat-map.tsx";
import { Inspector } from "./inspector.tsx";
import { Legend } from "./legend.tsx";
import { LookChoices } from "./look-choice.tsx";
import { isWhole, type Measurement } from "./measurement.ts";
import { charactersOfContent, MOST_BYTES, ownContent, takeText, type OwnContent } from "./own-content.ts";
import { PredictorChoices } from "./predictor-choice.tsx";
import { DEFAULT_PREDICTOR, PREDICTORS, predictorById, type PredictorChoice } from "./predictors.ts";
import { SAMPLES, type Sample } from "./samples.ts";
import { DEFAULT_SHADING, SHADINGS, shadesOf, type Shading } from "./shades.ts";
import { Specimen, type Cursor } from "./specimen.tsx";
import { bitsAlong, rankShares, shareWithin } from "./statistics.ts";
import { Summary } from "./summary.tsx";
import { TextChoice, TextInput, useTaking } from "./text-input.tsx";
import { useMeasurement, type Measuring } from "./use-measurement.ts";

/** Milliseconds without a keystroke after which a text that is written is measured. */
const PAUSE = 350;
/** Points of the curve along the text. */
const POINTS = 240;

/** What an address says of this view. */
interface Look {
  readonly sample: Sample | undefined;
  readonly first: PredictorChoice;
  readonly second: PredictorChoice | undefined;
  readonly shading: Shading;
  readonly asBytes: boolean;
}

function lookOf(settings: Settings): Look {
  const first = predictorById(settings["a"]) ?? predictorById(DEFAULT_PREDICTOR) ?? PREDICTORS[0];
  const second = predictorById(settings["b"]);
  const shading = settings["colours"] ?? "";
  return {
    sample: SAMPLES.find(({ id }) => id === settings["sample"]),
    first,
    second: second === first ? undefined : second,
    shading: Object.hasOwn(SHADINGS, shading) ? (shading as Shading) : DEFAULT_SHADING,
    asBytes: settings["show"] === "bytes",
  };
}

/** Undoes {@link lookOf}. */
function settingsOf({ sample, first, second, shading, asBytes }: Look): Settings {
  return statedSettings(
    { a: first.id, b: second?.id, sample: sample?.id, colours: shading, show: asBytes ? "bytes" : "text" },
    { a: DEFAULT_PREDICTOR, b: undefined, sample: undefined, colours: DEFAULT_SHADING, show: "text" },
  );
}

/** What a predictor thinks of every character of a text. */
export function MicroscopeView() {
  const { settings, isEmbedded } = useRoute();
  const look = useMemo(() => lookOf(settings), [settings]);
  const packed = settingOf(settings, "text");
  const linked = useLinkedText(packed, isEmbedded === true);
  const stays = packed === undefined ? {} : { text: packed };
  useTidyAddress("microscope", { ...settingsOf(look), ...stays });
  const own = useStore(ownContent);
  const { first, second, shading, asBytes } = look;
  const sample = look.sample ?? (own === undefined ? SAMPLES[0] : undefined);
  const content = useMemo((): OwnContent => {
    return sample === undefined && own !== undefined ? own : { type: "text", text: sample?.text ?? "" };
  }, [sample, own]);
  const characters = useSettled(content, asBytes);
  const measuringFirst = useMeasurement(characters, first.id);
  const measuringSecond = useMeasurement(characters, second?.id);
  const measured = [measuringFirst, measuringSecond].filter((measuring) => measuring !== undefined);
  const taking = useTaking();
  const link = async (isEmbedded: boolean): Promise<string> => {
    const text = content.type === "text" && sample === undefined ? { text: await packText(content.text) } : {};
    return linkTo({ view: "microscope", isEmbedded, settings: { ...settingsOf(look), ...text } });
  };
  if (isEmbedded === true) {
    return (
      <div class="microscope">
        <h1 class="unseen">What each character cost</h1>
        {linked !== undefined && <p class="notice">{linked}</p>}
        <Findings characters={characters} measured={measured} shading={shading} isEmbedded />
        <p class="aside keys">
          <a href={linkTo({ view: "microscope", settings: { ...settingsOf(look), ...stays } })} target="_blank">
            Open it in Pith’s microscope
          </a>
        </p>
      </div>
    );
  }
  return (
    <div class="microscope">
      <h1>Microscope</h1>
      <p class="lead">
        Each character on a tint of its cost: the bits that a predictor needs for it, having read all that stands
        before. Write, or {CAN_DROP ? "drop" : "open"} any file.
      </p>
      <form class="controls" onSubmit={(event) => event.preventDefault()}>
        <TextChoice taking={taking} sample={sample?.id} />
        <PredictorChoices first={first} second={second} />
        <LookChoices shading={shading} asBytes={characters.isBytes} isText={content.type === "text"} />
      </form>
      <TextInput taking={taking} content={content} characters={characters} />
      {linked !== undefined && <p class="notice">{linked}</p>}
      <Findings characters={characters} measured={measured} shading={shading} />
      {characters.count > 0 && (
        <section class="sharing" aria-label="A link to this">
          <p class="actions">
            <CopyButton make={() => link(false)}>Copy a link to this</CopyButton>
            <CopyButton make={async () => `<iframe src="${await link(true)}" width="100%" height="640"></iframe>`}>
              Copy a frame for another page
            </CopyButton>
          </p>
          <p class="aside">
            {content.type === "bytes"
              ? "The settings go with it; a file that is no text does not."
              : "Text and settings go with it, behind the #: no server is told of them."}
          </p>
        </section>
      )}
    </div>
  );
}

/**
 * Takes the text that an address brings, which is then the person's own.
 *
 * @param stays in the address as well
 * @returns what is wrong with it
 */
function useLinkedText(packed: string | undefined, stays: boolean): string | undefined {
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (packed === undefined) return;
    unpackText(packed, MOST_BYTES).then(
      (text) => {
        takeText(text, "The text");
        setProblem(undefined);
        if (!stays) changeSetting("text", undefined);
      },
      () => setProblem("The link is damaged: its text cannot be read. Copy it whole, from # to its end."),
    );
  }, [packed]);
  return problem;
}

/** The characters of a text; of one that is being written, once it has not changed for a moment. */
function useSettled(content: OwnContent, asBytes: boolean): Characters {
  const settled = useRef(content);
  const [, redraw] = useState(content);
  if (content.type !== "text" || content.isTyped !== true) settled.current = content;
  const waits = settled.current !== content;
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => {
      settled.current = content;
      redraw(content);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [content, waits]);
  const shown = settled.current;
  return useMemo(() => charactersOfContent(shown, asBytes), [shown, asBytes]);
}

function Findings({
  characters,
  measured,
  shading,
  isEmbedded = false,
}: {
  readonly characters: Characters;
  readonly measured: readonly Measuring[];
  readonly shading: Shading;
  /** Only what there is to be looked at. */
  readonly isEmbedded?: boolean;
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
      <Legend shading={shading} />
      <div class={`bench panes-${measured.length}`}>
        {measurements.map((measurement, pane) => (
          <Pane
            key={measurement.predictor}
            measurement={measurement}
            shading={shading}
            cursor={shownCursor}
            onCursor={setCursor}
            scroller={(element) => panes(pane, element)}
          />
        ))}
        <Inspector characters={characters} measurements={measurements} index={index} />
      </div>
      {isEmbedded ? null : <More measurements={measurements} onGo={(at) => setCursor({ index: at, reveal: true })} />}
    </>
  );
}

/** Words, charts and tables. */
function More({
  measurements,
  onGo,
}: {
  readonly measurements: readonly Measurement[];
  readonly onGo: (index: number) => void;
}) {
  return (
    <>
      <p class="aside keys">
        Point at a {measurements.at(0)?.characters.isBytes === true ? "byte" : "character"}, or give it the focus and
        use the arrow keys, Home, End, Page Up and Page Down.
      </p>
      {measurements.length > 0 && !measurements[0].characters.isBytes && (
        <Dearest measurement={measurements[0]} onGo={onGo} />
      )}
      <Charts measurements={measurements} />
      <Tables measurements={measurements} />
    </>
  );
}

/** The text, or the bytes, in the colours that one predictor gives them. */
function Pane({
  measurement,
  shading,
  ...shared
}: {
  readonly measurement: Measurement;
  readonly shading: Shading;
  readonly cursor: Cursor;
  readonly onCursor: (cursor: Cursor) => void;
  readonly scroller: (element: HTMLElement | null) => void;
}) {
  const shades = useMemo(() => shadesOf(measurement, shading), [measurement, shading]);
  const title = predictorById(measurement.predictor)?.title ?? measurement.predictor;
  if (measurement.characters.isBytes) {
    return <HeatMap title={title} measurement={measurement} shades={shades} {...shared} />;
  }
  return <Specimen title={title} measurement={measurement} shades={shades} shading={shading} {...shared} />;
}

/** The figures of each character, for other programs. */
function Tables({ measurements }: { readonly measurements: readonly Measurement[] }) {
  return (
    <p class="actions tables">
      {measurements.map((measurement) => (
        <button
          key={measurement.predictor}
          type="button"
          class="plain"
          disabled={!isWhole(measurement)}
          onClick={() => saveContent(new Blob([csvOfMeasurement(measurement)]), `${measurement.predictor}.csv`)}
        >
          Save every {measurement.characters.isBytes ? "byte" : "character"} as CSV
          {measurements.length > 1 && ` (${predictorById(measurement.predictor)?.title ?? ""})`}
        </button>
      ))}
    </p>
  );
}

function Charts({ measurements }: { readonly measurements: readonly Measurement[] }) {
  const curves = measurements.map((measurement) => bitsAlong(measurement, POINTS));
  const ranks = measurements.map(rankShares);
  const characters = measurements.at(0)?.characters;
  const entropy = useMemo(() => (characters === undefined ? 0 : entropyOfBytes(characters)), [characters]);
  const unit = characters?.isBytes === true ? "byte" : "character";
  const titles = measurements.map(({ predictor }) => predictorById(predictor)?.title ?? predictor);
  const each = (say: (measurement: Measurement) => string): string =>
    measurements
      .map((measurement, i) => say(measurement) + (measurements.length > 1 ? ` (${titles[i]})` : ""))
      .join("; ");
  const waits = measurements.every(({ done }) => done === 0);
  const rightOnes = waits
    ? ""
    : `Of all ${unit}s, the first guess was right for ${each((m) => formatPercent(shareWithin(m, 1)))}; one of the first five for ${each((m) => formatPercent(shareWithin(m, 5)))}.`;
  const of = measurements;
  const several = measurements.length > 1;
  const keys: ChartKey[] = [
    ...titles.map((title, i) => ({
      label: several ? title : "the mean up to there",
      colour: SERIES_COLOURS[i],
      line: "thick" as const,
    })),
    { label: several ? "thin: near there" : "near there", colour: SERIES_COLOURS[0], line: "thin" },
    { label: "without memory", colour: "var(--ink)", line: "dotted" },
  ];
  return (
    <div class="charts">
      <Chart
        title={`Bits a ${unit} along the ${unit === "byte" ? "file" : "text"}`}
        summary={`What a ${unit} cost, on the average from the start and near each place. Without memory it would be ${entropy.toFixed(2)} bits a ${unit}, the entropy of the bytes one by one.`}
        height={CHART_HEIGHT}
        keys={keys}
        waits={waits}
        of={of}
        load={async () => {
          const { bitsChart } = await import("./charts.ts");
          return (width) => bitsChart(curves, entropy, unit, width);
        }}
      />
      <Chart
        title="Ranks"
        summary={`How many symbols were thought likelier than the one that came. ${rightOnes}`}
        height={CHART_HEIGHT}
        keys={several ? titles.map((label, i) => ({ label, colour: SERIES_COLOURS[i], line: "bar" })) : []}
        waits={waits}
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
