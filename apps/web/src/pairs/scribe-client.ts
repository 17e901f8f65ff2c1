import { wrap, type Remote } from "comlink";
import { Store } from "../shared/store.ts";
import type { Scribe, StatisticsSummary } from "./pairs-worker.ts";

/** Why the worker is gone; undefined while it is there. */
export const scribeProblem = new Store<string | undefined>(undefined);

/** What the statistics that are in use say; undefined until they are there. */
export const statisticsInUse = new Store<StatisticsSummary | undefined>(undefined);

let started: Remote<Scribe> | undefined;

/** The worker, which starts when it is first needed and keeps its models and statistics. */
export function scribe(): Remote<Scribe> {
  if (started !== undefined) return started;
  const worker = new Worker(new URL("./pairs-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("error", ({ message }) => {
    started = undefined;
    worker.terminate();
    scribeProblem.set(`The worker stopped: ${message || "it could not be loaded"}. Load the page again.`);
  });
  started = wrap<Scribe>(worker);
  void started.useEnglish().then((summary) => statisticsInUse.set(summary));
  return started;
}
