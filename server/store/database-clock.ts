// Leases and locks live on the database's clock ($$NOW), so that processes with wrong clocks cannot both hold one.

/** For `$expr`: nobody holds it now. */
export function isFree(field: 'lease' | 'refreshLock') {
  return { $lt: [{ $ifNull: [`$${field}.until`, new Date(0)] }, '$$NOW'] };
}

export function untilIn(ttlMs: number) {
  return { $add: ['$$NOW', ttlMs] };
}
