alter table teacher_result add column mean_error numeric check (mean_error >= 0);
comment on column teacher_result.mean_error is 'standard error of score, the plain mean; standard_error is that of shrunken';
