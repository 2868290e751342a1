create table good (id bigint references does_not_exist (id));
