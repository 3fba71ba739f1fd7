// Whether a move exempts its deal from the rule: somebody took it back, or has begun to. Pure.

export function isTakenBack(move: { state: string; undoAskedAt?: Date | null }): boolean {
  return move.state === 'undone' || Boolean(move.undoAskedAt);
}
