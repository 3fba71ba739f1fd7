// The shape of a rule as people write it, field by field, and the rule it stands for. Each message finishes "click_threshold ...".
import { z } from 'zod';
import { formatDuration, longestWindowMs, parseDuration, shortestWindowMs } from './duration.ts';
import { ruleModes, type Rule } from './rule.ts';

function textSchema(longest: number) {
  return z
    .string({ error: 'must be text' })
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must have at most ${longest} characters`)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters');
}

const flagSchema = z.boolean({ error: 'must be true or false' });

const windowSchema = z
  .string({ error: 'must be a duration like 30d, 12h or 90m' })
  .refine((text) => parseDuration(text) !== null, {
    error: 'must be a whole number with d, h or m, like 30d',
    abort: true,
  })
  .transform((text) => parseDuration(text) ?? 0)
  .refine((ms) => ms >= shortestWindowMs && ms <= longestWindowMs, 'must be between 1m and 365d');

const guardSchema = z.strictObject(
  {
    require_associated_contact: flagSchema.optional(),
    deal_amount_min: z
      .number({ error: 'must be a number' })
      .min(0, 'must not be negative')
      .max(1e15, 'must be at most 1000000000000000')
      .optional(),
  },
  { error: 'must be a block of fields' },
);

const triggerSchema = z.strictObject(
  {
    link_tag: textSchema(100).optional(),
    link: textSchema(500).optional(),
    contact_window: windowSchema,
    click_threshold: z
      .number({ error: 'must be a whole number' })
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(100_000, 'must be at most 100000'),
  },
  { error: 'must be a block of fields' },
);

const actionSchema = z.strictObject(
  {
    type: z.literal('advance_deal_stage', { error: 'must be advance_deal_stage, the only action there is' }),
    pipeline: textSchema(100),
    from_stage: textSchema(100),
    to_stage: textSchema(100),
    guard: guardSchema.optional(),
  },
  { error: 'must be a block of fields' },
);

export const writtenRuleSchema = z.strictObject(
  {
    name: textSchema(120).optional(),
    mode: z.enum(ruleModes, { error: `must be one of ${ruleModes.join(', ')}` }).optional(),
    enabled: flagSchema.optional(),
    trigger: triggerSchema,
    action: actionSchema,
    guard: guardSchema.optional(),
  },
  { error: 'must be a rule with trigger and action' },
);

export type WrittenRule = z.output<typeof writtenRuleSchema>;

const guardFields = Object.keys(guardSchema.shape);

/** The fields of each block, for suggestions. */
export const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(writtenRuleSchema.shape),
  trigger: Object.keys(triggerSchema.shape),
  action: Object.keys(actionSchema.shape),
  guard: guardFields,
  'action.guard': guardFields,
};

/**
 * A rule without `mode` acts: that is what the documented example does. A guard that is not mentioned is on for the contact
 * and off for the amount.
 */
export function ruleOf({ name, mode, enabled, trigger, action, guard }: WrittenRule): Rule {
  const guarded = action.guard ?? guard ?? {};
  return {
    name: name ?? null,
    mode: mode ?? 'act',
    enabled: enabled ?? true,
    trigger: {
      by: trigger.link_tag === undefined ? 'link' : 'link_tag',
      value: trigger.link_tag ?? trigger.link ?? '',
      windowMs: trigger.contact_window,
      threshold: trigger.click_threshold,
    },
    action: {
      type: action.type,
      pipeline: action.pipeline,
      fromStage: action.from_stage,
      toStage: action.to_stage,
    },
    guard: {
      requireAssociatedContact: guarded.require_associated_contact ?? true,
      dealAmountMin: guarded.deal_amount_min ?? null,
    },
  };
}

/** The rule in the documented shape, everything said that can be said. Plain data for YAML or JSON. */
export function toWritten(rule: Rule): Record<string, unknown> {
  const { name, mode, enabled, trigger, action, guard } = rule;
  return {
    ...(name === null ? {} : { name }),
    mode,
    enabled,
    trigger: {
      [trigger.by]: trigger.value,
      contact_window: formatDuration(trigger.windowMs),
      click_threshold: trigger.threshold,
    },
    action: {
      type: action.type,
      pipeline: action.pipeline,
      from_stage: action.fromStage,
      to_stage: action.toStage,
      guard: {
        require_associated_contact: guard.requireAssociatedContact,
        ...(guard.dealAmountMin === null ? {} : { deal_amount_min: guard.dealAmountMin }),
      },
    },
  };
}
