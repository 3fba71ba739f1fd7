// A copy of src/app/cards/shared/Move.tsx, made by `npm run card-types`: change it there.
// A move with its explanation and, where it is still possible, the way back. Undoing asks first.
import { useState } from 'react';
import {
  Accordion,
  Button,
  Flex,
  List,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  Text,
} from '@hubspot/ui-extensions';
import { callCardApi, type Fault } from './call-card-api.ts';
import type { CardMove } from './card-api.ts';
import { faultText } from './Connected.tsx';
import type { Host } from './host.ts';
import { moveView } from './move-view.ts';
import { stageName } from './names.ts';
import type { Words } from './words.ts';

interface MoveProps {
  move: CardMove;
  now: string;
  words: Words;
  host: Host;
  onUndone: () => void;
}

export function Move({ move, now, words, host, onUndone }: MoveProps) {
  const [busy, setBusy] = useState(false);
  const view = moveView(move, now, words);
  const overlayId = `undo-${move.id}`;

  const undo = async () => {
    setBusy(true);
    const outcome = await callCardApi(host.origin, { id: 'postCardMoveUndo', path: { move_id: move.id } });
    setBusy(false);
    host.closeOverlay(overlayId);
    if (outcome.ok) host.notify({ type: 'success', message: words.say('undoDone', { from: stageName(move.from) }) });
    else host.notify({ type: 'danger', title: words.say('undoFailed'), message: undoFault(outcome.fault, words) });
    onUndone();
  };

  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'bold' }}>{view.title}</Text>
      <Text>
        {view.because}, {view.when}
      </Text>
      {view.details.length > 0 && (
        <Accordion title={words.say('moveWhy')} size="xs">
          <List variant="unordered">
            {view.details.map((detail) => (
              <Text key={detail}>{detail}</Text>
            ))}
          </List>
        </Accordion>
      )}
      {view.undo === 'impossible' && view.undoReason && <Text variant="microcopy">{view.undoReason}</Text>}
      {view.undo === 'possible' && (
        <Button
          testId={overlayId}
          variant="secondary"
          size="sm"
          overlay={
            <Modal id={overlayId} title={words.say('undoTitle')} variant="danger">
              <ModalBody>
                <Text>{words.say('undoBody', { from: stageName(move.from) })}</Text>
              </ModalBody>
              <ModalFooter>
                <LoadingButton
                  testId={`${overlayId}-yes`}
                  variant="destructive"
                  loading={busy}
                  onClick={() => void undo()}
                >
                  {words.say('undo')}
                </LoadingButton>
                <Button onClick={() => host.closeOverlay(overlayId)}>{words.say('cancel')}</Button>
              </ModalFooter>
            </Modal>
          }
        >
          {words.say('undo')}
        </Button>
      )}
    </Flex>
  );
}

/** The server says best why a move cannot be undone; its other answers are ours to word. */
function undoFault(fault: Fault, words: Words): string {
  if (fault.kind === 'other' && fault.message) return fault.message;
  return faultText(fault, words);
}
