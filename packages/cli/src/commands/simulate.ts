/**
 * `muster simulate entra`: an identity provider's first cycle against any SCIM endpoint, one line per request.
 *
 * @module
 */
import { type Exchange, type SimulatedCycle, SimulatorError, simulateEntra } from "@muster/idp-simulator";
import type { Command } from "../command.ts";
import { CliError } from "../errors.ts";
import { integer, text, webAddress } from "../option-types.ts";
import { type OptionValues, readOptions } from "../options.ts";
import type { Terminal } from "../terminal.ts";

const OPTIONS = {
  url: webAddress("SCIM base URL, as an admin pastes it into the identity provider"),
  token: text("TOKEN", "bearer token of the connection"),
  users: integer("how many people are assigned", { min: 1, max: 10_000 }),
  groups: integer("how many groups are assigned", { min: 0, max: 1_000 }, 0),
};

export const SIMULATE: Command = {
  help: {
    usage: "muster simulate entra",
    summary: "Plays Microsoft Entra ID's first provisioning cycle. Running it again changes nothing.",
    options: OPTIONS,
  },
  run: async ([provider, ...args], terminal) => {
    if (provider !== "entra") {
      throw new CliError(
        "usage",
        "muster simulate: expected entra after simulate. Write muster simulate entra --help.",
      );
    }
    return simulate(readOptions("muster simulate entra", OPTIONS, args), terminal);
  },
};

async function simulate(options: OptionValues<typeof OPTIONS>, terminal: Terminal): Promise<number> {
  const { url: baseUrl, token, users, groups } = options;
  try {
    const onRequest = (exchange: Exchange) => terminal.out(exchangeLine(exchange));
    terminal.out(summary(await simulateEntra({ baseUrl, token, users, groups, onRequest })));
    return 0;
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    terminal.err(`The cycle stopped: ${error.message}`);
    return 1;
  }
}

function exchangeLine({ method, path, status, milliseconds }: Exchange): string {
  return `${status} ${method.padEnd(6)} ${decodeURIComponent(path)} (${milliseconds} ms)`;
}

function summary({ people, groups }: SimulatedCycle): string {
  const readers = people.filter(({ isTeamAccount }) => isTeamAccount === false).length;
  return `Done: ${people.length - readers} users, ${readers} readers, ${groups.length} groups.`;
}
