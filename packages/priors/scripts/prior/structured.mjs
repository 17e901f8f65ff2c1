/** Records, logs, markup and code that this file writes by itself: what their forms have in common, with made-up values. */
import { randomOf } from "./random.mjs";

const NAMES =
  "Anna Ben Carla David Emma Frank Grace Henry Iris James Kate Liam Maria Noah Olivia Paul Rosa Sam Tom Zoe".split(" ");
const FAMILIES =
  "Adams Brown Clark Davis Evans Fischer Garcia Hill Jones King Lee Martin Moore Smith Taylor Walker Young".split(" ");
const PLACES =
  "London;Paris;Berlin;New York;San Francisco;Tokyo;Madrid;Rome;Boston;Chicago;Los Angeles;Toronto;Sydney".split(";");
const WORDS =
  "account action address amount api app auth base body cache category channel client code color comment config content count country created currency data date default description device display email enabled end error event file filter group height host icon image index input item key label language last level limit link list location message method mode model module name network next node note number object offset option order owner page parent path payload port position price product profile project public query rate reason record region request resource response result role score section server service session size source start state status store style tag target task text theme time title token total type update url user value version view weight width".split(
    " ",
  );
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ");

function valuesOf(random) {
  const { below, pick } = random;
  const two = (bound, least = 0) => `${least + below(bound)}`.padStart(2, "0");
  const year = () => 2005 + below(20);
  const hex = (length) => Array.from({ length }, () => "0123456789abcdef"[below(16)]).join("");
  const time = () => `${two(24)}:${two(60)}:${two(60)}`;
  const date = () => `${year()}-${two(12, 1)}-${two(28, 1)}`;
  const ip = () => `${10 + below(200)}.${below(256)}.${below(256)}.${1 + below(254)}`;
  const word = () => pick(WORDS);
  const host = () => `${pick(["www", "api", "cdn", "app", "node1", "mail"])}.example.${pick(["com", "org", "net"])}`;
  return {
    below,
    pick,
    two,
    year,
    hex,
    time,
    date,
    ip,
    word,
    host,
    name: () => pick(NAMES),
    family: () => pick(FAMILIES),
  };
}

function scalar(v, key) {
  const { pick, below } = v;
  if (/id$|count|total|number|size|offset|index|height|width|port|limit|score/.test(key))
    return below(pick([10, 100, 5000, 10_000_000]));
  if (/date|time|created|update/.test(key)) return `${v.date()}T${v.time()}${pick(["Z", ".000Z", "+00:00"])}`;
  if (/email/.test(key)) return `${v.name().toLowerCase()}@example.com`;
  if (/url|link|image|icon|source/.test(key)) return `https://${v.host()}/${v.word()}/${below(9999)}`;
  if (/enabled|public|default/.test(key)) return pick([true, false]);
  if (/name|owner|user|title/.test(key)) return pick([v.name(), `${v.name()} ${v.family()}`, v.word()]);
  if (/price|rate|weight|amount/.test(key)) return below(100_000) / 100;
  if (/location|country|region|address/.test(key)) return pick(PLACES);
  return pick([v.word(), v.word(), null, below(100), true, false, "", v.hex(8), `${v.word()} ${v.word()}`]);
}

function object(v, depth) {
  const { pick, below } = v;
  const result = { [pick(["id", "_id", "name", "type", "key"])]: pick([below(100_000), v.word(), v.hex(24)]) };
  for (let i = 3 + below(6); i > 0; i--) {
    const key = pick([
      v.word(),
      v.word(),
      `${v.word()}_${pick(["id", "at", "name", "count", "url", "type"])}`,
      `${v.word()}${pick(["Id", "At", "Name", "Count", "Url", "Type"])}`,
    ]);
    result[key] =
      depth > 0 && below(5) === 0
        ? pick([() => object(v, depth - 1), () => [scalar(v, key), scalar(v, key)], () => []])()
        : scalar(v, key);
  }
  return result;
}

const json = (v) => JSON.stringify(object(v, 2));
const prettyJson = (v) => JSON.stringify(object(v, 2), null, v.pick([2, 4]));
const spacedJson = (v) => JSON.stringify(object(v, 1)).replace(/":/g, '": ').replace(/,"/g, ', "');

/** Lines of several kinds of log. */
function log(v) {
  const { pick, below } = v;
  const level = () => pick(["INFO", "INFO", "WARN", "ERROR", "DEBUG"]);
  const where = () =>
    `${pick(["org.apache", "com.example", "java.util"])}.${v.word()}.${pick(["Main", "Server", "Client", "Handler", "Manager", "Service", "Task"])}`;
  const what = () =>
    pick([
      () => `Connection from ${v.ip()} port ${1024 + below(60_000)} closed`,
      () => `Starting ${v.word()} ${v.word()} on port ${below(9999)}`,
      () =>
        `Failed to ${pick(["open", "read", "load", "connect to", "write"])} ${v.word()}: ${pick(["Connection refused", "No such file or directory", "Permission denied", "timeout", "Connection reset by peer"])}`,
      () => `${v.word()} ${v.word()} completed in ${below(5000)} ms`,
      () => `Received ${v.word()} of size ${below(1_000_000)} from /${v.ip()}:${below(60_000)}`,
      () => `${v.word()}=${below(1000)} ${v.word()}=${v.word()} ${v.word()}=${pick(["true", "false", "null"])}`,
      () =>
        `authentication failure; logname= uid=0 euid=0 tty=${v.word()} ruser= rhost=${v.ip()} user=${pick(["root", "admin", "guest"])}`,
      () => `session ${pick(["opened", "closed"])} for user ${pick(["root", "admin", "www"])} by (uid=${below(1000)})`,
      () =>
        `Task ${v.word()}_${below(99)}_${v.two(1000)} is done, state changed from ${pick(["RUNNING", "NEW", "STARTED"])} to ${pick(["FINISHED", "FAILED", "KILLED"])}`,
    ])();
  const stamp = `${pick(MONTHS)} ${v.two(28, 1)} ${v.time()}`;
  return pick([
    () => `${stamp} ${v.word()} ${pick(["sshd", "kernel", "cron", "systemd", "ftpd"])}[${below(32_000)}]: ${what()}`,
    () =>
      `${v.date()} ${v.time()},${v.two(1000)} ${level()} [${pick(["main", "worker-1", "Thread-12", "pool-2-thread-7"])}] ${where()}: ${what()}`,
    () => `${v.date()} ${v.time()}.${below(1000)} ${below(9999)} ${level()} ${v.word()}.${v.word()} [-] ${what()}`,
    () =>
      `[${pick(DAYS)} ${stamp} ${v.year()}] [${level().toLowerCase()}] [client ${v.ip()}] ${what()}: /var/www/${v.word()}/${v.word()}`,
    () =>
      `${v.ip()} - - [${v.two(28, 1)}/${pick(MONTHS)}/${v.year()}:${v.time()} +0000] "${pick(["GET", "GET", "POST"])} /${v.word()}/${v.word()} HTTP/1.1" ${pick([200, 200, 304, 404, 500])} ${below(90_000)} "-" "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"`,
    () =>
      `${v.year() % 100}${v.two(12, 1)}${v.two(28, 1)} ${v.two(24)}${v.two(60)}${v.two(60)} ${below(999)} ${level()} ${where()}: ${what()}`,
    () =>
      `${v.two(12, 1)}-${v.two(28, 1)} ${v.time()}.${v.two(1000)}  ${below(9999)}  ${below(9999)} ${pick(["D", "I", "W", "E", "V"])} ${pick(["ActivityManager", "WindowManager", "PowerManagerService", "NetworkController"])}: ${what()}`,
    () =>
      `- ${1_100_000_000 + below(200_000_000)} ${v.year()}.${v.two(12, 1)}.${v.two(28, 1)} ${v.word()}${below(999)} ${v.date()}-${v.time().replaceAll(":", ".")}.${below(999_999)} KERNEL ${level()} ${what()}`,
  ])();
}

/** A function or some statements, in the manner of several languages. */
function code(v) {
  const { pick, below } = v;
  const [a, b, c] = [v.word(), v.word(), v.word()];
  const Big = a[0].toUpperCase() + a.slice(1);
  return pick([
    () =>
      `function ${a}${Big}(${b}, ${c}) {\n  if (!${b}) {\n    return null;\n  }\n  for (var i = 0; i < ${c}.length; i++) {\n    ${b}.push(${c}[i]);\n  }\n  return ${b};\n}`,
    () =>
      `export async function get${Big}(${b}: string): Promise<${Big}> {\n  const response = await fetch(\`/\${${b}}\`);\n  if (!response.ok) throw new Error("${a} failed");\n  return await response.json();\n}`,
    () => `const ${a} = ${b}.map((${c}) => ${c}.${a}).filter((item) => item !== undefined);`,
    () =>
      `\tvar ${a} = this.${b};\n\n\tif ( typeof ${a} === "function" ) {\n\t\t${a}.call( this, ${c} );\n\t} else if ( ${a} !== undefined ) {\n\t\treturn ${a};\n\t}`,
    () => `import { ${Big} } from "./${a}.js";\nconst { ${b}, ${c} } = require("${a}");\nmodule.exports = { ${b} };`,
    () =>
      `static int ${a}_${b}(struct ${a} *${a}, const char *${c})\n{\n\tint ret = 0;\n\n\tif (${a} == NULL)\n\t\treturn -EINVAL;\n\tret = ${b}_init(&${a}->${c}, sizeof(struct ${b}));\n\treturn ret;\n}`,
    () =>
      `#ifndef _${a.toUpperCase()}_H\n#define _${a.toUpperCase()}_H\n#include <linux/${b}.h>\n#define ${a.toUpperCase()}_${b.toUpperCase()}\t0x${v.hex(4)}\nstruct ${a} {\n\tunsigned int ${b};\n\tstruct list_head ${c};\n};\nextern void ${a}_free(struct ${a} *);\n#endif`,
    () =>
      `def ${a}_${b}(self, ${c}=None):\n    """Return the ${a} of the ${b}."""\n    if ${c} is None:\n        raise ValueError("${c}")\n    return [x for x in self.${b} if x.${a}]`,
    () =>
      `public class ${Big} {\n    private final String ${b};\n    public ${Big}(String ${b}) {\n        this.${b} = ${b};\n    }\n}`,
    () =>
      `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${Big}</title>\n<link rel="stylesheet" href="/${b}.css">\n</head>\n<body>\n<div class="${b}" id="${a}"><a href="/${c}.html">${Big}</a></div>\n<p class="${c}">${b}</p>\n<ul><li>${a}</li></ul>\n</body>\n</html>`,
    () =>
      `.${a} {\n  display: flex;\n  margin: 0 auto;\n  padding: ${below(30)}px;\n  color: #${v.hex(6)};\n  background-color: #fff;\n  font-size: 14px;\n}`,
    () => `SELECT ${a}, ${b} FROM ${c}s WHERE id = ${below(999)} AND ${a} IS NOT NULL ORDER BY ${b} DESC LIMIT 10;`,
    () =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<${a} id="${below(999)}" type="${b}">\n  <${b}>${v.word()}</${b}>\n  <${c} name="${v.word()}" value="${below(99)}"/>\n</${a}>`,
    () => `${a},${b},${c}\n${Array.from({ length: 3 }, () => `${below(999)},${v.word()},${v.date()}`).join("\n")}`,
  ])();
}

/** What people write of changes to programs. */
function subject(v) {
  const { pick, below } = v;
  const verb = pick(
    "Add,add,Fix,fix,Update,update,Remove,remove,Use,use,Make,Merge,Improve,Change,Move,Rename,Refactor,Allow,Avoid,Bump,Clean up,Don't,Ensure,Handle,Support,Document,Revert,Simplify,Replace".split(
      ",",
    ),
  );
  const thing = pick([
    `${v.word()} ${v.word()}`,
    `missing ${v.word()}`,
    `unused ${v.word()}`,
    `typo in ${v.word()}`,
    `support for ${v.word()}`,
    `tests for ${v.word()}`,
    `a bug in ${v.word()}()`,
    `${v.word()} to ${v.word()}`,
    `compiler warning`,
    `build on ${pick(["Windows", "macOS", "Linux", "MSVC", "FreeBSD"])}`,
    `memory leak in ${v.word()}`,
    `documentation`,
    `README.md`,
  ]);
  return pick([
    () => `${verb} ${thing}`,
    () => `${v.word()}: ${verb.toLowerCase()} ${thing}`,
    () =>
      `${pick(["fix", "feat", "chore", "docs", "refactor", "test", "build", "ci"])}(${v.word()}): ${verb.toLowerCase()} ${thing}`,
    () => `Merge pull request #${below(9999)} from ${v.name().toLowerCase()}/${v.word()}-${v.word()}`,
    () => `${verb} ${thing} (#${below(9999)})`,
    () => `Merge branch '${pick(["master", "main", "dev"])}' of github.com:${v.word()}/${v.word()}`,
  ])();
}

/** Notes between people, as they type them on a telephone. */
function note(v) {
  const { pick, below } = v;
  const open = pick([
    "",
    "",
    "Hey ",
    "Hi ",
    "Ok ",
    "ok ",
    "Lol ",
    "Haha ",
    "Sorry, ",
    "Yeah ",
    "Yup ",
    "Oh ",
    "Well ",
    "Thanks ",
    "Good morning ",
    "Good night ",
    "@user ",
    "RT @user: ",
  ]);
  const said = pick([
    "what are you doing",
    "wat r u doing",
    "I'll call you later",
    "i will call u later",
    "where are you now",
    "where r u",
    "how are you",
    "how r u",
    "can you come at",
    "I'm at home",
    "im at home now",
    "are you coming tonight",
    "can't wait to see you",
    "see you tomorrow",
    "c u later",
    "did you get my message",
    "I love you so much",
    "miss you",
    "i dont know",
    "I don't think so",
    "let me know when you get there",
    "just got home",
    "going to bed",
    "happy birthday",
    "what time",
    "please call me",
    "pls send me a txt",
    "i think i'm going to",
    "gonna be late",
    "u can go now",
    "tell me if you want to go",
    "have a great day",
    "thank you for the",
    "Free entry: txt WIN to",
    "You have won a prize! Call now",
    "check out my new video",
    "I can't believe that",
    "is the best day ever",
    "this is so good",
    "who is watching the game",
    "so excited for tomorrow",
    "why is it so hard to",
    "the weekend is finally here",
    "we need to talk about",
  ]);
  const close = pick([
    ".",
    "",
    "?",
    "!",
    "...",
    " :)",
    " lol",
    " xx",
    "!!",
    ". Ok?",
    " #" + v.word(),
    " tonight",
    " today",
    ` at ${1 + below(12)}pm`,
    ` £${below(500)}`,
    ", right?",
    " &lt;#&gt;",
    "\u2026",
  ]);
  return `${open}${said}${close}`;
}

const KINDS = [
  [json, 22],
  [prettyJson, 14],
  [spacedJson, 8],
  [log, 50],
  [code, 40],
  [subject, 70],
  [note, 90],
];

/** @param {number} size characters @param {number} seed @returns {string[]} samples, mixed */
export function writeStructured(size, seed) {
  const random = randomOf(seed);
  const values = valuesOf(random);
  const bag = KINDS.flatMap(([kind, count]) => Array.from({ length: count }, () => kind));
  const samples = [];
  for (let length = 0; length < size;) {
    const sample = random.pick(bag)(values);
    samples.push(sample);
    length += sample.length + 1;
  }
  return samples;
}
