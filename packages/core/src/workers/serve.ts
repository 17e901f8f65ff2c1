/** The side of a worker that does a program's tasks: one at a time, in Web Workers and in Node's threads. */
import { isWhole } from "../bytes/concatenate.ts";
import { finish } from "../steps/finish.ts";
import type { Steps } from "../steps/steps.ts";
import { errorToMessage, type Answer } from "./answers.ts";
import type { Need } from "./executor.ts";
import { hostOfWorker } from "./worker-host.ts";

/** What tasks to come need. */
interface Installation<Installed> {
  readonly installed: Installed;
}

/** What a task needs, as it goes to a worker. @param name among all that the program's tasks need */
export function need(name: string, installed: unknown): Need {
  return { name, message: { installed } satisfies Installation<unknown> };
}

/**
 * Serves the pool that started this worker.
 *
 * @param stepsOf does a task, given as `Program.toMessage` made it plain data
 * @param install makes known to this thread what another one has loaded, as `Program.prepare` gave it to {@link need}
 * @param spentOf what a task was given that goes back, to be used again
 */
// The caller says what its program's messages are: they arrive without a type that these could be inferred from.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function serve<Message extends object, Installed>(
  stepsOf: (task: Message) => Steps<Uint8Array>,
  install: (given: Installed) => void,
  spentOf: (task: Message) => readonly Uint8Array<ArrayBuffer>[] = () => [],
): void {
  const host = hostOfWorker<Answer>((message) => {
    const given = message as Message | Installation<Installed>;
    if ("installed" in given) install(given.installed);
    else work(given);
  });

  function work(task: Message): void {
    try {
      const result = finish(stepsOf(task), (done) => host.send({ type: "progress", done }));
      const own = isWhole(result) ? result : result.slice();
      const spent = spentOf(task).filter(({ buffer }) => buffer !== own.buffer);
      host.send({ type: "done", result: own, spent }, [own.buffer, ...spent.map(({ buffer }) => buffer)]);
    } catch (error) {
      host.send({ type: "error", error: errorToMessage(error) });
    }
  }

  host.send({ type: "ready" });
}
