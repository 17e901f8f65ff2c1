/** A process that analyses its standard input with the default options, and prints what the benchmark checks, as JSON. */
import { analyzeStream } from "@pith/analyzer";

const { size, levels, statistics } = await analyzeStream(process.stdin as AsyncIterable<Uint8Array>);
console.log(
  JSON.stringify({
    size,
    distinct: levels.map(({ distinct }) => distinct.value),
    entropy: statistics.entropy.map(({ bitsPerByte }) => bitsPerByte),
  }),
);
