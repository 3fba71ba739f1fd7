// The settings page: loads, lets one choose the workspace where several share the account, and keeps what is not saved from getting lost.
import { useState } from 'react';
import { Alert, EmptyState, Flex, LoadingSpinner, Select, Text } from '@hubspot/ui-extensions';
import { DataSection } from './DataSection.tsx';
import { DisconnectSection } from './DisconnectSection.tsx';
import { DraftForm } from './DraftForm.tsx';
import { HealthSection } from './HealthSection.tsx';
import { usePageHost } from './page-host.ts';
import { RuleSection } from './RuleSection.tsx';
import { ScopeSection } from './ScopeSection.tsx';
import { Failed } from './shared/Connected.tsx';
import { useCardApi } from './shared/use-card-api.ts';

export function SettingsPage() {
  const host = usePageHost();
  const { words } = host;
  const [chosen, setChosen] = useState('');
  const [dirty, setDirty] = useState(false);
  const loading = useCardApi(host.origin, {
    id: 'getCardSettings',
    ...(chosen ? { query: { connection_id: chosen } } : {}),
  });

  if (loading.fault) {
    const title = words.tell('settingsErrorTitle');
    return <Failed fault={loading.fault} words={words} onRetry={loading.reload} title={title} />;
  }
  if (!loading.data) return <LoadingSpinner label={words.tell('settingsLoading')} showLabel layout="centered" />;
  const settings = loading.data;
  const { selected } = settings;
  if (!selected) {
    return (
      <EmptyState title={words.say('notConnectedTitle')} imageName="integrations" layout="vertical">
        <Text>{words.say('notConnected')}</Text>
      </EmptyState>
    );
  }
  const mayChange = settings.user.can_change;
  const section = { host, settings, selected, mayChange, onSettings: loading.replace };
  return (
    <Flex direction="column" gap="lg">
      {!mayChange && (
        <Alert title={words.tell('readOnlyTitle')} variant="info">
          {words.tell('readOnly')}
        </Alert>
      )}
      {settings.connections.length > 1 && (
        <Select
          label={words.tell('workspace')}
          name="workspace"
          value={selected.id}
          readOnly={dirty}
          {...(dirty ? { description: words.tell('unsavedFirst') } : {})}
          options={settings.connections.map(({ id, workspace }) => ({ label: workspace, value: id }))}
          onChange={(id) => setChosen(String(id))}
        />
      )}
      <HealthSection {...section} />
      <ScopeSection {...section} />
      <DraftForm key={selected.id} {...section} onDirty={setDirty} />
      <RuleSection {...section} />
      <DataSection {...section} />
      <DisconnectSection {...section} dirty={dirty} onDisconnected={loading.reload} />
    </Flex>
  );
}
