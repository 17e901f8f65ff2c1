/** What a verb is called: two words within a family. */
export type VerbName =
  | "compress"
  | "decompress"
  | "test"
  | "list"
  | "bench"
  | "analyze"
  | "train"
  | "completion"
  | "stats count"
  | "stats merge"
  | "stats normalise"
  | "stats pair"
  | "stats show"
  | "stats evaluate"
  | "pairs encode"
  | "pairs decode"
  | "pairs message";
