import { proxy } from "comlink";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { Characters } from "../shared/characters.ts";
import { explain } from "../shared/problems.ts";
import { emptyMeasurement, isWhole, withSlice, withUnits, type Measurement } from "./measurement.ts";
import type { Slice } from "./measure.ts";
import { giveBack, takeMeasurer } from "./measurers.ts";
import type { Units } from "./units.ts";

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
  // Before the text is laid out, which takes as long as the worker needs for the first colours.
  useLayoutEffect(() => {
    if (predictor === undefined) {
      setMeasuring(undefined);
      return;
    }
    let measurement = emptyMeasurement(predictor, characters);
    const show = (problem?: string): void => setMeasuring({ measurement, problem });
    show();
    if (characters.count === 0) return;

    const measurer = takeMeasurer();
    const { worker, remote } = measurer;
    const listening = new AbortController();
    let isDone = false;
    const end = (isFree: boolean): void => {
      if (isDone) return;
      isDone = true;
      listening.abort();
      if (isFree) giveBack(measurer);
      else worker.terminate();
    };
    const fail = (error: unknown): void => {
      const { what, remedy } = explain(error);
      show(`The measurement stopped: ${what}. ${remedy}`);
      end(false);
    };
    worker.addEventListener(
      "error",
      ({ message }) => fail(new Error(message || "its program could not be loaded")),
      listening,
    );
    const onUnits = proxy((units: Units) => {
      measurement = withUnits(measurement, units);
      show();
    });
    const onSlice = proxy((slice: Slice) => {
      measurement = withSlice(measurement, slice);
      show();
      if (isWhole(measurement)) end(true);
    });
    remote.measure(predictor, characters.bytes, onUnits, onSlice).catch(fail);
    return () => end(false);
  }, [characters, predictor]);
  // What was measured of another text, or by another predictor, is not shown while the new one starts.
  const fits = measuring?.measurement.characters === characters && measuring.measurement.predictor === predictor;
  const nothing = useMemo(
    () =>
      predictor === undefined
        ? undefined
        : { measurement: emptyMeasurement(predictor, characters), problem: undefined },
    [characters, predictor],
  );
  return fits ? measuring : nothing;
}
