// Writes man/pith.1 from the tables of options. Run after a build: npm run man
import { writeFileSync } from "node:fs";

import { LEVELS } from "@pith/codec";

import { loadFamilies } from "../dist/interface/command.js";
import { manual } from "../dist/interface/manual.js";
import { FAMILIES } from "../dist/verbs/registry.js";

writeFileSync(new URL("../man/pith.1", import.meta.url), manual(LEVELS, await loadFamilies(FAMILIES)));
