// Writes man/pith.1 from the table of options. Run after a build: npm run man
import { writeFileSync } from "node:fs";

import { LEVELS } from "@pith/codec";

import { manual } from "../dist/interface/manual.js";

writeFileSync(new URL("../man/pith.1", import.meta.url), manual(LEVELS));
