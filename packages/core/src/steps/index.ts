export { abortable } from "./abort.ts";
export { boundsOf, type BoundsOptions } from "./bounds.ts";
export { finish } from "./finish.ts";
export { runInOrder, type Bounds, type Job } from "./in-order.ts";
export { ProgressMeter } from "./progress-meter.ts";
export { scaled, shifted } from "./scale.ts";
export { type OnDone, type Steps } from "./steps.ts";
export { turn } from "./turn.ts";
