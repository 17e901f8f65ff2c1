/** `pith analyze --tensors`: what a safetensors file says that it holds. Only its header is read. */

import { PithError } from "@pith/core";

import { BadFile } from "../../errors.ts";
import { Source } from "../../files/source.ts";
import { formatBytes, formatTable, type Column } from "../../format.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { WEIGHTS_ADVICE } from "./weights.ts";

const COLUMNS: readonly Column[] = [
  { title: "offset", align: "right" },
  { title: "bytes", align: "right" },
  { title: "type", align: "left" },
  { title: "shape", align: "left" },
  { title: "tensor", align: "left" },
];

export async function run(session: Session, sources: readonly string[]): Promise<void> {
  const { SafetensorsFile } = await import("@pith/tensors");
  await session.forEach(sources, async (path): Promise<Facts> => {
    const source = await Source.open(path, { streams: false });
    try {
      const { header } = await SafetensorsFile.open(source.randomAccess());
      const tensors = header.tensors.map(({ name, type, shape, offset, length }) => ({
        name,
        type: type.name,
        shape,
        offset,
        length,
      }));
      const rows = tensors.map(({ name, type, shape, offset, length }) => [
        `${offset}`,
        `${length}`,
        type,
        shape.length === 0 ? "–" : shape.join("×"),
        displayName(name),
      ]);
      await session.print(
        `${displayName(path)}: ${formatBytes(header.fileLength)}, ${tensors.length} ${tensors.length === 1 ? "tensor" : "tensors"}\n${formatTable(COLUMNS, rows)}`,
      );
      return { fileLength: header.fileLength, metadata: header.metadata, tensors };
    } catch (error) {
      if (error instanceof PithError) throw new BadFile(error, WEIGHTS_ADVICE);
      throw error;
    } finally {
      await source.close();
    }
  });
}
