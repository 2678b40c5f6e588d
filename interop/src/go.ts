/**
 * Test binaries of Go modules, built once by the pinned Go from what the module proxy serves.
 *
 * @module
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { lastWords, runCommand } from "./command.ts";
import { InteropError } from "./errors.ts";
import { CACHE } from "./paths.ts";

export interface GoTests {
  readonly module: string;
  readonly version: string;
  /** The hash of the module, as a `go.sum` would pin it. */
  readonly sum: string;
  /** The package with the tests, below the module. */
  readonly package: string;
}

/** An older Go from 1.21 on fetches this one by itself. */
const GO = "go1.26.8";

const BUILD_LIMIT_MS = 600_000;

const ENVIRONMENT = { GOTOOLCHAIN: GO, GOWORK: "off" };

/**
 * @returns the path of the test binary
 * @throws {InteropError} `missing` without Go, or when the module cannot be fetched or built
 */
export async function goTestBinary(tests: GoTests): Promise<string> {
  const folder = join(CACHE, `${tests.module.replaceAll("/", "-")}-${tests.version}-${GO}`);
  const binary = join(folder, "suite.test");
  if (existsSync(binary)) return binary;
  const sources = await download(tests);
  mkdirSync(folder, { recursive: true });
  const args = ["test", "-C", sources, "-c", "-o", binary, tests.package];
  const result = await runCommand("go", args, { env: ENVIRONMENT, limitMs: BUILD_LIMIT_MS });
  if (result.exitCode !== 0) throw new InteropError("missing", `go cannot build it.\n${lastWords(result)}`);
  return binary;
}

/** What `go mod download -json` prints. */
interface Download {
  readonly Dir?: string;
  readonly Sum?: string;
  readonly Error?: string;
}

async function download({ module, version, sum }: GoTests): Promise<string> {
  const args = ["mod", "download", "-json", `${module}@${version}`];
  const result = await runCommand("go", args, { env: ENVIRONMENT, limitMs: BUILD_LIMIT_MS });
  const { Dir, Sum, Error: reason } = readDownload(result.stdout);
  if (Dir === undefined) throw new InteropError("missing", `go cannot fetch it.\n${reason ?? lastWords(result)}`);
  if (Sum !== sum) throw new InteropError("missing", `The module's hash is ${Sum}, expected ${sum}. It is not used.`);
  return Dir;
}

function readDownload(stdout: string): Download {
  try {
    const download: Download = JSON.parse(stdout);
    return download;
  } catch {
    return {};
  }
}
