import type { Where } from "../measure/where.ts";

/** When and where rows were measured, for people; rows of several runs may have several of each. */
export function origin(rows: readonly Where[]): string {
  const dates = [...new Set(rows.map(({ date }) => date.slice(0, 10)))].sort().join(", ");
  const places = [...new Set(rows.map(({ processor, node }) => `${processor}, Node ${node}`))].join("; ");
  return `${dates}, ${places}`;
}
