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

let asks = false;
files.jobs.subscribe(() => {
  const pending = files.jobs.value.some(isPending);
  if (pending === asks) return;
  asks = pending;
  if (pending) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
});
