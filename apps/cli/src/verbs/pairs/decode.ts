import type { Source } from "../../files/source.ts";
import type { Target } from "../../files/target.ts";
import type { Session } from "../../session.ts";
import { codeOne, goesToStandardOutput, refuseTyping, sourcesOf } from "../coding.ts";
import { advising } from "./advice.ts";
import { readAll, textName, withProgress } from "./coding.ts";
import { chosenDecoder } from "./decoders.ts";

const ADVICE = {
  "not-pith": "pith pairs encode writes such streams; a .pith file is for pith -d",
  "unknown-method": "name the right one with --model or --statistics",
  "memory-limit": "allow more with --memory",
  otherwise: "take the stream again from where it came",
};

export async function run(session: Session): Promise<void> {
  const sources = sourcesOf(session);
  refuseTyping(session, sources);
  session.dataOnStandardOutput = sources.some((source) => goesToStandardOutput(session, source));
  const decoder = await chosenDecoder(session);
  const decodeTo = async (source: Source, target: Target): Promise<void> => {
    const { decodePairs } = await import("@pith/codec");
    const stream = await readAll(source);
    const text = await withProgress(session, source, (options) =>
      advising(() => decodePairs(stream, { ...options, decoder }), ADVICE),
    );
    await target.write(text);
  };
  await session.forEach(sources, (path) =>
    codeOne(session, path, { content: "target", name: textName, code: decodeTo }),
  );
}
