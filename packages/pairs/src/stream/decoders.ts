/** What can tell letters apart: the resolver in three sizes, the letter table, or a table that the caller has. */
import { checkOneOf, PithError } from "@pith/core";
import { hexadecimal } from "@pith/core/models";
import type { LetterDecoder } from "@pith/predictors";
import { hashOfModel, PAIRS_MODELS, type PairsModel } from "../coding/resolvers.ts";
import { PAIRS_SOURCES } from "../sources/resolvers.ts";

/** Resolves letters by a table, for any code table. */
export interface LetterTableModel {
  /** Names the table in streams: a u32. */
  readonly hash: number;
  /** A decoder for letters in these groups. */
  readonly create: (groups: readonly string[]) => LetterDecoder;
}

/** A decoder of letters: a size of the resolver, the letter table that is trained for it, or a table of one's own. */
export type PairsDecoder = PairsModel | "table" | LetterTableModel;

/** A decoder that is ready for letters in its groups. */
export type OpenDecoder = {
  /** Names it in streams: a u32. */
  readonly hash: number;
  /** groups[c] holds the characters that code c stands for. */
  readonly groups: readonly string[];
} & (
  | { readonly kind: "resolver"; readonly model: PairsModel }
  | { readonly kind: "table"; readonly letters: LetterDecoder }
);

/**
 * @param groups of a table's letters; a resolver has its own
 * @throws TypeError for another name
 */
export async function openDecoder(decoder: PairsDecoder, groups: readonly string[]): Promise<OpenDecoder> {
  if (decoder === "table") return openTable(await letterTableModel(), groups);
  if (typeof decoder === "object") return openTable(decoder, groups);
  checkOneOf("decoder", decoder, [...PAIRS_MODELS, "table"]);
  const content = await PAIRS_SOURCES[decoder].load();
  return { kind: "resolver", hash: hashOfModel(decoder), model: decoder, groups: content.groups };
}

function openTable({ hash, create }: LetterTableModel, groups: readonly string[]): OpenDecoder {
  return { kind: "table", hash, groups, letters: create(groups) };
}

/**
 * The decoder that a stream names, if this program has it.
 *
 * @param offset of the hash in the stream
 * @throws PithError `unknown-method`
 */
export async function decoderOfHash(hash: number, offset: number): Promise<Exclude<PairsDecoder, object>> {
  const model = PAIRS_MODELS.find((name) => hashOfModel(name) === hash);
  if (model !== undefined) return model;
  const table = await letterTableModel();
  if (table.hash === hash) return "table";
  throw new PithError("unknown-method", "a stream needs a decoder that has to be given", {
    offset,
    expected: [...PAIRS_MODELS.map(hashOfModel), table.hash].map(hexadecimal).join(", "),
    got: hexadecimal(hash),
  });
}

let shipped: Promise<LetterTableModel> | undefined;

/** The letter table that ships, for any code table. Brings it the first time, 4 KB. */
export function letterTableModel(): Promise<LetterTableModel> {
  if (shipped === undefined) {
    shipped = bringTable();
    // A program that was offline may try again.
    shipped.catch(() => (shipped = undefined));
  }
  return shipped;
}

async function bringTable(): Promise<LetterTableModel> {
  const [{ letterTable }, { unpackLetterTable }, { createTableDecoder }] = await Promise.all([
    import("@pith/weights/letter-table"),
    import("@pith/weights"),
    import("@pith/predictors"),
  ]);
  const weights = unpackLetterTable(letterTable);
  return {
    hash: Number.parseInt(letterTable.hash.slice(0, 8), 16),
    create: (groups) => createTableDecoder({ ...weights, groups }),
  };
}
