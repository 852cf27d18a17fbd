DROP TABLE follow_up_checks;
DROP TABLE follow_ups;
DROP TABLE debriefs;
