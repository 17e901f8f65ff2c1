import { UsageError } from "../../errors.ts";
import type { Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";

/** The file that -o names. */
export function requireOutput({ settings, verb }: Session<StatsSettings>): string {
  if (settings.output === undefined) throw new UsageError(`${verb}: expected -o FILE, got none`);
  return settings.output;
}
