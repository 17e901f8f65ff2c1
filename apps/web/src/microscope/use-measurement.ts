import { proxy, wrap } from "comlink";
import { useEffect, useState } from "preact/hooks";
import type { Characters } from "../shared/characters.ts";
import { emptyMeasurement, withSlice, type Measurement } from "./measurement.ts";
import type { Measurer } from "./measure-worker.ts";

export interface Measuring {
  readonly measurement: Measurement;
  /** Why it stopped; undefined if it did not. */
  readonly problem: string | undefined;
}

/**
 * Measures a text in a worker of its own, anew whenever text or predictor change; a worker that is not needed any more
 * is stopped.
 *
 * @param predictor id; undefined for none
 */
export function useMeasurement(characters: Characters, predictor: string | undefined): Measuring | undefined {
  const [measuring, setMeasuring] = useState<Measuring>();
  useEffect(() => {
    if (predictor === undefined) {
      setMeasuring(undefined);
      return;
    }
    let measurement = emptyMeasurement(predictor, characters);
    const show = (problem?: string): void => setMeasuring({ measurement, problem });
    show();
    if (characters.count === 0) return;

    const worker = new Worker(new URL("./measure-worker.ts", import.meta.url), { type: "module" });
    const fail = (why: string): void => {
      show(`The measurement stopped: ${why}. Load the page again; if it stops once more, choose a faster predictor.`);
      worker.terminate();
    };
    worker.addEventListener("error", ({ message }) => fail(message || "its program could not be loaded"));
    const measurer = wrap<Measurer>(worker);
    const onSlice = proxy((slice: Parameters<typeof withSlice>[1]) => {
      measurement = withSlice(measurement, slice);
      show();
      if (measurement.bytesDone === characters.bytes.length) worker.terminate();
    });
    measurer
      .measure(predictor, characters.bytes, onSlice)
      .catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
    return () => worker.terminate();
  }, [characters, predictor]);
  // What was measured of another text, or by another predictor, is not shown while the new one starts.
  const fits = measuring?.measurement.characters === characters && measuring.measurement.predictor === predictor;
  return fits ? measuring : undefined;
}
