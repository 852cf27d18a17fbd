DROP TABLE judging_changes;
DROP TABLE awards;
DROP TABLE score_points;
DROP TABLE scores;
DROP TABLE conflicts;
DROP TABLE submissions;
DROP TABLE criteria;
DROP TABLE judgings;
