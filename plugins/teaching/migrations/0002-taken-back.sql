-- What was brought by mistake can be taken back: nothing is deleted, it counts no longer.

alter table group_teacher add column taught boolean not null default true;
comment on column group_teacher.taught is 'false: was named by mistake and has no part in the group''s result';
alter table enrolment add column enrolled boolean not null default true;
comment on column enrolment.enrolled is 'false: was named by mistake and is no student of the group';
