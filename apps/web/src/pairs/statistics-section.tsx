import { useEffect, useState } from "preact/hooks";
import type { Neighbours } from "@pith/statistics";
import { Chart } from "../shared/chart.tsx";
import { FileButton } from "../shared/file-button.tsx";
import { formatCount, formatPercent } from "../shared/format.ts";
import { DIFFERENCES_HEIGHT, NEIGHBOURS_HEIGHT } from "./chart-sizes.ts";
import { signed } from "./names.ts";
import type { StatisticsSummary } from "./pairs-worker.ts";
import { scribe, statisticsInUse } from "./scribe-client.ts";

/** The statistics in use: where they come from, and what they say. */
export function StatisticsSection({
  summary,
  problem,
  onFile,
}: {
  readonly summary: StatisticsSummary | undefined;
  readonly problem: string | undefined;
  readonly onFile: (file: File) => void;
}) {
  return (
    <section class="statistics" aria-label="Statistics">
      <h2>Statistics</h2>
      <p class="facts">{summary === undefined ? "being loaded" : describe(summary)}</p>
      <p class="actions">
        <FileButton kind="plain" onFiles={(files) => files.forEach(onFile)}>
          Load an HDF5 table, or count a text
        </FileButton>
        <button
          type="button"
          class="plain"
          onClick={() =>
            void scribe()
              .useEnglish()
              .then((english) => statisticsInUse.set(english))
          }
        >
          English
        </button>
      </p>
      {problem !== undefined && (
        <p class="notice" role="status">
          {problem}
        </p>
      )}
      {summary !== undefined && <StatisticsCharts summary={summary} />}
    </section>
  );
}

function describe({ name, total, table }: StatisticsSummary): string {
  const counted = total === undefined ? "" : `: ${formatCount(total)} characters counted`;
  return name + counted + (table === undefined ? "" : `, with a table of ${table}`);
}

function StatisticsCharts({ summary }: { readonly summary: StatisticsSummary }) {
  const { alphabet, differences } = summary;
  const [chosen, setChosen] = useState("e");
  const character = alphabet.includes(chosen) ? chosen : alphabet[0];
  const [neighbours, setNeighbours] = useState<readonly Neighbours[]>([]);
  useEffect(() => {
    let wanted = true;
    void scribe()
      .neighbours(character)
      .then((found) => wanted && setNeighbours(found));
    return () => {
      wanted = false;
    };
  }, [summary, character]);
  const [most] = [...differences].sort((a, b) => b.value - a.value);
  return (
    <>
      <div class="neighbour-choice">
        <label for="neighbour">Neighbours of</label>
        <select id="neighbour" onChange={({ currentTarget: { value } }) => setChosen(value)}>
          {Array.from(alphabet, (each) => (
            <option key={each} value={each} selected={each === character}>
              {each === " " ? "the space" : each}
            </option>
          ))}
        </select>
      </div>
      <div class="charts">
        <Chart
          title="What each distance says"
          summary={`How far the neighbours at each distance are from what stands anywhere, in thousandths; below 0 is before the letter. Those at ${signed(most.distance)} say most.`}
          height={DIFFERENCES_HEIGHT}
          of={[summary]}
          load={async () => {
            const { differencesChart } = await import("./pairs-charts.ts");
            return (width) => differencesChart(differences, width);
          }}
        />
        <Chart
          title={`What stands around ${character === " " ? "the space" : character}`}
          summary={`Percent of each character at each distance. ${likeliest(neighbours)}`}
          height={NEIGHBOURS_HEIGHT}
          of={[neighbours]}
          load={async () => {
            const { neighboursChart } = await import("./pairs-charts.ts");
            return (width) => neighboursChart(neighbours, alphabet, width);
          }}
        />
      </div>
    </>
  );
}

function likeliest(neighbours: readonly Neighbours[]): string {
  const after = neighbours.find(({ distance }) => distance === 1)?.neighbours.at(0);
  if (after === undefined) return "";
  const name = after.character === " " ? "the space" : after.character;
  return `Next comes ${name}, most often: ${formatPercent(after.probability)}.`;
}
