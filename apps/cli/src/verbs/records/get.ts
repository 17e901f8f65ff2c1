import type { Records } from "@pith/priors";

import { Failure, UsageError } from "../../errors.ts";
import type { Session } from "../../session.ts";
import { withStore } from "./inputs.ts";
import { writeRecords } from "./output.ts";
import type { RecordsSettings } from "./settings.ts";

export async function run(session: Session<RecordsSettings>): Promise<void> {
  const [path, ...words] = session.operands;
  const ranges = words.map(readRange);
  await withStore(path, session.settings, async (store) => {
    const numbers = ranges.flatMap(({ first, last }) => {
      if (last < store.length) return Array.from({ length: last - first + 1 }, (_, i) => first + i);
      if (store.length === 0) throw new Failure(`the store has no records: expected none, got ${last}`);
      throw new Failure(`expected a number below ${store.length}, the number of records, got ${last}`);
    });
    if (!store.lines && numbers.length > 1) {
      throw new Failure(`records are no lines: expected one N, got ${numbers.length}`);
    }
    await writeRecords(session, recordsOf(store, numbers), store.lines);
  });
}

async function* recordsOf(store: Records, numbers: readonly number[]): AsyncGenerator<Uint8Array, void> {
  for (const number of numbers) yield await store.get(number);
}

/** @throws UsageError if it is neither a number nor two */
function readRange(word: string): { readonly first: number; readonly last: number } {
  const match = /^(\d{1,15})(?:-(\d{1,15}))?$/u.exec(word);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match !== null && first <= last) return { first, last };
  throw new UsageError(`records get: expected a number such as 17, or two such as 10-19, got ${word}`);
}
