create index ${index}ACT_IDX_RC_JOB_EXECUTION on ${prefix}ACT_RU_EXTERNAL_JOB (EXECUTION_ID_);

create index ${index}ACT_IDX_RC_JOB_FREE on ${prefix}ACT_RU_EXTERNAL_JOB (LOCK_EXP_TIME_, LOCK_OWNER_, CREATE_TIME_)
    where HANDLER_CFG_ in ('restGet', 'restHead', 'restPost', 'restPut', 'restPatch', 'restDelete', 'restOptions', 'restTrace');
