-- What guests said goes with them: before this step there was nobody to whom it could belong.
UPDATE questions SET accepted_id = NULL WHERE accepted_id IN (SELECT id FROM question_posts WHERE guest_id IS NOT NULL);
UPDATE questions SET state = 'open' WHERE state = 'answered' AND assignee_id IS NULL;
UPDATE question_events SET actor = 'system', guest_id = NULL WHERE guest_id IS NOT NULL;
DELETE FROM question_posts WHERE guest_id IS NOT NULL;

ALTER TABLE questions DROP CONSTRAINT questions_in_hands;
ALTER TABLE questions ADD CHECK (state NOT IN ('claimed', 'waiting_on_asker', 'answered') OR assignee_id IS NOT NULL);
ALTER TABLE question_events DROP COLUMN guest_id;
ALTER TABLE question_posts DROP COLUMN guest_id;
ALTER TABLE question_posts ALTER COLUMN author_id SET NOT NULL;
DROP TABLE question_guests;
