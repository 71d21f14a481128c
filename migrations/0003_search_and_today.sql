-- Search while a name is typed and Today, both in a large book. Everything here is projected: the app builds it anew
-- from the log after this migration.

-- Every text begins with a mark of its kind, so that one kind is looked through without the others; beginnings of up
-- to six letters have an index of their own, since the words of many rows begin alike.
drop table search;
drop table searched;
create table searched (
  n integer primary key,
  entity blob not null unique
) strict;
create virtual table search using fts5 (folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3 4 5 6', detail = 'none');
insert into search (search, rank) values ('secure-delete', 1);

create index engagement_breached on engagement (owner) where breached = 1;
