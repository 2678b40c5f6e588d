/**
 * Packs every package as it would be published and lets publint and attw look at the tarballs: entry points exist,
 * declarations resolve, ESM only.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { note, packageFolders, pnpm, tool } from "./workspace.mjs";

const folder = mkdtempSync(join(tmpdir(), "muster-pack-"));
pnpm(["--silent", "--recursive", "--filter", "./packages/*", "pack", "--pack-destination", folder]);
const tarballs = readdirSync(folder).map((name) => join(folder, name));
let failed = tarballs.length === packageFolders().length ? 0 : 1;
for (const tarball of tarballs) {
  failed += tool("publint", ["run", tarball, "--strict"]) === 0 ? 0 : 1;
  failed += tool("attw", [tarball, "--profile", "esm-only", "--quiet"]) === 0 ? 0 : 1;
}
rmSync(folder, { recursive: true, force: true });
note(`${tarballs.length} tarballs looked at, ${failed} problems`);
process.exit(failed === 0 ? 0 : 1);
