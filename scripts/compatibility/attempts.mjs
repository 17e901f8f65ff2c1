// What was tried, and what of it failed.

const failures = [];

/** Runs one thing and says how it went; one that fails lets the others run. */
export async function attempt(name, run) {
  const start = performance.now();
  try {
    await run();
    console.log(`ok      ${name} (${Math.round(performance.now() - start)} ms)`);
  } catch (error) {
    failures.push(name);
    console.log(`FAILED  ${name}\n${String(error.stderr || error.stdout || error.stack || error)}`);
  }
}

export function expect(got, expected) {
  if (!got.includes(expected)) throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
}

/** Says the outcome, and sets the exit code. */
export function conclude() {
  console.log(failures.length === 0 ? "\nAll run." : `\nFailed: ${failures.join(", ")}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
