import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const plainNode = Object.fromEntries(
  ["Buffer", "URL", "WebAssembly", "console", "performance", "process", "setTimeout"].map((name) => [name, "readonly"]),
);

export default defineConfig(
  globalIgnores([
    "**/dist/",
    "**/bundle/",
    "**/generated/",
    "**/.turbo/",
    "**/.jest/",
    "**/coverage/",
    // AssemblyScript. Its decorators on functions do not parse as TypeScript and its types (i32, usize) are not
    // TypeScript's, so no rule could be trusted; its compiler is strict, and the tests hold each kernel to a reference.
    "**/kernel/",
  ]),
  js.configs.recommended,
  { files: ["**/*.mjs", "**/*.js"], languageOptions: { globals: plainNode } },
  // They hand functions to a browser.
  {
    files: ["apps/web/scripts/**"],
    languageOptions: { globals: { document: "readonly", requestAnimationFrame: "readonly", scrollTo: "readonly" } },
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      // Messages show numbers: offsets, lengths, both sides of a mismatch.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `while (true)` is a decoder's loop.
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      // `() => { … }` and `() => f()` mean the same where nothing is returned.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // `import { type X }` would still load the module at run time; `import type { X }` does not.
      "@typescript-eslint/no-import-type-side-effects": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "ExportAllDeclaration", message: "Name each export, so that the surface can be read." },
      ],
    },
  },
  {
    files: ["packages/*/src/**/*.ts"],
    // Named so, and loaded lazily, a module may use Node's own.
    ignores: ["**/node-*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^node:", message: "Packages run in browsers too; put it in a node-*.ts, loaded lazily." },
          ],
        },
      ],
    },
  },
  {
    files: ["**/test/**/*.ts"],
    rules: {
      // A test may reach for what it knows is there; if it is not, the test fails, as it should.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Test doubles obey asynchronous and empty contracts.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      // Fixtures and JSON are read as `any`; the assertions on them are the check.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
