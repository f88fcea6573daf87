// Puts the browser's files together: static/game/bundles has one script and one style sheet for each page, and the
// modules that are fetched late. `--check` writes nothing, and fails when what stands there is not fresh.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundles = join(root, "static/game/bundles");
const vendor = (path) => join(root, "static/vendor", path);

/** The vendored libraries, not those of node_modules: what is served is what is in the repository. */
const alias = {
  preact: vendor("preact/dist/preact.mjs"),
  "preact/hooks": vendor("preact/hooks/dist/hooks.mjs"),
  htm: vendor("htm/dist/htm.mjs"),
  "@noble/hashes": vendor("@noble/hashes"),
};

// Chromium compiles the whole file before it runs, off the page's thread, instead of each function when it is called.
const EAGER = "//# allFunctionsCalledOnLoad";
const LICENCES =
  "/*! With preact (MIT), htm (Apache-2.0) or @noble/hashes (MIT): their licences are in /static/vendor. */";

/** Each file by its name, as it should be. */
async function bundled() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["static/game/play.js", "static/game/play.css", "static/game/pages.css"],
    outdir: bundles,
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "inline",
    banner: { js: EAGER },
    footer: { js: LICENCES },
    external: ["*.woff2"],
    alias,
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}

/** What stands there. */
async function present() {
  const names = await readdir(bundles).catch(() => []);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(bundles, name), "utf8")])),
  );
}

const [wanted, found] = await Promise.all([bundled(), present()]);
const names = [...new Set([...wanted.keys(), ...found.keys()])];
const stale = names.filter((name) => wanted.get(name) !== found.get(name));
if (process.argv.includes("--check") && stale.length > 0) {
  console.error(`Not fresh in static/game/bundles: ${stale.join(", ")}. Run \`make generate\`.`);
  process.exit(1);
}
await mkdir(bundles, { recursive: true });
for (const name of stale) {
  if (wanted.has(name)) await writeFile(join(bundles, name), wanted.get(name));
  else await rm(join(bundles, name));
  console.log(`bundles/${name} ${wanted.has(name) ? "written" : "removed"}`);
}
