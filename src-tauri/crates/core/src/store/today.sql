-- Every row of a person's Today: why (0 breach, 1 returned, 2 to accept, 3 mood, 4 renewal, 5 items, 6 waits for
-- somebody else), how much it hurts (less hurts more), and the date that counts.
with row (kind, hurt, "on", side, id) as (
  select 0, 0, signed_on, null, id from engagement
   where alive = 1 and breached = 1 and status = 'active' and (owner = :me or :lead)
  union all
  select 1, 1, signed_on, null, id from engagement
   where alive = 1 and returned = 1 and status = 'active' and owner = :me
  union all
  select 2, 2, signed_on, null, id from engagement
   where alive = 1 and status = 'active' and receiver = :me
  union all
  select 3, case when client_due_on <= :late and (client_due_on <= :yesterday or client_after_on < :late_moved_to)
                 then 3 else 4 end, client_due_on, 'client', id from engagement
   where alive = 1 and owner = :me and client_due_on <= :reach
     and (client_due_on <= :today or client_after_on < :moved_to)
  union all
  select 3, case when team_due_on <= :late and (team_due_on <= :yesterday or team_after_on < :late_moved_to)
                 then 3 else 4 end, team_due_on, 'team', id from engagement
   where alive = 1 and owner = :me and team_due_on <= :reach
     and (team_due_on <= :today or team_after_on < :moved_to)
  union all
  select 4, case when contract_end_on <= :today then 3 else 5 end, contract_end_on, null, id from engagement
   where alive = 1 and status = 'active' and owner = :me and contract_end_on <= :soon
  union all
  select 5, 6, signed_on, null, id from engagement
   where alive = 1 and status = 'active' and owner = :me and open_item_count > 0 and returned = 0 and receiver is null
  union all
  select 6, 7, signed_on, null, id from engagement
   where alive = 1 and status = 'active' and owner = :me and receiver is not null and receiver <> :me
)
