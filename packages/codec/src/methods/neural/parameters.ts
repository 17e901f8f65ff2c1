import { PithError } from "@pith/core";
import type { Model } from "@pith/core/models";
import { NEURAL_ARCHITECTURES } from "@pith/predictors";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { givenNetwork, type CustomNetwork, type CustomNetworks } from "./custom-network.ts";
import {
  chunkWork,
  DEFAULT_RATES,
  hasLayers,
  LEAST_SYMBOLS,
  LEAST_TABLE_BITS,
  MOST_CHUNK,
  MOST_CHUNK_WORK,
  MOST_HIDDEN,
  MOST_LAYERS,
  MOST_ORDERS,
  MOST_SYMBOLS,
  tableBitsWithin,
  type LearningRates,
  type NetworkShape,
} from "./network.ts";
import { hashOfStatic, modelOfStatic, staticOfHash, type StaticNetwork } from "./static-networks.ts";

/** How the symbols of a block become bytes. */
export const CODERS = ["adaptive", "huffman", "dictionary"] as const;
/**
 * Of ranks: adaptive frequencies and a range coder; a Huffman code of the whole block; or symbols made of them that are cheap
 * to copy, and the coder of the method lz.
 */
export type RankCoder = (typeof CODERS)[number];

/** A network that learns while it codes. */
export interface AdaptiveParameters extends NetworkShape, LearningRates {
  readonly learning: "adaptive";
  /** Of the alphabet, at most: 2 to 2048. */
  readonly symbols: number;
  /** Symbols are tokens of a vocabulary, and not bytes. */
  readonly tokens: boolean;
}

/** A network that was trained on the block, and whose weights are stored in it. */
export interface DynamicParameters extends NetworkShape {
  readonly learning: "dynamic";
  /** As of {@link AdaptiveParameters}. */
  readonly symbols: number;
  readonly tokens: boolean;
  /** How the encoder trains; not in the file. */
  readonly training?: Training | undefined;
}

/** A network that was trained before, and that the file only names. */
interface StaticParameters {
  readonly learning: "static";
  readonly network: StaticNetwork | CustomNetwork;
}

/** How a network is trained on a block. */
export interface Training {
  /** Times that the block is gone through. */
  readonly epochs: number;
  /** At the first step, and below which it does not fall. */
  readonly rate: number;
  readonly leastRate: number;
  /** What the rate is multiplied by at each step; undefined: such that it falls to `leastRate` at the end. */
  readonly decay: number | undefined;
}

/** What a block with a network and a vocabulary of its own says of them. */
export type OwnParameters = AdaptiveParameters | DynamicParameters;

/** What a block says of its network. */
export type NeuralParameters = OwnParameters | StaticParameters;

/** What a block's network is, for people to read. */
export function kindOf(parameters: NeuralParameters): string {
  const { learning } = parameters;
  if (learning === "adaptive") return parameters.architecture;
  if (learning === "dynamic") return `dynamic ${parameters.architecture}`;
  const { network } = parameters;
  return `static ${typeof network === "string" ? network : network.hash}`;
}

/** The model of a block's network, where that is loaded. */
export function modelOf(parameters: NeuralParameters): Model | undefined {
  if (parameters.learning !== "static" || typeof parameters.network !== "string") return undefined;
  return modelOfStatic(parameters.network);
}

/**
 * Parameters as they were read, with the network that they only name.
 *
 * @param offset of the block
 * @throws PithError `unknown-method` if it is none of `networks`
 */
export function withNetworks(parameters: NeuralParameters, networks: CustomNetworks, offset: number): NeuralParameters {
  if (parameters.learning !== "static" || typeof parameters.network === "string") return parameters;
  return { learning: "static", network: givenNetwork(parameters.network.hash, networks, offset) };
}

const LEARNINGS = ["adaptive", "dynamic", "static"] as const;

// Flags; below them, two bits say how the network learns.
const LEARNING = 3;
const TOKENS = 4;
const HUFFMAN = 8;
const RATES = 16;
const DICTIONARY = 32;

/** The first fields of a block's parameters. @param coder of ranks; undefined where symbols are coded directly */
export function writeNeural(parameters: NeuralParameters, coder: RankCoder | undefined, writer: ByteWriter): void {
  const ranks = coder === "huffman" ? HUFFMAN : coder === "dictionary" ? DICTIONARY : 0;
  if (parameters.learning === "static") {
    writer.byte(LEARNINGS.indexOf("static") | ranks);
    writer.uint32(hashOfStatic(parameters.network));
    return;
  }
  const { learning, symbols, tokens } = parameters;
  const rates = learning === "adaptive" ? ratesOf(parameters) : USUAL_RATES;
  const usual = rates.every((rate, i) => rate === USUAL_RATES[i]);
  const flags = (tokens ? TOKENS : 0) | ranks | (usual ? 0 : RATES);
  writer.byte(LEARNINGS.indexOf(learning) | flags);
  writeShape(parameters, symbols, writer);
  if (!usual) for (const rate of rates) writer.uint32(bitsOfFloat(rate));
}

/**
 * Reads and checks what {@link writeNeural} wrote.
 *
 * @param ranked whether ranks are coded, by one coder or another
 * @throws PithError `invalid-field`
 */
export function readNeural(reader: ByteReader, ranked: boolean): { parameters: NeuralParameters; coder: RankCoder } {
  const { offset } = reader;
  const flags = reader.byte();
  const learning = LEARNINGS.at(flags & LEARNING);
  const own = (learning === "static" ? 0 : TOKENS) | (learning === "adaptive" ? RATES : 0);
  const known = LEARNING | own | (ranked ? HUFFMAN | DICTIONARY : 0);
  // A dictionary coder takes bytes, of which there are no more than 256, and ranks have one coder.
  const excluded = (flags & DICTIONARY) === 0 ? 0 : flags & (HUFFMAN | TOKENS);
  if (learning === undefined || (flags & ~known) !== 0 || excluded !== 0) {
    throw new PithError("invalid-field", "a block's network has unknown flags", { offset, got: flags });
  }
  const coder = (flags & DICTIONARY) !== 0 ? "dictionary" : (flags & HUFFMAN) === 0 ? "adaptive" : "huffman";
  if (learning === "static") {
    return { parameters: { learning, network: staticOfHash(reader.uint32()) }, coder };
  }
  const { shape, symbols } = readShape(reader, learning === "adaptive" ? MOST_ORDERS : 0);
  const tokens = (flags & TOKENS) !== 0;
  if (learning === "dynamic") return { parameters: { learning, ...shape, symbols, tokens }, coder };
  const rates = (flags & RATES) === 0 ? DEFAULT_RATES : readRates(reader);
  return { parameters: { learning, ...shape, ...rates, symbols, tokens }, coder };
}

function ratesOf({ rate, leastRate, decay }: LearningRates): readonly number[] {
  return [rate, leastRate, decay];
}

const USUAL_RATES = ratesOf(DEFAULT_RATES);

function writeShape(shape: NetworkShape, symbols: number, writer: ByteWriter): void {
  writer.byte(NEURAL_ARCHITECTURES.indexOf(shape.architecture) | ((shape.layers - 1) << 4));
  writer.byte((shape.context - 1) | (shape.orders << 4));
  if (shape.orders > 0) writer.byte(shape.tableBits);
  writer.varint(shape.hidden);
  writer.varint(shape.chunk);
  writer.varint(symbols);
}

function readShape(reader: ByteReader, mostOrders: number): { shape: NetworkShape; symbols: number } {
  const { offset } = reader;
  const kind = reader.byte();
  const architecture = NEURAL_ARCHITECTURES.at(kind & 15);
  const layers = 1 + (kind >> 4);
  if (architecture === undefined || layers > (hasLayers(architecture) ? MOST_LAYERS : 1)) {
    const expected = "one of the six networks, with layers where it has some";
    throw new PithError("invalid-field", "there is no such network", { offset, expected, got: kind });
  }
  const sizes = reader.byte();
  const context = 1 + (sizes & 15);
  const orders = checked("the orders of a network", sizes >> 4, 0, mostOrders, reader.offset - 1);
  const tableOffset = reader.offset;
  const tableBits = orders === 0 ? 0 : reader.byte();
  const hidden = readNumber(reader, "the hidden units of a network", 1, MOST_HIDDEN);
  const chunk = readNumber(reader, "the chunk of a network", 1, MOST_CHUNK);
  const symbols = readNumber(reader, "the alphabet of a network", LEAST_SYMBOLS, MOST_SYMBOLS);
  if (orders > 0) {
    const most = tableBitsWithin(Infinity, symbols);
    checked("the rows of a network's table, as a power of two,", tableBits, LEAST_TABLE_BITS, most, tableOffset);
  }
  const shape = { architecture, layers, hidden, context, chunk, orders, tableBits };
  const work = chunkWork(shape, symbols);
  if (work > MOST_CHUNK_WORK) {
    throw new PithError("invalid-field", "a network's chunk times its weights is too large", {
      offset,
      expected: `at most ${MOST_CHUNK_WORK}`,
      got: work,
    });
  }
  return { shape, symbols };
}

function readRates(reader: ByteReader): LearningRates {
  const { offset } = reader;
  const [rate, leastRate, decay] = [reader.uint32(), reader.uint32(), reader.uint32()].map(floatOfBits);
  // What is not a number is not within bounds.
  if (rate > 0 && rate <= 1 && leastRate >= 0 && leastRate <= rate && decay > 0 && decay <= 1) {
    return { rate, leastRate, decay };
  }
  throw new PithError("invalid-field", "a network cannot learn at these rates", {
    offset,
    expected: "0 < rate ≤ 1, 0 ≤ least rate ≤ rate, 0 < decay ≤ 1",
    got: `${rate}, ${leastRate}, ${decay}`,
  });
}

function readNumber(reader: ByteReader, name: string, least: number, most: number): number {
  const { offset } = reader;
  return checked(name, reader.varint(name), least, most, offset);
}

function checked(name: string, value: number, least: number, most: number, offset: number): number {
  if (value >= least && value <= most) return value;
  throw new PithError("invalid-field", `${name} cannot be`, { offset, expected: `${least} to ${most}`, got: value });
}

function bitsOfFloat(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0];
}

function floatOfBits(bits: number): number {
  return new Float32Array(Uint32Array.of(bits).buffer)[0];
}
