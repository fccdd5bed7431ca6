create index ${index}ACT_IDX_RC_JOB_OWNER on ${prefix}ACT_RU_EXTERNAL_JOB (LOCK_OWNER_);
