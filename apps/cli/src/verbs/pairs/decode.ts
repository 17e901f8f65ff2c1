import type { Source } from "../../files/source.ts";
import type { Target } from "../../files/target.ts";
import type { Session } from "../../session.ts";
import type { PairsSettings } from "./settings.ts";
import { codeOne, planWork } from "../shared/coding.ts";
import { forEachSource } from "../shared/sources.ts";
import { advising } from "../shared/advising.ts";
import { readAll } from "../shared/whole.ts";
import { LARGEST, textName, withProgress } from "./streams.ts";
import { bareDecoding, decodeBare } from "./bare.ts";
import { chosenDecoder } from "./decoders.ts";

const ADVICE = {
  "not-pith": "pith pairs encode writes such streams; a .pith file is for pith -d",
  "unknown-method": "name the right one with --model or --statistics, and --words if it was written with them",
  "memory-limit": "allow more with --memory",
  otherwise: "take the stream again from where it came",
};

export async function run(session: Session<PairsSettings>): Promise<void> {
  const work = await planWork(session, () => true);
  const decode = session.settings.bare ? await bareDecoder(session) : await decoderOf(session);
  const decodeTo = async (source: Source, target: Target): Promise<void> => {
    await target.write(await decode(await readAll(source, LARGEST), source));
  };
  await forEachSource(session, work.sources, (named) =>
    codeOne(session, work, named, { content: "target", name: textName, code: decodeTo }),
  );
}

/** Decodes the stream of a source. */
type Decoder = (stream: Uint8Array, source: Source) => Promise<Uint8Array>;

async function bareDecoder(session: Session<PairsSettings>): Promise<Decoder> {
  const decoding = await bareDecoding(session);
  return (stream) => decodeBare(stream, decoding);
}

async function decoderOf(session: Session<PairsSettings>): Promise<Decoder> {
  const decoder = await chosenDecoder(session);
  const { decodePairs } = await import("@pith/pairs");
  return (stream, source) =>
    withProgress(session, source, (options) => advising(ADVICE, () => decodePairs(stream, { ...options, decoder })));
}
