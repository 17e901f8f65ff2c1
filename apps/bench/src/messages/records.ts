/** Lines as a store of records, beside what each takes by itself and all take together. */
import { Records } from "@pith/priors";
import { firstDifference } from "../measure/bytes.ts";
import type { StoreRow } from "./page.ts";
import { brotliLength, dictionaryOf, mean, zstdMean, zstdStreamLength } from "./peers.ts";

/** Bytes that a zstd dictionary of the first records has, as many as the store's own prior at most. */
const DICTIONARY_SIZE = 65_536;
const DICTIONARY_SHARE = 8;

/** @throws Error if a record does not come back */
export async function measureRecords(
  records: readonly Uint8Array[],
  temporary: string,
  hasZstd: boolean,
): Promise<Omit<StoreRow, "name">> {
  // The first message waits for the built-in prior, whatever comes then.
  await Records.create(["once"]);
  const length = records.reduce((sum, record) => sum + record.length, 0);
  const [store, writing] = await timed(() => Records.create(records));
  const [opened, opening] = await timed(() => Records.open(store));
  const [, reading] = await timed(async () => {
    let i = 0;
    for await (const record of opened) {
      const difference = firstDifference(records[i++], record);
      if (difference !== undefined) throw new Error(`record ${i - 1} differs at byte ${difference}`);
    }
  });
  const budget = Math.min(DICTIONARY_SIZE, Math.ceil(length / DICTIONARY_SHARE));
  let bytes = 0;
  const first = records.filter((record) => (bytes += record.length + 1) <= budget);
  return {
    count: records.length,
    length: length / records.length,
    store: store.length / records.length,
    prior: opened.sizes.head,
    indexBits: (8 * opened.sizes.indexes) / records.length,
    brotli: mean(records.map(brotliLength)),
    zstd: hasZstd
      ? zstdMean(dictionaryOf(first, temporary), records) + zstdStreamLength(first) / records.length
      : undefined,
    zstdStream: hasZstd ? zstdStreamLength(records) / records.length : undefined,
    writing: records.length / writing,
    reading: records.length / reading,
    opening,
  };
}

/** Seconds of processor time. */
async function timed<Result>(action: () => Promise<Result>): Promise<[Result, number]> {
  const before = process.cpuUsage();
  const result = await action();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1e6];
}
