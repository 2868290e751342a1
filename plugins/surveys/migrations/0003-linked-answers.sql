-- Surveys in which what one person says of several teachers is kept together, where the university may do so by law (README: Linked answers).

alter table campaign add column linked_ground jsonb;
comment on column campaign.linked_ground is 'why answers may be linked, as students read it; null: they are not linked';

create function keep_linked_ground() returns trigger language plpgsql as $$
begin
  raise exception 'campaign % is released: whether its answers are linked, and why, stays', old.id;
end $$;
create trigger linked_ground before update of linked_ground on campaign
  for each row when (old.released_at is not null and old.linked_ground is distinct from new.linked_ground)
  execute function keep_linked_ground();

create table bundle (
  id bigint generated always as identity primary key,
  campaign_id bigint not null references campaign (id),
  groups text[] not null check (cardinality(groups) > 0),
  voices jsonb not null default '[]',
  unique (campaign_id, groups)
) with (fillfactor = 50);
comment on table bundle is 'groups about whose teachers one link of a linked campaign is; gone when the campaign is closed';
comment on column bundle.groups is 'in order; several only if enough people have a link for just these';
comment on column bundle.voices is
  'what each person chose on the scales that count, by cell; in random order, with nothing else about the person';

alter table token alter column cell_id drop not null;
alter table token add column bundle_id bigint references bundle (id);
alter table token add constraint token_about_one check (num_nonnulls(cell_id, bundle_id) = 1);
comment on column token.bundle_id is 'of a linked campaign, in the place of cell_id';
create index token_bundle on token (bundle_id) where bundle_id is not null;

create table linked_result (
  campaign_id bigint primary key references campaign (id),
  teacher numeric not null check (teacher >= 0),
  unit numeric check (unit >= 0),
  part numeric check (part >= 0),
  student numeric not null check (student >= 0),
  rest numeric not null check (rest >= 0)
);
comment on table linked_result is
  'how much answers differ by whom they are about and by who gave them: variances, in squared points of the score; null: could not be told apart. No row: results come from sums';
comment on column linked_result.part is 'groups and courses of one teacher';
comment on column linked_result.rest is 'what is left';
