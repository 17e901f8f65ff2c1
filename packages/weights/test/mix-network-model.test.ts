import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { packMixNetwork, unpackMixNetwork, type PackedMixNetwork, type TrainedMixNetwork } from "../src/index.ts";
import { mixNetworkEnglish } from "../src/mix-network-english.ts";

const [LAYERS, CELLS] = [2, 32];
const GATES = 3 * CELLS;
/** Rows and columns of each matrix. */
const MATRICES = [
  [512 + LAYERS * CELLS + (LAYERS - 1) * CELLS + (LAYERS - 1), GATES],
  [LAYERS * CELLS + 1, 256],
];
const ROWS = MATRICES.flatMap(([rows, columns]) => Array.from({ length: rows }, () => columns));
const COUNT = ROWS.reduce((sum, columns) => sum + columns, 0);

function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Weights of a bell-like curve, as training leaves them. */
function someNetwork(): TrainedMixNetwork {
  const next = numbers(3);
  const weights = Float32Array.from({ length: COUNT }, () => next() + next() + next() - 1.5);
  return { layers: LAYERS, cells: CELLS, weights, squares: weights.map(() => next() / 1000) };
}

function errorOf(run: () => unknown): PithError {
  try {
    run();
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
  throw new Error("expected a PithError");
}

/** The network with its packed bytes changed, and with their hash if `honest`. */
function altered(
  network: PackedMixNetwork,
  change: (bytes: Uint8Array) => Uint8Array,
  honest: boolean,
): PackedMixNetwork {
  const bytes = change(Uint8Array.from(atob(network.packed), (character) => character.charCodeAt(0)));
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const { got } = errorOf(() => unpackMixNetwork({ ...network, packed }));
  return { ...network, packed, hash: honest ? String(got) : network.hash };
}

describe("a packed network", () => {
  const trained = someNetwork();
  const network = packMixNetwork("some", trained);

  test("gives back each weight to within half of its row's scale, a 127th of the row's largest", () => {
    const { layers, cells, weights } = unpackMixNetwork(network);
    expect([layers, cells]).toEqual([LAYERS, CELLS]);
    const view = new DataView(weights.buffer);
    let [from, at] = [0, 0];
    for (const columns of ROWS) {
      const row = trained.weights.subarray(from, from + columns);
      const squares = trained.squares.subarray(from, from + columns);
      const scale = view.getFloat32(at, true);
      const square = view.getFloat32(at + 4, true);
      const largest = Math.max(...row.map(Math.abs));
      expect(scale).toBeGreaterThanOrEqual(largest / 127);
      expect(scale).toBeLessThan((largest / 127) * 1.01);
      expect(square / (squares.reduce((sum, each) => sum + each) / columns)).toBeCloseTo(1, 1);
      const worst = Math.max(...row.map((weight, i) => Math.abs(weight - view.getInt8(at + 8 + i) * scale)));
      expect(worst).toBeLessThanOrEqual(scale * 0.50001);
      from += columns;
      at += 8 + columns;
    }
    expect(at).toBe(weights.length);
  });

  test("has the same name in files every time, and another one for other weights", () => {
    expect(packMixNetwork("again", trained).hash).toBe(network.hash);
    const weights = trained.weights.map((weight) => -weight);
    expect(packMixNetwork("again", { ...trained, weights }).hash).not.toBe(network.hash);
  });

  test("may have rows of zeros, and rows that never learnt", () => {
    const zeros = new Float32Array(COUNT);
    const { weights } = unpackMixNetwork(packMixNetwork("none", { ...trained, weights: zeros, squares: zeros }));
    expect(new DataView(weights.buffer).getFloat32(0, true)).toBe(1);
    expect(weights.subarray(8, 8 + GATES)).toEqual(new Uint8Array(GATES));
  });

  test("is refused when a bit of it is damaged", () => {
    for (const at of [0, 1, 2, 5, 1000, 20_000]) {
      const damaged = altered(network, (bytes) => bytes.with(at, bytes[at] ^ 4), false);
      const { code, expected, got } = errorOf(() => unpackMixNetwork(damaged));
      expect([code, expected]).toEqual(["checksum-mismatch", network.hash]);
      expect(got).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  test("is refused when it is not base64", () => {
    expect(errorOf(() => unpackMixNetwork({ ...network, packed: "*" })).code).toBe("invalid-field");
  });

  test.each([
    ["another version", 0, 2, "unsupported-version", 0],
    ["no layers", 1, 0, "invalid-field", 1],
    ["too many layers", 1, 9, "invalid-field", 1],
    ["no cells", 2, 0, "invalid-field", 1],
    ["too many cells", 2, 9, "invalid-field", 1],
    ["a scale that is not finite", 4, 0x7f, "invalid-field", 3],
    ["a negative mean square", 6, 0xff, "invalid-field", 5],
  ])("with %s is refused, whatever its hash says", (_, at, value, code, offset) => {
    // The lower byte of the half, too: 7f80 is infinity.
    const other = altered(network, (bytes) => bytes.with(at, value).with(3, at === 4 ? 0x80 : bytes[3]), true);
    expect(errorOf(() => unpackMixNetwork(other))).toMatchObject({ code, offset });
  });

  test("is refused when it is too short or too long", () => {
    for (const length of [0, 1, 2, 3, 500, 2600, 2700, 30_000]) {
      const short = altered(network, (bytes) => bytes.subarray(0, length), true);
      expect(errorOf(() => unpackMixNetwork(short)).code).toBe("truncated");
    }
    const long = altered(network, (bytes) => Uint8Array.from([...bytes, 1, 2, 3]), true);
    expect(errorOf(() => unpackMixNetwork(long)).code).toBe("trailing-data");
  });

  test("cannot be made of another number of weights, of another shape, or of what is no number", () => {
    const weights = new Float32Array(1000);
    expect(() => packMixNetwork("some", { ...trained, weights })).toThrow(`weights: expected ${COUNT}, got 1000`);
    expect(() => packMixNetwork("some", { ...trained, squares: weights })).toThrow(RangeError);
    expect(() => packMixNetwork("some", { ...trained, cells: 33 })).toThrow("layers, cells: expected 1 to 8 layers");
    expect(() => packMixNetwork("some", { ...trained, weights: trained.weights.with(5, NaN) })).toThrow(
      "weights[5]: expected a finite number, got NaN",
    );
  });
});

test("the network of English is whole", () => {
  const { layers, cells, weights } = unpackMixNetwork(mixNetworkEnglish);
  expect([layers, cells]).toEqual([mixNetworkEnglish.layers, mixNetworkEnglish.cells]);
  expect(weights.some((byte) => byte !== 0)).toBe(true);
});
