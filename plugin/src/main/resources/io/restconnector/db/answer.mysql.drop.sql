drop table if exists ${prefix}ACT_RC_ANSWER;
