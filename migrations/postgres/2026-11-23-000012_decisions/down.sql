DROP TABLE decision_versions;
DROP TABLE decision_questions;
DROP TABLE decision_parties;
DROP TABLE decisions;
DROP TABLE decision_numbers;
