// Copies the browser's libraries out of node_modules into static/vendor, byte for byte, with their licences.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const vendor = join(root, "static", "vendor");

/** Which files of which package the pages load. */
const libraries = {
  preact: { home: "https://preactjs.com", files: ["dist/preact.mjs", "hooks/dist/hooks.mjs", "LICENSE"] },
  // SHA-256 and HMAC: browsers keep their own from pages without HTTPS.
  "@noble/hashes": {
    home: "https://paulmillr.com/noble/",
    files: ["hmac.js", "sha2.js", "utils.js", "_md.js", "_u64.js", "LICENSE"],
  },
  htm: { home: "https://github.com/developit/htm", files: ["dist/htm.mjs", "LICENSE"] },
};

const lines = [];
for (const [name, { home, files }] of Object.entries(libraries)) {
  const source = join(root, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  await rm(join(vendor, name), { recursive: true, force: true });
  for (const file of files) {
    const target = join(vendor, name, file);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(source, file), target);
  }
  lines.push(`- ${name} ${version} (${license}), ${home}`);
}
const words = "Libraries as their npm packages ship them. `make vendor` renews them from package-lock.json.";
await writeFile(join(vendor, "README.md"), `# Vendored\n\n${words}\n\n${lines.join("\n")}\n`);
