// What the core answers, as it goes over the wire.

export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Text, the parts that the point's input names, or nothing yet. */
export type PointValue = string | { [part: string]: string | number | boolean | null } | null;

/** Who uses this store, and what it holds. */
export interface SessionView {
  workspace: WorkspaceView | null;
  person: PersonView | null;
  people_count: number;
  engagement_count: number;
  pending_count: number;
  deferred_count: number;
  version: string;
  rehearsal: boolean;
  store: string;
}

/** What is shared between laptops. */
export interface WorkspaceView {
  id: string;
  currency: string;
  admin_id: string | null;
}

/** A role a person can have. */
export type Role =
  'sales' | 'project_manager' | 'account_manager' | 'support' | 'back_office' | 'lead';

/** A colleague. */
export interface PersonView {
  id: string;
  name: string;
  roles: Role[];
  engagement_count: number;
  override_count: number;
  is_me: boolean;
}

/** A stage's kind. Every template builds its stages of these five. */
export type StageKind = 'post-sales' | 'kick-off' | 'execution' | 'closure' | 'renewal';

/** The columns of the board, with the size of each; cards come by `board_cards`. */
export interface BoardView {
  columns: BoardColumn[];
}

/** A column of the board. */
export interface BoardColumn {
  kind: StageKind;
  count: number;
  value_sums: MoneyView[];
}

/** An amount. */
export interface MoneyView {
  minor: number;
  currency: string;
  digits: number;
}

/** A card of the board and a row of the list. */
export interface CardView {
  id: string;
  name: string;
  account: string;
  account_id: string | null;
  stage: string;
  kind: StageKind;
  effective_stage: string;
  owner: string | null;
  owner_id: string | null;
  value: MoneyView | null;
  signed_on: string | null;
  open_item_count: number;
  gate_open: boolean;
  returned: boolean;
  breached: boolean;
  override_count: number;
}

/** A window of a list: how many rows there are and the rows asked for. */
export interface Window<T> {
  count: number;
  from: number;
  rows: T[];
}

/** Everything about one engagement. */
export interface EngagementView {
  id: string;
  name: string;
  account: string;
  account_id: string | null;
  product: string | null;
  template_id: string;
  template: string;
  stage: string;
  effective_stage: string;
  owner: string | null;
  owner_id: string | null;
  value: MoneyView | null;
  value_minor: number | null;
  currency: string | null;
  signed_on: string | null;
  open_items: OpenItem[];
  blocks: Block[];
  stages: StageView[];
  handover: HandoverView;
  promises: PromiseView[];
  overrides: OverrideView[];
  breaches: BreachView[];
  next_stage: string | null;
  deleted: boolean;
}

/** An open mandatory item. */
export interface OpenItem {
  id: string;
  label: string;
  holder: string;
  holder_id: string | null;
  holder_role: Role;
  missing_points: string[];
  input: ItemInput;
  choices: string[];
}

/** How an item is filled. */
export type ItemInput =
  | 'tick'
  | 'date'
  | 'text'
  | 'choice'
  | 'score'
  | 'handover'
  | 'verification'
  | 'submission'
  | 'acceptance';

/** Something that closes a gate although every item is done. */
export type Block =
  | { code: 'handover_returned'; points: string[] }
  | { code: 'promise_not_feasible'; promise_id: string; wording: string }
  | { code: 'gate_breached'; stage: string; item_ids: string[] };

/** A stage of the template with the state of its steps. */
export interface StageView {
  id: string;
  kind: StageKind;
  label: string;
  goal: string;
  state: StageState;
  expected_days: number;
  stuck_days: number;
  steps: StepView[];
  entered_at: number | null;
}

/** Where an engagement stands towards a stage. */
export type StageState = 'passed' | 'current' | 'ahead';

/** A step of a stage. */
export interface StepView {
  id: string;
  label: string;
  items: ItemView[];
}

/** A checklist item with its state. */
export interface ItemView {
  id: string;
  label: string;
  input: ItemInput;
  choices: string[];
  mandatory: boolean;
  done: boolean;
  value: string | boolean | number | null;
  holder: string;
  holder_id: string | null;
  holder_role: Role;
  overridden: boolean;
  done_by: string | null;
  done_at: number | null;
}

/** A handover: sales to delivery in post-sales, PM to AM in closure. */
export interface HandoverView {
  state: HandoverState;
  completeness: number;
  filled_count: number;
  mandatory_count: number;
  points: PointView[];
  receiver: string | null;
  receiver_id: string | null;
  submitted_by: string | null;
  submitted_at: number | null;
  round_count: number;
  verification: VerificationView | null;
  acceptance: AcceptanceView | null;
  can: HandoverActs;
}

/** Which acts are open to the acting person; the rest would be refused. */
export interface HandoverActs {
  fill: boolean;
  submit: boolean;
  verify: boolean;
  return_points: boolean;
  accept: boolean;
  withdraw: boolean;
  reopen: boolean;
}

/** Where a handover stands. */
export type HandoverState = 'draft' | 'submitted' | 'returned' | 'accepted';

/** One point of the handover form. */
export interface PointView {
  id: string;
  label: string;
  input: PointInput;
  mandatory: boolean;
  filled: boolean;
  value: PointValue;
  missing_parts: string[];
  comment: string | null;
  edited_by: string | null;
  edited_at: number | null;
  other_values: PointValue[];
}

/** Shape of a point's value. Any point also takes one line of plain text. */
export type PointInput = 'text' | 'contact' | 'schedule' | 'terms' | 'promises';

/** A verification of the brief. */
export interface VerificationView {
  person: string | null;
  at: number;
  by_writer: boolean;
  stands: boolean;
}

/** How a handover was accepted. */
export interface AcceptanceView {
  person: string | null;
  at: number;
  held_on: string;
  people: string[];
  minutes: string;
  as_lead: boolean;
}

/** What a promise is about. */
export type PromiseKind = 'delivery' | 'date' | 'price' | 'channel' | 'trial';

/** Delivery's word on a promise. */
export type PromiseVerdict = 'feasible' | 'feasible_with_changes' | 'not_feasible';

/** What became of a promise. */
export type PromiseState = 'open' | 'kept' | 'broken' | 'renegotiated' | 'withdrawn';

/** Something anyone told the client that they would get. */
export interface PromiseView {
  id: string;
  kind: PromiseKind;
  wording: string;
  promised_by: string | null;
  promised_to: string | null;
  channel: string | null;
  promised_on: string | null;
  due_on: string | null;
  visible_to_client: boolean;
  verdict: PromiseVerdict | null;
  state: PromiseState;
}

/** A gate opened with a reason instead of its items. */
export interface OverrideView {
  id: string;
  stage: string;
  item_ids: string[];
  reason: string;
  person: string | null;
  at: number;
  undone: boolean;
}

/** A passed gate that no longer holds. */
export interface BreachView {
  stage: string;
  item_ids: string[];
  person: string | null;
  at: number | null;
}

/** One act in the history. */
export interface HistoryEntry {
  act_id: string;
  command: string;
  person: string | null;
  person_id: string | null;
  at: number;
  device: string;
  here: boolean;
  undo_of: string | null;
  undone: boolean;
  can_undo: boolean;
  changes: HistoryChange[];
}

/** One operation in the history. */
export interface HistoryChange {
  operation_id: string;
  kind: string;
  entity: string;
  field: string | null;
  value: JsonValue;
  before: JsonValue;
  lost: boolean;
  can_restore: boolean;
}

/** What an import did, or would do. */
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  rejected: number;
  operations: number;
  value_sum_minor: number | null;
  value_sums: MoneyView[];
  accounts_created: number;
  people_created: number;
  notices: ImportNotice[];
  rejections: RowRejection[];
  preview: boolean;
}

/** Something an import tells the person about. */
export type ImportNotice =
  | { code: 'date_order_assumed'; order: string }
  | { code: 'currency_assumed'; currency: string }
  | { code: 'product_looks_like'; typed: string; known: string; rows: number };

/** A row that was not imported. */
export interface RowRejection {
  line: number;
  code: string;
  column: string | null;
  value: string | null;
}

/** What a bundle holds, before anything is written. */
export interface BundlePreview {
  operations: number;
  new_operations: number;
  acts: BundleAct[];
  conflict_count: number;
  devices: number;
  exported_at: number;
  preview: boolean;
}

/** An act that a bundle brings. */
export interface BundleAct {
  command: string;
  person: string | null;
  at: number;
  operations: number;
}
