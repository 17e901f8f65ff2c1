/** The program of the worker that measures gzip: the browser's compressor leaves no time to others on its thread. */
import { expose } from "comlink";
import { gzipLength } from "../shared/gzip-length.ts";

const measurer = { measure: (content: Blob): Promise<number | undefined> => gzipLength(content) };
export type GzipMeasurer = typeof measurer;
expose(measurer);
