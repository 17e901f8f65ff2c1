/** A made-up analysis: every part of a report has something to show. */

import type { Analysis, LevelName, PatternNode } from "../src/analysis.ts";
import type { Report } from "../src/report/report.ts";
import type { SafetensorsAnalysis } from "../src/safetensors/analyzer.ts";

const SIZE = 1_048_576;
const BLOCK = 1000;
const CELLS = 512;

/** Numbers 0 … 1, the same on each run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

const exactly = (value: number): { value: number; exact: true; standardError: 0 } => ({
  value,
  exact: true,
  standardError: 0,
});

function level(name: LevelName, patternSize: number, distinct: number): Analysis["levels"][number] {
  const total = Math.floor(SIZE / patternSize);
  return {
    name,
    patternSize,
    total,
    distinct: exactly(distinct),
    repeating: exactly(Math.floor(distinct / 10)),
    repeats: exactly(total - distinct),
    density: distinct / total,
    sampling: { rate: name === "micro" ? 1 / 8 : 1, kept: distinct },
    collisionProbability: 1e-12,
    counts: [
      { from: 1, to: 1, patterns: distinct - 12, occurrences: distinct - 12 },
      { from: 2, to: 2, patterns: 8, occurrences: 16 },
      { from: 3, to: 4, patterns: 4, occurrences: 14 },
    ],
    digest: "0123456789abcdef",
    top: [7, 5, 3, 2].map((count, i) => ({
      signature: `${i}0123456789abcdef`.slice(0, 16),
      count,
      offset: 1000 * i,
      offsets:
        name === "coarse"
          ? Array.from({ length: count }, (_, k) => 1000 * i + Math.floor(((k * k + i) * SIZE) / 64 / 1000) * 1000)
          : [1000 * i],
    })),
  };
}

function tree(root: number): PatternNode {
  const random = noise(root + 1);
  const offset = 1000 * root;
  const node = (
    name: LevelName,
    at: number,
    size: number,
    correlation: number | null,
    children: PatternNode[],
  ): PatternNode => ({
    level: name,
    signature: (0x1000 + at).toString(16).padStart(16, "0"),
    count: 1 + Math.floor(12 * random() ** 3),
    offset: at,
    size,
    multiplicity: 1,
    correlation,
    children,
    around: name === "coarse" ? [{ ...children[0], offset: at - 50, correlation: null }] : [],
  });
  const fine = [0, 1, 3, 4, 6, 7, 9].map((i) =>
    node(
      "fine",
      offset + 100 * i,
      100,
      random() * 2 - 1,
      [0, 2, 3, 5, 8, 9].map((k) => node("micro", offset + 100 * i + 10 * k, 10, random(), [])),
    ),
  );
  return node("coarse", offset, BLOCK, null, fine);
}

function sampleAnalysis(): Analysis {
  const random = noise(7);
  const bump = (i: number): number => (i > CELLS / 4 && i < CELLS / 2 ? 0.6 : 0.05);
  const along = (factor: number): number[] =>
    Array.from({ length: CELLS }, (_, i) => Math.min(1, bump(i) * factor * (0.5 + random())));
  const product = Array.from({ length: 1024 }, (_, i) => (i % 64 === 63 ? 0.45 : 0.1 * random() - 0.03));
  return {
    format: 1,
    parameters: { blockSize: BLOCK, signature: "xxh64", region: 1, memoryLimit: 2 ** 30 },
    size: SIZE,
    remainder: SIZE % BLOCK,
    levels: [level("coarse", BLOCK, 930), level("fine", 100, 8_700), level("micro", 10, 61_000)],
    tree: Array.from({ length: 9 }, (_, i) => tree(i)),
    map: { cellSize: 2048, coarse: along(1), fine: along(1.3), micro: along(1.6) },
    runs: {
      lengths: [1, 2, 4, 8, 16, 32].map((from, i) => ({
        from,
        to: Math.max(from, 2 * from - 1),
        runs: 40 >> i,
        blocks: (40 >> i) * from,
      })),
      longest: { offset: 300_000, size: 41_000 },
    },
    statistics: {
      entropy: [4.6, 3.4, 2.5, 1.9].map((bitsPerByte, order) => ({
        order,
        bitsPerByte,
        exact: order < 3,
        positions: SIZE - order,
        standardError: order < 3 ? 0 : 0.01,
        shortfall: order < 2 ? 0 : 0.2 * order,
      })),
      byteCounts: Array.from({ length: 256 }, (_, value) => (value < 128 ? Math.floor(9000 * random() ** 4) : 0)),
      profile: {
        cellSize: 2048,
        bitsPerByte: Array.from({ length: CELLS }, (_, i) => 4.2 + Math.sin(i / 20) + 0.4 * random()),
        exact: true,
      },
      autocorrelation: {
        product,
        match: product.map((value) => 0.06 + Math.max(0, value) / 2),
        matchByChance: 0.06,
        peaks: [64, 128, 192, 448].map((lag) => ({ lag, product: product[lag - 1], match: 0.28 })),
        exact: true,
        pairs: SIZE - 1,
        standardError: 0.001,
      },
      patternDensity: 0.89,
      selfReference: { asPaper: -0.31, normalised: 0.04 },
    },
    meta: {
      crossCorrelation: [
        [1, 0.91, 0.83, null],
        [0.91, 1, 0.95, -0.2],
        [0.83, 0.95, 1, -0.31],
        [null, -0.2, -0.31, 1],
      ],
      metaPatterns: [{ first: "fine", second: "micro", correlation: 0.95 }],
      metaEfficiency: 0.77,
      breakthroughFactor: 4.2,
      recursiveAmplification: 3.234,
    },
    claimed: {
      representation: { signatures: 1400, statistics: 96, hierarchy: 700, total: 2196 },
      ratioBeforeAmplification: SIZE / 2196,
      ratio: (SIZE / 2196) * 3.234,
      tableRatio: 1288,
    },
    achievable: {
      entropy: [4.6, 3.4, 2.5, 1.9].map((bits, order) => ({
        order,
        size: Math.ceil((SIZE * bits) / 8),
        adaptiveSize: Math.ceil((SIZE * (bits + 0.1 * order)) / 8),
      })),
      repeats: (["coarse", "fine", "micro", "all"] as const).map((name, i) => ({
        level: name,
        content: exactly(900_000 - 50_000 * i),
        references: 3_000 * (i + 1),
        size:
          name === "micro" ? { value: 1_100_000, exact: false, standardError: 2_000 } : exactly(903_000 - 47_000 * i),
      })),
      pith: null,
    },
    notes: ["Micro patterns were sampled: one signature in eight."],
  };
}

function sampleSafetensors(): SafetensorsAnalysis {
  return {
    fileLength: SIZE,
    headerLength: 576,
    headerOrderZero: 300,
    metadata: { format: "pt" },
    tensors: ["embedding.weight", "layers.0.attention.query.weight", "layers.0.norm"].map((name, i) => ({
      name,
      type: i === 2 ? "I8" : "F32",
      shape: i === 2 ? [] : [256, 512 >> i],
      offset: 576 + 524_288 * i,
      length: 524_288 >> i,
      values: i === 2 ? 131_072 : 131_072 >> i,
      fields:
        i === 2
          ? [
              {
                name: "byte",
                bits: 8,
                entropies: [{ given: "nothing", bits: 5 }],
                codeLength: 5.1,
                model: "given nothing",
              },
            ]
          : [
              { name: "sign", bits: 1, entropies: [{ given: "nothing", bits: 1 }], codeLength: 1, model: "stored" },
              {
                name: "exponent",
                bits: 8,
                entropies: [
                  { given: "nothing", bits: 2.8 },
                  { given: "the exponent before", bits: 2.5 },
                ],
                codeLength: 2.6,
                model: "given the exponent before",
              },
              {
                name: "mantissa 1–8",
                bits: 8,
                entropies: [{ given: "nothing", bits: 7.9 }],
                codeLength: 7.9,
                model: "given nothing, 3 of 8 bits",
              },
              {
                name: "mantissa 9–16",
                bits: 8,
                entropies: [{ given: "nothing", bits: 8 }],
                codeLength: 8,
                model: "stored",
              },
              {
                name: "mantissa 17–23",
                bits: 7,
                entropies: [{ given: "nothing", bits: 7 }],
                codeLength: 7,
                model: "stored",
              },
            ],
      orderZero: ((i === 2 ? 5.1 : 26.5) * (i === 2 ? 131_072 : 131_072 >> i)) / 8,
      model: "fields",
    })),
    orderZero: 740_000,
  };
}

export function sampleReport(): Report {
  return {
    name: "sample <&> file.bin",
    analysis: sampleAnalysis(),
    pith: { level: 5, contentLength: SIZE, size: 210_000, pieces: 1 },
    safetensors: sampleSafetensors(),
  };
}
