/** Code tables and decoders by their names. In a worker: models are large. */
import { ALPHABETICAL_TABLE, parseCodeTable, THESIS_TABLE, type CodeTable } from "@pith/framing";
import {
  createResolver,
  createTableDecoder,
  THESIS_MULTIPLIERS,
  type LetterDecoder,
  type LetterTable,
} from "@pith/predictors";
import { decoderTable, pairCharacters, tableOf, type Statistics } from "@pith/statistics";
import { unpackLetterTable, unpackWeights, type PackedResolver } from "@pith/weights";
import { parseNumbers, type PairsSettings } from "./pairs-settings.ts";

/** The first cell that is a code. */
const FIRST_CODE = 256;

/** The pairs of the resolvers; the space and the period have codes of their own. */
async function resolverTable(): Promise<CodeTable> {
  const { groups } = await resolverWeights("small");
  return { bits: 4, groups: [...groups, " ", "."] };
}

/** @throws RangeError if the settings name none */
export async function codeTableOf(
  { pairing, groups }: PairsSettings,
  { counts, table }: Statistics,
): Promise<CodeTable> {
  switch (pairing) {
    case "thesis":
      return THESIS_TABLE;
    case "alphabetical":
      return ALPHABETICAL_TABLE;
    case "hungarian":
    case "exact":
      return pairCharacters(counts, table ?? tableOf(counts), pairing).table;
    case "resolver":
      return await resolverTable();
    case "own": {
      const own = parseCodeTable(groups);
      if (own.bits !== 4)
        throw new RangeError(`pairs: expected 15 groups, for codes of half a byte, got ${own.groups.length}`);
      return own;
    }
  }
}

/** @throws RangeError if it does not fit the code table */
export async function letterDecoderOf(
  settings: PairsSettings,
  { groups }: CodeTable,
  statistics: Statistics,
): Promise<LetterDecoder> {
  const { decoder } = settings;
  switch (decoder) {
    case "statistics":
      return createTableDecoder({ ...letterTableOf(settings, statistics), groups });
    case "trained": {
      const { letterTable } = await import("@pith/weights/letter-table");
      return createTableDecoder(unpackLetterTable(letterTable));
    }
    case "small":
    case "medium":
    case "large": {
      const resolver = createResolver(unpackWeights(await resolverWeights(decoder)));
      return { decode: (cells) => resolver.decode(withoutSingles(cells, groups)) };
    }
  }
}

function letterTableOf(
  { activation, multipliers, numbers }: PairsSettings,
  { counts, table }: Statistics,
): Omit<LetterTable, "groups"> {
  const letters = decoderTable(counts, (table ?? tableOf(counts)).values);
  switch (multipliers) {
    case "none":
      return { ...letters, activation };
    case "base":
    case "plato":
      return { ...letters, activation, multipliers: THESIS_MULTIPLIERS[multipliers] };
    case "own":
      return { ...letters, activation, multipliers: parseNumbers(numbers) };
  }
}

async function resolverWeights(size: "small" | "medium" | "large"): Promise<PackedResolver> {
  switch (size) {
    case "small":
      return (await import("@pith/weights/resolver-small")).resolverSmall;
    case "medium":
      return (await import("@pith/weights/resolver-medium")).resolverMedium;
    case "large":
      return (await import("@pith/weights/resolver-large")).resolverLarge;
  }
}

/** Cells in which a code that only one character has is that character: resolvers know no others. */
function withoutSingles(cells: Uint16Array, groups: readonly string[]): Uint16Array {
  return cells.map((cell) => {
    const group = groups[cell - FIRST_CODE] ?? "";
    return group.length === 1 ? group.charCodeAt(0) : cell;
  });
}

/** Places of the cells that leave open which character they are. */
export function ambiguousPlaces(cells: Uint16Array, { groups }: CodeTable): number[] {
  const places: number[] = [];
  cells.forEach((cell, place) => {
    if (cell >= FIRST_CODE && groups[cell - FIRST_CODE].length > 1) places.push(place);
  });
  return places;
}
