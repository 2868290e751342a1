create table medal (
  teacher_id bigint not null,
  won_on date not null,
  metal text not null,
  primary key (teacher_id, won_on)
);
create table metal_worth (metal text primary key, worth numeric not null);
insert into metal_worth values ('gold', 3), ('silver', 2);
