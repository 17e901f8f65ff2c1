import { useState } from "preact/hooks";
import { formatBytes, formatDuration, formatShare } from "../shared/format.ts";
import { saveContent } from "../shared/save-content.ts";
import { compareRows, csvOfResults, resultsOf, type Column, type ResultRow } from "./results.ts";
import type { Job } from "./queue.ts";

const COLUMNS: readonly { readonly name: Column; readonly title: string; readonly show: (row: ResultRow) => string }[] =
  [
    { name: "name", title: "File", show: ({ name }) => name },
    { name: "bytes", title: "Size", show: ({ bytes }) => formatBytes(bytes) },
    { name: "gzip", title: "gzip", show: ({ gzip }) => (gzip === undefined ? "–" : formatBytes(gzip)) },
    { name: "pith", title: "Pith", show: ({ pith }) => formatBytes(pith) },
    { name: "share", title: "Of its size", show: ({ pith, bytes }) => formatShare(pith, bytes) },
    { name: "level", title: "Level", show: ({ level }) => String(level) },
    { name: "seconds", title: "Time", show: ({ seconds }) => formatDuration(seconds) },
  ];

/** What was compressed, as a table that can be sorted and saved. */
export function ResultsTable({ jobs }: { readonly jobs: readonly Job[] }) {
  const [order, setOrder] = useState<{ readonly by: Column; readonly isFalling: boolean }>();
  const rows = resultsOf(jobs);
  if (rows.length < 2) return null;
  const sorted =
    order === undefined ? rows : [...rows].sort((a, b) => compareRows(a, b, order.by) * (order.isFalling ? -1 : 1));
  return (
    <details class="results">
      <summary>All results in a table</summary>
      <div class="table-room">
        <table>
          <thead>
            <tr>
              {COLUMNS.map(({ name, title }) => {
                const isBy = order?.by === name;
                return (
                  <th key={name} scope="col" aria-sort={isBy ? (order.isFalling ? "descending" : "ascending") : "none"}>
                    <button
                      type="button"
                      class="link"
                      onClick={() => setOrder({ by: name, isFalling: isBy ? !order.isFalling : name !== "name" })}
                    >
                      {title}
                      <span aria-hidden="true">{isBy ? (order.isFalling ? " ↓" : " ↑") : ""}</span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.id}>
                {COLUMNS.map(({ name, show }) => (
                  <td key={name}>{show(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="actions">
        <button
          type="button"
          class="plain"
          onClick={() => saveContent(new Blob([csvOfResults(sorted)]), "pith-results.csv")}
        >
          Save the table as CSV
        </button>
      </p>
    </details>
  );
}
