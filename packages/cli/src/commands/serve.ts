/**
 * `muster serve`: the example host, for development and for trying things out.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import type { KeyPair } from "@muster/provisioning-engine";
import type { Command } from "../command.ts";
import { CliError } from "../errors.ts";
import { logEvents } from "../event-log.ts";
import { banner } from "../host/banner.ts";
import type { SeedOptions } from "../host/seed-acme.ts";
import { type RunningServer, startServer } from "../host/server.ts";
import { TEST_RESOURCES } from "../host/test-resources.ts";
import { terminalLogger } from "../logger.ts";
import { integer, oneOf, optional, seats, text, toggle } from "../option-types.ts";
import { type OptionValues, readOptions } from "../options.ts";
import { untilAskedToStop } from "../signals.ts";
import { readSsoKeys } from "../sso-keys.ts";
import type { Terminal } from "../terminal.ts";

const OPTIONS = {
  port: integer("port to listen on, 0 picks a free one", { min: 0, max: 65_535 }, 3000),
  host: text("ADDRESS", "address to listen on", "127.0.0.1"),
  store: text("URL", "memory: or sqlite:PATH", "sqlite:.muster/dev.db"),
  json: toggle("print one JSON object as the first line of stdout; logs go to stderr"),
  seed: oneOf(["acme", "none"], "tenants to begin with", "acme"),
  "idp-metadata": optional(text("FILE", "SAML metadata XML of acme's identity provider")),
  "allow-idp-initiated": toggle("let acme's identity provider begin sign-ins"),
  "sso-keys": optional(text("FILE", "PEM with RSA keys and their certificates: signed requests, encryption, sign-out")),
  "allow-private-webhooks": toggle("let webhooks reach this machine and its network, also over http"),
  seats: seats("seat limits of acme; N may be unlimited"),
  "test-resources": toggle("serve /TestResources too, with every kind of attribute, for conformance suites"),
};

/** Shorter secrets can be guessed over the network. */
const ADMIN_TOKEN_MIN_LENGTH = 16;

export const SERVE: Command = {
  help: {
    usage: "muster serve",
    summary: "Runs the example host: SCIM, SAML sign-in, management API and console.",
    options: OPTIONS,
    notes: [
      "MUSTER_ADMIN_TOKEN sets the token of the management API and the console; without it each start makes a new one.",
      "--sso-keys: the current key first, then the next. One file from openssl will do:",
      "  openssl req -x509 -newkey rsa:2048 -nodes -days 1095 -subj /CN=localhost -keyout sso.pem -out sso.pem",
      "SIGTERM and Ctrl+C finish the requests in flight and exit with code 0.",
    ],
  },
  run: async (args, terminal) => {
    const server = await serve(readOptions("muster serve", OPTIONS, args), terminal);
    await untilAskedToStop();
    await server.stop();
    return 0;
  },
};

/** The part of the command up to the point where the server runs and said so. */
async function serve(options: OptionValues<typeof OPTIONS>, terminal: Terminal): Promise<RunningServer> {
  const logger = terminalLogger(terminal);
  const server = await startServer({
    host: options.host,
    port: options.port,
    store: options.store,
    seed: options.seed === "none" ? undefined : await readSeed(options),
    adminToken: adminToken(terminal),
    ssoKeys: await readKeys(options["sso-keys"]),
    allowPrivateWebhooks: options["allow-private-webhooks"],
    resourceTypes: options["test-resources"] ? [TEST_RESOURCES] : [],
    logger,
  });
  logEvents(server.provisioning, logger);
  terminal.out(options.json ? JSON.stringify(server.description) : banner(server.description, server.consoleLink()));
  return server;
}

async function readSeed(options: OptionValues<typeof OPTIONS>): Promise<SeedOptions> {
  const file = options["idp-metadata"];
  return {
    idpMetadata: file === undefined ? undefined : await readText("--idp-metadata", file, "XML"),
    allowIdpInitiated: options["allow-idp-initiated"],
    seats: options.seats,
  };
}

async function readKeys(file: string | undefined): Promise<readonly KeyPair[] | undefined> {
  return file === undefined ? undefined : readSsoKeys(await readText("--sso-keys", file, "PEM"));
}

async function readText(option: string, file: string, kind: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const message = `${option}: cannot read ${file}. Give the path of a readable ${kind} file.`;
    throw new CliError("unreadable_file", message, { cause });
  }
}

function adminToken({ environment }: Terminal): string | undefined {
  const token = environment.MUSTER_ADMIN_TOKEN;
  if (token === undefined || token === "") return undefined;
  if (token.length >= ADMIN_TOKEN_MIN_LENGTH && !/\s/.test(token)) return token;
  throw new CliError(
    "usage",
    `MUSTER_ADMIN_TOKEN: expected at least ${ADMIN_TOKEN_MIN_LENGTH} characters without spaces. Use a long random text, or unset it.`,
  );
}
