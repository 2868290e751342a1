-- Structural units that verify some kinds of evidence in the whole university, and who looks after the sensors.

alter table account_role drop constraint account_role_role_check;
alter table account_role add constraint account_role_role_check check (role in
  ('teacher', 'head', 'dean', 'verifier', 'office', 'management', 'technician', 'administrator'));
