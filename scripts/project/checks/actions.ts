// Workflow actions: their fields are those that the server reads and gives back, and every language names every field.
import { z } from 'zod';
import {
  actionOutputs,
  createLinkActionSchema,
  reportConversionSchema,
  waitForClickSchema,
} from '../../../server/contract/workflow-action.ts';
import type { Component, Problem } from '../read-project.ts';

const known = {
  elido_wait_for_click: { input: waitForClickSchema, output: actionOutputs.wait_for_click },
  elido_create_link: { input: createLinkActionSchema, output: actionOutputs.create_link },
  elido_report_conversion: { input: reportConversionSchema, output: actionOutputs.report_conversion },
} as const;

const field = z.object({ typeDefinition: z.object({ name: z.string() }) });
const words = z.record(z.string(), z.string()).default({});
const actionSchema = z.object({
  inputFields: z.array(field),
  outputFields: z.array(field).default([]),
  labels: z.record(
    z.string(),
    z.object({
      actionCardContent: z.string(),
      inputFieldLabels: words,
      inputFieldDescriptions: words,
      outputFieldLabels: words,
    }),
  ),
});

const languages = ['en', 'de', 'fr'];

export function checkActions(components: readonly Component[]): Problem[] {
  return components
    .filter(({ type }) => type === 'WORKFLOW_ACTION')
    .flatMap(({ uid, file, config }) => {
      const report = (message: string): Problem => ({ check: 'actions', file, message });
      const contract = Object.hasOwn(known, uid) ? known[uid as keyof typeof known] : null;
      if (!contract) return [report(`The server has no action ${uid}.`)];
      const { inputFields, outputFields, labels } = actionSchema.parse(config);
      const inputs = inputFields.map(({ typeDefinition }) => typeDefinition.name);
      const outputs = outputFields.map(({ typeDefinition }) => typeDefinition.name);
      return [
        ...differ('input', inputs, Object.keys(contract.input.shape.inputFields.shape)),
        ...differ('output', outputs, Object.keys(contract.output.shape)),
        ...languages.flatMap((language) => labelProblems(language, labels[language], inputs, outputs)),
      ].map(report);
    });
}

function differ(kind: string, has: readonly string[], wants: readonly string[]): string[] {
  return [
    ...has.filter((name) => !wants.includes(name)).map((name) => `The server does not know the ${kind} field ${name}.`),
    ...wants.filter((name) => !has.includes(name)).map((name) => `The ${kind} field ${name} of the server is missing.`),
  ];
}

type Labels = z.infer<typeof actionSchema>['labels'][string];

function labelProblems(language: string, labels: Labels | undefined, inputs: string[], outputs: string[]): string[] {
  if (!labels) return [`There are no labels in ${language}.`];
  const holes = [...labels.actionCardContent.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
  return [
    ...inputs.filter((name) => !labels.inputFieldLabels[name]).map((name) => `${language} has no label for ${name}.`),
    ...inputs
      .filter((name) => !labels.inputFieldDescriptions[name])
      .map((name) => `${language} does not describe ${name}.`),
    ...outputs.filter((name) => !labels.outputFieldLabels[name]).map((name) => `${language} has no label for ${name}.`),
    ...holes
      .filter((name) => !inputs.includes(name))
      .map((name) => `{{${name}}} in ${language} is not a field of the action.`),
  ];
}
