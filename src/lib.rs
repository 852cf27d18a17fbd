//! Signpost: tells everyone at a hackathon who to ask, and sees to it that the question is answered.

pub mod router;
