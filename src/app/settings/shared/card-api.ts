// A copy of src/app/cards/shared/card-api.ts, made by `npm run card-types`: change it there.
// The Card API as the cards see it. Made from server/contract/card.ts by `npm run card-types`: change it there.

export type CardClick = {
  /** The event id: ask for its explanation. */
  id: string;
  at: string;
  contact: CardPerson | null;
  link: CardLink;
  /** ISO 3166 alpha-2. */
  country: string | null;
  device: string | null;
  verdict: 'human' | 'machine' | 'unsure' | null;
  state: 'queued' | 'held' | 'waiting_contact' | 'blocked_auth' | 'retrying' | 'delivered' | 'skipped' | 'dead';
  /** A code of docs/failures.md: why it is not on the timeline. */
  reason: string | null;
};

export type CardClickPage = {
  clicks: CardClick[];
  /** Send it as `cursor` for the older ones. */
  next_cursor: string | null;
};

export type CardConnection = {
  /** `not_connected`: no Elido workspace uses this account. `needs_permission`: connected with fewer rights than the app needs. */
  state: 'connected' | 'paused' | 'needs_sign_in' | 'needs_permission' | 'not_connected';
  since: string | null;
  /** A code of docs/failures.md. */
  reason: string | null;
  /** The same in English, with what to do in `next_step`. */
  words: string;
  next_step: string | null;
  /** Properties and event types are still being made. */
  preparing: boolean;
};

export type CardConnectionChange = {
  mode?: 'clicks_and_conversions' | 'conversions_only';
  /** The HubSpot event API that clicks are written with. */
  dialect?: 'app_events' | 'timeline_v3' | 'notes';
  state?: 'active' | 'paused';
  /** Where a conversion moves the open deals of its contact, forward only: a deal pipeline and stage, by id or label. Null leaves deals alone. */
  conversion_stage?: {
    pipeline: string;
    stage: string;
  } | null;
  connection_id?: string;
};

export type CardContact = {
  connection: CardConnection;
  /** The time on the server, to the minute: what "3 minutes ago" is counted from. */
  now: string;
  period: CardPeriod;
  clicks: CardCount;
  machine: CardMachineCount;
  trend: CardTrend;
  links: {
    link: CardLink;
    clicks: number;
    last_at: string;
  }[];
  contact: CardPerson;
  recent: CardClickPage;
  top_links: {
    link: CardLink;
    clicks: number;
    last_at: string;
  }[];
  touches: {
    first: CardTouch | null;
    /** The last before the contact was created in HubSpot. */
    lead: CardTouch | null;
    /** The last before its newest open deal was created. */
    deal: CardTouch | null;
    last: CardTouch | null;
  };
  /** Newest first, at most 20. */
  conversions: CardConversion[];
  /** Clicks that named this contact and are not on the timeline, newest first, with the reason. */
  missing: {
    events: {
      /** The event id: ask for its explanation. */
      id: string;
      at: string;
      contact: CardPerson | null;
      link: CardLink;
      /** ISO 3166 alpha-2. */
      country: string | null;
      device: string | null;
      verdict: 'human' | 'machine' | 'unsure' | null;
      state: 'queued' | 'held' | 'waiting_contact' | 'blocked_auth' | 'retrying' | 'delivered' | 'skipped' | 'dead';
      /** A code of docs/failures.md: why it is not on the timeline. */
      reason: string | null;
      words: string;
      next: string;
    }[];
    more: boolean;
  };
  /** The same in the Elido console. */
  log_url: string;
};

export type CardConversion = {
  id: string;
  at: string;
  name: string;
  value: number | null;
  currency: string | null;
  link: CardLink | null;
  state: 'queued' | 'held' | 'waiting_contact' | 'blocked_auth' | 'retrying' | 'delivered' | 'skipped' | 'dead';
  reason: string | null;
};

export type CardCount = {
  now: number;
  before: number;
  more: boolean;
};

export type CardDeal = {
  connection: CardConnection;
  /** The time on the server, to the minute: what "3 minutes ago" is counted from. */
  now: string;
  period: CardPeriod;
  clicks: CardCount;
  machine: CardMachineCount;
  trend: CardTrend;
  links: {
    link: CardLink;
    clicks: number;
    last_at: string;
  }[];
  contacts: {
    contact: CardPerson;
    clicks: number;
    last_at: string;
  }[];
  deal: {
    /** A HubSpot record id. */
    id: string;
    name: string | null;
    stage: CardStage | null;
    amount: number | null;
    /** When Elido last saw the deal. Null: never. */
    seen_at: string | null;
  };
  recent: CardClickPage;
  top_links: {
    link: CardLink;
    clicks: number;
    last_at: string;
  }[];
  /** The nearest to moving the deal first. */
  rules: CardRuleProgress[];
  last_move: CardMove | null;
  /** The same in the Elido console. */
  log_url: string;
};

export type CardDisconnect = {
  /** The id of this account, so that nobody disconnects by a slip. */
  confirm: number;
  connection_id?: string;
};

export type CardDisconnectReply = {
  connection: CardConnection;
  hubspot: 'uninstalled' | 'kept' | 'failed';
};

export type CardFieldMapping = {
  rows: FieldMappingRow[];
  connection_id?: string;
};

export type CardFieldMappingTry = {
  /** A HubSpot record id. */
  contact_id: string;
  /** A mapping that is not saved yet. Left out: the mapping as it is. */
  rows?: FieldMappingRow[];
  connection_id?: string;
};

export type CardHome = {
  connection: CardConnection;
  /** The time on the server, to the minute: what "3 minutes ago" is counted from. */
  now: string;
  period: CardPeriod;
  clicks: CardCount;
  machine: CardMachineCount;
  trend: CardTrend;
  links: {
    link: CardLink;
    clicks: number;
    last_at: string;
  }[];
  contacts: {
    contact: CardPerson;
    clicks: number;
    last_at: string;
  }[];
  deals: {
    deal: {
      /** A HubSpot record id. */
      id: string;
      name: string | null;
      stage: CardStage | null;
    };
    clicks: number;
    last_at: string;
  }[];
  rules: {
    id: string;
    name: string | null;
    mode: 'act' | 'suggest' | 'watch';
    by: 'link_tag' | 'link';
    /** The tag, or the link. */
    value: string;
    window_days: number;
    target: CardStage;
    enabled: boolean;
    need: number;
  }[];
  /** Newest first, at most 10. */
  moves: CardMove[];
  /** Events on their way. */
  queue: {
    waiting: number;
    blocked: number;
    more: boolean;
    oldest_at: string | null;
  };
  /** What needs somebody, the most urgent first. */
  problems: CardProblem[];
  /** The same in the Elido console. */
  console_url: string;
};

export type CardLink = {
  slug: string;
  title: string;
  /** Without scheme. */
  short_url: string;
};

export type CardMachineCount = {
  clicks: number;
  more: boolean;
};

export type CardMove = {
  id: string;
  rule: {
    id: string;
    name: string | null;
    version: number;
  };
  deal_id: string;
  deal_name: string | null;
  contact: CardPerson | null;
  from: CardStage;
  to: CardStage;
  state: 'planned' | 'done' | 'watched' | 'suggested' | 'failed' | 'void' | 'undone';
  at: string;
  /** How many clicks moved it. */
  counted: number;
  excluded: {
    reason: string;
    clicks: number;
  }[];
  guards: {
    name: string;
    ok: boolean;
    words: string;
  }[];
  /** Why, in English. */
  words: string;
  undo: {
    possible: boolean;
    /** Why not. HubSpot is asked again when somebody does undo it. */
    reason: 'not_done' | 'already_undone' | 'deal_moved_on' | null;
  };
};

export type CardPeriod = {
  days: number;
  from: string;
  to: string;
  /** The time before, of the same length, ends at `from`. */
  before_from: string;
};

export type CardPerson = {
  /** A HubSpot record id. */
  id: string;
  /** Null: Elido has not seen the name yet. */
  name: string | null;
};

export type CardProblem = {
  code: string;
  params: Record<string, string | number>;
  words: string;
  next: string;
};

export type CardProperties = {
  properties: Property[];
  more: boolean;
  /** False: the properties of the account are being read; ask again. */
  known: boolean;
};

export type CardRuleChange = {
  enabled?: boolean;
  mode?: 'act' | 'suggest' | 'watch';
};

export type CardRuleProgress = {
  id: string;
  name: string | null;
  mode: 'act' | 'suggest' | 'watch';
  by: 'link_tag' | 'link';
  /** The tag, or the link. */
  value: string;
  window_days: number;
  target: CardStage;
  /** Whose clicks bring the deal nearest. */
  contact: CardPerson | null;
  have: number;
  need: number;
  missing: number;
  /** `move`: enough clicks; it fires with the next one. */
  decision: 'not_yet' | 'blocked' | 'already_fired' | 'exempt' | 'move';
  blocked_by: {
    guard: 'enabled' | 'pipeline' | 'stage' | 'associated_contact' | 'deal_amount_min' | 'deal_unknown';
    params: Record<string, string | number | null>;
  }[];
  /** The same in English. */
  words: string;
};

export type CardSettings = {
  connection: CardConnection;
  user: {
    id: string;
    can_change: boolean;
    /** Why this person may look and not change. */
    reason: 'not_an_admin' | null;
  };
  /** More than one: several Elido workspaces use this account. Send `connection_id` to choose. */
  connections: {
    id: string;
    workspace: string;
    state: 'active' | 'paused';
  }[];
  /** Null: not connected. */
  selected: Connection | null;
  /** Every scope the app asks for, why, and what fails without it. */
  scopes: {
    scope: string;
    granted: boolean;
    reason: string;
    without: string;
  }[];
  field_mapping: {
    source:
      | 'utm_source'
      | 'utm_medium'
      | 'utm_campaign'
      | 'utm_content'
      | 'utm_term'
      | 'click_id'
      | 'link_slug'
      | 'value'
      | 'currency'
      | 'converted_at';
    object: 'contact';
    property: string;
    label: string | null;
    type: string | null;
    /** Why this row cannot work in the account as it is now, in English. */
    problem: string | null;
  }[];
  /** What can be mapped, and the property types that can hold it. */
  sources: {
    source:
      | 'utm_source'
      | 'utm_medium'
      | 'utm_campaign'
      | 'utm_content'
      | 'utm_term'
      | 'click_id'
      | 'link_slug'
      | 'value'
      | 'currency'
      | 'converted_at';
    types: string[];
  }[];
  rules: {
    id: string;
    name: string | null;
    mode: 'act' | 'suggest' | 'watch';
    by: 'link_tag' | 'link';
    /** The tag, or the link. */
    value: string;
    window_days: number;
    target: CardStage;
    enabled: boolean;
    need: number;
    connection_id: string;
    version: number;
  }[];
  pipelines: Pipeline[];
  retention_days: number;
  recent_clicks_days: number;
  dialects: {
    name: 'app_events' | 'timeline_v3' | 'notes';
    available: boolean;
  }[];
  disconnect: {
    /** False: another workspace goes on using the account. */
    uninstalls: boolean;
    /** Events on their way that would not be written any more. */
    waiting: number;
    waiting_more: boolean;
  };
  /** The same in the Elido console. */
  console_url: string;
};

export type CardStage = {
  id: string;
  name: string | null;
  pipeline: {
    id: string;
    name: string | null;
  };
};

export type CardTouch = {
  click_id: string;
  at: string;
  slug: string;
  utm: {
    source: string | null;
    medium: string | null;
    campaign: string | null;
    content: string | null;
    term: string | null;
  };
};

export type CardTrend = {
  day: string;
  clicks: number;
}[];

export type Connection = {
  id: string;
  /** The id of a HubSpot account. */
  portal_id: number;
  hub_domain: string;
  state: 'active' | 'paused' | 'disconnected';
  mode: 'clicks_and_conversions' | 'conversions_only';
  dialect: 'app_events' | 'timeline_v3' | 'notes';
  /** Where a conversion moves the open deals of its contact, forward only: a deal pipeline and stage, by id or label. Null leaves deals alone. */
  conversion_stage: {
    pipeline: string;
    stage: string;
  } | null;
  /** Events are forwarded from here on. */
  connected_at: string;
  health: {
    /** `refreshing`: the token is being renewed, nothing to do. `insufficient_permissions`: the token lives, rights are missing. `needs_sign_in` and `uninstalled`: nothing is sent, the queue is kept. */
    state: 'connected' | 'refreshing' | 'paused' | 'insufficient_permissions' | 'needs_sign_in' | 'uninstalled';
    since: string;
    /** Why, where there is a reason. The code has a heading in docs/failures.md. */
    reason: {
      code: string;
      words: string;
      next: string;
    } | null;
    /** The state in words, always there. */
    words: string;
    /** What to do; null when there is nothing to do. */
    next_step: string | null;
    /** Null for a private app token: it is never refreshed. */
    last_refresh_at: string | null;
    /** Null for a private app token: it does not expire. */
    token_expires_at: string | null;
  };
  scopes: {
    granted: string[];
    missing: string[];
  };
  /** Every scope the app asks for, why, and what fails without it. */
  asked_scopes: {
    scope: string;
    granted: boolean;
    reason: string;
    without: string;
  }[];
  last_refresh_at: string;
  provisioning: {
    state: 'pending' | 'running' | 'ready' | 'failed';
    at: string;
    steps: {
      name: string;
      state: 'pending' | 'done' | 'failed';
      detail: string;
      at: string;
    }[];
  };
};

export type Delivery = {
  id: string;
  event_id: string;
  kind: 'click' | 'conversion';
  connection_id: string | null;
  portal_id: number | null;
  link: {
    slug: string;
    title: string;
  } | null;
  state: 'queued' | 'held' | 'waiting_contact' | 'blocked_auth' | 'retrying' | 'delivered' | 'skipped' | 'dead';
  reason: {
    code: string;
    words: string;
    next: string;
  } | null;
  /** HubSpot's own words, when it refused; personal data and tokens are taken out. */
  detail: string | null;
  /** What a click was taken for; null before it was judged, and for conversions. */
  verdict: {
    verdict: 'human' | 'machine' | 'unsure';
    confidence: number;
    reasons: string[];
    words: string;
  } | null;
  attempts: number;
  contact_id: string | null;
  deal_ids: string[];
  /** The timeline events of the plan, and which of them HubSpot has. */
  timeline: {
    target: string;
    written: boolean;
  }[];
  occurred_at: string;
  received_at: string;
  /** When it is looked at next; null when nothing happens by itself. */
  due_at: string | null;
  delivered_at: string | null;
};

export type Explanation = {
  event_id: string;
  found: boolean;
  answer: string;
  /** For an event that never arrived: what to look at. */
  check: string[];
  /** One story per connection, in the order of the steps. */
  connections: {
    delivery: Delivery;
    /** Is it on the timeline, and if not, why not and what to do. */
    answer: string;
    steps: {
      code: string;
      state: 'done' | 'waiting' | 'stopped';
      at: string | null;
      words: string;
    }[];
  }[];
};

export type FieldMappingRow = {
  source:
    | 'utm_source'
    | 'utm_medium'
    | 'utm_campaign'
    | 'utm_content'
    | 'utm_term'
    | 'click_id'
    | 'link_slug'
    | 'value'
    | 'currency'
    | 'converted_at';
  object?: 'contact';
  property: string;
};

export type FieldMappingTry = {
  contact: {
    id: string;
    name: string | null;
  };
  /** `own`: the last touch of this contact. `sample`: it has none yet, so sample values are shown. */
  basis: 'own' | 'sample';
  rows: {
    source:
      | 'utm_source'
      | 'utm_medium'
      | 'utm_campaign'
      | 'utm_content'
      | 'utm_term'
      | 'click_id'
      | 'link_slug'
      | 'value'
      | 'currency'
      | 'converted_at';
    property: string;
    label: string | null;
    type: string | null;
    /** The value in HubSpot now; null when it has none. */
    before: string | null;
    /** What would be written; null: the row writes nothing. */
    after: string | null;
    changes: boolean;
    /** Why the row cannot be written. */
    problem: string | null;
  }[];
};

export type Pipeline = {
  id: string;
  label: string;
  stages: {
    id: string;
    label: string;
    is_closed: boolean;
  }[];
};

export type Property = {
  name: string;
  label: string;
  type: string;
  field_type: string;
  group: string;
  read_only: boolean;
  mappable: boolean;
  /** Why nothing can be mapped to it. */
  reason: string | null;
  /** What can be mapped to it. */
  sources: (
    | 'utm_source'
    | 'utm_medium'
    | 'utm_campaign'
    | 'utm_content'
    | 'utm_term'
    | 'click_id'
    | 'link_slug'
    | 'value'
    | 'currency'
    | 'converted_at'
  )[];
  /** At most 50. */
  options: {
    value: string;
    label: string;
  }[];
};

export interface CardOperations {
  getCardDeal: {
    path: { deal_id: string };
    query: {
      /** The period: 30 or 90 days. */
      days?: '30' | '90';
      /** Only clicks of this contact. */
      contact?: string;
      /** Only clicks on this link. */
      link?: string;
      /** Which clicks `recent` lists. Everything else counts human clicks. */
      verdict?: 'human' | 'machine';
      cursor?: string;
    };
    body: null;
    reply: CardDeal;
  };
  getCardContact: {
    path: { contact_id: string };
    query: {
      /** The period: 30 or 90 days. */
      days?: '30' | '90';
      /** Only clicks of this contact. */
      contact?: string;
      /** Only clicks on this link. */
      link?: string;
      /** Which clicks `recent` lists. Everything else counts human clicks. */
      verdict?: 'human' | 'machine';
      cursor?: string;
    };
    body: null;
    reply: CardContact;
  };
  getCardHome: {
    path: null;
    query: {
      /** The period: 30 or 90 days. */
      days?: '30' | '90';
    };
    body: null;
    reply: CardHome;
  };
  postCardMoveUndo: {
    path: { move_id: string };
    query: null;
    body: null;
    reply: CardMove;
  };
  getCardExplanation: {
    path: { event_id: string };
    query: null;
    body: null;
    reply: Explanation;
  };
  getCardSettings: {
    path: null;
    query: {
      connection_id?: string;
    };
    body: null;
    reply: CardSettings;
  };
  getCardProperties: {
    path: null;
    query: {
      search?: string;
      /** Only those that can hold it are mappable then. */
      source?:
        | 'utm_source'
        | 'utm_medium'
        | 'utm_campaign'
        | 'utm_content'
        | 'utm_term'
        | 'click_id'
        | 'link_slug'
        | 'value'
        | 'currency'
        | 'converted_at';
      limit?: number;
    };
    body: null;
    reply: CardProperties;
  };
  patchCardConnection: {
    path: null;
    query: null;
    body: CardConnectionChange;
    reply: CardSettings;
  };
  putCardFieldMapping: {
    path: null;
    query: null;
    body: CardFieldMapping;
    reply: CardSettings;
  };
  postCardFieldMappingTry: {
    path: null;
    query: null;
    body: CardFieldMappingTry;
    reply: FieldMappingTry;
  };
  patchCardRule: {
    path: { rule_id: string };
    query: null;
    body: CardRuleChange;
    reply: CardSettings;
  };
  postCardDisconnect: {
    path: null;
    query: null;
    body: CardDisconnect;
    reply: CardDisconnectReply;
  };
}

export const cardPaths = {
  getCardDeal: { method: 'GET', path: '/card/v1/deals/{deal_id}' },
  getCardContact: { method: 'GET', path: '/card/v1/contacts/{contact_id}' },
  getCardHome: { method: 'GET', path: '/card/v1/home' },
  postCardMoveUndo: { method: 'POST', path: '/card/v1/moves/{move_id}/undo' },
  getCardExplanation: { method: 'GET', path: '/card/v1/events/{event_id}/explanation' },
  getCardSettings: { method: 'GET', path: '/card/v1/settings' },
  getCardProperties: { method: 'GET', path: '/card/v1/settings/properties' },
  patchCardConnection: { method: 'PATCH', path: '/card/v1/settings/connection' },
  putCardFieldMapping: { method: 'PUT', path: '/card/v1/settings/field-mapping' },
  postCardFieldMappingTry: { method: 'POST', path: '/card/v1/settings/field-mapping/try' },
  patchCardRule: { method: 'PATCH', path: '/card/v1/settings/rules/{rule_id}' },
  postCardDisconnect: { method: 'POST', path: '/card/v1/settings/disconnect' },
} as const satisfies Record<keyof CardOperations, { method: string; path: string }>;
