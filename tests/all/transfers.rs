//! Hackathons in and out as files.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, Reply, World};

const FDP: &str = include_str!("../../examples/fdp-monthly.yaml");
const HAI: &str = include_str!("../../examples/healthcare-ai.yaml");

fn import(world: &World, who: &Person, file: &str, query: &str) -> Reply {
    world
        .call("POST", &format!("/v1/hackathons/import{query}"))
        .by(who)
        .header("Content-Type", "application/yaml")
        .body(file)
        .send()
}

fn export(world: &World, who: &Person, slug: &str) -> String {
    world.get(who, &format!("/v1/hackathons/{slug}/export")).must(200).text()
}

on_both! {
    fn both_examples_come_in_and_go_out_unchanged(world) {
        let admin = world.admin();
        for (file, slug, organizer) in [(FDP, "fdp-monthly", "planner@example.org"), (HAI, "healthcare-ai", "host@example.org")] {
            let made = import(world, &admin, file, "").must(201);
            assert_eq!((&made.json()["created"], &made.json()["matrix_version"]), (&json!(true), &json!(1)));
            assert_eq!(made.header("location"), Some(&*format!("/v1/hackathons/{slug}")));
            let organizer = world.known(organizer);
            let written = export(world, &organizer, slug);
            let again = import(world, &organizer, &written, "?update=true").must(200).json();
            assert_eq!((&again["changes"], &again["matrix_version"]), (&json!([]), &json!(1)));
            assert_eq!(export(world, &organizer, slug), written);
            let findings = world.get(&organizer, &format!("/v1/hackathons/{slug}/matrix/findings")).must(200).json();
            assert_eq!(findings["errors"], 0);
        }
    }

    fn an_export_makes_an_equal_hackathon_on_another_server(world) {
        import(world, &world.admin(), FDP, "").must(201);
        let planner = world.known("planner@example.org");
        let copy = export(world, &planner, "fdp-monthly").replace("slug: fdp-monthly", "slug: fdp-copy");
        import(world, &world.admin(), &copy, "").must(201);
        assert_eq!(export(world, &planner, "fdp-copy"), copy);
    }

    fn json_is_taken_and_given_as_well(world) {
        import(world, &world.admin(), FDP, "").must(201);
        let planner = world.known("planner@example.org");
        let written = world.call("GET", "/v1/hackathons/fdp-monthly/export").by(&planner).header("Accept", "application/json").send().must(200);
        let body = written.json();
        assert_eq!(body["hackathon"]["slug"], "fdp-monthly");
        let sent = world.post(&planner, "/v1/hackathons/import?update=true", body).must(200);
        assert_eq!(sent.json()["changes"], json!([]));
        world.call("POST", "/v1/hackathons/import").by(&planner).header("Content-Type", "text/csv").body("x").send().must(415);
    }

    fn every_fault_is_told_at_once_and_nothing_is_stored(world) {
        let admin = world.admin();
        let broken = FDP
            .replace("hours: [\"Wed 12:00-13:00\"]", "hours: [\"Wed 25:00-13:00\"]")
            .replace("topic: judging, responsible: [{ unit: kpmg-planning }]", "topic: juding, responsible: [{ unit: kpmg-planing }]")
            .replace("number: 2, starts_on: 2024-11-13", "number: 2, starts_on: 2024-11-12")
            .replace("email: ds5@example.org, name", "email: DS4@example.org, name");
        let refused = import(world, &admin, &broken, "").must(422).json();
        let codes: Vec<&str> = refused["errors"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
        assert!(codes.len() >= 5, "{codes:?}");
        for fault in refused["errors"].as_array().unwrap() {
            assert!(fault["line"].as_u64().unwrap() > 1 && fault["path"].is_string() && fault["pointer"].is_string(), "{fault}");
        }
        let line = |pointer: &str| refused["errors"].as_array().unwrap().iter().find(|fault| fault["pointer"] == pointer).map(|fault| fault["line"].clone());
        assert_eq!(line("/channels/5/hours/0"), Some(json!(1 + FDP.lines().position(|line| line.contains("slug: sponsor-hour")).unwrap())));
        assert_eq!(world.get(&admin, "/v1/organizations").json()["items"], json!([]));
        assert_eq!(world.get(&admin, "/v1/users?email=ds1@example.org").json()["items"], json!([]));
    }

    fn a_dry_run_tells_what_would_change_and_stores_nothing(world) {
        let admin = world.admin();
        let tried = import(world, &admin, FDP, "?dry_run=true").must(200).json();
        assert_eq!((&tried["dry_run"], &tried["created"], &tried["hackathon"]), (&json!(true), &json!(true), &Value::Null));
        import(world, &admin, FDP, "").must(201);
        let planner = world.known("planner@example.org");
        let changed = FDP.replace("name: \"Team 1\"", "name: \"The Reds\"");
        let tried = import(world, &planner, &changed, "?update=true&dry_run=true").must(200).json();
        assert_eq!((tried["changes"].as_array().unwrap().len(), &tried["changes"][0]["path"]), (1, &json!("/teams/team-1/name")));
        assert_eq!(world.get(&planner, "/v1/hackathons/fdp-monthly/teams/team-1").json()["name"]["en"], "Team 1");
    }

    fn an_update_applies_the_difference_and_keeps_what_stays(world) {
        import(world, &world.admin(), FDP, "").must(201);
        let planner = world.known("planner@example.org");
        let id = |path: &str| world.get(&planner, &format!("/v1/hackathons/fdp-monthly/{path}")).json()["id"].clone();
        let before = (id("teams/team-1"), id("topics/judging"), id("units/palantir-operations"));
        let lines = FDP.lines().filter(|line| !line.contains("event-logistics") && !line.contains("number: 3,") && !line.contains("slug: team-4"));
        let changed = lines.collect::<Vec<_>>().join("\n").replace("name: \"Team 1\"", "name: \"The Reds\"");
        let updated = import(world, &planner, &changed, "?update=true").must(200).json();
        assert_eq!(updated["matrix_version"], 2);
        assert_eq!(before, (id("teams/team-1"), id("topics/judging"), id("units/palantir-operations")));
        assert_eq!(world.get(&planner, "/v1/hackathons/fdp-monthly/teams/team-1").json()["name"]["en"], "The Reds");
        for gone in ["topics/event-logistics", "sprints/3", "teams/team-4"] {
            world.get(&planner, &format!("/v1/hackathons/fdp-monthly/{gone}")).must(404);
        }
        assert_eq!(import(world, &planner, &changed, "?update=true").must(200).json()["changes"], json!([]));
    }

    fn the_same_slug_again_is_refused_unless_an_update_is_meant(world) {
        let admin = world.admin();
        import(world, &admin, HAI, "").must(201);
        import(world, &admin, HAI, "").must(409);
        import(world, &admin, HAI, "?update=true").must(200);
    }

    fn policies_come_in_go_out_and_are_changed_by_their_difference(world) {
        let admin = world.admin();
        import(world, &admin, HAI, "").must(201);
        let host = world.known("host@example.org");
        let list = |what: &str| world.get(&host, &format!("/v1/hackathons/healthcare-ai/{what}")).must(200).json()["items"].clone();
        let (promises, escalations) = (list("sla-policies"), list("escalation-policies"));
        assert_eq!((&promises[0]["claim_within_seconds"], &promises[0]["scope"]["kind"]), (&json!(3600), &json!("hackathon")));
        assert_eq!((&escalations[0]["trigger"], &escalations[0]["steps"][1]["tell"]), (&json!("unclaimed"), &json!("organizers")));
        let changed = HAI
            .replace("claim_within_seconds: 3600, first", "claim_within_seconds: 1800, first")
            .replace("trigger: unanswered, steps: [{ after_seconds: 10800, tell: organizers }]", "trigger: unanswered, scope: { topic: infrastructure }, steps: [{ after_seconds: 60, tell: holder, holder: { organization: kainos } }]");
        let planned = import(world, &host, &changed, "?update=true&dry_run=true").must(200).json();
        let mut paths: Vec<&str> = planned["changes"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["/escalation_policies/unanswered hackathon", "/escalation_policies/unanswered topic infrastructure", "/sla_policies/hackathon/claim_within_seconds"]);
        assert_eq!(list("sla-policies"), promises, "a dry run stores nothing");
        import(world, &host, &changed, "?update=true").must(200);
        let now = (list("sla-policies"), list("escalation-policies"));
        assert_eq!((&now.0[0]["id"], &now.0[0]["claim_within_seconds"]), (&promises[0]["id"], &json!(1800)), "what stays keeps its id");
        assert_eq!((&now.1[0], now.1.as_array().map(Vec::len)), (&escalations[0], Some(2)));
        assert_eq!((&now.1[1]["scope"]["kind"], &now.1[1]["steps"][0]["tell"]), (&json!("topic"), &json!("holder")));
        let written = export(world, &host, "healthcare-ai");
        let again = import(world, &host, &written, "?update=true").must(200).json();
        assert_eq!((&again["changes"], export(world, &host, "healthcare-ai")), (&json!([]), written.clone()));
        let bare = written.split("\nsla_policies:").next().unwrap();
        import(world, &host, bare, "?update=true").must(200);
        assert_eq!((list("sla-policies"), list("escalation-policies")), (json!([]), json!([])));
        let broken = HAI.replace("trigger: unclaimed, steps: [{ after_seconds: 3600", "trigger: unclaimed, steps: [{ after_seconds: 0");
        let refused = import(world, &admin, &broken, "?update=true").must(422).json();
        let fault = &refused["errors"][0];
        assert_eq!((&fault["path"], &fault["code"]), (&json!("escalation_policies[0].steps[0].after_seconds"), &json!("seconds.range")));
        assert!(fault["line"].as_u64().is_some_and(|line| line > 50), "{fault}");
    }

    fn only_administrators_make_hackathons_and_only_organizers_change_their_own(world) {
        import(world, &world.admin(), HAI, "").must(201);
        for (who, file) in [("ds1@example.org", HAI), ("cloud-engineer@example.org", HAI), ("host@example.org", FDP)] {
            import(world, &world.known(who), file, "?update=true").must(403);
        }
        import(world, &world.known("host@example.org"), HAI, "?update=true").must(200);
        world.get(&world.known("ds1@example.org"), "/v1/hackathons/healthcare-ai/export").must(403);
        world.get(&world.admin(), "/v1/hackathons/healthcare-ai/export").must(404);
    }

    fn one_event_s_file_does_not_rename_another_s_organizations_or_people(world) {
        import(world, &world.admin(), FDP, "").must(201);
        let other = HAI.replace("name: NHS England,", "name: Somebody Else,").replace("name: \"Data scientist 1\"", "name: \"Renamed\"");
        import(world, &world.admin(), &other, "").must(201);
        let planner = world.known("planner@example.org");
        assert_eq!(world.get(&planner, "/v1/hackathons/fdp-monthly/organizations/nhs-england").json()["name"]["en"], "NHS England");
        assert!(world.get(&planner, "/v1/hackathons/fdp-monthly/members").text().contains("Data scientist 1"));
        let host = world.known("host@example.org");
        assert_eq!(world.get(&host, "/v1/hackathons/healthcare-ai/organizations/nhs-england").json()["name"]["en"], "Somebody Else");
    }
}

#[test]
fn the_schema_that_is_served_fits_the_examples() {
    let world = World::new(crate::support::On::Sqlite);
    let schema = world.call("GET", "/schemas/hackathon.json").send().must(200).json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for file in [FDP, HAI] {
        let document = signpost::file::read(file.as_bytes(), &signpost::router::pack_slugs()).unwrap();
        assert!(validator.is_valid(&document.to_json().unwrap()));
    }
}
