/** The queue cannot be had, or does not fit what is asked of it; the message says what to do. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
}

/** Thrown by work that another attempt would not help: its input is not what it was, say. */
export class FinalError extends Error {
  override readonly name = "FinalError";
}
