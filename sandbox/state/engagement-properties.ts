/** The standard properties of notes and tasks. */
import { common, type Row } from './property-rows.ts';

export const noteRows: Row[] = [
  ...common('hs_lastmodifieddate'),
  { name: 'hs_createdate', label: 'Create date', type: 'datetime', readOnly: true },
  { name: 'hs_note_body', label: 'Note body', fieldType: 'html' },
  { name: 'hs_timestamp', label: 'Activity date', type: 'datetime' },
  { name: 'hs_attachment_ids', label: 'Attached file IDs' },
];

export const taskRows: Row[] = [
  ...common('hs_lastmodifieddate'),
  { name: 'hs_createdate', label: 'Create date', type: 'datetime', readOnly: true },
  { name: 'hs_task_subject', label: 'Task Title' },
  { name: 'hs_task_body', label: 'Task Notes', fieldType: 'html' },
  { name: 'hs_task_status', label: 'Task Status' },
  { name: 'hs_timestamp', label: 'Due date', type: 'datetime' },
];
