// The records of an engagement and the reports of acts, as they go over the wire.
import type { JsonValue, MoneyView, PointValue } from './views';

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
