// A copy of src/app/cards/shared/Connected.tsx, made by `npm run card-types`: change it there.
// What stands in the place of the content, or above it, while loading, after a failure, and when the account is not connected as it should be.
import type { ReactNode } from 'react';
import { Alert, Button, EmptyState, ErrorState, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { CardConnection } from './card-api.ts';
import type { Fault } from './call-card-api.ts';
import type { Loading } from './use-card-api.ts';
import type { Words } from './words.ts';

interface ConnectedProps<Data> {
  loading: Loading<Data>;
  words: Words;
  children: (data: Data) => ReactNode;
}

export function Connected<Data extends { connection: CardConnection }>({
  loading,
  words,
  children,
}: ConnectedProps<Data>) {
  if (loading.fault) return <Failed fault={loading.fault} words={words} onRetry={loading.reload} />;
  if (!loading.data) return <LoadingSpinner label={words.say('loading')} showLabel layout="centered" />;
  const { state, preparing } = loading.data.connection;
  if (state === 'not_connected') {
    return (
      <EmptyState title={words.say('notConnectedTitle')} imageName="integrations" layout="vertical">
        <Text>{words.say('notConnected')}</Text>
      </EmptyState>
    );
  }
  return (
    <Flex direction="column" gap="md">
      {state === 'needs_sign_in' && (
        <Alert title={words.say('needsSignInTitle')} variant="error">
          {words.say('needsSignIn')}
        </Alert>
      )}
      {state === 'needs_permission' && (
        <Alert title={words.say('needsPermissionTitle')} variant="warning">
          {words.say('needsPermission')}
        </Alert>
      )}
      {state === 'paused' && (
        <Alert title={words.say('pausedTitle')} variant="warning">
          {words.say('paused')}
        </Alert>
      )}
      {preparing && (
        <Alert title={words.say('preparingTitle')} variant="info">
          {words.say('preparing')}
        </Alert>
      )}
      {children(loading.data)}
    </Flex>
  );
}

interface FailedProps {
  fault: Fault;
  words: Words;
  onRetry: () => void;
  /** What could not be loaded; left out: clicks. */
  title?: string;
}

/** A refusal of rights is not a failure: there is nothing to try again. */
export function Failed({ fault, words, onRetry, title = words.say('errorTitle') }: FailedProps) {
  const locked = fault.kind === 'forbidden';
  return (
    <ErrorState title={title} type={locked ? 'lock' : 'error'}>
      <Text>{faultText(fault, words)}</Text>
      {!locked && (
        <Button testId="retry" onClick={onRetry}>
          {words.say('tryAgain')}
        </Button>
      )}
    </ErrorState>
  );
}

export function faultText({ kind, code }: Fault, words: Words): string {
  return kind === 'other' ? words.say('error_other', { code }) : words.say(`error_${kind}`);
}
