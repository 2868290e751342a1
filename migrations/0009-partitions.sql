-- How many participants of a piece of evidence are affiliated is counted when they are written, not for each fact of each snapshot.
-- The two large frozen tables keep the rows of each snapshot and each run in a partition of their own: core/rating/frozen-rows.ts
-- fills one from a query, in parallel, and builds its key when the rows are there. What it saves is in core/rating/README.md.

alter table evidence add column affiliated_count smallint;
comment on column evidence.affiliated_count is 'participants who belong to the university; null: nobody counted them';
update evidence e set affiliated_count =
  (select count(*) from evidence_participant p where p.evidence_id = e.id and p.affiliated);

alter table snapshot_fact rename to snapshot_fact_whole;
alter table snapshot_fact_whole rename constraint snapshot_fact_pkey to snapshot_fact_whole_pkey;
create table snapshot_fact (like snapshot_fact_whole including comments, primary key (snapshot_id, teacher_id, fact_no))
  partition by list (snapshot_id);
comment on column snapshot_fact.fact_no is 'number of the fact within the teacher, 1.., by indicator, date and content';

alter table run_line rename to run_line_whole;
alter table run_line_whole rename constraint run_line_pkey to run_line_whole_pkey;
create table run_line (like run_line_whole including comments, primary key (run_id, teacher_id, line_no))
  partition by list (run_id);

do $$
declare
  id bigint;
begin
  for id in select distinct snapshot_id from snapshot_fact_whole loop
    execute format('create table snapshot_fact_%s partition of snapshot_fact for values in (%s)', id, id);
  end loop;
  for id in select distinct run_id from run_line_whole loop
    execute format('create table run_line_%s partition of run_line for values in (%s)', id, id);
  end loop;
end $$;
insert into snapshot_fact select * from snapshot_fact_whole order by snapshot_id, teacher_id, fact_no;
insert into run_line select * from run_line_whole order by run_id, teacher_id, line_no;
drop table snapshot_fact_whole, run_line_whole;

do $$
declare
  name regclass;
begin
  for name in select relid from pg_partition_tree('snapshot_fact') union select relid from pg_partition_tree('run_line') loop
    execute format('create trigger frozen before update or delete or truncate on %s for each statement execute function refuse_change_of_frozen()', name);
  end loop;
end $$;
