//! What one hackathon has is not there for another: neither in a path, nor in a body, nor in a query.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, Joined, faults, text};

/// A body that points to the thing with this id.
type Body = Box<dyn Fn(&str) -> Value>;

/// A hackathon with one of everything.
struct Whole<'w> {
    event: Event<'w>,
    ada: Joined,
    team: String,
    unit: String,
    items: Vec<String>,
}

fn whole<'w>(world: &'w crate::support::World, slug: &str) -> Whole<'w> {
    let event = Event::open(world, slug);
    let (ada, bob) =
        (event.join(&format!("{slug}-ada"), &["participant"]), event.join(&format!("{slug}-bob"), &["mentor"]));
    event.partner(&format!("{slug}-acme"));
    event.team(&format!("{slug}-red"), &ada, &bob);
    let id = |path: String| text(&event.read(&path)["id"]);
    let team = id(format!("teams/{slug}-red"));
    let unit = id(format!("units/{slug}-acme-unit"));
    let organization = id(format!("organizations/{slug}-acme"));
    let sprint = event.make(
        "sprints",
        json!({"number": if slug == "h1" { 1 } else { 2 }, "starts_on": "2024-11-04", "ends_on": "2024-11-08"}),
    );
    let items = vec![
        format!("members/{}", ada.id),
        format!("units/{unit}"),
        format!("organizations/{organization}"),
        format!("teams/{team}"),
        format!("sprints/{}", text(&sprint["id"])),
        format!("sprints/{}", sprint["number"]),
    ];
    Whole { event, ada, team, unit, items }
}

on_both! {
    fn a2_an_item_of_another_hackathon_is_like_one_that_never_was(world) {
        let (here, there) = (whole(world, "h1"), whole(world, "h2"));
        let never = |path: &str| {
            let (list, _) = path.split_once('/').unwrap();
            format!("{list}/0190e2a0-0000-7000-8000-000000000000")
        };
        for item in &there.items {
            for method in ["GET", "PATCH", "DELETE"] {
                let told = |rest: &str| {
                    let path = here.event.path(rest);
                    let call = world.call(method, &path).by(&here.event.organizer).json(json!({}));
                    let mut problem = call.send().must(404).json();
                    problem.as_object_mut().unwrap().retain(|name, _| name != "instance" && name != "request_id");
                    problem
                };
                assert_eq!(told(item), told(&never(item)), "{method} {item}");
            }
        }
        for item in &there.items {
            there.event.read(item);
        }
    }

    fn a2_what_lies_within_a_team_is_reached_through_that_team_only(world) {
        let (here, there) = (whole(world, "h1"), whole(world, "h2"));
        let through = |team: &str, member: &str| here.event.path(&format!("teams/{team}/members/{member}"));
        world.get(&here.event.organizer, &through(&here.team, &here.ada.id)).must(200);
        for path in [through(&there.team, &there.ada.id), through(&here.team, &there.ada.id), through(&there.team, &here.ada.id)] {
            world.get(&here.event.organizer, &path).must(404);
            world.patch(&here.event.organizer, &path, json!({"function": "x"})).must(404);
            world.delete(&here.event.organizer, &path).must(404);
        }
        let bodies = [("members", json!({"member": here.ada.id, "function": "x"})), ("mentors", json!({"member": here.ada.id}))];
        for (list, body) in bodies {
            let path = here.event.path(&format!("teams/{}/{list}", there.team));
            world.get(&here.event.organizer, &path).must(404);
            world.post(&here.event.organizer, &path, body).must(404);
        }
    }

    fn a2_a_body_cannot_point_into_another_hackathon(world) {
        let (here, there) = (whole(world, "h1"), whole(world, "h2"));
        let never = "0190e2a0-0000-7000-8000-000000000000";
        let cases: Vec<(&str, String, Body)> = vec![
            ("POST", "teams/h1-red/members".into(), Box::new(|id| json!({"member": id, "function": "x"}))),
            ("POST", "teams/h1-red/mentors".into(), Box::new(|id| json!({"member": id}))),
            ("PATCH", "units/h1-acme-unit".into(), Box::new(|id| json!({"lead": id}))),
            ("PATCH", "organizations/h1-acme".into(), Box::new(|id| json!({"lead": id}))),
            ("POST", "members".into(), Box::new(|id| json!({"email": "x@y.z", "roles": ["judge"], "affiliation": {"unit": id}}))),
            ("POST", "members".into(), Box::new(|id| json!({"email": "x@y.z", "roles": ["judge"], "affiliation": {"organization": id}}))),
            ("PATCH", format!("members/{}", here.ada.id), Box::new(|id| json!({"affiliation": {"unit": id}}))),
            ("POST", "units".into(), Box::new(|id| json!({"organization": id, "slug": "u", "name": "U"}))),
            ("PATCH", "units/h1-acme-unit".into(), Box::new(|id| json!({"organization": id}))),
        ];
        let theirs = [there.ada.id.clone(), there.unit.clone(), there.team.clone(), text(&there.event.read("organizations/h2-acme")["id"])];
        for (method, path, body) in &cases {
            let told = |id: &str| {
                let call = world.call(method, &here.event.path(path)).by(&here.event.organizer).json(body(id));
                faults(&call.send().must(422).json())
            };
            for id in &theirs {
                assert_eq!(told(id), told(never), "{method} {path}");
            }
        }
        for query in [format!("unit={}", there.unit), "organization=h2-acme".into(), "unit=h2-acme-unit".into()] {
            world.get(&here.event.organizer, &here.event.path(&format!("members?{query}"))).must(422);
        }
    }

    fn a3_an_outsider_lists_nothing(world) {
        let here = whole(world, "h1");
        let there = whole(world, "h2");
        for list in ["members", "units", "organizations", "teams", "sprints", "brief", "brief/versions", "brief/acknowledgements", "teams/h1-red/members", "teams/h1-red/mentors"] {
            for outsider in [&there.event.organizer, &there.ada.person, &world.admin(), &world.person("stranger")] {
                world.get(outsider, &here.event.path(list)).must(404);
            }
            world.call("GET", &here.event.path(list)).send().must(401);
        }
    }
}
