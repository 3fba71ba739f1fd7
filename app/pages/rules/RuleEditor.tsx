// A rule as a form and as its text, side by side; each follows the other. Mistakes that the server finds stand beside the text.
import type { Pipeline } from '../../api/contract.ts';
import { Callout } from '../../components/Callout.tsx';
import { Card } from '../../components/Page.tsx';
import { problemsOf } from './problems.ts';
import { RuleForm } from './RuleForm.tsx';
import { readFields, writeField } from './rule-text.ts';
import { TextEditor } from './TextEditor.tsx';

interface RuleEditorProps {
  text: string;
  error: unknown;
  pipelines: readonly Pipeline[] | undefined;
  disabled: boolean;
  onChange: (text: string) => void;
}

export function RuleEditor({ text, error, pipelines, disabled, onChange }: RuleEditorProps) {
  const fields = readFields(text);
  const problems = problemsOf(error);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Form">
        {fields ? (
          <RuleForm
            fields={fields}
            problems={problems}
            pipelines={pipelines}
            disabled={disabled}
            onChange={(name, value) => onChange(writeField(text, name, value))}
          />
        ) : (
          <Callout tone="warn" title="The text cannot be read yet">
            The form follows as soon as the text is YAML again.
          </Callout>
        )}
      </Card>
      <Card title="Text" description="YAML, as it is stored. Comments stay.">
        <TextEditor text={text} problems={problems} disabled={disabled} onChange={onChange} />
      </Card>
    </div>
  );
}
