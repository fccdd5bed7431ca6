create index ${index}ACT_IDX_RC_SUBSCR_TYPE on ${prefix}ACT_RU_EVENT_SUBSCR (EVENT_TYPE_, CREATED_);
