-- Mood checks, renewals, contacts, taking over, and a template by product. Everything here but `reminded` is
-- projected: the app builds it anew from the log after this migration.

-- Mood checks that a reminder was shown for on this laptop.
create table reminded (
  engagement blob not null,
  side text not null,
  due_on text not null,
  primary key (engagement, side, due_on)
) strict, without rowid;

alter table workspace add column holidays text;
alter table workspace add column weekend text;
alter table person add column absences text;
alter table product add column template text;

alter table engagement add column taken_over text;
alter table engagement add column previous blob;
alter table engagement add column contract_end_on text;
alter table engagement add column mood_rhythm text;
-- Settled by the rules. Whose answer a submitted handover waits for:
alter table engagement add column receiver blob;
-- 'active', 'ended' without a decision, 'renewed' or 'churned':
alter table engagement add column status text not null default 'active';
-- Dates of the mood checks by the rhythm, before holidays and absences move them:
alter table engagement add column client_due_on text;
alter table engagement add column team_due_on text;
-- The last readings in tenths, 35 is 3.5:
alter table engagement add column client_mood integer;
alter table engagement add column team_mood integer;
create index engagement_by_account on engagement (account);
create index engagement_by_previous on engagement (previous) where previous is not null;
create index engagement_by_seller on engagement (seller);
create index engagement_by_receiver on engagement (receiver) where receiver is not null;
create index engagement_by_client_due_on on engagement (client_due_on) where client_due_on is not null;
create index engagement_by_team_due_on on engagement (team_due_on) where team_due_on is not null;
create index engagement_by_contract_end_on on engagement (contract_end_on) where contract_end_on is not null;

create table contact (
  id blob primary key,
  alive integer not null,
  account blob,
  name text,
  kind text,
  position text,
  email text,
  phone text,
  language text,
  note text,
  folded text not null default ''
) strict, without rowid;
create index contact_by_account on contact (account);

-- Search over everything: words of a row, folded, found by their beginnings. Local, made from the projection.
alter table promise add column folded text not null default '';
create table searched (
  n integer primary key,
  kind integer not null,
  entity blob not null unique
) strict;
create virtual table search using fts5 (folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3', detail = 'none');
insert into search (search, rank) values ('secure-delete', 1);
