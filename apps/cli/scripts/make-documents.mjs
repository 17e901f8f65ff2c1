// Writes man/pith.1 and the generated parts of README.md from the tables of options. After a build: npm run documents
import { readFileSync, writeFileSync } from "node:fs";

import { LEVELS } from "@pith/codec";

import { loadFamilies } from "../dist/interface/command.js";
import { manual } from "../dist/interface/manual.js";
import { withGeneratedParts } from "../dist/interface/readme.js";
import { FAMILIES } from "../dist/verbs/registry.js";

const families = await loadFamilies(FAMILIES);
writeFileSync(new URL("../man/pith.1", import.meta.url), manual(LEVELS, families));
const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withGeneratedParts(readFileSync(readme, "utf8"), families));
