import { expect, test } from "@jest/globals";
import { SafetensorsFile } from "@pith/tensors";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateModel } from "../src/weights/generate.ts";
import { compressModel, decompressModel, measureInMemory } from "../src/weights/measure.ts";
import { layersFor, lengthOf, MISTRAL, tensorsOf } from "../src/weights/model.ts";
import { toPage } from "../src/weights/page.ts";

const SMALL = { layers: 2, vocabulary: 200, hidden: 64, shared: 16, inner: 224 };
const tensors = tensorsOf(SMALL);
const coding = { level: 1, threads: 0, onDone: (): void => undefined };

function contentOf(): Uint8Array {
  return new Uint8Array(Buffer.concat([...generateModel(tensors)]));
}

test("Mistral 7B has its 7,241,732,096 parameters, and so many layers more make the paper's size", () => {
  expect(lengthOf(tensorsOf(MISTRAL)) / 2).toBe(7_241_732_096);
  const layers = layersFor(17_557_620_908, MISTRAL);
  expect(lengthOf(tensorsOf({ ...MISTRAL, layers }))).toBeGreaterThanOrEqual(17_557_620_908);
  expect(lengthOf(tensorsOf({ ...MISTRAL, layers: layers - 1 }))).toBeLessThan(17_557_620_908);
});

test("a model is a safetensors file of normal numbers, the same each time", async () => {
  const content = contentOf();
  expect(content).toEqual(contentOf());
  const read = async (offset: number, length: number): Promise<Uint8Array> => content.subarray(offset, offset + length);
  const { header } = await SafetensorsFile.open({ size: content.length, read });
  expect(header.tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(
    tensors.map(({ name, shape }) => ({ name, shape })),
  );
  const { offset, length } = header.tensors[0];
  const bits = Uint32Array.from(new Uint16Array(content.slice(offset, offset + length).buffer), (half) => half << 16);
  const values = new Float32Array(bits.buffer);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  expect(deviation).toBeGreaterThan(0.0195);
  expect(deviation).toBeLessThan(0.0205);
  expect(values.filter((value) => Math.abs(value) < 0.02).length / values.length).toBeCloseTo(0.683, 1);
});

test("a model goes from memory to memory, on this thread and on others", async () => {
  const content = contentOf();
  const passes = await measureInMemory(content, 1);
  expect(passes.map(({ threads }) => threads)).toEqual([0, 1, 2]);
  for (const { compress, decompress } of passes) {
    expect(compress.length).toBe(content.length);
    expect(decompress.length).toBe(content.length);
  }
});

test("a model goes through streams, to about two thirds, and the page says what came of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pith-weights-"));
  try {
    const path = join(folder, "model.pith");
    const { pass, compressedLength } = await compressModel(tensors, coding, path);
    const { length } = contentOf();
    expect(pass.length).toBe(length);
    expect(compressedLength / length).toBeLessThan(0.68);
    expect((await decompressModel(path, coding)).length).toBe(length);
    const page = toPage({
      date: "2026-01-02T00:00:00Z",
      processor: "a processor",
      node: "20",
      format: 1,
      layers: 2,
      level: 1,
      threads: 2,
      length: 3000,
      compressedLength: 2000,
      compress: { length: 3000, seconds: 60, processorSeconds: 100 },
      decompress: { length: 300, seconds: 5, processorSeconds: 9 },
      generation: 7,
      peakMemory: 2 ** 28,
      zstd: { fast: 0.79, default: 0.78 },
      inMemory: [
        {
          threads: 2,
          compress: { length: 3e8, seconds: 2, processorSeconds: 3 },
          decompress: { length: 3e8, seconds: 1.5, processorSeconds: 2 },
        },
      ],
    });
    expect(page).toContain("2,000 | 66.67 % | 1:00");
    expect(page).toMatch(/ratio of 5,943,677\b/);
    expect(page).toContain("79.00 %");
    expect(page).toContain("78.00 %");
    expect(page).toMatch(/\| 2 +\| +150 \| +100 \| +200 \| +150 \|/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
