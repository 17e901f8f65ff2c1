/** There are workers, but not the program that they are to run: a fault of a bundle, and not of the host. */
export class LostWorkerError extends Error {
  /** @param place where the program was looked for */
  constructor(place: string, options?: { readonly cause?: unknown }) {
    super(
      `the program of the workers is not at ${place}: have the bundler make that file of "@pith/codec/worker", say ` +
        "where else it is with provideWorker, or do without workers by { threads: 0 }",
      options,
    );
  }
}
