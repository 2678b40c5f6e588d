/**
 * Where a command prints: stdout for what was asked for, stderr for everything else.
 *
 * @module
 */

/** The two streams, and the environment, as a command sees them. */
export interface Terminal {
  /** One line of the result. */
  out(line: string): void;
  /** One line of log or trouble. */
  err(line: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The terminal of this process. A reader that goes away (`muster serve | head -1`) ends the printing, not the command.
 */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  return {
    out: (line) => void process.stdout.write(`${printable(line)}\n`),
    err: (line) => void process.stderr.write(`${printable(line)}\n`),
    environment: process.env,
  };
}

/** Names and messages come from elsewhere: their control characters must not command the terminal. */
function printable(line: string): string {
  return line.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
}
