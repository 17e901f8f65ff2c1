import { displayName, type Session } from "../../session.ts";
import { advising } from "../shared/advising.ts";
import { readAtMost } from "../shared/networks.ts";
import type { PairsSettings } from "./settings.ts";
import { LARGEST } from "./streams.ts";

const ADVICE = {
  "not-pith": "pith pairs encode writes such streams",
  otherwise: "take the stream again from where it came",
};

export async function run(session: Session<PairsSettings>): Promise<void> {
  const [word, ...paths] = session.operands;
  const { findInPairs } = await import("@pith/pairs");
  await session.forEach(paths, async (path) => {
    const stream = await readAtMost(path, LARGEST);
    const places = await advising(ADVICE, () => findInPairs(stream, word));
    await session.print(`${displayName(path)}: ${places.length === 0 ? "none" : places.join(" ")}\n`);
    return { places };
  });
}
