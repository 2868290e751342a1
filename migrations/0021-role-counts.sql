-- How many participants of a work have each role, so that a work may be divided among those who do not lead it, however many
-- lead and whichever roles a later regulation calls leading. Counted when participants are written, like those who are affiliated.

alter table evidence add column role_counts jsonb;
comment on column evidence.role_counts is 'role -> participants who have it; who has none that is known stands nowhere; null: nobody counted them';
update evidence e set role_counts = coalesce((
  select jsonb_object_agg(c.role, c.people)
  from (select role, count(*) as people from evidence_participant p
        where p.evidence_id = e.id and role is not null group by role) c), '{}');

alter table snapshot_fact add column role_counts jsonb;
comment on column snapshot_fact.role_counts is 'role -> participants of the work who have it; null: not known, as in snapshots frozen before they were counted';
