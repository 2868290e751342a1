-- What the results of a group rest on, kept so that an import works out anew only the years from its own on.

create table group_sums (
  group_id bigint primary key references course_group (id),
  enrolled integer not null,
  graded integer not null,
  total numeric,
  passed integer not null,
  good integer not null,
  excellent integer not null,
  attempts_known integer not null,
  retaken integer not null,
  attendance_known integer not null,
  attended integer not null,
  n numeric not null,
  y numeric not null,
  yy numeric not null,
  p numeric not null,
  pp numeric not null,
  py numeric not null
);
comment on column group_sums.n is 'students with a grade y and a known prior attainment p; the columns after it are sums over them: y, y^2, p, p^2, p y';
