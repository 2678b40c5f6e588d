import type { Terminal } from "../src/index.ts";

/** A terminal that keeps what is printed. */
export interface RecordingTerminal extends Terminal {
  /** Both streams, in order. */
  readonly lines: string[];
  readonly outLines: string[];
}

export function recordingTerminal(environment: Terminal["environment"] = {}): RecordingTerminal {
  const lines: string[] = [];
  const outLines: string[] = [];
  return {
    lines,
    outLines,
    environment,
    out: (line) => {
      lines.push(line);
      outLines.push(line);
    },
    err: (line) => void lines.push(line),
  };
}
