export { checkHash, modelOfHash } from "./hash.ts";
export { hexadecimal } from "./hexadecimal.ts";
export { installModel, Model, type InstalledModel } from "./model.ts";
export { ModelSource } from "./source.ts";
