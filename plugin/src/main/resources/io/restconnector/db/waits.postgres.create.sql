create index ${index}ACT_IDX_RC_SUBSCR_NAME on ${prefix}ACT_RU_EVENT_SUBSCR (EVENT_NAME_);
