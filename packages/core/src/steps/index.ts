export { abortable } from "./abort.ts";
export { boundsOf, type BoundsOptions } from "./bounds.ts";
export { finish } from "./finish.ts";
export { runInOrder, type Bounds, type Job } from "./in-order.ts";
export { ProgressMeter } from "./progress-meter.ts";
export { Pace } from "./pace.ts";
export { scaled, shifted, standing } from "./scale.ts";
export { type OnDone, type Steps } from "./steps.ts";
export { inTurns, turn, Turns } from "./turn.ts";
