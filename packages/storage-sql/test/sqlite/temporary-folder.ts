import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** A folder for the files of one test file; removed when its tests are over. */
export function temporaryFolder(): { file(name: string): string } {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "muster-sqlite-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return { file: (name) => join(folder, name) };
}
