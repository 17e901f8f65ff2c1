/** A process that writes generated data to its standard output: produce.js KIND BYTES SEED. */
import { writeSync } from "node:fs";
import { generateData, type DataKind } from "@pith/analyzer";

const [kind, size, seed] = process.argv.slice(2);
for (const chunk of generateData(kind as DataKind, Number(size), Number(seed))) {
  // Blocks until the pipe takes it, so the stream is as fast as its reader.
  for (let at = 0; at < chunk.length;) at += writeSync(1, chunk, at);
}
