//! `/h/{hackathon}/after`: what was won, what was learnt, what continues.

pub mod award;
pub mod debrief;
pub mod follow_up;

use super::frame::{Frame, Tab, Visit, Way};
use crate::access::Roles;
use crate::access::policy::{SeeJudging, Verb};
use crate::base::{Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// The pages of what comes after, with the one at this path being read.
fn ways(here: &Hackathon, roles: Roles, at: &str) -> Vec<Way> {
    let all = [
        ("/after", "Awards", "상", Roles::MEMBER),
        ("/after/debriefs", "Debriefs", "돌아보기", Roles::MEMBER),
        ("/after/follow-ups", "Follow-ups", "후속 과제", Roles::MEMBER),
        ("/judging", "Judging", "심사", SeeJudging::BY),
    ];
    let way = |(path, en, ko, _): (&str, &'static str, &'static str, Roles)| Way {
        place: format!("/h/{}{path}", here.slug),
        label: Sentence::fixed(en, ko),
        current: path == at,
    };
    all.into_iter().filter(|(.., by)| by.meet(roles)).map(way).collect()
}

fn frame(tx: &mut Tx, visit: &Visit, here: &Hackathon, roles: Roles, at: &str) -> Result<Frame> {
    let visit = visit.clone().at(format!("/h/{}{at}", here.slug));
    Frame::within(tx, &visit, here, roles, Some(Tab::After))
}
