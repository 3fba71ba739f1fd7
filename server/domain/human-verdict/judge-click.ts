// Is it a person? Gathers what the click, its network and its neighbours say, weighs it, and tells the reasons in words.
// Pure: the same evidence gives the same verdict, in whatever order the neighbours come.
import type { ClickEvidence } from './evidence.ts';
import { judgeBurst, judgeHeadStorm, judgeHoneypot } from './judge-neighbours.ts';
import { isPressed, judgeRequest } from './judge-request.ts';
import { judgeTwins } from './judge-twins.ts';
import type { NetworkList } from './network-list.ts';
import { settingsOf, type JudgeOptions } from './options.ts';
import { unsureFrom, verdictOf, weigh, weights, type Finding, type Verdict, type VerdictReason } from './verdict.ts';

/** `neighbours`: clicks of the same workspace around this one (`neighbourhoodMs`). The click itself may be among them. */
export function judgeClick(
  click: ClickEvidence,
  neighbours: readonly ClickEvidence[],
  options: JudgeOptions = {},
): Verdict {
  const settings = settingsOf(options);
  const others = withoutItself(click, neighbours);
  const surroundings = { click, neighbours: others, settings };
  const around =
    others.length === 0
      ? []
      : [judgeHoneypot, judgeHeadStorm, judgeBurst, judgeTwins].map((judge) => judge(surroundings));
  const findings = [...judgeRequest(click), judgeNetwork(click, settings.scannerNetworks), ...around].filter(
    (finding) => finding !== null,
  );

  const pressed = isPressed(click);
  const doubt = weigh({ findings, beacon: click.beacon, pressed });
  return { ...verdictOf(doubt), reasons: reasonsFor({ click, findings, doubt, pressed }) };
}

function withoutItself(click: ClickEvidence, neighbours: readonly ClickEvidence[]): ClickEvidence[] {
  return neighbours.filter(({ clickId }) => clickId !== click.clickId);
}

function judgeNetwork({ network }: ClickEvidence, list: NetworkList | null): Finding | null {
  const listed = network === null ? null : list?.find(network);
  if (!listed) return null;
  return listed.whole
    ? { code: 'network_listed', words: `It came from a network listed as a scanner's (${listed.name}).` }
    : { code: 'network_overlaps', words: `It came from near an address listed as a scanner's (${listed.name}).` };
}

interface Reasoned {
  click: ClickEvidence;
  findings: readonly Finding[];
  doubt: number;
  pressed: boolean;
}

function reasonsFor({ click, findings, doubt, pressed }: Reasoned): VerdictReason[] {
  const against = findings.toSorted(
    (a, b) => weights[b.code].alone - weights[a.code].alone || (a.code < b.code ? -1 : 1),
  );
  const good: VerdictReason[] = [];
  if (click.beacon) good.push({ code: 'beacon', words: 'Somebody touched the landing page in a browser.' });
  if (pressed)
    good.push({ code: 'pressed_by_a_person', words: 'The browser says that a click or a key opened the link.' });
  if (against.length + good.length === 0)
    good.push({ code: 'browser_or_app', words: 'A browser or app for people, and nothing odd around the click.' });
  return doubt < unsureFrom ? [...good, ...against] : [...against, ...good];
}
