// A click that our own redirect saw. It never waits for HubSpot, and hardly for the store.
import type { Click } from '../domain/click.ts';
import type { Context } from './context.ts';

/** Resolves when the click is safe, in the store or on disk; rejects only when neither takes it. */
export async function acceptClick(context: Context, click: Click): Promise<void> {
  await context.intake.accept(click);
  context.metrics.clicksReceived.inc({ via: click.via });
}
