import { proxy, wrap } from "comlink";
import type { Problem } from "../shared/problems.ts";
import { Store } from "../shared/store.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import type { AnalysisProgress, AnalysisReport, Analyst } from "./analyze-worker.ts";

/** Where the analysis of a file stands. */
export type AnalysisState =
  | { readonly type: "none" }
  | { readonly type: "running"; readonly file: File; readonly progress: AnalysisProgress }
  | { readonly type: "done"; readonly file: File; readonly report: AnalysisReport }
  | { readonly type: "failed"; readonly file: File; readonly problem: Problem };

/** The one file that is looked at; stays while other views are shown. */
export const analysis = new Store<AnalysisState>({ type: "none" });

let stop: () => void = () => undefined;

/** Analyses a file in a worker of its own; what ran before is stopped. */
export function analyze(file: File, settings: AnalysisSettings): void {
  stop();
  const worker = new Worker(new URL("./analyze-worker.ts", import.meta.url), { type: "module" });
  let current = true;
  stop = () => {
    current = false;
    worker.terminate();
  };
  const set = (state: AnalysisState): void => {
    if (current) analysis.set(state);
  };
  const fail = (what: string): void => {
    set({
      type: "failed",
      file,
      problem: { title: "failed", what, remedy: "Load the page again, and try once more.", offset: undefined },
    });
    stop();
  };
  worker.addEventListener("error", ({ message }) =>
    fail(`the worker that analyses stopped: ${message || "it could not be loaded"}`),
  );
  set({ type: "running", file, progress: { step: "analysing", done: 0, total: file.size } });
  const onProgress = proxy((progress: AnalysisProgress) => set({ type: "running", file, progress }));
  wrap<Analyst>(worker)
    .analyze(file, settings, onProgress)
    .then(
      (outcome) => {
        if (outcome.type === "report") set({ type: "done", file, report: outcome });
        else set({ type: "failed", file, problem: outcome.problem });
        stop();
      },
      (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
    );
}

/** Stops what runs, and forgets it. */
export function cancelAnalysis(): void {
  stop();
  analysis.set({ type: "none" });
}
