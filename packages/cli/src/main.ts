#!/usr/bin/env node
/**
 * The `muster` command.
 *
 * @module
 */
import { run } from "./run.ts";
import { processTerminal } from "./terminal.ts";

const code = await run(process.argv.slice(2), processTerminal());
// Everything is closed by now; a connection that lingers must not keep the process. Written lines go out first.
process.stdout.write("", () => process.exit(code));
