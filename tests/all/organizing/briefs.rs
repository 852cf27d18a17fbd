//! The brief: what changed from one version to another, and who has not read the present one.

use serde_json::{Value, json};

use super::Work;
use crate::on_both;
use crate::support::{Joined, text};

/// Writes a version of the brief: the first is made, each later one takes its place.
fn write(work: &Work, body: Value) {
    let reply = work.event.world.put(&work.event.organizer, &work.event.path("brief"), body);
    assert!([200, 201].contains(&reply.status), "{}", reply.text());
}

on_both! {
    fn what_changed_is_told_by_field_and_line(world) {
        let work = Work::begin(world);
        write(&work, json!({"ambition": "poc", "summary": {"en": "One\nTwo\nThree", "ko": "하나"}, "criteria": [{"name": "Value", "weight": 60}]}));
        write(&work, json!({"ambition": "production", "summary": {"en": "One\n2\nThree", "ko": "하나"}, "criteria": [{"name": "Value", "weight": 60}, {"name": "Proof", "weight": 40}]}));
        let line = |kind: &str, text: &str| json!({"kind": kind, "text": text});
        let told = world.get(&work.ada.person, &work.event.path("brief/versions/1/diff/2")).must(200).json();
        assert_eq!((&told["from"], &told["to"]), (&json!(1), &json!(2)));
        assert_eq!(told["changes"][0], json!({"field": "ambition", "language": null, "lines": [line("removed", "poc"), line("added", "production")]}));
        assert_eq!(told["changes"][1], json!({"field": "summary", "language": "en", "lines": [line("same", "One"), line("removed", "Two"), line("added", "2"), line("same", "Three")]}));
        assert_eq!(told["changes"][2]["lines"], json!([line("same", "Value (60)"), line("added", "Proof (40)")]));
        assert_eq!(work.event.read("brief/versions/2/diff/2")["changes"], json!([]));
        assert_eq!(work.event.read("brief/versions/2/diff/1")["changes"][0]["lines"][0], line("removed", "production"));
        for none in ["1/diff/3", "0/diff/1", "x/diff/1"] {
            world.get(&work.event.organizer, &work.event.path(&format!("brief/versions/{none}"))).must(404);
        }
    }

    fn who_starts_without_having_read_the_brief_is_seen(world) {
        let work = Work::begin(world);
        let path = work.event.path("brief/acknowledgements/missing");
        world.get(&work.event.organizer, &path).must(404);
        write(&work, json!({"ambition": "poc"}));
        let read = |who: &Joined| world.post(&who.person, &work.event.path("brief/acknowledgements"), json!({})).must(201);
        read(&work.ada);
        read(&work.cleo);
        write(&work, json!({"ambition": "pilot"}));
        read(&work.ada);
        let missing = |who: &crate::support::Person| world.get(who, &path).must(200).json();
        let all = missing(&work.event.organizer);
        assert_eq!((&all["version"], &all["sprint_begun"]), (&json!(2), &json!(true)));
        let told: Vec<_> = all["items"].as_array().unwrap().iter().map(|one| (text(&one["display_name"]), one["last_read"].clone(), one["team_has_read"].clone())).collect();
        assert_eq!(told, [("bob".into(), json!(null), json!(true)), ("cleo".into(), json!(1), json!(false))]);
        assert_eq!(all["items"][0]["teams"][0]["slug"], "red");
        let named = |page: &Value| -> Vec<String> { page["items"].as_array().unwrap().iter().map(|one| text(&one["display_name"])).collect() };
        assert_eq!((named(&missing(&work.mentor.person)), named(&missing(&work.cleo.person))), (vec!["bob".to_owned()], vec!["cleo".to_owned()]));
        world.get(&work.responder.person, &path).must(403);
        let page = work.event.read("brief/acknowledgements/missing?limit=1");
        let rest = work.event.read(&format!("brief/acknowledgements/missing?limit=1&cursor={}", text(&page["next"])));
        assert_eq!((named(&page), named(&rest), &rest["next"]), (vec!["bob".to_owned()], vec!["cleo".to_owned()], &json!(null)));
    }
}
