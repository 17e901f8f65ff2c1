/** The paper's Table 4.2 on generated data: what is claimed beside what can be undone. */
import { DATA_KINDS, generateData, reproduceRow, TABLE_4_2, type DataKind, type ReproducedRow } from "@pith/analyzer";
import { compress } from "@pith/codec";

/** A row, and what Pith makes of its data. */
export interface TableEntry extends ReproducedRow {
  readonly pith: {
    readonly ratio: number;
    readonly level: number;
    /** Bytes from the start of the data that were compressed: all, or as many as one has the patience for. */
    readonly size: number;
  };
}

/** What to reproduce. */
export interface TableRequest {
  /** Rows of more bytes are left out. */
  readonly largest: number;
  /** Bytes that Pith compresses at most. */
  readonly pithBytes: number;
  readonly level: number;
  readonly onRun: (what: string) => void;
}

/** Reproduces the rows, each on every kind of data. */
export async function reproduceTable({ largest, pithBytes, level, onRun }: TableRequest): Promise<TableEntry[]> {
  const entries: TableEntry[] = [];
  const pithRatios = new Map<string, Promise<number>>();
  for (const row of TABLE_4_2.filter(({ size }) => size <= largest)) {
    for (const kind of DATA_KINDS) {
      onRun(`${row.name} of ${kind}`);
      const reproduced = await reproduceRow(row, kind);
      const size = Math.min(row.size, pithBytes);
      const key = `${kind} ${size}`;
      const ratio = pithRatios.get(key) ?? compressionRatio(kind, size, level);
      pithRatios.set(key, ratio);
      entries.push({ ...reproduced, pith: { ratio: await ratio, level, size } });
    }
  }
  return entries;
}

async function compressionRatio(kind: DataKind, size: number, level: number): Promise<number> {
  const content = new Uint8Array(size);
  let at = 0;
  for (const chunk of generateData(kind, size)) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return size / (await compress(content, { level, threads: 1 })).length;
}
