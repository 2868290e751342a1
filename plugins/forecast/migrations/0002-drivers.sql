-- What each clause of the regulation gives the people of a unit, and is expected to: by which the change of a unit is explained.

create table outlook_clause (
  outlook_id bigint not null references outlook (id) on delete cascade,
  kind text not null check (kind in ('department', 'faculty', 'university')),
  subject_id bigint not null,
  place smallint not null,
  area text,
  clause text not null,
  title jsonb not null,
  past double precision[] not null,
  mean double precision[] not null,
  deviation double precision not null check (deviation >= 0),
  primary key (outlook_id, kind, subject_id, place)
);
comment on column outlook_clause.subject_id is 'a unit; 0: the university';
comment on column outlook_clause.place is 'order in the regulation of the newest run, from 0';
comment on column outlook_clause.area is 'null: the clause is about the total';
comment on column outlook_clause.past is 'points a person with a total in each known period, null: nobody had one';
comment on column outlook_clause.mean is 'expected points a person, step by step, before areas and clauses are made to add up';
comment on column outlook_clause.deviation is 'root mean square of the steps from period to period';
