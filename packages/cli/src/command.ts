/**
 * What a command is to the dispatcher.
 *
 * @module
 */
import type { CommandHelp } from "./help.ts";
import type { Terminal } from "./terminal.ts";

export interface Command {
  readonly help: CommandHelp;
  /**
   * @param args the arguments after the command's name
   * @returns the exit code
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
