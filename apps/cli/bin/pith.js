#!/usr/bin/env node
import module from "node:module";

// Node 22.1 and later keep what they have compiled of the command for the next time.
module.enableCompileCache?.();
await import("../bundle/main.js");
