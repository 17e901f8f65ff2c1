// Runs turbo with the arguments given: `node scripts/turbo.mjs run build`.
import { turbo } from "./workspace.mjs";

process.exitCode = turbo(process.argv.slice(2));
