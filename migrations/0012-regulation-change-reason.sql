-- Why a draft was changed, where somebody has to say so: a weighting that comes out of asking experts.

alter table regulation_change add column reason text;
comment on column regulation_change.reason is 'why the change was made; null: nobody was asked to say';
