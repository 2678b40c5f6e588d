/**
 * Owns the checks of a SCIM server from outside, for any test runner: the conformance kit, and the replay of recorded
 * identity-provider traffic. Never touches what is behind the server's base URL.
 *
 * @module
 */
export { ConformanceError, type ConformanceErrorCode } from "./conformance/errors.ts";
export type { ConformanceResult } from "./conformance/judge-case.ts";
export { type ConformanceRunOptions, runScimConformance } from "./conformance/run-scim-conformance.ts";
export { CONFORMANCE_SECTIONS } from "./conformance/sections.ts";
export type { ConformanceFeatures } from "./conformance/service.ts";
export type { ConformanceTarget } from "./conformance/session.ts";
export {
  type ConformanceRunner,
  type ConformanceTestOptions,
  testScimConformance,
} from "./conformance/test-scim-conformance.ts";
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
