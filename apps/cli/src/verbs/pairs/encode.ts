import type { Losses } from "@pith/pairs";
import type { CodeTable } from "@pith/framing";

import type { Source } from "../../files/source.ts";
import { refuseTerminal, type Target } from "../../files/target.ts";
import type { Session } from "../../session.ts";
import type { PairsSettings } from "./settings.ts";
import { codeOne, goesToStandardOutput, planWork } from "../shared/coding.ts";
import { forEachSource } from "../shared/sources.ts";
import { advising } from "../shared/advising.ts";
import { readAll } from "../shared/whole.ts";
import { LARGEST, streamName, withProgress } from "./streams.ts";
import { chosenDecoder } from "./decoders.ts";
import { reportLosses } from "./losses.ts";

const ADVICE = { otherwise: "without --strict it is kept as it is" };

export async function run(session: Session<PairsSettings>): Promise<void> {
  const work = await planWork(session, () => true);
  const decoder = (await chosenDecoder(session)) ?? "medium";
  const table = await chosenTable(session);
  const { framing, lossy, strict, force } = session.settings;
  await forEachSource(session, work.sources, async (named) => {
    if (goesToStandardOutput(session, named)) refuseTerminal(force);
    let losses: Losses | undefined;
    const code = async (source: Source, target: Target): Promise<void> => {
      const { encodePairs } = await import("@pith/pairs");
      const content = await readAll(source, LARGEST);
      const encoded = await withProgress(session, source, (options) =>
        advising(ADVICE, () => encodePairs(content, { ...options, framing, decoder, table, lossy, strict })),
      );
      losses = encoded.losses;
      await target.write(encoded.stream);
    };
    const facts = await codeOne(session, work, named, { content: "source", name: streamName, code });
    if (losses === undefined) return facts;
    reportLosses(session, named.path, losses);
    return { ...facts, wrong: losses.wrong, coded: losses.coded, firstWrong: losses.first };
  });
}

async function chosenTable({ settings }: Session<PairsSettings>): Promise<CodeTable | undefined> {
  if (settings.codes === undefined) return undefined;
  const { parseCodes } = await import("../shared/codes.ts");
  return await parseCodes(settings.codes);
}
