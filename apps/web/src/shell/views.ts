import type { View } from "../shared/routes.ts";

/** What a view is called. */
export interface ViewText {
  readonly title: string;
  /** Beside the title in the list of views. */
  readonly hint: string;
}

export const VIEW_TEXTS: Readonly<Record<View, ViewText>> = {
  compress: { title: "Compress", hint: "files, there and back" },
  microscope: { title: "Microscope", hint: "what each letter cost" },
  pairs: { title: "Letter pairs", hint: "two letters, one code" },
  patterns: { title: "Patterns", hint: "what repeats in a file" },
};
