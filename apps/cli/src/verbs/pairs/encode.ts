import type { Losses } from "@pith/codec";
import type { CodeTable } from "@pith/framing";

import { UsageError } from "../../errors.ts";
import type { Source } from "../../files/source.ts";
import { refuseTerminal, type Target } from "../../files/target.ts";
import type { Session } from "../../session.ts";
import { codeOne, goesToStandardOutput, refuseTyping, sourcesOf } from "../coding.ts";
import { advising } from "./advice.ts";
import { readAll, streamName, withProgress } from "./coding.ts";
import { chosenDecoder } from "./decoders.ts";
import { reportLosses } from "./losses.ts";

const ADVICE = { otherwise: "without --strict it is kept as it is" };

export async function run(session: Session): Promise<void> {
  const sources = sourcesOf(session);
  refuseTyping(session, sources);
  session.dataOnStandardOutput = sources.some((source) => goesToStandardOutput(session, source));
  const decoder = (await chosenDecoder(session)) ?? "medium";
  const table = await chosenTable(session);
  if (table !== undefined && typeof decoder === "string" && decoder !== "table") {
    throw new UsageError(
      "--codes: expected with --statistics or --model letter-table, since a resolver has a code table of its own",
    );
  }
  const { framing, lossy, strict, force } = session.settings;
  await session.forEach(sources, async (path) => {
    if (goesToStandardOutput(session, path)) refuseTerminal(force);
    let losses: Losses | undefined;
    const code = async (source: Source, target: Target): Promise<void> => {
      const { encodePairs } = await import("@pith/codec");
      const content = await readAll(source);
      const encoded = await withProgress(session, source, (options) =>
        advising(() => encodePairs(content, { ...options, framing, decoder, table, lossy, strict }), ADVICE),
      );
      losses = encoded.losses;
      await target.write(encoded.stream);
    };
    const facts = await codeOne(session, path, { content: "source", name: streamName, code });
    if (losses === undefined) return facts;
    reportLosses(session, path, losses);
    return { ...facts, wrong: losses.wrong, coded: losses.coded, firstWrong: losses.first };
  });
}

async function chosenTable({ settings }: Session): Promise<CodeTable | undefined> {
  if (settings.codes === undefined) return undefined;
  const { parseCodes } = await import("../stats/decoding.ts");
  return await parseCodes(settings.codes);
}
