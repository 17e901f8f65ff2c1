/** The program of the worker that works on files. */
import "../shared/trusted-types.ts";
import { expose } from "comlink";
import { FilesRunner } from "./files-runner.ts";

expose(new FilesRunner());
