import { Chart } from "../shared/chart.tsx";
import { csvOf } from "../shared/csv.ts";
import { formatBytes, formatDuration } from "../shared/format.ts";
import { saveContent } from "../shared/save-content.ts";
import { useStore } from "../shared/store.ts";
import { LEVELS_HEIGHT } from "./chart-sizes.ts";
import { closeLevels, levelsRun } from "./levels-run.ts";

/** All levels of one file: what each makes of it, against the time that it takes. */
export function LevelsView() {
  const run = useStore(levelsRun);
  if (run === undefined) return null;
  const { file, points, gzip, level, problem } = run;
  const smallest = [...points].sort((a, b) => a.bytes - b.bytes).at(0);
  const summary =
    smallest === undefined
      ? "The levels are tried one after the other."
      : `Of ${formatBytes(file.size)}, level ${smallest.level} makes the least: ${formatBytes(smallest.bytes)} in ${formatDuration(smallest.seconds)}.`;
  return (
    <section class="levels" aria-label={`All levels of ${file.name}`}>
      <Chart
        title={`${file.name} at every level`}
        summary={level === undefined ? summary : `${summary} Level ${level} is in work.`}
        height={LEVELS_HEIGHT}
        of={[points, gzip]}
        load={async () => {
          const { levelsChart } = await import("./charts.ts");
          return (width) => levelsChart(points, gzip, width);
        }}
      />
      {problem !== undefined && <p class="notice">{problem}</p>}
      <p class="actions">
        <button
          type="button"
          class="plain"
          disabled={points.length === 0}
          onClick={() => {
            const table = csvOf(
              ["level", "bytes", "seconds"],
              points.map((point) => [point.level, point.bytes, point.seconds.toFixed(3)]),
            );
            saveContent(new Blob([table]), `${file.name}.levels.csv`);
          }}
        >
          Save the figures as CSV
        </button>
        <button type="button" class="plain" onClick={closeLevels}>
          {level === undefined ? "Close" : "Stop"}
        </button>
      </p>
    </section>
  );
}
