// Is the account connected, since when, and what to do if it is not. Pause and resume.
import { useState } from 'react';
import {
  Alert,
  DescriptionList,
  DescriptionListItem,
  Flex,
  Heading,
  LoadingButton,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { SectionProps } from './page-host.ts';
import { callCardApi } from './shared/call-card-api.ts';
import type { CardConnection } from './shared/card-api.ts';
import { faultText } from './shared/Connected.tsx';
import { reasonText } from './shared/reason-text.ts';

const tones: Record<CardConnection['state'], 'success' | 'warning' | 'danger'> = {
  connected: 'success',
  paused: 'warning',
  needs_sign_in: 'danger',
  needs_permission: 'danger',
  not_connected: 'danger',
};

export function HealthSection({ host, settings, selected, mayChange, onSettings }: SectionProps) {
  const { words, origin, notify } = host;
  const [busy, setBusy] = useState(false);
  const { state } = settings.connection;
  const { reason, words: said, next_step: next, last_refresh_at: refreshed } = selected.health;
  const stated = next ? { words: said, next } : null;
  const remedy = reason ? reasonText(reason.code, reason, words.language) : stated;
  const target = selected.state === 'paused' ? 'active' : 'paused';

  const change = async () => {
    setBusy(true);
    const body = { state: target, connection_id: selected.id } as const;
    const outcome = await callCardApi(origin, { id: 'patchCardConnection', body });
    setBusy(false);
    if (outcome.ok) {
      onSettings(outcome.data);
      notify({ type: 'success', message: words.tell('saved') });
    } else notify({ type: 'danger', title: words.tell('notSaved'), message: faultText(outcome.fault, words) });
  };

  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.tell('healthTitle')}</Heading>
      <Flex direction="row" gap="sm" align="center">
        <StatusTag variant={tones[state]}>{words.tell(`health_${state}`)}</StatusTag>
      </Flex>
      {remedy && (
        <Alert title={remedy.words} variant="error">
          {words.tell('remedy')}: {remedy.next}
        </Alert>
      )}
      <DescriptionList direction="column">
        <DescriptionListItem label={words.tell('account')}>
          <Text>
            {selected.hub_domain} ({String(selected.portal_id)})
          </Text>
        </DescriptionListItem>
        <DescriptionListItem label={words.tell('connectedSince')}>
          <Text>{words.moment(selected.connected_at)}</Text>
        </DescriptionListItem>
        <DescriptionListItem label={words.tell('lastRefresh')}>
          <Text>{refreshed ? words.moment(refreshed) : words.say('none')}</Text>
        </DescriptionListItem>
        <DescriptionListItem label={words.tell('preparation')}>
          <Text>{words.tell(`preparation_${selected.provisioning.state}`)}</Text>
        </DescriptionListItem>
      </DescriptionList>
      {selected.provisioning.steps
        .filter((step) => step.state === 'failed')
        .map((step) => (
          <Text key={step.name}>
            {step.name}: {step.detail}
          </Text>
        ))}
      {mayChange && (
        <Flex direction="column" gap="xs" align="start">
          <LoadingButton testId="pause" variant="secondary" size="sm" loading={busy} onClick={() => void change()}>
            {words.tell(target === 'paused' ? 'pause' : 'resume')}
          </LoadingButton>
          <Text variant="microcopy">{words.tell('pauseHint')}</Text>
        </Flex>
      )}
    </Flex>
  );
}
