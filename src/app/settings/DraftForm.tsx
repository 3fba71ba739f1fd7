// The part of the settings page that is saved together: what is written, and the field mapping. Says when something is not saved.
import { useState } from 'react';
import { Alert, Button, ButtonRow, Flex, Form, LoadingButton } from '@hubspot/ui-extensions';
import { changesOf, draftOf, isChanged, rowProblems, type Draft } from './draft.ts';
import { MappingSection } from './MappingSection.tsx';
import type { SectionProps } from './page-host.ts';
import { callCardApi, type Fault } from './shared/call-card-api.ts';
import { faultText } from './shared/Connected.tsx';
import { TryMapping } from './TryMapping.tsx';
import { WritingSection } from './WritingSection.tsx';

/** What the two sections inside the form are handed. */
export interface DraftProps extends SectionProps {
  draft: Draft;
  /** What the server refused, by field. */
  refused: Fault['fields'];
  onDraft: (change: Partial<Draft>) => void;
}

export function DraftForm({ onDirty, ...section }: SectionProps & { onDirty: (dirty: boolean) => void }) {
  const { host, settings, selected, onSettings } = section;
  const { words, origin, notify } = host;
  const saved = draftOf(settings, selected);
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const draft = { ...saved, ...edits };
  const dirty = isChanged(saved, draft);
  const wrong = rowProblems(draft).some((problem) => problem !== null);

  const edit = (change: Partial<Draft>) => {
    const next = { ...edits, ...change };
    setEdits(next);
    setFault(null);
    onDirty(isChanged(saved, { ...saved, ...next }));
  };
  const discard = () => {
    setEdits({});
    setFault(null);
    setTried(false);
    onDirty(false);
  };
  const save = async () => {
    setTried(true);
    if (wrong || busy || !dirty) return;
    setBusy(true);
    const failed = await send();
    setBusy(false);
    setFault(failed);
    if (failed) return;
    discard();
    notify({ type: 'success', message: words.tell('saved') });
  };
  const send = async (): Promise<Fault | null> => {
    for (const change of changesOf(saved, draft, selected.id)) {
      const outcome = await callCardApi(origin, change);
      if (!outcome.ok) return outcome.fault;
      onSettings(outcome.data);
    }
    return null;
  };

  const parts = { ...section, draft, refused: fault?.fields ?? {}, onDraft: edit };
  return (
    <Form onSubmit={() => void save()} autoComplete="off">
      <Flex direction="column" gap="lg">
        <WritingSection {...parts} />
        <MappingSection {...parts} showProblems={tried} />
        <TryMapping {...parts} />
        {fault && (
          <Alert title={words.tell('notSaved')} variant="error">
            {fault.kind === 'other' && fault.message ? fault.message : faultText(fault, words)}
          </Alert>
        )}
        {dirty && (
          <Flex direction="column" gap="sm">
            <Alert title={words.tell('unsavedTitle')} variant="warning" />
            <ButtonRow>
              <LoadingButton testId="save" type="submit" variant="primary" loading={busy}>
                {words.tell('save')}
              </LoadingButton>
              <Button testId="discard" variant="secondary" onClick={discard}>
                {words.tell('discard')}
              </Button>
            </ButtonRow>
          </Flex>
        )}
      </Flex>
    </Form>
  );
}
