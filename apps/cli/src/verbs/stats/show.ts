import type { Statistics } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import { encode } from "../../format.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import type { StatsSettings } from "./settings.ts";
import { readStatisticsFile } from "../shared/inputs.ts";
import { writeOutput } from "../shared/output.ts";

/** Characters of the longest bar. */
const BAR = 40;
/** Neighbours that are shown of a character at a distance. */
const NEIGHBOURS = 8;

export async function run(session: Session<StatsSettings>): Promise<void> {
  const { operands, settings } = session;
  if (settings.svg !== undefined && operands.length > 1) {
    throw new UsageError(`--svg: expected one FILE, got ${operands.length}`);
  }
  if (settings.svg !== undefined && settings.neighbours.length > 1) {
    throw new UsageError(`--svg: expected --neighbours of one character, got ${settings.neighbours.length}`);
  }
  await session.forEach(operands, async (path) => {
    const statistics = await readStatisticsFile(path);
    const { differenceFigure, neighboursFigure } = await import("@pith/statistics");
    const characters = Array.from(settings.neighbours);
    if (settings.svg !== undefined) {
      const [character] = characters;
      const figure =
        characters.length === 0 ? differenceFigure(statistics.counts) : neighboursFigure(statistics.counts, character);
      await writeOutput(session, settings.svg, encode(figure));
    }
    await session.print(await describe(displayName(path), statistics, characters));
    return factsOf(statistics, characters);
  });
}

async function factsOf({ counts, table }: Statistics, characters: readonly string[]): Promise<Facts> {
  const { compressibleShare, encodableShare, differenceByDistance, distancesOf, frequencies, neighboursOf } =
    await import("@pith/statistics");
  const share = frequencies(counts);
  return {
    alphabet: counts.alphabet,
    distances: distancesOf(counts.window),
    characters: counts.total,
    encodableShare: encodableShare(counts),
    compressibleShare: compressibleShare(counts),
    frequencies: Object.fromEntries(Array.from(counts.alphabet, (character, i) => [character, share[i]])),
    differenceByDistance: differenceByDistance(counts),
    ...(table !== undefined && { table: { quantity: table.quantity, normalised: table.normalised } }),
    neighbours: characters.map((character) => ({ character, distances: neighboursOf(counts, character) })),
  };
}

async function describe(name: string, { counts, table }: Statistics, characters: readonly string[]): Promise<string> {
  const { compressibleShare, encodableShare, differenceByDistance, neighboursOf, showCharacter, textBars } =
    await import("@pith/statistics");
  const differences = differenceByDistance(counts).map(({ distance, value }) => ({
    label: `${distance}`,
    value,
    note: value.toExponential(2),
  }));
  const neighbours = characters.flatMap((character) =>
    neighboursOf(counts, character).map(
      (at) =>
        `\nNeighbours of ${showCharacter(character)} at distance ${at.distance}:\n` +
        textBars(
          at.neighbours.slice(0, NEIGHBOURS).map((neighbour) => ({
            label: showCharacter(neighbour.character),
            value: neighbour.probability,
            note: percent(neighbour.probability),
          })),
          BAR,
          1,
        ),
    ),
  );
  return [
    `${name}: ${counts.total} characters, ${percent(encodableShare(counts))} of them in the alphabet, ` +
      `${percent(compressibleShare(counts))} in runs of 12 or more\n`,
    table === undefined ? "" : `table: ${table.quantity}, z-scores along: ${table.normalised}\n`,
    "\nDifference to the average, by distance:\n",
    textBars(differences, BAR),
    ...neighbours,
  ].join("");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
