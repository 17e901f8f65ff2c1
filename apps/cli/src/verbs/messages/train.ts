import { Prior } from "@pith/priors";

import { formatBytes } from "../../format.ts";
import type { Session } from "../../session.ts";
import { writeOutput } from "../shared/output.ts";
import { linesOf } from "../shared/lines.ts";
import { read } from "./inputs.ts";
import type { PriorSettings } from "./settings.ts";

export async function run(session: Session<PriorSettings>): Promise<void> {
  const { settings, operands } = session;
  const samples: Uint8Array[] = [];
  await session.forEach(operands, async (path) => {
    const content = await read(path);
    for (const line of linesOf(content)) samples.push(line);
    return { length: content.length };
  });
  if (session.exitCode !== 0) return;
  const prior = Prior.train(samples, { size: settings.size, base: settings.base });
  const bytes = await prior.toBytes();
  await writeOutput(session, settings.output, bytes);
  session.setResult({ output: settings.output, outputLength: bytes.length, samples: samples.length, hash: prior.hash });
  session.note(`${settings.output}: ${formatBytes(bytes.length)}, ${samples.length} samples, ${prior.hash}`);
}
