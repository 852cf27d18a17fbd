-- What guests said goes with them: before this step there was nobody to whom it could belong.
UPDATE questions SET accepted_id = NULL WHERE accepted_id IN (SELECT id FROM question_posts WHERE guest_id IS NOT NULL);
UPDATE questions SET state = 'open' WHERE state = 'answered' AND assignee_id IS NULL;
UPDATE question_events SET actor = 'system', guest_id = NULL WHERE guest_id IS NOT NULL;
DELETE FROM question_posts WHERE guest_id IS NOT NULL;
DROP INDEX question_posts_guest_id;
DROP INDEX question_guests_question_id;

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'author_id TEXT,', 'author_id TEXT NOT NULL,') WHERE type = 'table' AND name = 'question_posts';
UPDATE sqlite_schema SET sql = replace(sql, ',
    FOREIGN KEY (question_id, guest_id) REFERENCES question_guests (question_id, id)', '') WHERE type = 'table' AND name IN ('question_posts', 'question_events');
UPDATE sqlite_schema SET sql = replace(sql, '''waiting_on_asker'') OR assignee_id IS NOT NULL', '''waiting_on_asker'', ''answered'') OR assignee_id IS NOT NULL') WHERE type = 'table' AND name = 'questions';
PRAGMA writable_schema = RESET;

ALTER TABLE question_events DROP COLUMN guest_id;
ALTER TABLE question_posts DROP COLUMN guest_id;
DROP TABLE question_guests;
