/** Which contestants this machine has. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Contestant } from "./contestant.ts";

/** A contestant and the version that it gave. */
export interface Entrant {
  readonly contestant: Contestant;
  readonly version: string;
}

/** Splits contestants into those that can run here and those that cannot. */
export function findInstalled(contestants: readonly Contestant[]): { present: Entrant[]; missing: Contestant[] } {
  const present: Entrant[] = [];
  const missing: Contestant[] = [];
  for (const contestant of contestants) {
    if (isInstalled(contestant.version[0])) present.push({ contestant, version: versionOf(contestant) });
    else missing.push(contestant);
  }
  return { present, missing };
}

/** Whether a program, or a path of one, can be run. */
export function isInstalled(program: string, path = process.env["PATH"] ?? ""): boolean {
  const candidates = program.includes("/") ? [program] : path.split(delimiter).map((folder) => join(folder, program));
  return candidates.some((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What one says to whoever lacks a contestant. */
export function missingNotice({ name, aptPackage }: Contestant): string {
  return aptPackage === undefined
    ? `${name} is not there; build it first: npm run build`
    : `${name} is not installed and is skipped; apt-get install ${aptPackage} brings it`;
}

/** The version that a program gives; "unknown" if it gives none. */
export function versionOf({ version: [program, ...args] }: Pick<Contestant, "version">): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: 10_000 });
  return parseVersion(`${stdout}\n${stderr}`);
}

/** The first thing in a program's output that looks like a version; "unknown" if nothing does. */
export function parseVersion(output: string): string {
  return /\b[vV]?(\d+\.\d+(?:\.\d+)*)\b/.exec(output)?.[1] ?? "unknown";
}
