// npm test: installs what is missing, builds what changed, runs every package's tests, and closes on one line such as
// `123 passed, 0 failed`.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { install, root, turbo, workspaces } from "./workspace.mjs";

/** Counts of a package of whose tests none ran; that is a failure too. */
const NOTHING = { passed: 0, failed: 1, skipped: 0 };

install();

const tested = workspaces()
  .filter(({ manifest }) => manifest.scripts?.test !== undefined)
  .map(({ folder, manifest }) => ({ name: manifest.name, results: join(root, folder, ".jest/results.json") }));

// A package whose tests do not get to run must not be counted by the results of an earlier run.
for (const { results } of tested) rmSync(results, { force: true });

console.log(
  `Building and testing ${tested.length} packages. The first time takes some minutes, since every kernel is compiled; ` +
    `later, what did not change is taken from the cache.\n`,
);
// One package more than cores: some tests mostly wait.
const concurrency = `--concurrency=${availableParallelism() + 1}`;
const status = turbo(["run", "test", concurrency, "--continue=dependencies-successful", "--output-logs=new-only"]);
console.log();

let passed = 0;
let failed = 0;
const problems = [];
for (const { name, results } of tested) {
  const counts = existsSync(results)
    ? summary(JSON.parse(readFileSync(results, "utf8")))
    : { ...NOTHING, problems: ["no results: it did not build, or its tests did not start"] };
  passed += counts.passed;
  failed += counts.failed;
  problems.push(...counts.problems.map((problem) => `${name}: ${problem}`));
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  console.log(`${name.padEnd(18)} ${counts.passed} passed, ${counts.failed} failed${skipped}`);
}
if (status !== 0 && failed === 0) {
  failed++;
  problems.push(`turbo ended with exit code ${status}; what it printed is above`);
}
for (const problem of problems) console.error(`\n✗ ${problem}`);

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Counts and problems of a package, from what jest wrote. A test file that does not even load is one failure. */
function summary({
  numTotalTests,
  numPassedTests,
  numFailedTests,
  numPendingTests,
  numRuntimeErrorTestSuites,
  testResults,
}) {
  if (numTotalTests + numRuntimeErrorTestSuites === 0) return { ...NOTHING, problems: ["it has no tests"] };
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests,
    problems: testResults.flatMap(({ name, message, assertionResults }) => {
      const file = relative(root, name);
      const failures = assertionResults.filter((test) => test.status === "failed");
      if (failures.length === 0) return message === "" ? [] : [`${file}\n${message}`];
      return failures.map((test) => `${file}: ${test.fullName}\n${test.failureMessages.map(ownFrames).join("\n")}`);
    }),
  };
}

/** An error's text, without the frames of the test runner. */
function ownFrames(text) {
  return text.replace(/^ +at .*node_modules.*\n?/gm, "");
}
