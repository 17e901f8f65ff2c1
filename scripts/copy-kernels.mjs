// Copies a package's .wasm files to where the compiler has put what imports them. Run inside the package.
import { copyFile, mkdir, readdir } from "node:fs/promises";

const from = "src/generated";
const to = "dist/generated";
await mkdir(to, { recursive: true });
for (const file of await readdir(from)) if (file.endsWith(".wasm")) await copyFile(`${from}/${file}`, `${to}/${file}`);
