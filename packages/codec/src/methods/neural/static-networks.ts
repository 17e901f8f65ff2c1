/** Networks that were trained once for all: which there are. */
import { hexadecimal, Model } from "@pith/core/models";
import { type CustomNetwork, customNetworkOf } from "./custom-network.ts";
import type { Network } from "./network.ts";
import { networkMemory, type NetworkShape, paddedWeights } from "./network.ts";

/** A network for English, whose symbols are bytes, or for the nucleotides A, G, C and T. */
export type StaticNetwork = "english" | "bases";

/** Name networks in files: the first four bytes of their hashes. */
const HASHES: Readonly<Record<StaticNetwork, number>> = { english: 0x5fffef02, bases: 0xd64157b8 };
const NAMES = Object.keys(HASHES) as StaticNetwork[];

function lstm(hidden: number, chunk: number): NetworkShape {
  return { architecture: "lstm", layers: 1, hidden, context: 1, chunk, orders: 0, tableBits: 0 };
}

const SHAPES: Readonly<Record<StaticNetwork, NetworkShape>> = { english: lstm(128, 64), bases: lstm(64, 128) };

/** Symbols by number; undefined where they are bytes. */
const LETTERS: Readonly<Record<StaticNetwork, string | undefined>> = { english: undefined, bases: "AGCT" };

/** A network that was loaded. */
export interface StaticContent {
  readonly weights: Float32Array;
}

/** A network among all models. */
export function modelOfStatic<Name extends StaticNetwork>(network: Name): Model<StaticContent, `neural-${Name}`> {
  return new Model(`neural-${network}`);
}

/** Names a network in files, as a u32. */
export function hashOfStatic(network: StaticNetwork | CustomNetwork): number {
  return typeof network === "string" ? HASHES[network] : Number.parseInt(network.hash, 16);
}

/** The network that a u32 names. */
export function staticOfHash(hash: number): StaticNetwork | CustomNetwork {
  return NAMES.find((name) => HASHES[name] === hash) ?? { hash: hexadecimal(hash) };
}

/** The network for a block: that of bases if the block has no other byte. */
export function staticFor(input: Uint8Array): StaticNetwork {
  return input.every((byte) => SYMBOLS_OF_BASES[byte] !== NO_SYMBOL) ? "bases" : "english";
}

function symbolsOf(network: StaticNetwork): number {
  return LETTERS[network]?.length ?? BYTES;
}

/** A network as the kernel takes it. */
export function networkOf(network: StaticNetwork, { weights }: StaticContent): Network {
  return { shape: SHAPES[network], symbols: symbolsOf(network), start: { weights } };
}

/** Bytes of memory that a network takes; 0 where it is only named. */
export function staticMemory(network: StaticNetwork | CustomNetwork): number {
  if (typeof network !== "string" && network.content === undefined) return 0;
  const { shape, symbols } =
    typeof network === "string" ? { shape: SHAPES[network], symbols: symbolsOf(network) } : customNetworkOf(network);
  return networkMemory(shape, symbols) + 8 * paddedWeights(shape, symbols);
}

const BYTES = 256;
const NO_SYMBOL = 255;
const SYMBOLS_OF_BASES = Uint8Array.from({ length: BYTES }, (_, byte) => {
  const symbol = LETTERS.bases?.indexOf(String.fromCharCode(byte)) ?? -1;
  return symbol < 0 ? NO_SYMBOL : symbol;
});

/** A block as symbols of a network that was chosen for it. */
export function toStaticSymbols(input: Uint8Array, network: StaticNetwork | CustomNetwork): Uint8Array {
  return network === "bases" ? input.map((byte) => SYMBOLS_OF_BASES[byte]) : input;
}

/** Undoes {@link toStaticSymbols}. */
export function fromStaticSymbols(symbols: ArrayLike<number>, network: StaticNetwork | CustomNetwork): Uint8Array {
  const letters = typeof network === "string" ? LETTERS[network] : undefined;
  return letters === undefined
    ? Uint8Array.from(symbols)
    : Uint8Array.from(symbols, (symbol) => letters.charCodeAt(symbol));
}
