// Every command of the core: what it takes and what it answers.
import type {
  BundlePreview,
  HistoryEntry,
  ImportReport,
  PromiseKind,
  PromiseState,
  PromiseVerdict,
} from './records';
import type {
  BoardView,
  CardView,
  EngagementView,
  PersonView,
  PointValue,
  Role,
  SessionView,
  StageKind,
  Window,
} from './views';

export interface UndoReply {
  act_id: string;
  command: string;
  engagement_id: string | null;
  left: { field: string; by: string | null }[];
}

export interface ExportReply {
  file_name: string;
  content_base64: string;
  operations: number;
}

export interface CheckReply {
  ok: boolean;
  operations: number;
  entities: number;
  differences: string[];
}

export interface CardFilter {
  owner_id?: string | null;
  search?: string | null;
}

export interface WindowArgs {
  from: number;
  count: number;
}

export type ListSort = 'name' | 'account' | 'owner' | 'stage' | 'signed_on' | 'value';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export interface ImportArgs {
  file_name: string;
  content_base64: string;
  date_order?: DateOrder | null;
  currency?: string | null;
  mapping?: Record<string, string> | null;
  preview: boolean;
}

interface Of<Args, Reply> {
  args: Args;
  reply: Reply;
}
type Empty = Record<string, never>;
type ById = { engagement_id: string };
type OnEngagement<More = unknown> = Of<ById & More, EngagementView>;

export interface Commands {
  session: Of<Empty, SessionView>;
  people: Of<Empty, PersonView[]>;
  create_person: Of<{ name: string; roles: Role[] }, string>;
  update_person: Of<{ person_id: string; name?: string; roles?: Role[] }, PersonView>;
  choose_person: Of<{ person_id: string | null }, SessionView>;
  choose_currency: Of<{ currency: string }, SessionView>;
  load_sample: Of<{ engagements?: number }, { created: number }>;
  board: Of<CardFilter, BoardView>;
  board_cards: Of<CardFilter & WindowArgs & { kind: StageKind }, Window<CardView>>;
  list_engagements: Of<
    CardFilter & WindowArgs & { kind?: StageKind | null; sort?: ListSort; descending?: boolean },
    Window<CardView>
  >;
  create_engagement: Of<
    {
      account: string;
      name: string;
      template_id: string | null;
      value_minor: number | null;
      currency: string | null;
      signed_on: string | null;
    },
    string
  >;
  engagement: OnEngagement;
  rename_engagement: OnEngagement<{ name: string }>;
  delete_engagement: OnEngagement;
  restore_engagement: OnEngagement;
  fill_handover: OnEngagement<{ points: Record<string, PointValue> }>;
  submit_handover: OnEngagement<{ receiver_id: string }>;
  withdraw_handover: OnEngagement;
  verify_brief: OnEngagement;
  return_handover: OnEngagement<{ comments: Record<string, string> }>;
  accept_handover: OnEngagement<{
    held_on: string;
    people: string[];
    minutes: string;
    rating?: number | null;
  }>;
  reopen_handover: OnEngagement<{ reason: string }>;
  log_promise: OnEngagement<{
    kind: PromiseKind;
    wording: string;
    promised_by?: string | null;
    promised_to?: string | null;
    channel?: string | null;
    promised_on?: string | null;
    due_on?: string | null;
    visible_to_client?: boolean;
  }>;
  judge_promise: Of<{ promise_id: string; verdict: PromiseVerdict }, EngagementView>;
  settle_promise: Of<
    { promise_id: string; state: PromiseState; wording?: string | null },
    EngagementView
  >;
  delete_promise: Of<{ promise_id: string }, EngagementView>;
  tick_item: OnEngagement<{ item_id: string; value: string | number | boolean }>;
  untick_item: OnEngagement<{ item_id: string }>;
  move_stage: OnEngagement<{ to: string }>;
  override_gate: OnEngagement<{ reason: string }>;
  undo: Of<{ act_id?: string | null }, UndoReply>;
  redo: Of<{ act_id?: string | null }, UndoReply>;
  history: Of<ById & Partial<WindowArgs>, Window<HistoryEntry>>;
  restore: Of<{ operation_id: string }, EngagementView | null>;
  import_deals: Of<ImportArgs, ImportReport>;
  import_accounts: Of<ImportArgs, ImportReport>;
  import_products: Of<ImportArgs, ImportReport>;
  export_bundle: Of<Empty, ExportReply>;
  import_bundle: Of<{ file_name: string; content_base64: string; preview: boolean }, BundlePreview>;
  check: Of<Empty, CheckReply>;
}

export type CommandName = keyof Commands;
export type Args<N extends CommandName> = Commands[N]['args'];
export type Reply<N extends CommandName> = Commands[N]['reply'];
