export { PAIRS_SOURCES } from "./resolvers.ts";
