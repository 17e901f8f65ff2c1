/*
 * Loaded before the command to make the disk behave badly. PITH_TEST_FAULT is one of
 *   open:CODE          files named "source" cannot be opened
 *   chmod              modes cannot be changed
 *   write:CODE:CALLS   the write after CALLS good ones fails
 *   readdir:NAME       folders of this name cannot be read
 *   unlink             files cannot be deleted
 *   grow:PATH          PATH gets longer when it is first read
 *   race:MOMENT:CHANGE somebody changes "source" (or makes "source.pith") at a moment: read (when it is first read), check (when the
 *                      output is read again), named (when the output has its name)
 *   shrink:PATH:CALLS  PATH gets shorter at the read after CALLS ones, the first if there is no number
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { promisify } from "node:util";

const [kind, detail, calls] = process.env.PITH_TEST_FAULT.split(":");
const { open, read, write } = fs;

function fail(syscall, callback, code = detail) {
  callback(Object.assign(new Error(`${code}: simulated, ${syscall}`), { code, syscall }));
}

function thrown(error) {
  throw error;
}

/** Node's own promisify gives these functions an object of results; so must a replacement. */
function replace(name, replacement, result) {
  replacement[promisify.custom] = (...values) =>
    new Promise((resolve, reject) => {
      replacement(...values, (error, count, buffer) => (error ? reject(error) : resolve(result(count, buffer))));
    });
  fs[name] = replacement;
}

const CHANGES = {
  append: () => fs.appendFileSync("source", "one line more\n"),
  rewrite: () => fs.writeFileSync(fs.openSync("source", "r+"), "x"),
  replace() {
    fs.writeFileSync("other", "another file");
    fs.renameSync("other", "source");
  },
  appear: () => fs.writeFileSync("source.pith", "somebody else's"),
  move: () => fs.renameSync("source", "moved"),
};

function race(moment, change) {
  let happened = false;
  const happen = () => {
    if (!happened) change();
    happened = true;
  };
  if (moment === "named") {
    const { link } = fs.promises;
    fs.promises.link = async (...values) => {
      await link(...values);
      happen();
    };
  } else if (moment === "check") {
    fs.open = (path, ...rest) => {
      if (path.endsWith(".tmp")) happen();
      open(path, ...rest);
    };
  } else {
    replace(
      "read",
      (...values) =>
        read(...values.slice(0, -1), (error, ...results) => {
          happen();
          values.at(-1)(error, ...results);
        }),
      (bytesRead, buffer) => ({ bytesRead, buffer }),
    );
  }
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
} else if (kind === "readdir") {
  const { readdir } = fs.promises;
  const { readdirSync } = fs;
  fs.readdirSync = (path, ...rest) => {
    if (String(path).endsWith(detail)) fail("scandir", thrown, "EACCES");
    return readdirSync(path, ...rest);
  };
  fs.promises.readdir = (path, ...rest) =>
    new Promise((resolve, reject) => {
      if (String(path).endsWith(detail)) fail("scandir", reject, "EACCES");
      else resolve(readdir(path, ...rest));
    });
} else if (kind === "unlink") {
  fs.promises.unlink = () => new Promise((_resolve, reject) => fail("unlink", reject, "EACCES"));
} else if (kind === "chmod") {
  fs.fchmod = (_descriptor, _mode, callback) => fail("fchmod", callback, "EPERM");
} else if (kind === "race") {
  race(detail, CHANGES[calls]);
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
