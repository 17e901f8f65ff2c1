/** Work that can start, and that gives its result later. */
export interface Job<Result> {
  /** Bytes of memory that it takes. */
  readonly memory: number;
  start(): Promise<Result>;
}

/** What bounds the work that runs at one time. */
export interface Bounds {
  /** Jobs at a time; 0 is one, too. */
  readonly threads: number;
  /** In bytes; a job that exceeds it alone runs alone. */
  readonly memoryLimit: number;
}

/**
 * Runs jobs at the same time and gives their results in order, each as soon as it is there. While jobs run, one more is
 * fetched, so that fetching and running overlap.
 *
 * Errors come in order too: where fetching a job fails, the results of the jobs before it are given first.
 */
export async function* runInOrder<Result>(
  jobs: AsyncIterable<Job<Result>> | Iterable<Job<Result>>,
  { threads, memoryLimit }: Bounds,
): AsyncGenerator<Result> {
  const running: { readonly memory: number; readonly result: Promise<Result> }[] = [];
  let memory = 0;
  const oldest = (): Promise<Result> => {
    const first = running.shift();
    if (first === undefined) throw new Error("no job runs");
    memory -= first.memory;
    return first.result;
  };
  let failure: { readonly error: unknown } | undefined;
  const source = fetchJobs(jobs);
  /** Whether the source was asked and has not answered. */
  let isFetching = false;
  try {
    for (;;) {
      isFetching = true;
      const fetched = settled(source.next()).finally(() => {
        isFetching = false;
      });
      // What is done must not wait for what comes next, which may be long in coming.
      while (running.length > 0 && (await isFirst(running[0].result, fetched))) yield await oldest();
      const next = await fetched;
      if ("error" in next) {
        failure = next;
        break;
      }
      if (next.value.done === true) break;
      const job = next.value.value;
      while (running.length >= Math.max(threads, 1) || (running.length > 0 && memory + job.memory > memoryLimit))
        yield await oldest();
      const result = job.start();
      // Its rejection is seen when its turn comes, which the engine cannot know.
      result.catch(() => undefined);
      running.push({ memory: job.memory, result });
      memory += job.memory;
    }
    while (running.length > 0) yield await oldest();
  } finally {
    // A job has failed, or nobody wants the rest: the source must not be left open. One that waits for its own source is
    // closed by whoever closes that.
    const closed = settled(source.return(undefined));
    if (!isFetching) await closed;
  }
  if (failure !== undefined) throw failure.error;
}

/** What becomes of a promise, as a value. */
async function settled<Value>(
  promise: Promise<Value>,
): Promise<{ readonly value: Value } | { readonly error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}

/** Whether one promise is settled before another that does not fail. */
async function isFirst(one: Promise<unknown>, other: Promise<unknown>): Promise<boolean> {
  return await Promise.race([settled(one).then(() => true), other.then(() => false)]);
}

async function* fetchJobs<Item>(jobs: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* jobs;
}
