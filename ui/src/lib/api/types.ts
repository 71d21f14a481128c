// The types on the wire: generated from the core into gen/, named here once.
import type { Commands } from './gen/Commands';

export type { AcceptanceView } from './gen/AcceptanceView';
export type { Block } from './gen/Block';
export type { BoardColumn } from './gen/BoardColumn';
export type { BoardView } from './gen/BoardView';
export type { BreachView } from './gen/BreachView';
export type { BundleAct } from './gen/BundleAct';
export type { BundleFile } from './gen/BundleFile';
export type { BundlePreview } from './gen/BundlePreview';
export type { CardView } from './gen/CardView';
export type { CheckReport } from './gen/CheckReport';
export type { Commands } from './gen/Commands';
export type { EngagementView } from './gen/EngagementView';
export type { HandoverActs } from './gen/HandoverActs';
export type { HandoverState } from './gen/HandoverState';
export type { HandoverView } from './gen/HandoverView';
export type { HistoryChange } from './gen/HistoryChange';
export type { HistoryEntry } from './gen/HistoryEntry';
export type { ImportNotice } from './gen/ImportNotice';
export type { ImportReport } from './gen/ImportReport';
export type { ItemInput } from './gen/ItemInput';
export type { ItemView } from './gen/ItemView';
export type { LeftChange } from './gen/LeftChange';
export type { MoneyView } from './gen/MoneyView';
export type { OpenItem } from './gen/OpenItem';
export type { OverrideView } from './gen/OverrideView';
export type { PersonView } from './gen/PersonView';
export type { PointInput } from './gen/PointInput';
export type { PointView } from './gen/PointView';
export type { PromiseKind } from './gen/PromiseKind';
export type { PromiseState } from './gen/PromiseState';
export type { PromiseVerdict } from './gen/PromiseVerdict';
export type { PromiseView } from './gen/PromiseView';
export type { Role } from './gen/Role';
export type { RowRejection } from './gen/RowRejection';
export type { SessionView } from './gen/SessionView';
export type { SortBy } from './gen/SortBy';
export type { StageKind } from './gen/StageKind';
export type { StageState } from './gen/StageState';
export type { StageView } from './gen/StageView';
export type { StepView } from './gen/StepView';
export type { UndoReply } from './gen/UndoReply';
export type { VerificationView } from './gen/VerificationView';
export type { Window } from './gen/Window';
export type { WorkspaceView } from './gen/WorkspaceView';

export type { BoardFilter as CardFilter } from './gen/BoardFilter';
export type { SortBy as ListSort } from './gen/SortBy';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export type CommandName = keyof Commands;
/** What may be left out may also be null. */
type Nullable<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | null : T[K] };
export type Args<N extends CommandName> = Nullable<Commands[N]['args']>;
export type Reply<N extends CommandName> = Commands[N]['reply'];

type Value = PointValue;
type Json = JsonValue;
export type { Json as JsonValue, Value as PointValue };
