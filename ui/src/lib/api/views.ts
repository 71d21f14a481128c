// What the core answers, as it goes over the wire.
import type { BreachView, HandoverView, OverrideView, PromiseView } from './records';

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
