/** The program of the worker that works on files. */
import "../shared/trusted-types.ts";
import { expose } from "comlink";
import { answerOf, type Answer } from "../shared/problems.ts";
import { FilesRunner } from "./files-runner.ts";
import type { ArchiveMember, Runner } from "./runner.ts";

/** What the worker does, for {@link RemoteRunner}. */
export interface FilesWorker extends Runner {
  members(file: File): Promise<Answer<readonly ArchiveMember[] | undefined>>;
  extract(id: number, file: File, index: number): Promise<Answer<Blob>>;
}

const runner = new FilesRunner();
const worker: FilesWorker = {
  run: (id, file, task, onReport) => runner.run(id, file, task, onReport),
  cancel: (id) => runner.cancel(id),
  discard: (id) => runner.discard(id),
  members: (file) => answerOf(runner.members(file)),
  extract: (id, file, index) => answerOf(runner.extract(id, file, index)),
};
expose(worker);
