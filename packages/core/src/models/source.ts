import { installModel, type Model } from "./model.ts";

/** Where a model comes from. Only the thread that was called loads models; it hands them to its workers. */
export class ModelSource<Content = unknown, Name extends string = string> {
  readonly model: Model<Content, Name>;
  readonly #fetch: () => Promise<Content>;
  #loading: Promise<Content> | undefined;

  /** @param fetch imports the model; what it gives is plain data */
  constructor(model: Model<Content, Name>, fetch: () => Promise<Content>) {
    this.model = model;
    this.#fetch = fetch;
  }

  /** The model's content, loaded and installed if need be. */
  async load(): Promise<Content> {
    if (this.model.content !== undefined) return this.model.content;
    this.#loading ??= this.#fetch();
    try {
      const content = await this.#loading;
      installModel({ name: this.model.name, content });
      return content;
    } finally {
      // A program that was offline may try again.
      this.#loading = undefined;
    }
  }
}
