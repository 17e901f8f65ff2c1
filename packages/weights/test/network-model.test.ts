import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { createNeuralPredictor, unpackNeuralModel } from "@pith/predictors";
import { packNetwork, unpackNetwork, type PackedNetwork } from "../src/index.ts";
import { staticDna } from "../src/static-dna.ts";
import { staticEnglish } from "../src/static-english.ts";

function codeOf(network: PackedNetwork): string {
  try {
    unpackNetwork(network);
  } catch (error) {
    if (error instanceof PithError) return error.code;
    throw error;
  }
  return "no error";
}

/** Bits a symbol that coding under a network's predictions takes. */
function cost(network: PackedNetwork, symbols: ArrayLike<number>): number {
  const { options, weights } = unpackNeuralModel(unpackNetwork(network));
  const predictor = createNeuralPredictor({ ...options, weights, learns: false });
  const probabilities = new Uint32Array(options.alphabetSize);
  let bits = 0;
  for (const symbol of Array.from(symbols)) {
    predictor.predict(probabilities);
    bits -= Math.log2(probabilities[symbol] / 2 ** 22);
    predictor.update(symbol);
  }
  return bits / symbols.length;
}

describe("a network in a module", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 37) & 255);

  test("gives its bytes back", () => {
    expect(unpackNetwork(packNetwork("some", "bytes", bytes))).toEqual(bytes);
  });

  test("that is damaged is refused", () => {
    const network = packNetwork("some", "bytes", bytes);
    expect(codeOf(network)).toBe("no error");
    expect(codeOf({ ...network, packed: `A${network.packed.slice(1)}` })).toBe("no error");
    expect(codeOf({ ...network, packed: `B${network.packed.slice(1)}` })).toBe("checksum-mismatch");
    expect(codeOf({ ...network, packed: network.packed.slice(4) })).toBe("checksum-mismatch");
    expect(codeOf({ ...network, packed: `?${network.packed.slice(1)}` })).toBe("invalid-field");
  });

  test("of English predicts English", () => {
    expect(staticEnglish.symbols).toBe("bytes");
    const text =
      "It was a bright morning in the early spring, and the old man had gone down to the harbour to see the ships. " +
      "Nobody there had heard of the letter, but a boy who sold oranges remembered that a stranger had asked for him.";
    expect(cost(staticEnglish, new TextEncoder().encode(text))).toBeLessThan(2.6);
  });

  test("of bases sees which of them abound", () => {
    expect(staticDna.symbols).toBe("bases");
    let state = 1;
    const below = (count: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * count);
    };
    // A 0, G 1, C 2, T 3.
    const weak = Array.from({ length: 2000 }, () => (below(4) > 0 ? 3 * below(2) : 1 + below(2)));
    const strong = weak.map((symbol) => symbol ^ 1);
    // Random sequences, of which bacteria teach little: two bits are what any base takes that nothing is known of.
    expect(cost(staticDna, weak)).toBeLessThan(1.995);
    expect(cost(staticDna, strong)).toBeLessThan(1.995);
  });
});
