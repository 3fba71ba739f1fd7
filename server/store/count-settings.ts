// What people set for a portal (connections, rules, who counts) is read by its worker once and remembered. So every change of it is
// counted in the portal's own document, which the worker reads anyway: another count means that what it remembers is old.
import type mongoose from 'mongoose';

export interface SettingsCount {
  /** To be called after the change. */
  ofPortal(portalId: number): Promise<void>;
  /** Of every portal the workspace is joined to. */
  ofWorkspace(workspaceId: string): Promise<void>;
}

export function countSettings(connection: mongoose.Connection): SettingsCount {
  const portals = connection.collection<{ _id: number }>('portals');
  const connections = connection.collection<{ workspaceId: string; portalId: number }>('connections');
  const changed = { $inc: { settingsSeq: 1 } };

  return {
    async ofPortal(portalId) {
      await portals.updateOne({ _id: portalId }, changed);
    },
    async ofWorkspace(workspaceId) {
      const portalIds = await connections.distinct('portalId', { workspaceId });
      if (portalIds.length > 0) await portals.updateMany({ _id: { $in: portalIds } }, changed);
    },
  };
}
