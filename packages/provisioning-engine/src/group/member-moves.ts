/**
 * Who came to a group, and who left it.
 *
 * @module
 */
import type { DirectoryUserId } from "../ports/index.ts";

export interface MemberMoves {
  readonly added: readonly DirectoryUserId[];
  readonly removed: readonly DirectoryUserId[];
}

/** Several moves, one after the other, as one: who came and left again did neither. */
export function sumMoves(moves: readonly MemberMoves[]): MemberMoves {
  const added = new Set<DirectoryUserId>();
  const removed = new Set<DirectoryUserId>();
  for (const move of moves) {
    for (const id of move.removed) if (!added.delete(id)) removed.add(id);
    for (const id of move.added) if (!removed.delete(id)) added.add(id);
  }
  return { added: [...added], removed: [...removed] };
}
