import { useEffect, useRef, useState } from "preact/hooks";
import { droppedFolder, type DroppedFolder } from "./folders.ts";

/** Files and folders that were dropped or pasted. */
export interface Incoming {
  readonly files: readonly File[];
  readonly folders: readonly DroppedFolder[];
}

/** Names of folders, for those who do not take any. */
export function namesOf(folders: readonly DroppedFolder[]): string {
  return folders.map(({ name }) => name).join(", ");
}

function incomingOf(transfer: DataTransfer): Incoming {
  const files: File[] = [];
  const folders: DroppedFolder[] = [];
  for (const item of transfer.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) folders.push(droppedFolder(entry as FileSystemDirectoryEntry));
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

const bringsFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes("Files") ?? false;

/**
 * Takes what is dropped anywhere on the page, and files that are pasted.
 *
 * @returns whether files are being dragged over the page
 */
export function useIncomingFiles(take: (incoming: Incoming) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const ends = new AbortController();
    const { signal } = ends;
    /** Elements that the pointer entered and has not left. */
    let depth = 0;
    const receive = (transfer: DataTransfer): void => latest.current(incomingOf(transfer));
    const count = (step: number) => (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth += step;
      setDragging(depth > 0);
    };
    addEventListener("dragenter", count(1), { signal });
    addEventListener("dragleave", count(-1), { signal });
    addEventListener("dragover", (event) => bringsFiles(event.dataTransfer) && event.preventDefault(), { signal });
    addEventListener(
      "drop",
      (event) => {
        if (!bringsFiles(event.dataTransfer)) return;
        event.preventDefault();
        depth = 0;
        setDragging(false);
        receive(event.dataTransfer);
      },
      { signal },
    );
    addEventListener(
      "paste",
      ({ clipboardData }) => {
        if (bringsFiles(clipboardData)) receive(clipboardData);
      },
      { signal },
    );
    return () => ends.abort();
  }, []);
  return dragging;
}
