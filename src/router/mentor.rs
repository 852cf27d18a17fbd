//! The built-in topic "ask your mentor": what fits no topic of a hackathon.

/// Bilingual texts that belong to no topic of any hackathon.
static SEEDS: &str = include_str!("../../assets/router/off-topic.txt");

/// The built-in topic's texts, one a line.
pub(super) fn seeds<'a>() -> impl Iterator<Item = &'a str> {
    SEEDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
