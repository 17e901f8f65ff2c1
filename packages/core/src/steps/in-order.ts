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
 * Runs jobs at the same time and gives their results in order. While jobs run, one more is fetched, so that fetching
 * and running overlap.
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
  try {
    for (;;) {
      let next: IteratorResult<Job<Result>>;
      try {
        next = await source.next();
      } catch (error) {
        failure = { error };
        break;
      }
      if (next.done === true) break;
      const job = next.value;
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
    // A job has failed, or nobody wants the rest: the source must not be left open.
    await source.return(undefined);
  }
  if (failure !== undefined) throw failure.error;
}

async function* fetchJobs<Item>(jobs: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* jobs;
}
