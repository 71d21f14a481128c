-- The day that the next mood check comes after: of the check before it, else of the kick-off. Settled by the rules,
-- like the dates of the checks, and built anew from the log after this migration.
alter table engagement add column client_after_on text;
alter table engagement add column team_after_on text;
