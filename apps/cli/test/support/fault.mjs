/*
 * Loaded before the command to make the disk behave badly. PITH_TEST_FAULT is one of
 *   open:CODE          files named "source" cannot be opened
 *   write:CODE:CALLS   the write after CALLS good ones fails
 *   grow:PATH          PATH gets longer when it is first read
 *   shrink:PATH:CALLS  PATH gets shorter at the read after CALLS ones, the first if there is no number
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { promisify } from "node:util";

const [kind, detail, calls] = process.env.PITH_TEST_FAULT.split(":");
const { open, read, write } = fs;

function fail(syscall, callback) {
  callback(Object.assign(new Error(`${detail}: simulated, ${syscall}`), { code: detail, syscall }));
}

/** Node's own promisify gives these functions an object of results; so must a replacement. */
function replace(name, replacement, result) {
  replacement[promisify.custom] = (...values) =>
    new Promise((resolve, reject) => {
      replacement(...values, (error, count, buffer) => (error ? reject(error) : resolve(result(count, buffer))));
    });
  fs[name] = replacement;
}

if (kind === "open") {
  fs.open = (path, ...rest) => (path === "source" ? fail("open", rest.at(-1)) : open(path, ...rest));
} else if (kind === "write") {
  let left = Number(calls);
  replace(
    "write",
    (...values) => (left-- > 0 ? write(...values) : fail("write", values.at(-1))),
    (bytesWritten, buffer) => ({ bytesWritten, buffer }),
  );
} else {
  let left = Number(calls ?? 0);
  replace(
    "read",
    (...values) => {
      if (left-- === 0) {
        if (kind === "grow") fs.appendFileSync(detail, "and more");
        else fs.truncateSync(detail, 10);
      }
      read(...values);
    },
    (bytesRead, buffer) => ({ bytesRead, buffer }),
  );
}
syncBuiltinESMExports();
