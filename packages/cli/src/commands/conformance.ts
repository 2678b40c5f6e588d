/**
 * `muster conformance URL`: checks any SCIM service against the requirements, section by section.
 *
 * @module
 */
import {
  CONFORMANCE_SECTIONS,
  ConformanceError,
  type ConformanceResult,
  runScimConformance,
} from "@muster/scim-core/testing";
import type { Command } from "../command.ts";
import { createReport, resultJson } from "../conformance/report.ts";
import { CliError } from "../errors.ts";
import { someOf, text, toggle, webAddress } from "../option-types.ts";
import { type OptionValues, readOptions } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const URL_ARGUMENT = webAddress("SCIM base URL, as an admin pastes it into the identity provider");

const OPTIONS = {
  token: text("TOKEN", "bearer token of the connection"),
  json: toggle("print one JSON object with every result instead of the report"),
  only: someOf("SECTION", CONFORMANCE_SECTIONS, "the sections to check, with commas between (default all)"),
};

export const CONFORMANCE: Command = {
  help: {
    usage: "muster conformance URL",
    summary: "Checks any SCIM 2.0 service, case by case; the exit code is 0 only if none failed.",
    options: OPTIONS,
    notes: [
      `Sections: ${CONFORMANCE_SECTIONS.join(", ")}.`,
      "The cases make people and groups of their own and delete them again; others are not touched. Where deleted people",
      "leave a trace, as they do in Muster, check a tenant that is there for tests.",
    ],
  },
  run: async ([url = "", ...args], terminal) => {
    const reading = URL_ARGUMENT.read(url);
    if ("expected" in reading) {
      throw new CliError(
        "usage",
        `muster conformance: got ${JSON.stringify(url)}, expected ${reading.expected} first. Write muster conformance --help.`,
      );
    }
    return check(reading.value, readOptions("muster conformance URL", OPTIONS, args), terminal);
  },
};

async function check(url: string, options: OptionValues<typeof OPTIONS>, terminal: Terminal): Promise<number> {
  try {
    const results = runScimConformance({ baseUrl: url, token: options.token, only: options.only });
    return options.json ? await printJson(url, results, terminal) : await printReport(url, results, terminal);
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    terminal.err(`${url} cannot be checked: ${error.message} (${error.code})`);
    return 1;
  }
}

async function printReport(
  url: string,
  results: AsyncIterable<ConformanceResult>,
  terminal: Terminal,
): Promise<number> {
  const report = createReport(url);
  for await (const result of results) for (const line of report.add(result)) terminal.out(line);
  for (const line of report.close()) terminal.out(line);
  return report.failed() ? 1 : 0;
}

async function printJson(url: string, results: AsyncIterable<ConformanceResult>, terminal: Terminal): Promise<number> {
  const all: ConformanceResult[] = [];
  for await (const result of results) all.push(result);
  terminal.out(resultJson(url, all));
  return all.some(({ outcome }) => outcome === "failed") ? 1 : 0;
}
