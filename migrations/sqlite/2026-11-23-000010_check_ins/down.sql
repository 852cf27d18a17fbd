DROP INDEX sprints_ends_on;
DROP TABLE check_in_versions;
DROP TABLE check_in_blockers;
DROP TABLE check_ins;
DROP TABLE scope_changes;
ALTER TABLE sprints DROP COLUMN summary;
ALTER TABLE sprints DROP COLUMN closed_at;
