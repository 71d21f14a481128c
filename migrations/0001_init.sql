-- The first schema. `act` and `operation` are the truth; `head`, `deferred` and every table below
-- "projection" are derived from them and can be dropped and rebuilt. No constraint on a projected table
-- may be one that merged data can break.

create table setting (
  key text primary key,
  value any
) strict, without rowid;

create table device (
  n integer primary key,
  id blob not null unique,
  -- Sequences 1 to have_seq are here without a gap; 1 to applied_seq are in the projection.
  have_seq integer not null default 0,
  applied_seq integer not null default 0
) strict;

create table act (
  n integer primary key,
  id blob not null,
  device integer not null,
  first_seq integer not null,
  last_seq integer not null,
  at integer not null,
  person blob,
  command text not null,
  undo_of blob,
  hash blob not null,
  header blob not null,
  unique (device, first_seq)
) strict;
create index act_by_id on act (id);
create index act_by_undo_of on act (undo_of) where undo_of is not null;

create table operation (
  device integer not null,
  seq integer not null,
  act integer not null,
  kind integer not null,
  entity blob not null,
  depth integer not null default 0,
  body blob not null,
  primary key (device, seq)
) strict, without rowid;
create index operation_by_entity on operation (entity);

-- Derived from the log.

create table head (
  entity blob not null,
  field integer not null,
  key text not null,
  device integer not null,
  seq integer not null,
  depth integer not null,
  at integer not null,
  primary key (entity, field, key, device, seq)
) strict, without rowid;

create table deferred (
  device integer not null,
  seq integer not null,
  primary key (device, seq)
) strict, without rowid;

-- Projection.

create table workspace (
  id blob primary key,
  alive integer not null,
  currency text,
  admin blob
) strict, without rowid;

create table person (
  id blob primary key,
  alive integer not null,
  name text,
  roles text,
  folded text not null default ''
) strict, without rowid;

create table account (
  id blob primary key,
  alive integer not null,
  name text,
  sector text,
  country text,
  parent_name text,
  import_key text,
  imported text,
  folded text not null default ''
) strict, without rowid;
create index account_by_folded on account (folded);
create index account_by_import_key on account (import_key) where import_key is not null;

create table product (
  id blob primary key,
  alive integer not null,
  name text,
  series text,
  price_minor integer,
  currency text,
  import_key text,
  imported text,
  folded text not null default ''
) strict, without rowid;
create index product_by_import_key on product (import_key) where import_key is not null;

create table engagement (
  id blob primary key,
  alive integer not null,
  name text,
  account blob,
  product blob,
  product_name text,
  template text,
  value_minor integer,
  currency text,
  signed_on text,
  seller blob,
  import_key text,
  imported text,
  folded text not null default '',
  -- Settled by the rules after every write that touches the engagement.
  stage text not null default '',
  stage_kind text not null default '',
  effective_stage text not null default '',
  owner blob,
  open_item_count integer not null default 0,
  gate_open integer not null default 0,
  returned integer not null default 0,
  breached integer not null default 0,
  override_count integer not null default 0
) strict, without rowid;
create index engagement_on_board on engagement (alive, stage_kind, signed_on desc, id);
create index engagement_by_owner on engagement (owner);
create index engagement_value on engagement (alive, stage_kind, currency, value_minor);
create index engagement_by_import_key on engagement (import_key) where import_key is not null;

create table promise (
  id blob primary key,
  alive integer not null,
  engagement blob,
  kind text,
  wording text,
  promised_by text,
  promised_to text,
  channel text,
  promised_on text,
  due_on text,
  visible_to_client integer,
  verdict text,
  state text
) strict, without rowid;
create index promise_by_engagement on promise (engagement);
