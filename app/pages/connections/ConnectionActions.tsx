// Pause and resume, which can be taken back, and disconnect, which says what follows before it happens.
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { useChangeConnection, useDisconnect } from '../../api/connections.ts';
import type { Connection, DisconnectReply } from '../../api/contract.ts';
import { useCan } from '../../api/session.ts';
import { nameOf } from './names.ts';

export function ConnectionActions({ connection }: { connection: Connection }) {
  const canWrite = useCan('connections:write');
  const change = useChangeConnection();
  const { toast, toastError } = useToast();
  const [isAsking, setAsking] = useState(false);
  if (!canWrite) return null;

  const setState = (state: 'active' | 'paused') =>
    change.mutate(
      { id: connection.id, change: { state } },
      {
        onSuccess: () =>
          toast({
            about: connection.id,
            ...(state === 'paused'
              ? {
                  title: 'Paused',
                  detail: 'Clicks are kept and written when you resume.',
                  action: { label: 'Resume', run: () => setState('active') },
                }
              : { title: 'Resumed', detail: 'What waited is sent now.' }),
          }),
        onError: (error) => toastError('The connection could not be changed', error),
      },
    );

  return (
    <>
      {connection.state === 'paused' ? (
        <Button icon="play" busy={change.isPending} onClick={() => setState('active')}>
          Resume
        </Button>
      ) : (
        <Button icon="pause" busy={change.isPending} onClick={() => setState('paused')}>
          Pause
        </Button>
      )}
      <Button tone="danger" onClick={() => setAsking(true)}>
        Disconnect
      </Button>
      {isAsking && <DisconnectDialog connection={connection} onClose={() => setAsking(false)} />}
    </>
  );
}

const outcomes: Record<DisconnectReply['hubspot'], string> = {
  uninstalled: 'The app is uninstalled in HubSpot, too.',
  kept: 'The app stays installed in HubSpot: another workspace uses it, or it is connected by a private app token.',
  failed: 'HubSpot could not be told. Uninstall the app there, or disconnect again later.',
};

function DisconnectDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const disconnect = useDisconnect();
  const { toast } = useToast();
  const name = nameOf(connection);
  const run = async () => {
    const { hubspot } = await disconnect.mutateAsync(connection.id);
    toast({
      about: connection.id,
      title: `${name} is disconnected`,
      detail: outcomes[hubspot],
      tone: hubspot === 'failed' ? 'bad' : 'good',
    });
  };
  return (
    <ConfirmDialog title={`Disconnect ${name}?`} confirm="Disconnect" danger onConfirm={run} onClose={onClose}>
      <ul className="list-disc space-y-1.5 pl-5">
        <li>Nothing is written to this account any more, at once. What waits for it is not sent.</li>
        <li>
          The app is uninstalled in HubSpot, unless another workspace uses it: its cards and events disappear there.
        </li>
        <li>Elido&apos;s properties and their values stay on your contacts and deals.</li>
        <li>Links go on working. Field mapping and delivery log are kept here, for when you connect again.</li>
      </ul>
      <p className="text-muted">To stop for a while only, pause it instead: then clicks are kept and sent later.</p>
    </ConfirmDialog>
  );
}
