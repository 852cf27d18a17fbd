//! Signpost tells everyone at a hackathon who to ask, and sees to it that the question is answered.
//!
//! The order of the modules is the architecture: **a module uses only modules declared above it.**
//! `ARCHITECTURE.md` is the map; a test holds the law.

// Floor 1: words.
pub mod base;
pub mod duty;
pub mod router;
pub mod file;
// Floor 2: where it lies, and how it leaves.
pub mod db;
pub mod mail;
pub mod outward;
// Floor 3: who may.
pub mod access;
// Floor 4: what it is about.
pub mod account;
pub mod organization;
pub mod hackathon;
pub mod consortium;
pub mod absence;
pub mod team;
pub mod sprint;
pub mod brief;
pub mod topic;
pub mod channel;
pub mod matrix;
pub mod sla_policy;
pub mod escalation_policy;
pub mod lesson;
pub mod directory;
pub mod outbox;
pub mod question;
pub mod check_in;
pub mod board;
pub mod decision;
pub mod capacity;
pub mod report;
pub mod judging;
pub mod people;
pub mod debrief;
pub mod follow_up;
pub mod reminder;
pub mod stream;
pub mod notification;
pub mod webhook;
pub mod transfer;
pub mod tenant;
pub mod archive;
// Floor 5: faces.
pub mod api;
pub mod jobs;
pub mod pages;
// Floor 6: start-up.
pub mod config;
pub mod serve;
pub mod watch;
pub mod cli;
