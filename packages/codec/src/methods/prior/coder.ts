/** What codes short content, since it knows a prior: a `Prior` of `@pith/priors`, for one. */
export interface PriorCoder {
  /** Names the prior in files: 8 hexadecimal digits. */
  readonly hash: string;
  /** Bytes that content may have. */
  readonly mostContent: number;
  /**
   * Codes content, of which the coded bytes say where it ends.
   *
   * @param options `onDone` may be told how many bytes of it are done; `position` is where it lies in all that is coded
   */
  encode(
    content: Uint8Array,
    options?: { readonly position?: number; readonly onDone?: (done: number) => void },
  ): Promise<Uint8Array>;
  /**
   * Undoes {@link encode}.
   *
   * @param offset of the coded bytes in their file, for errors
   * @param options `onDone` as of {@link encode}
   * @throws PithError for bytes that it has not written
   */
  decode(
    coded: Uint8Array,
    offset: number,
    options?: { readonly onDone?: (done: number) => void },
  ): Promise<Uint8Array>;
}

/** Priors that files may name: one, or whatever a function finds for a hash. */
export type PriorSource = PriorCoder | ((hash: string) => Promise<PriorCoder | undefined>);

/** @throws TypeError if it is none */
export function checkPrior(prior: PriorCoder | undefined): PriorCoder | undefined {
  if (prior === undefined || isPrior(prior)) return prior;
  throw new TypeError(`prior: expected a Prior of @pith/priors, got ${typeof prior}`);
}

/** @throws TypeError if it is none */
export function checkPriorSource(source: PriorSource | undefined): PriorSource | undefined {
  if (source === undefined || typeof source === "function" || isPrior(source)) return source;
  throw new TypeError(`prior: expected a Prior of @pith/priors or a function that finds one, got ${typeof source}`);
}

function isPrior(value: unknown): boolean {
  const prior = value as Partial<PriorCoder> | null;
  return typeof prior?.encode === "function" && /^[0-9a-f]{8}$/.test(prior.hash ?? "");
}
