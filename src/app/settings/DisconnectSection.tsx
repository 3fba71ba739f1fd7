// Disconnects the account, after saying what that means and asking for its id, so that nobody does it by a slip.
import { useState } from 'react';
import {
  Button,
  Flex,
  Heading,
  Input,
  List,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  Text,
} from '@hubspot/ui-extensions';
import type { SectionProps } from './page-host.ts';
import { callCardApi, type Fault } from './shared/call-card-api.ts';
import { faultText } from './shared/Connected.tsx';

interface DisconnectProps extends SectionProps {
  /** Something is not saved. */
  dirty: boolean;
  onDisconnected: () => void;
}

const overlayId = 'disconnect';

export function DisconnectSection({ host, settings, selected, mayChange, dirty, onDisconnected }: DisconnectProps) {
  const { words, origin, notify, closeOverlay } = host;
  const { uninstalls, waiting } = settings.disconnect;
  const portal = String(selected.portal_id);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!mayChange) return null;

  const disconnect = async () => {
    if (typed.trim() !== portal) {
      setProblem(words.tell('disconnectWrong'));
      return;
    }
    setBusy(true);
    const body = { confirm: selected.portal_id, connection_id: selected.id };
    const outcome = await callCardApi(origin, { id: 'postCardDisconnect', body });
    setBusy(false);
    setProblem(outcome.ok ? null : textOf(outcome.fault));
    if (!outcome.ok) return;
    closeOverlay(overlayId);
    const told = outcome.data.hubspot !== 'failed';
    notify({
      type: told ? 'success' : 'danger',
      message: words.tell(told ? 'disconnected' : 'disconnectFailedAtHubSpot'),
    });
    onDisconnected();
  };
  const textOf = (fault: Fault) => fault.message ?? faultText(fault, words);
  const consequences = [
    words.tell('disconnectStops'),
    ...(waiting > 0 ? [words.tellCount('disconnectWaiting', waiting)] : []),
    words.tell(uninstalls ? 'disconnectUninstalls' : 'disconnectKeeps'),
    words.tell('disconnectStays'),
  ];

  return (
    <Flex direction="column" gap="sm" align="start">
      <Heading>{words.tell('disconnectTitle')}</Heading>
      {dirty && <Text>{words.tell('unsavedFirst')}</Text>}
      <Button
        testId="disconnect"
        variant="destructive"
        disabled={dirty}
        overlay={
          <Modal id={overlayId} title={words.tell('disconnectAsk')} variant="danger">
            <ModalBody>
              <List variant="unordered">
                {consequences.map((text) => (
                  <Text key={text}>{text}</Text>
                ))}
              </List>
              <Input
                label={words.tell('disconnectConfirm', { portal })}
                name="confirm"
                value={typed}
                {...(problem === null ? {} : { error: true, validationMessage: problem })}
                onInput={setTyped}
                onChange={setTyped}
              />
            </ModalBody>
            <ModalFooter>
              <LoadingButton
                testId="disconnect-yes"
                variant="destructive"
                loading={busy}
                onClick={() => void disconnect()}
              >
                {words.tell('disconnect')}
              </LoadingButton>
              <Button onClick={() => closeOverlay(overlayId)}>{words.say('cancel')}</Button>
            </ModalFooter>
          </Modal>
        }
      >
        {words.tell('disconnect')}
      </Button>
    </Flex>
  );
}
