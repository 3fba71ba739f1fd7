// The way to HubSpot, to connect an account or to connect it again.
import { Button } from '../../components/Button.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { useStartConnecting } from '../../api/connections.ts';
import { useCan } from '../../api/session.ts';

export function ConnectButton({ again = false }: { again?: boolean }) {
  const canWrite = useCan('connections:write');
  const start = useStartConnecting();
  const { toastError } = useToast();
  if (!canWrite) return <p className="text-muted">Ask an admin of the workspace to {again ? 're' : ''}connect it.</p>;
  return (
    <Button
      tone="primary"
      icon={again ? 'refresh' : 'plus'}
      // Stays busy: the browser is on its way to HubSpot.
      busy={start.isPending || start.isSuccess}
      onClick={() => start.mutate(undefined, { onError: (error) => toastError('HubSpot could not be opened', error) })}
    >
      {again ? 'Reconnect' : 'Connect HubSpot'}
    </Button>
  );
}
