import { readFileSync } from "node:fs";

/** What an earlier run wrote; without one, what a first run starts from. */
export function earlierResults<Results>(file: string, otherwise: Results): Results {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Results;
  } catch {
    return otherwise;
  }
}
