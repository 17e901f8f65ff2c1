import { ClusterError } from "./errors.ts";

/** @throws ClusterError */
export function checkInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new ClusterError(`${name}: expected an integer from ${least} to ${most}, got ${value}`);
}
