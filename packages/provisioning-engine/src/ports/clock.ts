/** Where time comes from; injected, so that tests and replays are deterministic. */
export type Clock = () => Date;
