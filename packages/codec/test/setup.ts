/** The sources' own workers: those of the build, since no engine runs the sources. */
import { provideWorker } from "../src/workers/start-worker.ts";

provideWorker(new URL("../dist/workers/worker.js", import.meta.url));
