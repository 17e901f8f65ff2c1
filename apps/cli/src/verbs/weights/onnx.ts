/** What an ONNX model holds: its tensors, counted as those of a safetensors file are. */

import type { SafetensorsAnalysis } from "@pith/analyzer";
import type { DecompressOptions, OpenFile, RandomAccessSource } from "@pith/codec";

/** What is shown of a model, of whichever format. */
export type Model = Pick<SafetensorsAnalysis, "fileLength" | "orderZero" | "tensors">;

/** Bytes that are counted at once. */
const PIECE = 2 ** 20;

/**
 * Reads a model from its start to its end, twice: what is said of its tensors, then these.
 *
 * @param onRead told how many bytes of tensors were read
 * @throws PithError where it is no model
 */
export async function analyzeOnnx(source: RandomAccessSource, onRead: (length: number) => void): Promise<Model> {
  const [{ readOnnx, writeHeader }, { SafetensorsAnalyzer }] = await Promise.all([
    import("@pith/tensors"),
    import("@pith/analyzer"),
  ]);
  const tensors = await readOnnx(source);
  // Names need not differ in a model.
  const header = writeHeader(tensors.map(({ type, shape }, i) => ({ name: `${i}`, type: type.name, shape })));
  const analyzer = new SafetensorsAnalyzer();
  analyzer.push(header);
  for (const { offset, length } of tensors) {
    for (let done = 0; done < length; done += PIECE) {
      const bytes = await source.read(offset + done, Math.min(PIECE, length - done));
      analyzer.push(bytes);
      onRead(bytes.length);
    }
  }
  const counted = analyzer.finish().tensors;
  const inTensors = counted.reduce((sum, { length }) => sum + length, 0);
  const ofTensors = counted.reduce((sum, { orderZero }) => sum + orderZero, 0);
  return {
    fileLength: source.size,
    // What is between them is not counted, and so taken as it is.
    orderZero: Math.ceil(ofTensors + source.size - inTensors),
    tensors: counted.map((each, i) => ({ ...each, name: tensors[i].name, offset: tensors[i].offset })),
  };
}

/** The content of a file, of which the block that was read last is kept: to read on costs no block twice. */
export function contentOf(file: OpenFile, options: DecompressOptions): RandomAccessSource {
  let kept = { start: 0, end: 0, bytes: new Uint8Array(0) };
  return {
    size: file.contentLength,
    async read(offset, length) {
      const found = new Uint8Array(Math.min(length, file.contentLength - offset));
      for (let done = 0; done < found.length;) {
        const at = offset + done;
        if (at < kept.start || at >= kept.end) {
          const index = file.blockEnds.findIndex((end) => end > at);
          const [start, end] = [file.blockEnds[index - 1] ?? 0, file.blockEnds[index]];
          kept = { start, end, bytes: await file.range(start, end, options) };
        }
        const part = kept.bytes.subarray(at - kept.start, at - kept.start + found.length - done);
        found.set(part, done);
        done += part.length;
      }
      return found;
    },
  };
}
