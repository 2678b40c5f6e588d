import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readTranscript, type Transcript } from "@muster/scim-core/testing";

const FOLDER = fileURLToPath(new URL("../../scim-core/test/fixtures/transcripts", import.meta.url));

/** The recorded traffic of seven clients, 258 steps together. */
export const TRANSCRIPTS: readonly Transcript[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => readTranscript(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))));

/** By file name, without its ending. */
export function transcript(name: string): Transcript {
  return readTranscript(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")));
}
