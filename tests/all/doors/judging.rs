//! Something of their own to score, to hand in or to write, for whoever may.

use serde_json::{Value, json};

use crate::support::Person;
use crate::support::stage::Stage;

/// The path to knock at, and the body where it differs from the usual one, for an operation that makes a thing once.
pub fn ready(stage: &Stage, operation: &str, by: &Person, n: usize) -> Option<(String, Option<Value>)> {
    let path = |rest: &str| stage.event.path(rest);
    match operation {
        "submit" => Some((path("submissions"), Some(json!({"team": stage.fresh_team(n), "title": "T"})))),
        "begin_score" => Some((path("scores"), Some(json!({"submission": stage.rival(n)})))),
        "declare_conflict" => {
            let team = stage.fresh_team(n);
            Some((path("conflicts"), Some(json!({"team": team, "judge": stage.name("judge"), "reason": "R"}))))
        }
        "seal_score" => {
            let criteria = stage.event.read("criteria")["items"].as_array().cloned().unwrap_or_default();
            let points: Vec<Value> = criteria.iter().map(|one| json!({"criterion": one["id"], "points": 5})).collect();
            let score = json!({"submission": stage.rival(n), "points": points});
            Some((path(&format!("scores/{}/seal", stage.make_as("judge", "scores", score))), None))
        }
        "write_debrief" => {
            let own = stage.cast.values().find(|joined| joined.person.id == by.id)?;
            Some((path("debriefs"), Some(json!({"about": {"member": own.id}, "body": "B"}))))
        }
        "check_follow_up" => {
            let follow_up = json!({"title": "T", "owner": stage.name("member"), "ambition": "poc"});
            Some((path(&format!("follow-ups/{}/checks", stage.make_as("organizer", "follow-ups", follow_up))), None))
        }
        _ => None,
    }
}
