import { Store } from "../shared/store.ts";
import { isPending, JobQueue } from "./queue.ts";
import { RemoteRunner } from "./remote-runner.ts";

/** The files of this page; they stay while other views are shown. */
export const files = new JobQueue(new RemoteRunner());

/** Looks into archives, apart from the work on files: a look does not wait for it. */
export const archives = new RemoteRunner();

/** Asks whoever leaves while files are in work whether to. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** How many files wait or are in work. */
export const pendingFiles = new Store(0);

let asks = false;
files.jobs.subscribe(() => {
  pendingFiles.set(files.jobs.value.filter(isPending).length);
  const pending = pendingFiles.value > 0;
  if (pending === asks) return;
  asks = pending;
  if (pending) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
});
