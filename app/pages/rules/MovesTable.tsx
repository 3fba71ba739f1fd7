// What rules did to deals: each move with its reason, the clicks it counted, and the way back.
import { useState } from 'react';
import { usePipelines } from '../../api/connections.ts';
import type { RuleMove } from '../../api/contract.ts';
import { useRecordNames, type Names } from '../../api/record-names.ts';
import { useMoves, useUndoMove } from '../../api/rules.ts';
import { useCan } from '../../api/session.ts';
import { Badge } from '../../components/Badge.tsx';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { plural } from '../../components/say.ts';
import { EmptyState } from '../../components/States.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { When } from '../../components/When.tsx';
import { moveWords } from './words.ts';

export function MovesTable() {
  const pages = useMoves();
  const canWrite = useCan('rules:write');
  const [undoing, setUndoing] = useState<RuleMove | null>(null);
  const names = useRecordNames((pages.rows ?? []).map(recordsOf));
  return (
    <>
      <DataTable
        caption="Moves"
        columns={columnsWith(names, canWrite ? setUndoing : null)}
        pages={pages}
        keyOf={({ id }) => id}
        empty={
          <EmptyState icon="rules" title="No rule has fired yet">
            Each move appears here with the clicks that made it and a way to take it back.
          </EmptyState>
        }
      />
      {undoing && (
        <UndoDialog
          move={undoing}
          deal={names.deal(undoing.connection_id, undoing.deal_id)}
          onClose={() => setUndoing(null)}
        />
      )}
    </>
  );
}

const recordsOf = (move: RuleMove) => ({ connectionId: move.connection_id, dealIds: [move.deal_id] });

interface UndoDialogProps {
  move: RuleMove;
  deal: string;
  onClose: () => void;
}

function UndoDialog({ move, deal, onClose }: UndoDialogProps) {
  const undo = useUndoMove();
  const { toast } = useToast();
  const stages = usePipelines(move.connection_id).data?.pipelines.find(({ id }) => id === move.pipeline)?.stages;
  const stage = stages?.find(({ id }) => id === move.from_stage)?.label ?? move.from_stage;
  return (
    <ConfirmDialog
      title="Take this move back?"
      confirm="Take it back"
      onClose={onClose}
      onConfirm={async () => {
        await undo.mutateAsync(move.id);
        toast({ title: 'Taken back', detail: 'The rule leaves this deal alone from now on.' });
      }}
    >
      <p>
        “{deal}” goes back to the stage “{stage}”, if it still stands where the rule put it. The rule does not touch
        this deal again.
      </p>
    </ConfirmDialog>
  );
}

function columnsWith(names: Names, onUndo: ((move: RuleMove) => void) | null): Column<RuleMove>[] {
  return [
    {
      name: 'Move',
      main: true,
      cell: ({ connection_id: connectionId, deal_id: dealId, words, counted, excluded }) => (
        <div className="min-w-0">
          <p className="font-medium">{names.deal(connectionId, dealId)}</p>
          <p className="text-[0.8125rem] text-muted">{words}</p>
          <p className="text-xs text-muted">
            {plural(counted.length, 'click')} counted
            {excluded.length > 0 && `, ${excluded.length} left out`}
          </p>
        </div>
      ),
    },
    {
      name: 'State',
      hideNameOnPhone: true,
      className: 'sm:w-28',
      cell: ({ state }) => (
        <Badge tone={moveWords[state].tone} dot>
          {moveWords[state].label}
        </Badge>
      ),
    },
    { name: 'When', className: 'sm:w-32 text-muted', cell: ({ planned_at: at }) => <When at={at} /> },
    {
      name: 'Actions',
      hideName: true,
      align: 'right',
      className: 'sm:w-32 max-sm:ml-auto',
      cell: (move) =>
        onUndo !== null &&
        move.state === 'done' && (
          <Button size="small" icon="undo" onClick={() => onUndo(move)}>
            Take back
          </Button>
        ),
    },
  ];
}
