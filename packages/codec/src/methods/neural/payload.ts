/**
 * The payload of a block that a network codes: the length of its vocabulary, where that has merges the number of tokens,
 * where a network is stored its length; then the vocabulary, the network, and the coded symbols to the end. Of a static
 * network, coded symbols alone.
 */
import { PithError } from "@pith/core";
import type { Symbols } from "@pith/entropy";
import { readVocabulary, writeVocabulary, type Vocabulary } from "@pith/tokenizer";
import { scaled, shifted, standing } from "@pith/core/steps";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { customNetworkOf } from "./custom-network.ts";
import type { Network } from "./network.ts";
import { LEAST_SYMBOLS } from "./network.ts";
import type { AdaptiveParameters, DynamicParameters, NeuralParameters, OwnParameters } from "./parameters.ts";
import { fromStaticSymbols, modelOfStatic, networkOf, toStaticSymbols } from "./static-networks.ts";
import { trainNetwork, weightsOfNetwork } from "./stored-network.ts";
import { bytesAsSymbols, bytesOfSymbols, fewestTokens, tokensOf, type SymbolBlock } from "./symbols.ts";

/** Codes symbols. @yields symbols done so far */
type EncodeSymbols = (symbols: Symbols, network: Network) => Generator<number, Uint8Array>;

/** Undoes that. @param offset of the coded bytes in the file */
type DecodeSymbols = (coded: Uint8Array, count: number, network: Network, offset: number) => Generator<number, Symbols>;

/** @yields bytes of input done so far */
export function encodePayload(
  input: Uint8Array,
  parameters: NeuralParameters,
  encode: EncodeSymbols,
): Generator<number, Uint8Array> {
  if (parameters.learning !== "static") return encodeOwn(input, parameters, encode);
  const { network } = parameters;
  return encode(
    toStaticSymbols(input, network),
    typeof network === "string" ? networkOf(network, modelOfStatic(network).toEncode()) : customNetworkOf(network),
  );
}

function* encodeOwn(
  input: Uint8Array,
  parameters: OwnParameters,
  encode: EncodeSymbols,
): Generator<number, Uint8Array> {
  const { vocabulary, symbols } = yield* symbolsFor(input, parameters);
  const writer = new ByteWriter();
  const stored = writeVocabulary(vocabulary);
  writer.varint(stored.length);
  if (parameters.tokens) writer.varint(symbols.length);
  const perSymbol = input.length / symbols.length;
  const count = sizeOf(vocabulary);
  if (parameters.learning === "adaptive") {
    writer.bytes(stored);
    writer.bytes(yield* scaled(encode(symbols, learningNetwork(count, parameters)), perSymbol));
    return writer.finish();
  }
  const { training } = parameters;
  if (training === undefined) throw new TypeError("training: expected to be told, got none");
  // Training goes through the block again and again, coding once more.
  const rounds = training.epochs + 1;
  const packed = yield* scaled(trainNetwork(symbols, count, parameters, training), perSymbol / rounds);
  writer.varint(packed.length);
  writer.bytes(stored);
  writer.bytes(packed);
  const network = storedNetwork(count, parameters, packed, 0);
  const trained = Math.floor((input.length * training.epochs) / rounds);
  writer.bytes(yield* shifted(trained, scaled(encode(symbols, network), perSymbol / rounds)));
  yield input.length;
  return writer.finish();
}

function* symbolsFor(input: Uint8Array, { tokens, symbols }: OwnParameters): Generator<number, SymbolBlock> {
  return tokens ? yield* standing(tokensOf(input, symbols)) : bytesAsSymbols(input);
}

/** Symbols of the alphabet of a vocabulary. */
function sizeOf({ bytes, merges }: Vocabulary): number {
  return Math.max(LEAST_SYMBOLS, bytes.length + merges.length);
}

function learningNetwork(symbols: number, parameters: AdaptiveParameters): Network {
  return { shape: parameters, symbols, start: { rates: parameters } };
}

/** What both sides code with: the network as it was rounded when it was packed. */
function storedNetwork(symbols: number, shape: DynamicParameters, packed: Uint8Array, offset: number): Network {
  return { shape, symbols, start: { weights: weightsOfNetwork(packed, symbols, shape, offset) } };
}

/**
 * Undoes {@link encodePayload}.
 *
 * @param offset where the payload lies in the file, for errors
 * @yields bytes of input done so far
 * @throws PithError for a payload that no encoder wrote
 */
export function* decodePayload(
  payload: Uint8Array,
  length: number,
  parameters: NeuralParameters,
  offset: number,
  decode: DecodeSymbols,
): Generator<number, Uint8Array> {
  if (parameters.learning === "static") {
    const { network } = parameters;
    const decoding =
      typeof network === "string"
        ? networkOf(network, modelOfStatic(network).toDecode(offset))
        : customNetworkOf(network);
    return fromStaticSymbols(yield* decode(payload, length, decoding, offset), network);
  }
  const reader = new ByteReader(payload, offset);
  const { vocabularyLength, count, packedLength } = readHead(reader, length, parameters);
  const vocabularyOffset = reader.offset;
  const vocabulary = checkedVocabulary(reader.bytes(vocabularyLength), parameters, vocabularyOffset);
  const packedOffset = reader.offset;
  const packed = reader.bytes(packedLength);
  const codedOffset = reader.offset;
  const coded = payload.subarray(reader.position);
  const network =
    parameters.learning === "dynamic"
      ? storedNetwork(sizeOf(vocabulary), parameters, packed, packedOffset)
      : learningNetwork(sizeOf(vocabulary), parameters);
  const decoding = decode(coded, count, network, codedOffset);
  const symbols = yield* scaled(decoding, length / count);
  return bytesOfSymbols({ vocabulary, symbols }, length, codedOffset);
}

interface PayloadHead {
  readonly vocabularyLength: number;
  /** Of symbols. */
  readonly count: number;
  /** Of a stored network; 0 where there is none. */
  readonly packedLength: number;
}

function readHead(reader: ByteReader, length: number, { tokens, learning }: OwnParameters): PayloadHead {
  const vocabularyLength = reader.varint("the length of a vocabulary");
  const count = tokens ? readCount(reader, length) : length;
  const packedLength = learning === "dynamic" ? reader.varint("the length of a stored network") : 0;
  return { vocabularyLength, count, packedLength };
}

/** Bytes of vocabulary and network in a payload, by its first bytes. */
export function learntLength(head: Uint8Array, length: number, parameters: NeuralParameters, offset: number): number {
  if (parameters.learning === "static") return 0;
  const { vocabularyLength, packedLength } = readHead(new ByteReader(head, offset), length, parameters);
  return vocabularyLength + packedLength;
}

function readCount(reader: ByteReader, length: number): number {
  const { offset } = reader;
  const count = reader.varint("the number of tokens");
  const least = fewestTokens(length);
  if (count >= least && count <= length) return count;
  throw new PithError("invalid-field", "so many tokens cannot make the block", {
    offset,
    expected: `${least} to ${length}`,
    got: count,
  });
}

function checkedVocabulary(stored: Uint8Array, { tokens, symbols }: OwnParameters, offset: number): Vocabulary {
  const vocabulary = readVocabulary(stored, offset);
  const { bytes, merges } = vocabulary;
  if (bytes.length + merges.length > symbols) {
    throw new PithError("invalid-field", "a vocabulary is larger than the network's alphabet", {
      offset,
      expected: `at most ${symbols}`,
      got: bytes.length + merges.length,
    });
  }
  if (tokens || merges.length === 0) return vocabulary;
  throw new PithError("invalid-field", "a vocabulary of bytes has tokens of several", {
    offset,
    expected: 0,
    got: merges.length,
  });
}
