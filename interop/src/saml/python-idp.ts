/**
 * The process of `interop/python/pysaml2_idp.py`: a command goes in as a line of JSON, its answer comes back as one.
 *
 * @module
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { InteropError } from "../errors.ts";
import { ROOT } from "../paths.ts";

/** Asks for one thing. */
export type AskPython = (command: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, string>>>;

export interface PythonIdpOptions {
  /** The interpreter of the environment with pysaml2. */
  readonly python: string;
  /** What its addresses begin with. */
  readonly url: string;
  readonly keys: { readonly privateKey: string; readonly certificate: string };
  /** Of the service that it answers. */
  readonly serviceMetadata: string;
}

const SCRIPT = join(ROOT, "interop", "python", "pysaml2_idp.py");

/** Starts the process for `use`, and ends it afterwards. */
export async function withPythonIdp<Result>(
  { python, url, keys, serviceMetadata }: PythonIdpOptions,
  use: (ask: AskPython) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "muster-pysaml2-"));
  const files = { "key.pem": keys.privateKey, "crt.pem": keys.certificate, "service.xml": serviceMetadata };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  const child = spawn(python, [SCRIPT, folder, url], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "close");
  try {
    return await use(askerOf(child));
  } finally {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function askerOf({ stdin, stdout, stderr }: ChildProcessWithoutNullStreams): AskPython {
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  let words = "";
  // A process that broke off says why at the next reading.
  stdin.on("error", () => undefined);
  stderr.on("data", (text: Buffer) => {
    words = (words + text.toString("utf8")).slice(-1_000);
  });
  return async (command) => {
    stdin.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new InteropError("unreadable", `pysaml2 broke off. Its last words:\n${words}`);
    const { answer, error }: { readonly answer?: Record<string, string>; readonly error?: string } = JSON.parse(value);
    if (answer === undefined) throw new Error(`pysaml2 refuses: ${error}`);
    return answer;
  };
}
