/** What a worker does with files for the page. */
import type { MethodName } from "@pith/codec";
import type { Found } from "./found.ts";
import type { Problem } from "../shared/problems.ts";

/** Bytes of a file that is done faster on one thread than workers take it over. */
export const SMALL = 2 ** 17;

/** How files are compressed. */
export interface Choices {
  /** 1 to 10. */
  readonly level: number;
  readonly method: MethodName;
  /** `auto`: short files are coded with what the built-in prior knows, as the command's `--prior auto` has it. */
  readonly prior: PriorName;
}

export type PriorName = "none" | "auto";

/** What a folder holds, for the file in which the contents of its files lie one behind the other. */
export interface PackMember {
  /** With its path. */
  readonly name: string;
  readonly type: "file" | "folder";
  /** Where its content begins, and how long it is. */
  readonly start: number;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** What is in an archive. */
export interface ArchiveMember {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** What is to be done with a file. */
export type Task =
  | {
      readonly type: "compress";
      readonly choices: Choices;
      /** Also what is compressed by Pith already. */
      readonly anyway?: true;
    }
  | {
      /** A folder becomes one archive. */
      readonly type: "pack";
      readonly choices: Choices;
      readonly members: readonly PackMember[];
    }
  | {
      readonly type: "decompress";
      /** By its first bytes: its name does not say so. */
      readonly found?: true;
    };

/** How far it is, in bytes. */
export interface Report {
  /** Content that is done. */
  readonly done: number;
  /** Content in all; undefined where the file is too damaged to say. */
  readonly total: number | undefined;
  /** Of the result, so far. */
  readonly written: number;
  /** What the browser's own gzip makes of the file; undefined until that is known, and where it is not wanted. */
  readonly gzipLength: number | undefined;
}

/** How it ended. */
export type Outcome =
  | {
      readonly type: "done";
      readonly result: Blob;
      readonly contentLength: number;
      readonly seconds: number;
      /** As in {@link Report}. */
      readonly gzipLength: number | undefined;
      readonly found: Found;
    }
  | { readonly type: "cancelled" }
  | {
      readonly type: "failed";
      readonly problem: Problem;
      /** The content before the place of the error, which was checked; undefined where there is none. */
      readonly partial: Blob | undefined;
    };

export interface Runner {
  /** @param id tells tasks apart; results are kept under it */
  run(id: number, file: File, task: Task, onReport: (report: Report) => void): Promise<Outcome>;
  /** Stops what runs under an id. */
  cancel(id: number): Promise<void>;
  /** Forgets the result of a task. */
  discard(id: number): Promise<void>;
}

/** A runner that also looks into archives. */
export interface ArchiveRunner extends Runner {
  /** What is in an archive; undefined where it has no index. */
  members(file: File): Promise<readonly ArchiveMember[] | undefined>;
  /** A file of an archive. @param id as of a task @param index among its members */
  extract(id: number, file: File, index: number): Promise<Blob>;
}
