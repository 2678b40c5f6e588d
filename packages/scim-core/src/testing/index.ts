/**
 * Owns the replay of recorded identity-provider traffic against a SCIM server, for any test runner. Never touches what
 * is behind the server's base URL.
 *
 * @module
 */
export type { Json, JsonObject } from "./json.ts";
export { type ReplayOptions, replayTranscript, type StepResult } from "./replay-transcript.ts";
export {
  type TranscriptRunner,
  type TranscriptTarget,
  type TranscriptTestOptions,
  testTranscript,
} from "./test-transcript.ts";
export {
  readTranscript,
  type Transcript,
  type TranscriptExpectation,
  type TranscriptRequest,
  type TranscriptStep,
} from "./transcript.ts";
