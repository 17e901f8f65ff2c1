import { createHash } from "node:crypto";
import type { Plugin, Rollup } from "vite";
import { policyOf } from "./policy.ts";

/** Views that are loaded by themselves, by the words that addresses begin with behind the `#`, and their modules. */
const VIEWS: Readonly<Record<string, string>> = {
  microscope: "/microscope/microscope-view.tsx",
  embed: "/microscope/microscope-view.tsx",
  pairs: "/pairs/pairs-view.tsx",
  patterns: "/patterns/patterns-view.tsx",
};

/**
 * Has the view that the address names fetched beside the page's own program, which would ask for it only once it had come
 * itself and run: over a slow network that is a journey saved. A program of some lines in the page, which the page's content
 * security policy knows by its hash.
 */
export function early(): Plugin {
  return {
    name: "pith-early",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return html;
        const known = new Set(filesOf(bundle, chunk));
        const files = Object.entries(VIEWS).map(([word, module]) => {
          const view = Object.values(bundle).find(
            (item) => item.type === "chunk" && item.facadeModuleId?.endsWith(module) === true,
          );
          if (view?.type !== "chunk") throw new Error(`${module}: expected a chunk of its own`);
          return [word, filesOf(bundle, view).filter((name) => !known.has(name))] as const;
        });
        const program = `for (const name of new Map(${JSON.stringify(files)}).get(/\\w+/.exec(location.hash)?.[0]) ?? [])
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: "./" + name }));`;
        const hash = createHash("sha256").update(program).digest("base64");
        const policy = policyOf(html);
        const allowed = policy.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`);
        if (allowed === policy) throw new Error("index.html: expected a policy with script-src 'self'");
        return html.replace(policy, allowed).replace("</title>", () => `</title>\n    <script>${program}</script>`);
      },
    },
  };
}

/** A chunk and all that it imports before it runs. */
function filesOf(bundle: Rollup.OutputBundle, chunk: Rollup.OutputChunk, seen = new Set<string>()): string[] {
  if (seen.has(chunk.fileName)) return [];
  seen.add(chunk.fileName);
  const imported = chunk.imports.flatMap((name) => {
    const item = bundle[name];
    return item.type === "chunk" ? filesOf(bundle, item, seen) : [];
  });
  return [chunk.fileName, ...imported];
}
