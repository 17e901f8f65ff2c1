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
import { bareDecoding, encodeBare } from "./bare.ts";
import { chosenDecoder } from "./decoders.ts";
import { reportLosses } from "./losses.ts";

const ADVICE = { otherwise: "without --strict it is kept as it is" };

export async function run(session: Session<PairsSettings>): Promise<void> {
  const work = await planWork(session, () => true);
  const encode = session.settings.bare ? await bareEncoder(session) : await encoderOf(session);
  await forEachSource(session, work.sources, async (named) => {
    if (goesToStandardOutput(session, named)) refuseTerminal(session.settings.force);
    let losses: Losses | undefined;
    const code = async (source: Source, target: Target): Promise<void> => {
      const encoded = await encode(await readAll(source, LARGEST), source);
      losses = encoded.losses;
      await target.write(encoded.stream);
    };
    const facts = await codeOne(session, work, named, { content: "source", name: streamName, code });
    if (losses === undefined) return facts;
    reportLosses(session, named.path, losses);
    return { ...facts, wrong: losses.wrong, coded: losses.coded, firstWrong: losses.first };
  });
}

/** Encodes the content of a source. */
type Encoder = (
  content: Uint8Array,
  source: Source,
) => Promise<{ readonly stream: Uint8Array; readonly losses?: Losses | undefined }>;

async function bareEncoder(session: Session<PairsSettings>): Promise<Encoder> {
  const decoding = await bareDecoding(session);
  return (content) => encodeBare(content, decoding);
}

async function encoderOf(session: Session<PairsSettings>): Promise<Encoder> {
  const decoder = (await chosenDecoder(session)) ?? "medium";
  const table = await chosenTable(session);
  const { framing, lossy, strict } = session.settings;
  const { encodePairs } = await import("@pith/pairs");
  return (content, source) =>
    withProgress(session, source, (options) =>
      advising(ADVICE, () => encodePairs(content, { ...options, framing, decoder, table, lossy, strict })),
    );
}

async function chosenTable({ settings }: Session<PairsSettings>): Promise<CodeTable | undefined> {
  if (settings.codes === undefined) return undefined;
  const { parseCodes } = await import("../shared/codes.ts");
  return await parseCodes(settings.codes);
}
