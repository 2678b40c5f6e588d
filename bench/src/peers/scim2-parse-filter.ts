/**
 * The only place that talks to scim2-parse-filter.
 *
 * @module
 */
import peer from "scim2-parse-filter";

export type PeerFilter = ReturnType<typeof peer.parse>;

export const parsePeerFilter: (text: string) => PeerFilter = peer.parse;

export const matchPeerFilter: (filter: PeerFilter) => (resource: object) => boolean = peer.filter;
