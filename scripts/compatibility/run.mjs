// Tries the packages, as they are published, in the hosts and bundlers that people use: Node 20, 22 and 24, Deno, Bun,
// workerd; pages under a content security policy, made by esbuild, vite, rollup, webpack, Parcel and Next.js; a service
// worker and an extension of Chromium. Needs a build and Chromium.
//
// `--quick` tries Node 24, esbuild's page, the service worker and the extension alone: others take long to install, and Node 20
// runs the tests. What it installs is in package.json beside this file, and goes to a folder of its own.
import { conclude } from "./attempts.mjs";
import { tryExtension, tryPages } from "./browser.mjs";
import { tryEdge, tryHosts, tryLostWorkers } from "./hosts.mjs";
import { install, remove } from "./scratch.mjs";

const quick = process.argv.includes("--quick");
try {
  install(quick);
  await tryHosts(quick);
  if (!quick) await tryEdge();
  await tryLostWorkers();
  await tryPages(quick);
  await tryExtension();
} finally {
  remove();
}
conclude();
