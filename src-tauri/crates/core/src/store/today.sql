-- Every row of a person's Today: why, how much it hurts (less hurts more), and the date that counts. The numbers of
-- the kinds and the order of what hurts are the domain's; they are put in for the names with a kind in them.
with mine as materialized (
  select id, status, signed_on, returned, receiver, open_item_count, contract_end_on,
    client_due_on, client_after_on, team_due_on, team_after_on
  from engagement where alive = 1 and owner = :me
),
row (kind, hurt, "on", side, id) as (
  select :breach as kind, :breach_hurts, signed_on, null, id from engagement indexed by engagement_breached
   where alive = 1 and breached = 1 and status = 'active' and (owner = :me or :lead)
  union all
  select :returned_handover as kind, :returned_handover_hurts, signed_on, null, id from mine
   where status = 'active' and returned = 1
  union all
  select :handover_to_accept as kind, :handover_to_accept_hurts, signed_on, null, id from engagement
   where alive = 1 and status = 'active' and receiver = :me
  union all
  select :mood_check as kind,
     case when client_due_on <= :late and (client_due_on <= :yesterday or client_after_on < :late_moved_to)
          then :mood_check_late_hurts else :mood_check_hurts end,
     client_due_on, 'client', id from mine
   where client_due_on <= :reach and (client_due_on <= :today or client_after_on < :moved_to)
  union all
  select :mood_check as kind,
     case when team_due_on <= :late and (team_due_on <= :yesterday or team_after_on < :late_moved_to)
          then :mood_check_late_hurts else :mood_check_hurts end,
     team_due_on, 'team', id from mine
   where team_due_on <= :reach and (team_due_on <= :today or team_after_on < :moved_to)
  union all
  select :renewal as kind,
     case when contract_end_on <= :today then :renewal_late_hurts else :renewal_hurts end,
     contract_end_on, null, id from mine
   where status = 'active' and contract_end_on <= :soon
  union all
  select :open_items as kind, :open_items_hurts, signed_on, null, id from mine
   where status = 'active' and open_item_count > 0 and returned = 0 and receiver is null
  union all
  select :waiting_for_answer as kind, :waiting_for_answer_hurts, signed_on, null, id from mine
   where status = 'active' and receiver is not null and receiver <> :me
)
