ALTER TABLE questions DROP CONSTRAINT questions_accepted;
DROP TABLE question_followers;
DROP TABLE question_handoffs;
DROP TABLE question_stays;
DROP TABLE question_events;
DROP TABLE question_posts;
DROP TABLE questions;
DROP TABLE question_numbers;
